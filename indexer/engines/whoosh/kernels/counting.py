"""How many documents have each number of a keyword column."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.sets import NO_DOCS, Array, Docs, expand, nth_largest

Counts = NDArray[np.uint32]
# The numbers that occur, ascending, and how often each does.
Found = tuple[NDArray[np.int64], NDArray[np.int64]]

# Documents whose numbers are gathered at a time: what is made on the way stays in the processor's cache, which saves a
# third of the time at 300,000 documents.
_STRETCH = 1 << 14


# Of so many numbers, and so many times as many as documents, those that the documents have are sorted.
_MANY_KINDS = 1 << 17
_SPARSE_SHARE = 64


@dataclass(frozen=True, slots=True)
class Assigned:
    """Documents of one segment and the numbers they have: `numbers[starts[doc]:ends[doc]]` each, each number once.

    `docs` count from `base`. Where there is a list `named`, a number stands for `named[number]`.
    """

    numbers: Array
    starts: Array
    ends: Array
    docs: Docs
    base: int = 0
    named: Array | None = None


class _Room(threading.local):
    """Counts of each thread, all 0 between uses, so that none has to clear as many as there are labels."""

    def __init__(self) -> None:
        self._counts: Counts = np.zeros(0, np.uint32)

    def take(self, kinds: int) -> Counts:
        """At least so many counts, which the caller gives back when they are 0 again."""
        counts, self._counts = self._counts, np.zeros(0, np.uint32)
        return counts if len(counts) >= kinds else np.zeros(kinds, np.uint32)

    def give_back(self, counts: Counts) -> None:
        """Keep them for the next."""
        self._counts = counts


_room = _Room()


def present_single(numbers: Array, docs: Docs, kinds: int) -> Found:
    """Which numbers below `kinds` any of `docs` have, and how many, a document having `numbers[doc]`."""
    if kinds > max(_MANY_KINDS, _SPARSE_SHARE * len(docs)):
        return _sorted(numbers[docs])
    if native.library is None:
        return _present(np.bincount(numbers[docs], minlength=kinds))
    counts = _room.take(kinds)
    native.count_single(numbers, docs, kinds, counts)
    found = native.take_counts(counts, kinds, len(docs))
    _room.give_back(counts)
    return found


def present_many(parts: Sequence[Assigned], kinds: int) -> tuple[Found, int]:
    """The same where documents have several numbers; and how many have none."""
    if kinds > max(_MANY_KINDS, _SPARSE_SHARE * sum(len(part.docs) for part in parts)):
        having = [(part, part.docs - part.base) for part in parts]
        numbers = [_named(part, assigned(part.numbers, part.starts, part.ends, docs)) for part, docs in having]
        without = sum(int(np.count_nonzero(part.starts[docs] == part.ends[docs])) for part, docs in having)
        return _sorted(np.concatenate(numbers) if numbers else NO_DOCS), without
    if native.library is None:
        totals, without = count_many(parts, kinds)
        return _present(totals), without
    counts = _room.take(kinds)
    without = _added(parts, kinds, counts)
    found = native.take_counts(counts, kinds, kinds)
    _room.give_back(counts)
    return found, without


def most_frequent(
    parts: Sequence[Assigned], kinds: int, size: int, all_of_them: Counts | None = None
) -> tuple[Found, int, int]:
    """The numbers that most documents have, at least `size` of them or all, and how many documents each has; how many
    numbers occur; and how many of the documents of `parts` have none.

    Given `all_of_them`, the counts of all documents, those of the documents that are not in `parts`.
    """
    if all_of_them is None and kinds > max(_MANY_KINDS, _SPARSE_SHARE * sum(len(part.docs) for part in parts)):
        (numbers, often), without = present_many(parts, kinds)
        return (numbers, often), len(numbers), without
    if native.library is None:
        counts, without = count_many(parts, kinds)
        numbers, often = _present(counts if all_of_them is None else all_of_them - counts)
        kept = slice(None) if len(numbers) <= size else often >= nth_largest(often, size)
        return (numbers[kept], often[kept]), len(numbers), without
    counts = _room.take(kinds)
    if all_of_them is not None:
        counts[:kinds] = all_of_them
    without = _added(parts, kinds, counts, 1 if all_of_them is None else -1)
    numbers, often, occurring = native.take_most(counts, kinds, size)
    _room.give_back(counts)
    return (numbers, often), occurring, without


def count_many(parts: Sequence[Assigned], kinds: int) -> tuple[Counts, int]:
    """How many documents have each number below `kinds`, and how many have none."""
    counts = np.zeros(kinds, np.uint32)
    if native.library is not None:
        return counts, _added(parts, kinds, counts)
    without = 0
    for part in parts:
        local = part.docs - part.base if part.base else part.docs
        having = assigned(part.numbers, part.starts, part.ends, local)
        counts += np.bincount(_named(part, having), minlength=kinds).astype(np.uint32)
        without += int(np.count_nonzero(part.starts[local] == part.ends[local]))
    return counts, without


def _added(parts: Sequence[Assigned], kinds: int, counts: Counts, step: int = 1) -> int:
    return sum(
        native.count_many(part.numbers, part.starts, part.ends, part.docs, part.base, part.named, kinds, counts, step)
        for part in parts
    )


def _named(part: Assigned, numbers: Array) -> Array:
    return numbers if part.named is None else part.named[numbers]


def _sorted(numbers: Array) -> Found:
    found, often = np.unique(numbers, return_counts=True)
    return found.astype(np.int64), often.astype(np.int64)


def _present(counts: Array) -> Found:
    found = np.flatnonzero(counts)
    return found, counts[found].astype(np.int64)


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
