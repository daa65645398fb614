"""Days of documents -> the date facet: buckets by year, month or day, empty ones included. Called by facets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.shared.days import Interval, day_number, interval_for, latest_shown
from indexer.engines.whoosh.codec.layout import UNDATED_DAY
from indexer.engines.whoosh.kernels import Array, Docs, present_single
from indexer.engines.whoosh.query.filters import between_days
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.search.request import DateRange

_UNITS: dict[Interval, str] = {"year": "datetime64[Y]", "month": "datetime64[M]"}


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many documents are of each day from the `first` (since 1970) to the last, and how many are undated."""

    first: int
    counts: NDArray[np.int64]
    undated: int

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


class Calendar:
    """The days of an archive: counted from its first, which is 1, 0 standing for none; and the months and years from
    that day on, each by its first day, with their names."""

    def __init__(self, days: Array) -> None:
        dated = days[days != UNDATED_DAY]
        self.first = int(dated.min()) if len(dated) else 0
        self.kinds = (int(dated.max()) - self.first if len(dated) else 0) + 2
        numbers = np.maximum(days, self.first - 1).astype(np.int64) - (self.first - 1)
        self.numbers = numbers.astype(np.uint16 if self.kinds < 1 << 16 else np.uint32)
        self._periods: dict[Interval, tuple[NDArray[np.int64], list[str]]] = {}

    def count(self, docs: Docs) -> DayCounts:
        """How many of `docs` are of each day."""
        numbers, often = present_single(self.numbers, docs, self.kinds)
        undated = int(often[0]) if len(numbers) and numbers[0] == 0 else 0
        if undated:
            numbers, often = numbers[1:], often[1:]
        if not len(numbers):
            return DayCounts(0, np.zeros(0, np.int64), undated)
        first = int(numbers[0])
        counts = np.zeros(int(numbers[-1]) - first + 1, np.int64)
        counts[numbers - first] = often
        return DayCounts(self.first - 1 + first, counts, undated)

    def periods(self, interval: Interval, first: int, last: int) -> tuple[NDArray[np.int64], list[str]]:
        """The periods from the one of day `first` to that of day `last`: the first day of each, and its name."""
        if interval == "day":
            days = np.arange(first, last + 1)
            return days, np.datetime_as_string(days.astype("datetime64[D]")).tolist()
        if interval not in self._periods:
            span = np.array([self.first, self.first + self.kinds - 1]).astype("datetime64[D]").astype(_UNITS[interval])
            units = np.arange(span[0], span[1] + 1)
            self._periods[interval] = (
                units.astype("datetime64[D]").astype(np.int64),
                np.datetime_as_string(units).tolist(),
            )
        starts, names = self._periods[interval]
        low, high = np.searchsorted(starts, (first, last), side="right").tolist()
        return starts[low - 1 : high], names[low - 1 : high]


def calendar(snapshot: Snapshot) -> Calendar:
    """That of a snapshot, made when first asked for."""
    return snapshot.cached("calendar", lambda: Calendar(snapshot.concatenated("published.day")))


def histogram(calendar: Calendar, days: DayCounts, selected: DateRange) -> tuple[Interval, list[tuple[str, int]]]:
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
    last = shown.first + len(shown.counts) - 1
    starts, names = calendar.periods(interval, shown.first, last)
    sums = np.add.reduceat(shown.counts, np.maximum(starts - shown.first, 0))
    return interval, list(zip(names, sums.tolist(), strict=True))
