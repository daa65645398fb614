"""Groups of near-duplicates after a few articles came or went, from the groups before: what
`grouping.group` would find.

In: all signatures, the groups as they were, which articles were added and the signatures of those removed. Out: the
groups. Only buckets (articles that share a band) in which something changed are compared again. Whoever comes between
two articles of a bucket may end their comparison, so groups that lose a pair are formed anew from their members unless
the changed buckets themselves still hold them together. Called by an engine's writer.
"""

from collections.abc import Sequence

import numpy as np

from indexer.near_duplicates.grouping import BANDS, ROWS, band_of, components, identities_of, neighbours
from indexer.near_duplicates.likeness import same_stories
from indexer.near_duplicates.signatures import BINS, EMPTY, WIDTH, Array, rows_of

# With a larger share of the articles changed, or with a larger share in groups to be formed anew, all are grouped from
# scratch. Of a million articles that takes 11.6 s of processor time; 100 added take 0.5 s and 100 removed 0.7, 5,000
# added 5.1 and 5,000 removed 8.7.
MAX_CHANGED = 0.005
MAX_ANEW = 0.05
# Articles looked through at a time: their signatures and what is made of them fit in the processor's cache.
_STRETCH = 1 << 13
# Bands are first looked up by their lower half, in a table of what half is wanted at all.
_HALF = 1 << 16


def regroup(tables: Sequence[Array], gone: Array, labels: Array, added: Array, removed: Array) -> Array | None:
    """The groups of all articles, as `grouping.group(tables, gone)` would find them; None if that is the cheaper way.

    Args:
        tables: uint16[articles, WIDTH] each; articles are numbered through all of them.
        gone: numbers of articles that are left out.
        labels: int64[articles], of those that were there before the smallest number that an article of the same group
            has now; of the others their own.
        added: numbers of the articles that were not there before.
        removed: uint16[removed, WIDTH], the signatures of articles that were there and are not any more.
    """
    count = len(labels)
    if len(added) + len(removed) > MAX_CHANGED * count:
        return None
    absent = np.zeros(count, np.bool_)
    absent[gone] = True
    buckets = _Buckets([*tables, removed], absent)
    is_added = np.zeros(count + len(removed), np.bool_)
    is_added[added] = True
    before, after = [], []
    changed = np.concatenate((rows_of(tables, added), removed))
    for band, numbers in enumerate(buckets.sharing(_wanted(changed))):
        after.append(buckets.pairs(band, numbers[numbers < count]))
        before.append(buckets.pairs(band, numbers[~is_added[numbers]]))
    joined = buckets.similar(_distinct(after))
    broken = _broken(buckets.similar(_without(_distinct(before), _distinct(after))), joined, labels)
    labels = labels.copy()
    if len(broken):
        anew = np.zeros(count, np.bool_)
        anew[broken] = True
        members = np.flatnonzero(anew[labels] & ~absent)
        if len(members) > MAX_ANEW * count:
            return None
        labels[members] = members
        anew[:] = False
        anew[members] = True
        found = buckets.sharing(_wanted(rows_of(tables, members)))
        codes = _distinct([buckets.pairs(band, numbers[numbers < count]) for band, numbers in enumerate(found)])
        left, right = np.divmod(codes, buckets.size)
        joined = np.concatenate((joined, buckets.similar(codes[anew[left] | anew[right]])), axis=1)
    return _united(labels, *joined)


class _Buckets:
    """Articles by the bands they share. The last of the tables are removed ones, numbered after all others."""

    def __init__(self, tables: Sequence[Array], absent: Array) -> None:
        self._tables = tables
        self._absent = absent
        self.size = sum(map(len, tables))

    def sharing(self, wanted: Sequence[Array]) -> list[Array]:
        """For each band the articles with one of the wanted values, which are sorted."""
        flags = np.zeros((BANDS, _HALF), np.bool_)
        for column, values in enumerate(wanted):
            flags[column, values % _HALF] = True
        flat, offsets = flags.ravel(), np.arange(BANDS) * _HALF
        hits = []
        base = 0
        for table in self._tables:
            halves = table[:, :BINS:ROWS]
            for first in range(0, len(table), _STRETCH):
                stretch = halves[first : first + _STRETCH] + offsets
                hits.append(np.flatnonzero(flat.take(stretch)) + (base + first) * BANDS)
            base += len(table)
        numbers, columns = np.divmod(np.concatenate([np.zeros(0, np.int64), *hits]), BANDS)
        here = np.ones(len(numbers), np.bool_)
        inside = numbers < len(self._absent)
        here[inside] = ~self._absent[numbers[inside]]
        found = []
        for column, values in enumerate(wanted):
            mine = numbers[here & (columns == column)]
            found.append(mine[_among(self._band(column, mine), values)])
        return found

    def pairs(self, column: int, numbers: Array) -> Array:
        """Which pairs of articles are compared in the buckets of a band, as `left * size + right`.

        The articles must be all that have their values in that band.
        """
        if len(numbers) < 2:
            return np.zeros(0, np.int64)
        rows = rows_of(self._tables, numbers)
        following = band_of(rows, (column + 1) % BANDS)
        codes = neighbours(band_of(rows, column), following, identities_of(rows))
        left, right = numbers[codes // len(numbers)], numbers[codes % len(numbers)]
        ordered: Array = np.minimum(left, right) * self.size + np.maximum(left, right)
        return ordered

    def similar(self, codes: Array) -> Array:
        """Those of the pairs that are one story: their left and their right sides."""
        left, right = np.divmod(codes, self.size)
        same = same_stories(self._tables, left, right)
        return np.stack((left[same], right[same]))

    def _band(self, column: int, numbers: Array) -> Array:
        return band_of(rows_of(self._tables, numbers), column)


def _wanted(rows: Array) -> list[Array]:
    """The values that signatures have in each band, sorted."""
    rows = rows[rows[:, 0] != EMPTY].reshape(-1, WIDTH)
    return [np.unique(band_of(rows, column)) for column in range(BANDS)]


def _among(values: Array, ordered: Array) -> Array:
    """Which of the values are among ordered ones."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    found: Array = ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values
    return found


def _distinct(parts: Sequence[Array]) -> Array:
    codes = np.concatenate(parts)
    codes.sort()
    return codes[np.concatenate(([True], codes[1:] != codes[:-1]))] if len(codes) else codes


def _without(codes: Array, others: Array) -> Array:
    return codes[~_among(codes, others)]


def _broken(lost: Array, joined: Array, labels: Array) -> Array:
    """The groups that pairs which are compared no more may have held together."""
    nodes, groups = _local_groups(joined)
    sides = []
    for numbers in lost:
        at = np.minimum(np.searchsorted(nodes, numbers), max(len(nodes) - 1, 0))
        known = _among(numbers, nodes)
        sides.append(np.where(known, groups[at], -1) if len(nodes) else np.full(len(numbers), -1))
    apart = lost[:, (sides[0] != sides[1]) | (sides[0] < 0)].ravel()
    return np.unique(labels[apart[apart < len(labels)]])


def _local_groups(pairs: Array) -> tuple[Array, Array]:
    """The articles of some pairs, ascending, and of each the place of the first one it hangs together with."""
    nodes = np.unique(pairs)
    left, right = np.searchsorted(nodes, pairs)
    return nodes, components(np.arange(len(nodes)), left, right)


def _united(labels: Array, left: Array, right: Array) -> Array:
    """The groups after those of each pair were united."""
    nodes, groups = _local_groups(np.stack((labels[left], labels[right])))
    to = np.arange(len(labels))
    to[nodes] = nodes[groups]
    united: Array = to[labels]
    return united
