"""What the archive holds of a time, and what a search finds around its dates, for pages that draw or choose time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer import timeline
from indexer.browsing import anniversaries
from indexer.browsing.anniversaries import Anniversary
from indexer.browsing.calendar import neighbour
from indexer.search.request import DateRange, Period, SearchRequest
from indexer.search.results import Facet
from indexer.zones import latest_day
from webui.addresses import urls
from webui.holder import archive
from webui.memo import remembered


@dataclass(frozen=True, slots=True)
class Around:
    """A search beyond its dates: counted over all time, and the nearest periods before and after them with hits.

    These are of a length that divides the dates, and None where the dates have no end.
    """

    whole: Facet
    before: Period | None
    after: Period | None


def held(shown: Sequence[Period]) -> Collection[Period]:
    """Those of some periods from which there is anything, to tell a zero from a gap; see `timeline.held`."""
    reading, budget = archive(), urls.base_request().budget_ms
    return remembered(reading, ("held", shown[0], shown[-1]), lambda: timeline.held(reading, shown, budget))


def by_day(period: Period) -> Mapping[Period, int]:
    """How many articles there are of each day of a year or month; days without any are left out."""
    reading = archive()
    asked = timeline.within(SearchRequest(budget_ms=urls.base_request().budget_ms), period)
    return remembered(reading, ("days", period), lambda: timeline.counts(reading, asked, "day"))


def same_day(day: date, most: int) -> Sequence[Anniversary]:
    """What was published on a day of earlier years; see `anniversaries.same_day`."""
    reading, budget = archive(), urls.base_request().budget_ms
    return remembered(reading, ("same day", day, most), lambda: anniversaries.same_day(reading, day, most, budget))


def covered() -> DateRange:
    """From the first day of the archive to its last; open where nothing has a date."""
    stats = remembered(archive(), "stats", archive().stats)
    first, last = (Period.parse(day) if day else None for day in (stats.first_day, stats.last_day))
    return DateRange(first, last)


def around(request: SearchRequest) -> Around | None:
    """What a search finds around its dates; None where it has none. The request is one that was answered."""
    if not request.dates:
        return None
    anywhere = replace(
        request.with_dates(DateRange()),
        size=0, facets=("published",), snippets=False, explain=False, group=False, recency=False, spellcheck=False,
    )  # fmt: skip
    whole = archive().search(anywhere).facets["published"]
    counted = [Period.parse(bucket.value) for bucket in whole.buckets if bucket.count]
    dates = request.dates
    if dates.start is None or dates.end is None:
        return Around(whole, None, None)
    depth = max(timeline.fineness(dates.start), timeline.fineness(dates.end))
    exact = all(timeline.fineness(period) >= depth for period in counted)
    before, after = (
        [p for p in counted if p.first < dates.start.first],
        [p for p in counted if p.last > dates.end.last],
    )
    return Around(
        whole,
        _nearest(anywhere, dates.start.first, max(before, key=_first), exact, later=False) if before else None,
        _nearest(anywhere, dates.end.last, min(after, key=_first), exact, later=True) if after else None,
    )


def day_in_years(day: Period) -> dict[Period, int]:
    """The days of all years with the month and day of one from which the archive holds anything, with how much."""
    asked = replace(urls.plain_request(), query=anniversaries.query(day.first))
    years = remembered(archive(), ("same day", day.month, day.day), lambda: timeline.counts(archive(), asked, "year"))
    return {Period(year.year, day.month, day.day): count for year, count in years.items()}


def _nearest(request: SearchRequest, edge: date, counted: Period, exact: bool, *, later: bool) -> Period | None:
    """The nearest period beyond a day: the counted one where counts are `exact` enough, and no future day is among
    them, which are left aside; else the day that a search finds."""
    if exact and counted.last <= latest_day():
        return counted
    return neighbour(archive(), request, timeline.of_day(edge), later=later)


def _first(period: Period) -> date:
    return period.first
