"""Near-duplicates collapsed: of each group among the matches only the first in the order of the search is shown.

Sorting all matches would cost more than everything else of a page, and so would reading ids to settle ties. The first
stories are among the first few documents, nearly always; where a story has more copies than that, or a page lies deep,
the first of each group is found by scattering the keys over the groups. Ids are read for what the page shows.

Called by the search when `SearchRequest.group` is set, and by the engine for the copies of one article.
"""

from collections.abc import Sequence

import numpy as np

from indexer.engines.whoosh.codec.layout import Array
from indexer.engines.whoosh.kernels import Docs, Mask
from indexer.engines.whoosh.reader.columns import column
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.order import Key, first, sort_keys
from indexer.search.request import Sort
from indexer.search.results import Hit

# So many documents are looked at for each story that is wanted: in a million articles, each copied in four sources,
# two would do.
SPARE = 4
# More than these are not: sorting 2,000 of a million takes 10 ms, and finding the first of each group 20 to 30.
MOST = 2_000


class Collapsed:
    """Matching documents by their groups of near-duplicates, each of which is one story."""

    def __init__(self, snapshot: Snapshot, docs: Docs) -> None:
        self._snapshot = snapshot
        self._docs = docs
        self._groups = snapshot.groups.take(docs).astype(np.intp)  # whose use as indexes is twice as fast

    def count(self) -> int:
        """How many groups they are of."""
        seen = np.zeros(self._snapshot.size, np.bool_)
        seen[self._groups] = True
        return int(np.count_nonzero(seen))

    def first(self, keys: Sequence[Key], size: int) -> list[int]:
        """The offsets of the first documents in order, of each story the first, `size` in all."""
        wanted = size * SPARE
        if wanted <= MOST:
            offsets = first(self._snapshot, self._docs, keys, wanted)
            once = self._once(offsets)
            if len(once) >= size or len(offsets) == len(self._docs):
                return once[:size]
        kept = np.flatnonzero(self._leading(keys))
        docs, keys = self._docs[kept], [key[kept] for key in keys]
        wanted = size
        while True:
            offsets = first(self._snapshot, docs, keys, wanted)
            once = self._once(kept[offsets].tolist())
            if len(once) >= size or wanted >= len(docs):
                return once[:size]
            wanted *= 2

    def unseen(self, later: Mask) -> Mask:
        """Of the documents behind a cursor, those of whose group none lies before it."""
        seen = np.zeros(self._snapshot.size, np.bool_)
        seen[self._groups[~later]] = True
        fresh: Mask = later & ~seen[self._groups]
        return fresh

    def copies(self, page: Docs) -> list[tuple[int, int]]:
        """For each document of a page how many other matches are of its group, and of how many sources."""
        mine = self._snapshot.groups[page].astype(np.intp)
        flags = self._snapshot.scratch.flags
        flags[mine] = True
        alike = np.flatnonzero(flags.take(self._groups))
        flags[mine] = False
        docs, groups = self._docs[alike], self._groups[alike]
        sources = column(self._snapshot, "source").single()
        counted = []
        for doc, group in zip(page.tolist(), mine.tolist(), strict=True):
            others = docs[(groups == group) & (docs != doc)]
            named = np.unique(sources[others])  # 0 stands for none
            counted.append((len(others), int(np.count_nonzero(named))))
        return counted

    def _once(self, offsets: Sequence[int]) -> list[int]:
        """Of offsets in order, the first of each story."""
        found: dict[int, int] = {}
        for offset, group in zip(offsets, self._groups[offsets].tolist(), strict=True):
            found.setdefault(group, offset)
        return list(found.values())

    def _leading(self, keys: Sequence[Key]) -> Mask:
        """Which documents may stand for their story: the first of each by `keys`, then by id.

        Of a story that ties across segments, whose ids are only comparable as texts, one of each segment stays; the
        first of them in the order of the page is the one.
        """
        snapshot = self._snapshot
        mask = ~snapshot.copied[self._docs]
        left = np.flatnonzero(~mask)
        groups = self._groups[left]
        for key in keys:
            kept = _largest(groups, key[left].astype(np.float64), snapshot.size)
            left, groups = left[kept], groups[kept]
        ranks = -snapshot.concatenated("id.rank")[self._docs[left]].astype(np.float64)
        for _, where, _ in snapshot.split(self._docs[left]):
            mask[left[where][_largest(groups[where], ranks[where], snapshot.size)]] = True
        return mask


def _largest(groups: Array, values: Array, size: int) -> Mask:
    """Which values are the largest of their group."""
    most = np.full(size, -np.inf)
    np.maximum.at(most, groups, values)
    largest: Mask = values == most[groups]
    return largest


def copies(snapshot: Snapshot, doc: int) -> list[Hit]:
    """All other articles of a document's group, oldest first."""
    members = np.flatnonzero(snapshot.groups == snapshot.groups[doc])
    if snapshot.live is not None:
        members = members[snapshot.live[members]]
    members = members[members != doc]
    order = first(snapshot, members, sort_keys(snapshot, Sort.OLDEST, members, None), len(members))
    return [Hit(snapshot.article(int(members[offset])).without_body(), 0.0) for offset in order]
