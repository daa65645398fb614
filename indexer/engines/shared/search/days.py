"""Which periods a date facet counts by. Called by the engines' date facets."""

from typing import Literal

Interval = Literal["year", "month", "day"]

# A histogram should have some dozens of bars: two months of days, five years of months.
MOST_DAYS = 62
MOST_MONTHS_DAYS = 5 * 366


def interval_for(span_days: int) -> Interval:
    """The width of buckets that suits a span of so many days."""
    if span_days <= MOST_DAYS:
        return "day"
    return "month" if span_days <= MOST_MONTHS_DAYS else "year"
