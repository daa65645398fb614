"""Set arithmetic on document numbers. They come and go as ascending `intp` arrays without repeats ("docs")."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.kernels import native

Docs = NDArray[np.intp]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]
Array = NDArray[Any]

# Looking one key up in a sorted array costs about as much as touching this many entries of a flat one.
LOOKUP_COST = 16

# Values of which the largest stands for all when the top of many is looked for: eight times as fast as a partition.
BLOCK = 64

NO_DOCS: Docs = np.empty(0, np.intp)
NO_DOCS.setflags(write=False)


def expand(starts: Array, counts: Array) -> NDArray[np.int64]:
    """The numbers `starts[0] .. starts[0]+counts[0]-1, starts[1] ..`, one after the other."""
    some = counts > 0
    if not some.all():
        starts, counts = starts[some], counts[some]
    if not len(starts):
        return np.empty(0, np.int64)
    starts, counts = starts.astype(np.int64, copy=False), counts.astype(np.int64, copy=False)
    ends = np.cumsum(counts)
    # Steps of 1, and at each new range a step to its start; added up, three times as fast as `repeat`.
    steps = np.ones(int(ends[-1]), np.int64)
    steps[0] = starts[0]
    steps[ends[:-1]] = starts[1:] - starts[:-1] - counts[:-1] + 1
    return np.cumsum(steps, out=steps)


def union(lists: Sequence[Docs], size: int, flags: Mask) -> Docs:
    """Documents in any of the lists. `flags` is scratch space of `size` false values, and is so afterwards."""
    lists = [docs for docs in lists if len(docs)]
    if not lists:
        return NO_DOCS
    if len(lists) == 1:
        return lists[0]
    if native.library is not None:
        return native.union(lists, size)
    total = sum(map(len, lists))
    if total * LOOKUP_COST < size:
        merged = np.concatenate(lists)
        merged.sort(kind="stable")
        return merged[np.concatenate(([True], merged[1:] != merged[:-1]))]
    for docs in lists:
        flags[docs] = True
    merged = np.flatnonzero(flags)
    flags[merged] = False
    return merged


def locate(haystack: Array, needles: Array) -> tuple[NDArray[np.intp], Mask]:
    """Where each needle stands in the sorted haystack, and whether it is there at all (elsewhere the offset is 0)."""
    if len(haystack) == 0:
        return np.zeros(len(needles), np.intp), np.zeros(len(needles), np.bool_)
    offsets = np.searchsorted(haystack, needles)
    offsets[offsets == len(haystack)] = 0
    return offsets, haystack[offsets] == needles


def member(docs: Docs, within: Docs, flags: Mask) -> Mask:
    """For each of `docs`, whether it is in `within`. `flags` is scratch, false before and after."""
    if len(docs) * LOOKUP_COST < len(within):
        return locate(within, docs)[1]
    if len(within) * LOOKUP_COST < len(docs):
        kept = np.zeros(len(docs), np.bool_)
        offsets, found = locate(docs, within)
        kept[offsets[found]] = True
        return kept
    if native.library is not None:
        return native.member(docs, within, len(flags))
    flags[within] = True
    kept = flags[docs]
    flags[within] = False
    return kept


def difference(docs: Docs, without: Docs, flags: Mask) -> Docs:
    """Those of `docs` that are not in `without`. `flags` is scratch, false before and after."""
    if native.library is not None:
        return native.difference(docs, without, len(flags))
    return docs[~member(docs, without, flags)]


def distinct(values: Array) -> Array:
    """A sorted array without its repeats."""
    if len(values) < 2:
        return values
    return values[np.concatenate(([True], values[1:] != values[:-1]))]


def nth_largest(values: Array, n: int) -> Any:
    """The `n`th largest of at least `n` values."""
    blocks = len(values) // BLOCK
    if blocks > n:
        # It is at least the nth largest of the blocks' own largest values, which leaves few to choose from.
        least = nth_largest(values[: blocks * BLOCK].reshape(blocks, BLOCK).max(axis=1), n)
        values = values[values >= least]
    return np.partition(values, len(values) - n)[len(values) - n]


def bounds(offsets: Array, edges: Sequence[int]) -> list[int]:
    """Where sorted `offsets` cross each of the `edges`."""
    if len(edges) == 2:
        return [0, len(offsets)]
    found: list[int] = np.searchsorted(offsets, np.asarray(edges, offsets.dtype)).tolist()
    return found
