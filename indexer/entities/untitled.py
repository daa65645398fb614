"""People without the titles before their names: "Papst Franziskus" is Franziskus.

In: the spans of a tagger and the lexicon of its language, which lists titles. Out: the same spans, titles cut off; what
is nothing but a title is no name. English has this in `normalise`. Called through `choose`.
"""

from collections.abc import Iterator, Sequence

from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span, Tagger


class Untitled:
    """A tagger whose people have no titles."""

    def __init__(self, tagger: Tagger, lexicon: Lexicon) -> None:
        self._tagger = tagger
        self._lexicon = lexicon

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Names of the tagger."""
        return [
            list(self._cut(words, spans)) for words, spans in zip(sentences, self._tagger.tag(sentences), strict=True)
        ]

    def _cut(self, words: Sequence[str], spans: Sequence[Span]) -> Iterator[Span]:
        for span in spans:
            first = span.first
            while span.kind == "person" and first < span.last and self._is_title(words[first]):
                first += 1
            if first < span.last:
                yield span._replace(first=first)

    def _is_title(self, word: str) -> bool:
        return self._lexicon.is_title(word.lower().rstrip("."))
