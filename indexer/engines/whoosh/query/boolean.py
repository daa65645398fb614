"""Plans made of other plans and of several words: any of, all of, except, phrases and nearness.

An intersection lists its smallest child and tests the others on what is left, so that a phrase compares positions only
where all its words are. Built by `compile`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.postings import frequencies
from indexer.engines.whoosh.kernels import LOOKUP_COST, NO_DOCS, Docs, Mask, Scores, locate, native
from indexer.engines.whoosh.query import positions
from indexer.engines.whoosh.query.plan import Context, Everything, Plan, Word
from indexer.engines.whoosh.query.positions import Intervals
from indexer.engines.whoosh.query.scoring import ScoredWord, score
from indexer.engines.whoosh.reader.postings import POSITION_BITS, Keys, Leaf


class AnyOf:
    """Matches what any child matches; scores add up."""

    def __init__(self, context: Context, children: Sequence[Plan]) -> None:
        self._context = context
        self.children = tuple(children)
        self.size = min(sum(child.size for child in children), context.snapshot.size)
        self.scored = any(child.scored for child in children)

    def docs(self) -> Docs:
        """See `Plan`."""
        words = words_of(self)
        if words is not None:
            return self._context.holding_each([words])
        return self._context.unite([child.docs() for child in self.children if child.size])

    def mask(self, docs: Docs) -> Mask:
        """See `Plan`."""
        kept = np.zeros(len(docs), np.bool_)
        for child in self.children:
            if child.size:
                kept |= child.mask(docs)
        return kept

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        return _sum_of_scores(self._context, [child for child in self.children if child.size], docs)


def words_of(plan: Plan) -> list[ScoredWord] | None:
    """The words a plan is any of; None where it is more than words."""
    plans = [child for child in plan.children if child.size] if isinstance(plan, AnyOf) else [plan]
    words = [each.word for each in plans if isinstance(each, Word)]
    return words if len(words) == len(plans) else None


class BestOf(AnyOf):
    """Matches what any child matches; the highest score counts."""

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        best = np.zeros(len(docs))
        for child in self.children:
            if child.scored:
                np.maximum(best, child.score(docs), out=best)
        return best


def _sum_of_scores(context: Context, plans: Sequence[Plan], docs: Docs) -> Scores:
    plans = [plan for plan in plans if plan.scored]
    words = [plan.word for plan in plans if isinstance(plan, Word)]
    if words and len(words) == len(plans):
        context.budget.check()
        return score(context.snapshot, words, docs)
    total = np.zeros(len(docs))
    for plan in plans:
        total += plan.score(docs)
    return total


class _Remembered(ABC):
    """Remembers which documents were tested last, since scoring asks about the same ones again."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tested: Docs = NO_DOCS
        self._matched: Docs = NO_DOCS
        self._all: Docs | None = None

    @abstractmethod
    def _find_all(self) -> Docs: ...

    @abstractmethod
    def _test(self, docs: Docs) -> Mask: ...

    def docs(self) -> Docs:
        """See `Plan`."""
        if self._all is None:
            self._all = self._find_all()
        return self._all

    def mask(self, docs: Docs) -> Mask:
        """See `Plan`."""
        if self._all is not None:
            return np.ones(len(docs), np.bool_) if docs is self._all else self._context.member(docs, self._all)
        if len(docs) <= len(self._tested) and locate(self._tested, docs)[1].all():
            return self._context.member(docs, self._matched)
        kept = self._test(docs)
        self._tested, self._matched = docs, docs[kept]
        return kept


class ScoredPlaces(_Remembered):
    """Matches what its child does, a phrase or nearness in any of several fields, and scores as its words."""

    scored = True

    def __init__(self, context: Context, child: Plan, words: Sequence[ScoredWord]) -> None:
        super().__init__(context)
        self.child = child
        self.words = tuple(words)
        self.size = child.size

    def _find_all(self) -> Docs:
        return self.child.docs()

    def _test(self, docs: Docs) -> Mask:
        return self.child.mask(docs)

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        kept = self.mask(docs)
        matched = docs if kept.all() else docs[kept]
        self._context.budget.check()
        scores = score(self._context.snapshot, self.words, matched)
        if matched is docs:
            return scores
        total = np.zeros(len(docs))
        total[kept] = scores
        return total


class AllOf(_Remembered):
    """Matches what all of `children` and none of `without` match; scores add up."""

    def __init__(self, context: Context, children: Sequence[Plan], without: Sequence[Plan] = ()) -> None:
        super().__init__(context)
        self.children = tuple(sorted(children, key=lambda child: child.size))
        self.without = tuple(without)
        self.size = self.children[0].size if self.children else context.snapshot.size
        self.scored = any(child.scored for child in self.children)

    def _find_all(self) -> Docs:
        if len(self.children) > 1 and sum(child.size for child in self.children) < LOOKUP_COST * self.size:
            groups = [words for child in self.children if (words := words_of(child)) is not None]
            if len(groups) == len(self.children):
                return self._narrow(self._context.holding_each(groups), ())
        first, rest = (self.children[0], self.children[1:]) if self.children else (Everything(self._context), ())
        return self._narrow(first.docs(), rest)

    def _narrow(self, docs: Docs, children: Sequence[Plan]) -> Docs:
        for child in children:
            if not len(docs):
                return docs
            docs = docs[child.mask(docs)]
        for child in self.without:
            if not len(docs):
                return docs
            docs = docs[~child.mask(docs)]
        return docs

    def _test(self, docs: Docs) -> Mask:
        return self._context.member(docs, self._narrow(docs, self.children))

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        kept = self.mask(docs)
        if kept.all():
            return _sum_of_scores(self._context, self.children, docs)
        total = np.zeros(len(docs))
        total[kept] = self.score(docs[kept])
        return total


