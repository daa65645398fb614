"""A search over a year, a month or a day: how many articles in each period within it, and where the next ones are.

In: an archive, a search, and a period or none. Out: `Calendar`. Called by the API and the command line; the pages of
the archive by date find their neighbours here.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from indexer.reading import Reading
from indexer.search.request import DateRange, Period, SearchRequest, Sort
from indexer.search.results import SearchResults, settled
from indexer.timeline import Interval, counts, of_day, within
from indexer.zones import latest_day

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A search within `period`, or over all years where that is None.

    `counts` are of the months of a year, the days of a month or the years, none of a day; periods without articles are
    left out. `undated` counts what no period holds and is 0 within one. `previous` and `next` are the nearest periods
    of the same length with articles. `found` is the answer to the search without the period, its hits left out.
    """

    period: Period | None
    interval: Interval | None
    counts: dict[Period, int]
    total: int
    undated: int
    previous: Period | None
    next: Period | None
    found: SearchResults = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        found, above = self.found, self.period.parent if self.period else None
        return {
            "query": found.query,
            "understood": found.understood,
            "matching": found.matching.to_dict() if found.matching else None,
            "corrected": found.corrected.to_dict() if found.corrected else None,
            "period": _text(self.period),
            "parent": _text(above),
            "previous": _text(self.previous),
            "next": _text(self.next),
            "total": self.total,
            "undated": self.undated,
            "interval": self.interval,
            "buckets": [{"value": str(period), "count": count} for period, count in self.counts.items()],
            "generation": found.generation,
            "warnings": [warning.to_dict() for warning in found.warnings],
        }


def calendar(archive: Reading, request: SearchRequest, period: Period | None = None) -> Calendar:
    """Count a search within a period.

    Args:
        archive: the archive.
        request: the search; its own dates narrow the period further.
        period: a year, month or day; None counts years.

    Raises:
        UsageError, QueryTooExpensive: the search cannot be answered.
    """
    asked = replace(
        request, size=0, page=1, cursor=None, facets=(), snippets=False, explain=False, group=False, recency=False
    )
    found = archive.search(asked)
    answered = settled(replace(asked, query=found.request.query, filters=found.request.filters), found.matching)
    answered = replace(answered, spellcheck=False)  # it was corrected, and a period without hits is no slip
    interval = _interval(period)
    inside = within(answered, period)
    counted = counts(archive, inside, interval) if interval and not _empty(inside.dates) else {}
    if period is None:
        total, undated = found.total, found.total - sum(counted.values())
    else:
        total, undated = 0 if _empty(inside.dates) else archive.search(inside).total, 0
    before, after = (neighbour(archive, answered, period, later=later) for later in (False, True))
    return Calendar(period, interval, counted, total, undated, before, after, found)


def neighbour(archive: Reading, request: SearchRequest, period: Period | None, *, later: bool) -> Period | None:
    """The nearest period after or before one in which a search finds anything, as long as that one."""
    if period is None:
        return None
    with suppress(OverflowError):  # the calendar ends there
        edge = period.last + ONE_DAY if later else period.first - ONE_DAY
        # Beside a day of the future are others; beside those of the past, what has happened.
        latest = latest_day() if edge <= latest_day() else None
        dates = _meeting(request.dates, edge if later else None, latest if later else edge)
        if _empty(dates):
            return None
        sort = Sort.OLDEST if later else Sort.NEWEST
        asked = replace(
            request, dates=dates, sort=sort, size=1, page=1, cursor=None, facets=(), snippets=False, explain=False
        )
        hits = archive.search(asked).hits
        published = hits[0].article.published if hits else None
        if published:
            day = published.day
            return Period(day.year, day.month if period.month else None, day.day if period.day else None)
    return None


def _meeting(dates: DateRange, first: date | None, last: date | None) -> DateRange:
    """What of a range lies between two days."""
    starts = [day for day in (dates.first, first) if day]
    ends = [day for day in (dates.last, last) if day]
    return DateRange(of_day(max(starts)) if starts else None, of_day(min(ends)) if ends else None)


def _empty(dates: DateRange) -> bool:
    return bool(dates.first and dates.last and dates.first > dates.last)


def _interval(period: Period | None) -> Interval | None:
    if period is None:
        return "year"
    if period.day:
        return None
    return "day" if period.month else "month"


def _text(period: Period | None) -> str | None:
    return str(period) if period else None
