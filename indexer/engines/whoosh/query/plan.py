"""How a query finds its documents: a tree of plans, each of which can list, test and score documents.

`docs()` lists all documents of a plan; `mask(docs)` tests given ones, which is cheaper where few are left;
`score(docs)` gives the part of the score in given documents, 0 in those that do not match. Plans of several others are
in `boolean`. Built by `compile`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from indexer.engines.shared.search.time_budget import NO_END, TimeBudget
from indexer.engines.whoosh.kernels import (
    NO_DOCS,
    Docs,
    Mask,
    Scores,
    member,
    union,
)
from indexer.engines.whoosh.kernels.words import find_words
from indexer.engines.whoosh.query.scoring import ScoredWord, score
from indexer.engines.whoosh.reader.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Context:
    """What every plan needs: the snapshot it runs on and the time it has."""

    snapshot: Snapshot
    budget: TimeBudget = NO_END

    def unite(self, lists: Sequence[Docs]) -> Docs:
        """Documents of any of the lists."""
        return union(lists, self.snapshot.size, self.snapshot.scratch.flags)

    def holding_each(self, groups: Sequence[Sequence[ScoredWord]]) -> Docs:
        """Documents that hold some word of each group."""
        self.budget.check()
        postings = [[word.postings for word in words] for words in groups]
        return find_words(postings, self.snapshot.size, self.snapshot.scratch.flags)

    def member(self, docs: Docs, within: Docs) -> Mask:
        """Which of `docs` are in `within`."""
        return member(docs, within, self.snapshot.scratch.flags)


class Plan(Protocol):
    """A clause of a query, ready to run."""

    @property
    def size(self) -> int:
        """At most so many documents match: what to begin with."""
        ...

    @property
    def scored(self) -> bool:
        """Whether it gives any score."""
        ...

    def docs(self) -> Docs:
        """All matching documents."""
        ...

    def mask(self, docs: Docs) -> Mask:
        """Which of `docs` match."""
        ...

    def score(self, docs: Docs) -> Scores:
        """The score in each of `docs`; 0 where it does not match. The array is the caller's."""
        ...


class Nothing:
    """Matches no document."""

    size = 0
    scored = False

    def docs(self) -> Docs:
        """See `Plan`."""
        return NO_DOCS

    def mask(self, docs: Docs) -> Mask:
        """See `Plan`."""
        return np.zeros(len(docs), np.bool_)

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        return np.zeros(len(docs))


class Everything:
    """Matches every document; scores nothing."""

    scored = False

    def __init__(self, context: Context) -> None:
        self._snapshot = context.snapshot
        self.size = context.snapshot.size

    def docs(self) -> Docs:
        """See `Plan`."""
        return self._snapshot.everything

    def mask(self, docs: Docs) -> Mask:
        """See `Plan`."""
        return np.ones(len(docs), np.bool_)

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        return np.zeros(len(docs))


class Word:
    """A word in the text fields it is looked for in."""

    scored = True

    def __init__(self, context: Context, word: ScoredWord) -> None:
        self._context = context
        self.word = word
        self.size = word.most

    def docs(self) -> Docs:
        """See `Plan`."""
        return self._context.holding_each([[self.word]])

    def mask(self, docs: Docs) -> Mask:
        """See `Plan`."""
        self._context.budget.check()
        return self.word.found(docs) > 0

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        self._context.budget.check()
        return score(self._context.snapshot, [self.word], docs)


class Tested:
    """A predicate on documents that costs the same for each: a date range, a value of a column."""

    scored = False

    def __init__(self, context: Context, size: int, test: Callable[[Docs], Mask]) -> None:
        self._context = context
        self._test = test
        self.size = size

    def docs(self) -> Docs:
        """See `Plan`."""
        everything = self._context.snapshot.everything
        return everything[self.mask(everything)]

    def mask(self, docs: Docs) -> Mask:
        """See `Plan`."""
        self._context.budget.check()
        return self._test(docs)

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        return np.zeros(len(docs))


class Listed:
    """A given list of documents, each with the same score."""

    def __init__(self, context: Context, docs: Docs, score: float = 0.0) -> None:
        self._context = context
        self._docs = docs
        self.given = score
        self.size = len(docs)
        self.scored = score != 0

    def docs(self) -> Docs:
        """See `Plan`."""
        return self._docs

    def mask(self, docs: Docs) -> Mask:
        """See `Plan`."""
        return self._context.member(docs, self._docs)

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        return np.where(self.mask(docs), self.given, 0.0) if self.scored else np.zeros(len(docs))
