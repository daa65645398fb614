"""How many documents have each number of a keyword column."""

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.sets import Array, Docs, expand

Counts = NDArray[np.uint32]

# Documents whose numbers are gathered at a time: what is made on the way stays in the processor's cache, which saves a
# third of the time at 300,000 documents.
_STRETCH = 1 << 14


def count_single(numbers: Array, docs: Docs, kinds: int) -> Counts:
    """For each number below `kinds` how many of `docs` have it, a document having `numbers[doc]`."""
    if native.library is not None:
        return native.count_single(numbers, docs, kinds)
    return np.bincount(numbers[docs], minlength=kinds).astype(np.uint32)


def count_many(numbers: Array, starts: Array, ends: Array, docs: Docs, base: int, kinds: int) -> tuple[Counts, int]:
    """The same where a document has `numbers[starts[doc]:ends[doc]]`, each number once; and how many have none.

    `docs` count from `base` of the segment that the column is of.
    """
    if native.library is not None:
        return native.count_many(numbers, starts, ends, docs, base, kinds)
    local = docs - base if base else docs
    counts = np.bincount(assigned(numbers, starts, ends, local), minlength=kinds).astype(np.uint32)
    return counts, int(np.count_nonzero(starts[local] == ends[local]))


def assigned(numbers: Array, starts: Array, ends: Array, docs: Docs) -> NDArray[np.intp]:
    """The numbers that documents have, document after document."""
    first = starts[docs]
    counts = ends[docs] - first
    found = np.empty(int(counts.sum()), np.intp)
    at = 0
    for low in range(0, len(docs), _STRETCH):
        offsets = expand(first[low : low + _STRETCH], counts[low : low + _STRETCH])
        found[at : at + len(offsets)] = numbers[offsets]
        at += len(offsets)
    return found
