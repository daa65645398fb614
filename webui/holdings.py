"""What the archive holds of some days, whatever is searched: asked once for each commit."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from indexer import timeline
from indexer.browsing import anniversaries
from indexer.browsing.anniversaries import Anniversary
from indexer.search.request import Period, SearchRequest
from webui.addresses import urls
from webui.holder import archive
from webui.memo import remembered


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
