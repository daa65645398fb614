"""What was published on the same day of earlier years.

In: an archive and a day. Out: an `Anniversary` of each year that has something, the nearest first. Called by the front
page.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from indexer.article import Precision
from indexer.reading import Reading
from indexer.search.request import DateRange, Match, SearchRequest, Sort
from indexer.search.results import Hit
from indexer.timeline import of_day

MOST_SEARCHES = 12  # years of which nothing is known but the year are passed over, a search each
_LOOKED_AT = 10  # newest articles of a day, among which one can be chosen
_OF_A_DAY = (Precision.DAY, Precision.SECOND)  # "2011" is no article of New Year's Day


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day of an earlier year, and the newest articles of that day."""

    day: date
    hits: tuple[Hit, ...]


def query(day: date) -> str:
    """What finds the articles of a day in every year."""
    return f"on:{day:%m-%d}"


def same_day(archive: Reading, day: date, most: int, budget_ms: int | None = None) -> tuple[Anniversary, ...]:
    """The nearest earlier years with articles of the same month and day, at most so many: a search for each."""
    found: list[Anniversary] = []
    last = day
    for _ in range(MOST_SEARCHES):
        if len(found) == most or last.year == date.min.year:
            break
        hits = archive.search(_before(date(last.year, 1, 1), day, budget_ms)).hits
        newest = hits[0].article.published if hits else None
        if newest is None:
            break
        last = newest.day
        exact = tuple(hit for hit in hits if _exactly(hit, last))
        if exact:
            found.append(Anniversary(last, exact))
    return tuple(found)


def _before(first: date, day: date, budget_ms: int | None) -> SearchRequest:
    """The articles of a day of each year that ends before a day."""
    return SearchRequest(
        query(day),
        dates=DateRange(None, of_day(first - timedelta(days=1))),
        sort=Sort.NEWEST,
        match=Match.ALL,
        size=_LOOKED_AT,
        facets=(),
        group=True,
        budget_ms=budget_ms,
    )


def _exactly(hit: Hit, day: date) -> bool:
    published = hit.article.published
    return published is not None and published.day == day and published.precision in _OF_A_DAY
