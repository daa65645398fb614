"""Days as numbers, and the periods that a date facet counts by. A day's number is how many days it is after 1970-01-01.

Called by whatever writes or reads the days of articles, whichever the engine.
"""

from datetime import date
from typing import Literal

from indexer.search.request import DateRange
from indexer.zones import latest_day

Interval = Literal["year", "month", "day"]

# A histogram should have some dozens of bars: two months of days, five years of months.
MOST_DAYS = 62
MOST_MONTHS_DAYS = 5 * 366

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """The number of a day; negative before 1970."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(number + _EPOCH)


def latest_shown(selected: DateRange) -> date | None:
    """The last day of a histogram; None where later ones than are believed are asked for."""
    latest = latest_day()
    asked = selected.last is not None or (selected.first is not None and selected.first > latest)
    return None if asked else latest


def interval_for(span_days: int) -> Interval:
    """The width of buckets that suits a span of so many days."""
    if span_days <= MOST_DAYS:
        return "day"
    return "month" if span_days <= MOST_MONTHS_DAYS else "year"
