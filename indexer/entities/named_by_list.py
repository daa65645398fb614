"""A tagger beside the listed names of its language.

In: what a tagger and the list of names find in the same sentences. Out: the tagger's names, and the listed names it left
out; those that are listed under their one name in English, so that Москва and 莫斯科 are one place. Called through
`choose` by the extractor.
"""

from collections.abc import Sequence

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.entities.tagger import Span, Tagger


class NamedByList:
    """The names of two taggers. Of the first, only some kinds may count; the second knows names by heart."""

    def __init__(self, tagger: Tagger, listed: Tagger, kinds: Sequence[EntityKind] = ENTITY_KINDS) -> None:
        self._tagger = tagger
        self._listed = listed
        self._kinds = frozenset(kinds)

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Names of both."""
        pairs = zip(self._tagger.tag(sentences), self._listed.tag(sentences), strict=True)
        return [self._joined(found, known) for found, known in pairs]

    def _joined(self, found: Sequence[Span], known: Sequence[Span]) -> list[Span]:
        """A listed name that is a part of another name is left out, even of one whose kind does not count."""
        names = {(span.first, span.last): span for span in known}
        own = [_named(span, names.get((span.first, span.last))) for span in found]
        more = [span for span in known if all(span.last <= one.first or one.last <= span.first for one in own)]
        counted = [span for span in own if span.kind in self._kinds or span.name is not None]
        return sorted([*counted, *more], key=lambda span: span.first)


def _named(span: Span, listed: Span | None) -> Span:
    """A span under its listed name; one that the tagger takes for a person stays one."""
    return span if listed is None or span.kind == "person" else listed
