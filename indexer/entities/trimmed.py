"""Names without what is no part of them: "Papst Franziskus" is Franziskus, and "Ministerio" alone is no name.

In: the spans of a tagger and the lexicon of its language, which lists titles and head words of organisations. Out: the
same spans, titles of people cut off, without those of a title or a head word alone. English has this in `normalise`.
Called through `choose`.
"""

from collections.abc import Iterator, Sequence

from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span, Tagger


class Trimmed:
    """A tagger whose people have no titles, and whose organisations have names."""

    def __init__(self, tagger: Tagger, lexicon: Lexicon) -> None:
        self._tagger = tagger
        self._lexicon = lexicon

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Names of the tagger."""
        return [
            list(self._trim(words, spans)) for words, spans in zip(sentences, self._tagger.tag(sentences), strict=True)
        ]

    def _trim(self, words: Sequence[str], spans: Sequence[Span]) -> Iterator[Span]:
        for span in spans:
            first = span.first
            while span.kind == "person" and first < span.last and self._is_title(words[first]):
                first += 1
            alone = span.kind == "organisation" and span.last - first == 1
            if first < span.last and not (alone and self._lexicon.is_organisation_word(words[first])):
                yield span._replace(first=first)

    def _is_title(self, word: str) -> bool:
        return self._lexicon.is_title(word.lower().rstrip("."))
