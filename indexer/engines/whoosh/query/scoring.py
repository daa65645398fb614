"""A word of a query in all the fields it is looked for in: how often it is where, and what it is worth (BM25F, see
`shared.search.ranking`).

Called by the plans.
"""

from collections.abc import Hashable, Sequence
from functools import cached_property

from indexer.engines.shared.search.ranking import K1, MOST, rarity
from indexer.engines.whoosh.kernels import Array, Docs, Scores, count_any
from indexer.engines.whoosh.kernels.words import Postings, Weighed, WordPostings, frequencies_of, score_words
from indexer.engines.whoosh.reader.postings import Leaf
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.fields import BY_NAME, TEXT_FIELDS

# Weighted frequencies are added up in 16 bits.
assert sum(field.weight for field in TEXT_FIELDS) * MOST < 1 << 16


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
        return self.postings, self._times * rarity(self.snapshot.size, self.count) * (K1 + 1)

    def found(self, docs: Docs) -> Array:
        """How often the word is in each of `docs`."""
        return frequencies_of(self.postings, docs, self.snapshot.scratch.codes, weighted=False)


def score(snapshot: Snapshot, words: Sequence[ScoredWord], docs: Docs) -> Scores:
    """The words' part of the score of each of `docs`, 0 where none is."""
    return score_words([word.weighed for word in words], docs, snapshot.norms, snapshot.scratch.codes)
