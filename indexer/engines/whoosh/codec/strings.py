"""Sorted tables of byte strings: finding one in a table, and walking several tables side by side.

In: tables of terms, surfaces, labels or ids as they lie in the files of segments. Out: where a string is or would be;
and for the merge their union in byte order, in runs that fit in memory, with where each table's strings went.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.layout import Array, unpack_strings

# Strings of one table in a run: some megabytes as Python objects.
RUN_STRINGS = 1 << 15
# Of a table that is searched so often every so many-th string is kept as an object: its search needs five steps then.
OFTEN = 64
STEP = 32


def buffer(array: Array) -> memoryview:
    """An array as a memory view, whose single elements are read several times as fast."""
    return memoryview(array.data)


class SortedStrings:
    """A sorted table: string number n is `data[offsets[n]:offsets[n + 1]]`.

    Strings that do not lie in byte order come with their `order`, the numbers in that order; a place is then one in
    `order`. Else places are numbers.
    """

    def __init__(self, data: Array, offsets: Array, order: Array | None = None) -> None:
        self._array = data
        self._offset_array = offsets
        self._data = buffer(data)
        self._offsets = buffer(offsets)
        self._order: Sequence[int] | memoryview = range(len(offsets) - 1) if order is None else buffer(order)
        self._searches = 0
        self._landmarks: list[bytes] = []

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, number: int) -> bytes:
        return self._data[self._offsets[number] : self._offsets[number + 1]].tobytes()

    def at_least(self, string: bytes, start: int = 0) -> int:
        """The first place from `start` on whose string is not smaller than `string`."""
        # Written out, with names of its own for what it reads: every word of a query comes here once for each segment.
        data, offsets, order = self._data, self._offsets, self._order
        low, high = start, len(order)
        landmarks = self._landmarks or self._landmarks_if_often()
        if landmarks:
            behind = bisect_left(landmarks, string) * STEP  # the first landmark that is not smaller
            low, high = max(low, behind - STEP + 1), min(high, behind)
        while low < high:
            middle = (low + high) >> 1
            number = order[middle]
            if data[offsets[number] : offsets[number + 1]].tobytes() < string:
                low = middle + 1
            else:
                high = middle
        return low

    def _landmarks_if_often(self) -> list[bytes]:
        self._searches += 1
        if self._searches == OFTEN:
            self._landmarks = [self[number] for number in self._order[::STEP]]
        return self._landmarks

    def after(self, string: bytes, start: int = 0) -> int:
        """The first place from `start` on whose string is larger than `string`."""
        return self.at_least(string + b"\0", start)  # nothing comes between the two

    def find(self, string: bytes) -> int | None:
        """The place of a string, the first of equal ones; None if it is not there."""
        at = self.at_least(string)
        return at if at < len(self) and self[self._order[at]] == string else None

    def equal(self, string: bytes) -> range:
        """The places of a string in a table that may have it several times."""
        low = high = self.at_least(string)
        while high < len(self) and self[self._order[high]] == string:
            high += 1
        return range(low, high)

    def run(self, start: int, stop: int) -> list[bytes]:
        """The strings from number `start` to before `stop`."""
        return unpack_strings(self._array, self._offset_array[start : stop + 1])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the union. `ranges` are the tables' parts in it; `numbers[t][i]` is where the i-th string of the
    part of table t is in `strings`."""

    strings: list[bytes]
    ranges: list[tuple[int, int]]
    numbers: list[Array]


def walk(tables: Sequence[SortedStrings], stop_after: Callable[[int, int], int] | None = None) -> Iterator[Run]:
    """The union of sorted tables, run by run.

    `stop_after(table, start)` says where a run that begins at string `start` of a table has to end for the caller's
    sake; at least one string is always taken.
    """
    starts = [0] * len(tables)
    while True:
        limit: bytes | None = None
        for table, strings in enumerate(tables):
            start = starts[table]
            if start == len(strings):
                continue
            stop = min(len(strings), start + RUN_STRINGS)
            if stop_after is not None:
                stop = min(stop, max(start + 1, stop_after(table, start)))
            last = strings[stop - 1]
            limit = last if limit is None else min(limit, last)
        if limit is None:
            return
        ends = [strings.after(limit, start) for strings, start in zip(tables, starts, strict=True)]
        parts = [strings.run(start, end) for strings, start, end in zip(tables, starts, ends, strict=True)]
        yield _union(parts, list(zip(starts, ends, strict=True)))
        starts = ends


def _union(parts: Sequence[list[bytes]], ranges: list[tuple[int, int]]) -> Run:
    filled = [part for part in parts if part]
    strings = filled[0] if len(filled) == 1 else sorted(set().union(*filled))
    index = {string: number for number, string in enumerate(strings)}
    numbers = [
        np.arange(len(part)) if part is strings else np.fromiter(map(index.__getitem__, part), np.int64, len(part))
        for part in parts
    ]
    return Run(strings, ranges, numbers)
