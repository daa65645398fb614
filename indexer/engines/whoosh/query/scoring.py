"""A word of a query in all the fields it is looked for in: how often it is where, and what it is worth (BM25F, see
`shared.search.ranking`).

Called by the plans.
"""

from collections.abc import Hashable, Sequence
from functools import cached_property

from indexer.engines.shared.search.ranking import K1, MOST, rarity
from indexer.engines.whoosh.kernels import Array, Docs, Scores, count_any
from indexer.engines.whoosh.kernels.top import Merged, Part
from indexer.engines.whoosh.kernels.words import Postings, Weighed, WordPostings, frequencies_of, score_words
from indexer.engines.whoosh.reader.postings import Leaf
from indexer.engines.whoosh.reader.recent import Recent
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.fields import BY_NAME, TEXT_FIELDS

# Weighted frequencies are added up in 16 bits.
assert sum(field.weight for field in TEXT_FIELDS) * MOST < 1 << 16
# Bytes of words put together (`ScoredWord.part`) that a snapshot keeps, of a large archive so many for each document:
# those of the two most frequent words.
_KEPT = 24 << 20
_KEPT_EACH = 12


class ScoredWord:
    """A word in several text fields as one. `times` weighs it among other words; `name` tells it from them."""

    def __init__(self, snapshot: Snapshot, leaves: Sequence[Leaf], name: Hashable, times: float = 1.0) -> None:
        self.snapshot = snapshot
        self.leaves = tuple(leaf for leaf in leaves if leaf.count)
        self.most = min(sum(leaf.count for leaf in self.leaves), snapshot.size)
        self._name = name
        self._times = times

    def repeated(self, times: float) -> "ScoredWord":
        """The same word weighing more or less."""
        return ScoredWord(self.snapshot, self.leaves, self._name, self._times * times)

    @cached_property
    def count(self) -> int:
        """How many documents have it in any of the fields, deleted ones included until their segment is merged away."""
        if len(self.leaves) < 2:
            return self.most
        return self.snapshot.holding_count(self._name, self._count)

    def _count(self) -> int:
        segments: dict[int, list[Array]] = {}
        for leaf in self.leaves:
            for index, run in leaf.runs.items():
                segments.setdefault(index, []).append(run.docs)
        return sum(map(count_any, segments.values()))

    @cached_property
    def postings(self) -> WordPostings:
        """All its postings."""
        bases = self.snapshot.bases
        return WordPostings(
            [
                Postings(run.docs, run.codes, bases[index], bases[index + 1] - bases[index], BY_NAME[leaf.field].weight)
                for leaf in self.leaves
                for index, run in leaf.runs.items()
            ]
        )

    @cached_property
    def weighed(self) -> Weighed:
        """The same with what its saturated frequency is multiplied by."""
        return self.postings, self.factor

    def found(self, docs: Docs) -> Array:
        """How often the word is in each of `docs`."""
        return frequencies_of(self.postings, docs, self.snapshot.scratch.codes, weighted=False)

    @property
    def factor(self) -> float:
        """What `f / (f + norm)` is multiplied by to be the word's part of a score."""
        return self._times * rarity(self.snapshot.size, self.count) * (K1 + 1)

    def part(self, *, each: bool, last: bool) -> Part:
        """The word as one of a query that is answered by what its words add to scores at most; see `Part`. What is made
        of its postings for that is kept for a while."""
        snapshot = self.snapshot
        most = max(_KEPT, _KEPT_EACH * snapshot.size)
        kept: Recent[Merged] = snapshot.cached("merged words", lambda: Recent(most, lambda word: word.nbytes))
        merged = kept.get(self._name, self._merge)
        snapshot.holding_count(self._name, lambda: merged.count)
        return Part(merged, self.factor, each, last)

    def _merge(self) -> Merged:
        runs = sorted(self.postings.runs, key=lambda run: run.base)
        return Merged(runs, self.snapshot.norms, self.snapshot.size)


def score(snapshot: Snapshot, words: Sequence[ScoredWord], docs: Docs) -> Scores:
    """The words' part of the score of each of `docs`, 0 where none is."""
    return score_words([word.weighed for word in words], docs, snapshot.norms, snapshot.scratch.codes)
