"""What was published on the same day of earlier years.

In: an archive, a day and the years that hold anything. Out: `Anniversary` of each year found, the nearest first.
Called by the front page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.article import Precision
from indexer.reading import Reading
from indexer.search.request import DateRange, Period, SearchRequest, Sort
from indexer.search.results import Hit

MOST_YEARS = 40  # that are looked into, a search each
_LOOKED_AT = 10  # newest articles of a day, among which one can be chosen
_OF_A_DAY = (Precision.DAY, Precision.SECOND)  # "2011" is no article of New Year's Day


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day of an earlier year, and the newest articles of that day."""

    day: date
    hits: tuple[Hit, ...]


def same_day(
    archive: Reading, day: date, years: Iterable[int], most: int, budget_ms: int | None = None
) -> tuple[Anniversary, ...]:
    """The nearest earlier years with articles of the same month and day, at most so many of them.

    Only the nearest `MOST_YEARS` of the years are looked into.
    """
    found: list[Anniversary] = []
    for year in sorted({year for year in years if year < day.year}, reverse=True)[:MOST_YEARS]:
        if len(found) == most:
            break
        try:
            then = day.replace(year=year)
        except ValueError:  # 29 February
            continue
        period = Period(then.year, then.month, then.day)
        asked = SearchRequest(
            dates=DateRange(period, period), sort=Sort.NEWEST, size=_LOOKED_AT, facets=(), group=True,
            budget_ms=budget_ms,
        )  # fmt: skip
        hits = tuple(hit for hit in archive.search(asked).hits if _of_a_day(hit))
        if hits:
            found.append(Anniversary(then, hits))
    return tuple(found)


def _of_a_day(hit: Hit) -> bool:
    published = hit.article.published
    return published is not None and published.precision in _OF_A_DAY
