"""Days -> the date facet: buckets by year, month or day, empty ones included. Called by facets."""

import numpy as np
from numpy.typing import NDArray

from indexer.engines.shared.periods import Interval, interval_for
from indexer.engines.whoosh.codec.layout import UNDATED_DAY
from indexer.engines.whoosh.filters import day_bounds
from indexer.engines.whoosh.kernels import Array
from indexer.search.request import DateRange

_UNITS: dict[Interval, str] = {"year": "datetime64[Y]", "month": "datetime64[M]", "day": "datetime64[D]"}


def histogram(days: Array, selected: DateRange) -> tuple[Interval, list[tuple[str, int]], int]:
    """Days of the matches -> interval, (period, count) from the first to the last, and how many are undated.

    A selected range cuts the histogram, which then shows it in the detail that suits it.
    """
    dated = days[days != UNDATED_DAY]
    undated = len(days) - len(dated)
    low, high = day_bounds(selected)
    first = max(int(dated.min()), low) if len(dated) else 0
    last = min(int(dated.max()), high) if len(dated) else -1
    if first > last:
        return "year", [], undated
    inside = dated[(dated >= first) & (dated <= last)] if selected else dated
    counts = np.bincount(inside - first, minlength=last - first + 1)
    interval = interval_for(len(counts))
    return interval, _buckets(counts, first, interval), undated


def _buckets(counts: NDArray[np.int64], first: int, interval: Interval) -> list[tuple[str, int]]:
    days = np.arange(first, first + len(counts)).astype("datetime64[D]")
    units = days.astype(_UNITS[interval])
    starts = np.flatnonzero(np.concatenate(([True], units[1:] != units[:-1])))
    sums = np.add.reduceat(counts, starts)
    return list(zip(np.datetime_as_string(units[starts]).tolist(), sums.tolist(), strict=True))
