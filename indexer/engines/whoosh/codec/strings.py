"""Sorted tables of byte strings, and walking several of them side by side.

In: tables of terms, labels or ids as they lie in the files of several segments. Out: their union in byte order, in runs
that fit in memory, with where each table's strings went. Called by the merge.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.layout import Array, unpack_strings

# Strings of one table in a run: some megabytes as Python objects.
RUN_STRINGS = 1 << 15


class SortedStrings:
    """A sorted table in two arrays."""

    def __init__(self, data: Array, offsets: Array) -> None:
        self._data = data
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, at: int) -> bytes:
        start, stop = self._offsets[at : at + 2].tolist()
        return self._data[start:stop].tobytes()

    def at_least(self, string: bytes, start: int = 0) -> int:
        """The first string from `start` on that is not smaller than `string`."""
        low, high = start, len(self)
        while low < high:
            middle = (low + high) >> 1
            if self[middle] < string:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, string: bytes) -> int | None:
        """The number of a string, None if it is not there."""
        at = self.at_least(string)
        return at if at < len(self) and self[at] == string else None

    def run(self, start: int, stop: int) -> list[bytes]:
        """The strings from `start` to before `stop`."""
        return unpack_strings(self._data, self._offsets[start : stop + 1])


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
        # With `limit` itself: nothing comes between it and itself followed by a zero byte.
        ends = [strings.at_least(limit + b"\0", start) for strings, start in zip(tables, starts, strict=True)]
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
