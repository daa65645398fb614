"""Days of documents -> the date facet: buckets by year, month or day, empty ones included. Called by facets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.shared.days import Interval, day_number, interval_for, latest_shown
from indexer.engines.whoosh.codec.layout import UNDATED_DAY
from indexer.engines.whoosh.kernels import Array, Docs, count_single
from indexer.engines.whoosh.query.filters import between_days
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.search.request import DateRange

_UNITS: dict[Interval, str] = {"year": "datetime64[Y]", "month": "datetime64[M]", "day": "datetime64[D]"}
# An archive of more days than this for each match is counted over the days of the matches alone.
_SPARSE_SHARE = 8


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many documents are of each day from the `first` (since 1970) to the last, and how many are undated."""

    first: int
    counts: NDArray[np.int64]
    undated: int

    @classmethod
    def of(cls, days: Array) -> "DayCounts":
        """The counts of days."""
        dated = days[days != UNDATED_DAY]
        first = int(dated.min()) if len(dated) else 0
        return cls(first, np.bincount(dated - first), len(days) - len(dated))

    def within(self, low: int, high: int) -> "DayCounts":
        """The same for the days from `low` to `high`."""
        start = max(low - self.first, 0)
        return DayCounts(self.first + start, self.counts[start : max(high + 1 - self.first, 0)], self.undated)

    def until(self, last: int) -> "DayCounts":
        """The same as far as it is of days until `last`, unless all are later."""
        if self.first + len(self.counts) - 1 <= last:
            return self
        found = np.flatnonzero(self.counts[: max(last + 1 - self.first, 0)])
        return DayCounts(self.first, self.counts[: found[-1] + 1], self.undated) if len(found) else self

    @property
    def total(self) -> int:
        """How many are dated."""
        return int(self.counts.sum())


class _Numbered:
    """The days of an archive counted from its first, which is 1; 0 stands for none."""

    def __init__(self, days: Array) -> None:
        dated = days[days != UNDATED_DAY]
        self.first = int(dated.min()) if len(dated) else 0
        self.kinds = (int(dated.max()) - self.first if len(dated) else 0) + 2
        numbers = np.maximum(days, self.first - 1).astype(np.int64) - (self.first - 1)
        self.numbers = numbers.astype(np.uint16 if self.kinds < 1 << 16 else np.uint32)


def count_days(snapshot: Snapshot, docs: Docs) -> DayCounts:
    """How many of `docs` are of each day."""
    days = snapshot.concatenated("published.day")
    numbered = snapshot.cached("numbered days", lambda: _Numbered(days))
    if len(docs) * _SPARSE_SHARE < numbered.kinds:
        return DayCounts.of(days[docs])
    counts = count_single(numbered.numbers, docs, numbered.kinds)
    found = np.flatnonzero(counts[1:])
    first, last = (int(found[0]), int(found[-1])) if len(found) else (0, -1)
    return DayCounts(numbered.first + first, counts[first + 1 : last + 2].astype(np.int64), int(counts[0]))


def histogram(days: DayCounts, selected: DateRange) -> tuple[Interval, list[tuple[str, int]]]:
    """The interval that suits the days, and (period, count) from the first to the last.

    A selected range cuts the histogram, which then shows it in the detail that suits it. Days of the future are shown
    where they are asked for, or where there are no others.
    """
    shown = days.within(*between_days(selected.first, selected.last)) if selected else days
    if (latest := latest_shown(selected)) is not None:
        shown = shown.until(day_number(latest))
    if not len(shown.counts):
        return "year", []
    interval = interval_for(len(shown.counts))
    return interval, _buckets(shown.counts, shown.first, interval)


def _buckets(counts: NDArray[np.int64], first: int, interval: Interval) -> list[tuple[str, int]]:
    days = np.arange(first, first + len(counts)).astype("datetime64[D]")
    units = days.astype(_UNITS[interval])
    starts = np.flatnonzero(np.concatenate(([True], units[1:] != units[:-1])))
    sums = np.add.reduceat(counts, starts)
    return list(zip(np.datetime_as_string(units[starts]).tolist(), sums.tolist(), strict=True))