class Except:
    """Matches what its child does not; scores nothing."""

    scored = False

    def __init__(self, context: Context, child: Plan) -> None:
        self._context = context
        self.child = child
        self.size = context.snapshot.size

    def docs(self) -> Docs:
        """See `Plan`."""
        everything = self._context.snapshot.everything
        return everything[self.mask(everything)]

    def mask(self, docs: Docs) -> Mask:
        """See `Plan`."""
        return ~self.child.mask(docs)

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        return np.zeros(len(docs))


# Occurrences of all words that are compared at a time. They need about 60 bytes each; a few hundred thousand stay in
# the processor's cache, and comparing all of two words as common as "of the" at once takes twice as long.
OCCURRENCES = 1 << 18


@dataclass(frozen=True, slots=True)
class Ordered:
    """Words of one field in order, at most `slop` others between them.

    `widths` has each word by its widths, where any of them may be wider than one position.
    """

    words: tuple[Leaf, ...]
    slop: int = 0
    widths: tuple[Mapping[int, Leaf], ...] = ()

    def intervals(self, docs: Docs) -> Intervals:
        """Where it is in `docs`."""
        if self.widths:
            words = [{width: leaf.keys(docs) for width, leaf in word.items()} for word in self.widths]
            return positions.in_order_of_widths(words, self.slop)
        if len(self.words) == 1:
            keys = self.words[0].keys(docs)
            return keys, keys
        known: dict[int, Keys] = {}
        for word in self.words:
            if id(word) not in known:
                known[id(word)] = word.keys(docs)
        return positions.in_order([known[id(word)] for word in self.words], self.slop)


class Positional(_Remembered):
    """Documents whose words stand in the right positions: a phrase, or two of them near each other, in one field.

    It scores nothing: the score is that of the words in all fields they are looked for in (`ScoredPlaces`).
    """

    scored = False

    def __init__(self, context: Context, sides: Sequence[Ordered], distance: int | None = None) -> None:
        super().__init__(context)
        self._sides = tuple(sides)
        self._distance = distance
        words = {id(word): word for side in sides for word in side.words}
        self.words = tuple(sorted(words.values(), key=lambda word: word.count))
        self.size = self.words[0].count

    def occurrences(self, docs: Docs) -> list[int] | None:
        """How often each document has it; None where its occurrences may overlap, so that only the text can tell."""
        side = self._sides[0]
        if self._distance is not None or side.slop or side.widths or len(self.words) < len(side.words):
            return None
        rows = side.intervals(docs)[0] >> POSITION_BITS
        counts: list[int] = np.bincount(rows, minlength=len(docs)).tolist()
        return counts

    def _find_all(self) -> Docs:
        if not self.size:
            return NO_DOCS
        docs = self.words[0].docs
        return docs[self._test(docs)]

    def _test(self, docs: Docs) -> Mask:
        side = self._sides[0]
        if native.library is None or self._distance is not None or side.slop:
            return self._compared(docs)
        if not side.widths:
            return self._adjacent(docs, side.words)
        # Compounds are few: only where there are any is more compared than words of one position.
        kept = np.zeros(len(docs), np.bool_)
        if all(1 in word for word in side.widths):
            kept = self._adjacent(docs, [word[1] for word in side.widths])
        wide = [leaf.docs for word in side.widths for width, leaf in word.items() if width > 1]
        others = np.flatnonzero(self._context.member(docs, self._context.unite(wide)) & ~kept)
        kept[others[self._compared(docs[others])]] = True
        return kept

    def _compared(self, docs: Docs) -> Mask:
        """Which documents have the words in their places, by what positions they have."""
        kept = np.zeros(len(docs), np.bool_)
        rows = np.arange(len(docs))
        occurrences = 0
        for word in self.words:
            self._context.budget.check()
            codes = word.codes_at(docs[rows])
            rows = rows[codes > 0]
            occurrences += int(frequencies(codes).sum(dtype=np.int64))
        step = max(len(rows) * OCCURRENCES // max(occurrences, 1), 1)
        for start in range(0, len(rows), step):
            self._context.budget.check()
            some = rows[start : start + step]
            kept[some[self._rows(docs[some])]] = True
        return kept

    def _adjacent(self, docs: Docs, leaves: Sequence[Leaf]) -> Mask:
        """Which documents have the words side by side, their positions compared where they lie."""
        kept = np.zeros(len(docs), np.bool_)
        for index, where in self._context.snapshot.parts(docs):
            self._context.budget.check()
            runs = [leaf.runs.get(index) for leaf in leaves]
            if None not in runs:
                words = [run.posted() for run in runs if run is not None]
                kept[where] = native.in_phrase(words, docs[where], self._context.snapshot.bases[index])
        return kept

    def _rows(self, docs: Docs) -> Docs:
        found = [side.intervals(docs) for side in self._sides]
        if self._distance is None:
            return positions.rows_of(found[0])
        return np.unique(positions.near(found[0], found[1], self._distance))

    def score(self, docs: Docs) -> Scores:
        """See `Plan`."""
        return np.zeros(len(docs))
