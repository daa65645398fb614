"""A tagger beside the listed names of its language.

In: what a tagger and the list of names find in the same sentences. Out: the tagger's names, and the listed names it
left out; those that are listed under their one name in English, so that Москва and 莫斯科 are one place. Called through
`choose` by the extractor.
"""

from collections.abc import Collection, Sequence

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
        return beside(sentences, self._tagger.tag(sentences), self._listed, self._kinds)


def beside(
    sentences: Sequence[Sequence[str]],
    found: Sequence[Sequence[Span]],
    listed: Tagger,
    kinds: Collection[EntityKind] = ENTITY_KINDS,
) -> list[list[Span]]:
    """Spans of these kinds that have a capital, and beside them the listed names of the same sentences."""
    known = listed.tag(sentences)
    people = {
        word
        for words, own in zip(sentences, found, strict=True)
        for span in own
        if span.kind == "person" and span.last - span.first > 1
        for word in words[span.first : span.last]
    }
    return [
        _joined(words, [span for span in own if _capital(words, span)], names, kinds, people)
        for words, own, names in zip(sentences, found, known, strict=True)
    ]


def _capital(words: Sequence[str], span: Span) -> bool:
    """Whether a name has a capital letter, or is written in a script without them."""
    return any(not word.islower() for word in words[span.first : span.last])


def _joined(
    words: Sequence[str],
    found: Sequence[Span],
    known: Sequence[Span],
    kinds: Collection[EntityKind],
    people: Collection[str],
) -> list[Span]:
    """A listed name that is a part of another name is left out, even of one whose kind does not count.

    A name that is listed is what the list says; only where the document has the full name of a person who is called so
    ("Michael Jordan") it may be his.
    """
    names = {
        (span.first, span.last): span for span in known if span.last - span.first > 1 or words[span.first] not in people
    }
    own = [names.get((span.first, span.last), span) for span in found]
    more = [span for span in known if all(span.last <= one.first or one.last <= span.first for one in own)]
    counted = [span for span in own if span.kind in kinds or span.name is not None]
    return sorted([*counted, *more], key=lambda span: span.first)
