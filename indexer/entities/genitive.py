"""German names in the genitive under their nominative: "Merkels" is Merkel, "Bad Godesbergs" is Bad Godesberg.

In: the spans of a tagger. Out: the same spans, with the nominative as the name where the document or the lexicon knows
it: many names end in an s of their own. Called through `choose` for German.
"""

from collections.abc import Sequence

from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span, Tagger

_OWN = (
    "ss",
    "us",
    "is",
    "as",
    "os",
    "ens",
)  # endings of names that seldom are a genitive: Klaus, Boris, Thomas, Siemens


class Nominative:
    """A tagger whose people and places stand in the nominative."""

    def __init__(self, tagger: Tagger, lexicon: Lexicon) -> None:
        self._tagger = tagger
        self._lexicon = lexicon

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Names of the tagger; those in the genitive have a `name`."""
        found = self._tagger.tag(sentences)
        ends = {
            (span.kind, words[span.last - 1]) for words, spans in zip(sentences, found, strict=True) for span in spans
        }
        return [
            [self._named(words, span, (span.kind, words[span.last - 1][:-1]) in ends) for span in spans]
            for words, spans in zip(sentences, found, strict=True)
        ]

    def _named(self, words: Sequence[str], span: Span, known: bool) -> Span:
        last = words[span.last - 1]
        if span.name is not None or span.kind == "organisation" or len(last) < 5 or not last.endswith("s"):
            return span
        if known or (not last.endswith(_OWN) and self._is_listed(last[:-1].lower(), last.lower(), span)):
            return span._replace(name=" ".join([*words[span.first : span.last - 1], last[:-1]]))
        return span

    def _is_listed(self, stem: str, form: str, span: Span) -> bool:
        """Whether the lists of names have the word without its ending, and not with it."""
        if span.kind == "person":
            return "LN" in self._lexicon.flags(stem) and "LN" not in self._lexicon.flags(form)
        listed = self._lexicon.phrase_classes
        return span.last - span.first == 1 and stem in listed and form not in listed
