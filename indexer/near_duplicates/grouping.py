"""Which articles tell the same story, without comparing all pairs: the groups of near-duplicates, from all signatures.

Worth comparing are articles that agree in both bins of at least one of 32 bands. Two articles with a third of their
shingles in common, as a copy of the same length with half of it, are among them with probability 0.98. Nothing depends
on the order in which articles arrive, and the cost grows as N log N. `groups` finds the same from the groups before.
"""

from collections.abc import Sequence

import numpy as np

from indexer.near_duplicates.likeness import same_stories
from indexer.near_duplicates.signatures import BINS, EMPTY, Array, mixed

ROWS = 2  # bins in a band
BANDS = BINS // ROWS
_ODD = np.uint64(0x9E3779B97F4A7C15)


def group(tables: Sequence[Array], gone: Array | None = None) -> Array:
    """For each article the number of its group: the smallest number of an article in it; its own where it is alone.

    Memory: about 50 bytes an article, and 8 for each pair compared, beside the tables, which may lie in memory-mapped
    files.

    Args:
        tables: uint16[articles, WIDTH] each, from any number of batches; articles are numbered through all of them.
        gone: numbers of articles to leave out; each stays alone.
    """
    count = sum(len(table) for table in tables)
    labels = np.arange(count, dtype=np.int64)
    present = np.concatenate([(table[:, 0] != EMPTY) for table in tables]) if tables else np.zeros(0, np.bool_)
    if gone is not None:
        present[gone] = False
    kept = np.flatnonzero(present)
    if len(kept) < 2:
        return labels
    identities = np.concatenate([identities_of(table) for table in tables])[kept]

    def band(column: int) -> Array:
        return np.concatenate([band_of(table, column % BANDS) for table in tables])[kept]

    pairs = [neighbours(band(column), band(column + 1), identities) for column in range(BANDS)]
    # Sorted by hand: `np.unique` hashes, which takes ten times as long on millions of numbers.
    codes = np.concatenate(pairs)
    codes.sort()
    codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))] if len(codes) else codes
    left, right = kept[codes // len(kept)], kept[codes % len(kept)]
    same = same_stories(tables, left, right)
    return components(labels, left[same], right[same])


def band_of(rows: Array, column: int) -> Array:
    """Two bins of 16 bits as one number of 32."""
    band: Array = np.ascontiguousarray(rows[:, column * ROWS : (column + 1) * ROWS]).view(np.uint32)[:, 0]
    return band


def neighbours(band: Array, following: Array, identities: Array) -> Array:
    """Pairs of articles that share a band, as `smaller * len(band) + larger`.

    Each with the next two in the order of the band that follows and of their signatures, and with the first: linear
    however many share it, and the same whatever order they came in.
    """
    order = np.argsort(band)
    ordered = band[order]
    equal = ordered[1:] == ordered[:-1]
    shared = order[np.concatenate(([False], equal)) | np.concatenate((equal, [False]))]
    if not len(shared):
        return np.zeros(0, np.int64)
    shared = shared[np.lexsort((identities[shared], following[shared], band[shared]))]
    ordered = band[shared]
    starts = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    first = np.maximum.accumulate(np.where(starts, np.arange(len(shared)), 0))
    found = [(shared[first], shared)]
    for step in (1, 2):
        together = np.flatnonzero(ordered[step:] == ordered[:-step])
        found.append((shared[together], shared[together + step]))
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    codes: Array = np.minimum(left, right).astype(np.int64) * len(band) + np.maximum(left, right)
    apart: Array = codes[left != right]
    return apart


def identities_of(rows: Array) -> Array:
    """One number for each whole signature."""
    total = np.zeros(len(rows), np.uint64)
    for column in np.ascontiguousarray(rows).view(np.uint64).T:
        total = total * _ODD + column
    return mixed(total)


def components(labels: Array, left: Array, right: Array) -> Array:
    """Connected components by spreading the smallest label, with pointer jumping."""
    while True:
        smallest = np.minimum(labels[left], labels[right])
        spread = labels.copy()
        for side in (labels[left], labels[right], left, right):
            np.minimum.at(spread, side, smallest)
        spread = spread[spread]
        if np.array_equal(spread, labels):
            return labels
        labels = spread
