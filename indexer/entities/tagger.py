"""What a tagger is: sentences of words in, spans of names out.

Everything that finds names in text implements `Tagger`: the default tagger of the package (`crf`), name lists
(`gazetteer`) and adapters to taggers installed beside Broadsheet (`adapters`).
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from indexer.article import EntityKind


class Span(NamedTuple):
    """The words `[first, last)` of a sentence name an entity of this kind.

    `name` is the canonical name when the tagger knows it (a name list does), else None. `skip` is how many characters
    of the first word are no part of the name but written together with it: 1 in وبوتين, "and Putin".
    """

    first: int
    last: int
    kind: EntityKind
    name: str | None = None
    skip: int = 0


class Tagger(Protocol):
    """Finds names in the sentences of one document."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Spans of each sentence, in order and not overlapping. The sentences are one document's, in order."""
        ...
