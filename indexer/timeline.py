"""Counts of a search by day, month or year, whatever interval the engine would choose for its date facet.

In: an archive, a request and an interval. Out: counts by period. Called by trends, volume and the sitemap. The date
facet counts by day over short ranges and by month over some years; where it comes back too coarse, it is asked again
year by year, and month by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from indexer.errors import InternalError
from indexer.search.request import MISSING, DateRange, Period, SearchRequest

if TYPE_CHECKING:
    from indexer.reading import Reading


Interval = Literal["year", "month", "day"]
INTERVALS: tuple[Interval, ...] = ("year", "month", "day")  # from the coarsest
# A line through more points than this cannot be read.
_MOST_DAYS = 92
_MOST_MONTHS = 15 * 12


def counts(archive: Reading, request: SearchRequest, interval: Interval) -> dict[Period, int]:
    """How many articles the request finds in each period in which it finds any; those without a date are left out.

    A date counts under the day on which its period begins, as everywhere: "October 2021" under 1 October 2021.
    """
    chosen = request.filter("published")
    # A range that ends nowhere would leave out what is dated in the future.
    whole = DateRange(request.dates.start, request.dates.end or of_day(date.max))
    asked = replace(
        request.without_filter("published"),
        dates=whole,
        size=0, facets=("published",), snippets=False, explain=False, group=False,
    )  # fmt: skip
    # The date facet ignores its own filter, so chosen and excluded periods become ranges of dates.
    inside = _outermost(chosen.values) if chosen.values else [None]
    found: dict[Period, int] = {}
    for period in inside:
        _add(found, archive, within(asked, period), interval, 1)
        for hole in _outermost(chosen.excluded):
            if _meet(period, hole):
                _add(found, archive, within(within(asked, period), hole), interval, -1)
    return {period: count for period, count in sorted(found.items(), key=lambda item: item[0].first) if count}


def held(archive: Reading, shown: Sequence[Period], budget_ms: int | None = None) -> frozenset[Period]:
    """Those of some periods, of one interval and in order, from which the archive holds anything at all.

    A count of zero in one of the others is a gap: that nothing was written then would be untrue.
    """
    if not shown:
        return frozenset()
    asked = SearchRequest(dates=days(shown[0].first, shown[-1].last), budget_ms=budget_ms)
    return frozenset(counts(archive, asked, INTERVALS[fineness(shown[0])]))


def periods(first: date, last: date, interval: Interval) -> Iterator[Period]:
    """Every period from the one of the first day to that of the last, empty ones included."""
    match interval:
        case "day":
            days = (date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1))
            yield from map(of_day, days)
        case "month":
            for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
                yield Period(month // 12, month % 12 + 1)
        case "year":
            yield from map(Period, range(first.year, last.year + 1))


def interval_for(first: date, last: date) -> Interval:
    """The interval that suits a range of days."""
    if (last - first).days < _MOST_DAYS:
        return "day"
    return "month" if (last.year - first.year) * 12 + last.month - first.month < _MOST_MONTHS else "year"


def of_day(day: date) -> Period:
    """A day as a period."""
    return Period(day.year, day.month, day.day)


def days(first: date, last: date) -> DateRange:
    """A range of days, both included."""
    return DateRange(of_day(first), of_day(last))


def within(asked: SearchRequest, period: Period | None) -> SearchRequest:
    """The request in a period only; in all of its range where that is None."""
    if period is None:
        return asked
    first = max(period.first, asked.dates.first or date.min)
    last = min(period.last, asked.dates.last or date.max)
    return asked.with_dates(DateRange(of_day(first), of_day(last)))


def _add(found: dict[Period, int], archive: Reading, asked: SearchRequest, interval: Interval, sign: int) -> None:
    for period, count in _refined(archive, asked, interval):
        coarse = cut(period, interval)
        found[coarse] = found.get(coarse, 0) + sign * count


def _refined(archive: Reading, asked: SearchRequest, interval: Interval) -> Iterator[tuple[Period, int]]:
    if asked.dates.first and asked.dates.last and asked.dates.first > asked.dates.last:
        return
    for bucket in archive.search(asked).facets["published"].buckets:
        period = Period.parse(bucket.value)
        if not bucket.count:
            continue
        if fineness(period) >= INTERVALS.index(interval):
            yield period, bucket.count
            continue
        narrower = within(asked, period)
        if narrower.dates == asked.dates:
            raise InternalError(f"The date facet counts {asked.dates} as a whole; it should count its parts.")
        yield from _refined(archive, narrower, interval)


def _outermost(values: Iterable[str]) -> list[Period]:
    """The periods among filter values that lie in no other of them. Two periods are apart, or one holds the other."""
    found = sorted({Period.parse(value) for value in values if value != MISSING}, key=fineness)
    kept: list[Period] = []
    for period in found:
        if not any(_meet(period, other) for other in kept):
            kept.append(period)
    return kept


def _meet(one: Period | None, other: Period) -> bool:
    return one is None or (one.first <= other.last and other.first <= one.last)


def fineness(period: Period) -> int:
    """0 of a year, 1 of a month, 2 of a day."""
    return (period.month is not None) + (period.day is not None)


def cut(period: Period, interval: Interval) -> Period:
    """The year, month or day that a period, no longer than one, lies in."""
    parts = (period.year, period.month, period.day)[: INTERVALS.index(interval) + 1]
    return Period(*parts)  # type: ignore[arg-type]  # the year is always there
