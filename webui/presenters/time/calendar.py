"""Counts by day, month and year -> lists of years with a bar for each, and the way down to a period."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.search.request import MISSING, Period
from webui import i18n
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters.lines import articles
from webui.presenters.links import Link

WIDTH = 1000  # of the longest bar, in the units of the drawing
LEAST = 3  # of the shortest that is not zero, so that it can be seen
LEAST_IN_STRIP = 60  # where bars are a line of text high


@dataclass(frozen=True, slots=True)
class Row:
    """One year, or what has no date. `url` is None where there is nothing; then `count` says so."""

    name: str
    count: str
    title: str
    width: int
    url: str | None
    undated: bool = False


def by_year(found: Mapping[Period, int]) -> dict[Period, int]:
    """Counts of finer periods added up by year."""
    sums: dict[Period, int] = {}
    for period, count in found.items():
        year = Period(period.year)
        sums[year] = sums.get(year, 0) + count
    return sums


def strip(found: Mapping[Period, int]) -> tuple[Row, ...]:
    """Years as a thin row of bars, from the first to the last."""
    sums = by_year(found)
    most = max(sums.values(), default=0)
    return tuple(_row(year, sums[year], most, LEAST_IN_STRIP) for year in sorted(sums))


def years(found: Mapping[Period, int], undated: int = 0) -> tuple[Row, ...]:
    """Years as a list, newest first, those without articles between them too; last what has no date."""
    sums = by_year(found)
    most = max([undated, *sums.values()])
    rows = [_row(year, sums[year], most) for year in sorted(sums, reverse=True)]
    if undated:
        address = urls.search(urls.base_request().with_filter("published", MISSING))
        title = gettext("Undated: %(count)s", count=articles(undated))
        width = bar_width(undated, most)
        rows.append(Row(gettext("Undated"), i18n.number(undated), title, width, address, undated=True))
    return tuple(rows)


def bar_width(count: int, most: int, least: int = LEAST) -> int:
    """How long a bar is drawn."""
    return max(least, round(WIDTH * count / most)) if count and most else 0


def trail(period: Period | None) -> tuple[Link, ...]:
    """The way from the archive down to the period that a page is about, itself left out."""
    above: list[Period | None] = []
    while period is not None:
        period = period.parent
        above.append(period)
    return tuple(Link(_name(each), urls.period(each)) for each in reversed(above))


def _row(year: Period, count: int, most: int, least: int = LEAST) -> Row:
    said = i18n.number(count) if count else gettext("nothing archived")
    title = f"{i18n.period(year)}: {articles(count) if count else said}"
    url = urls.period(year) if count else None
    return Row(i18n.period(year), said, title, bar_width(count, most, least), url)


def _name(period: Period | None) -> str:
    if period is None:
        return gettext("Archive")
    return i18n.month_name(period.month) if period.month else i18n.period(period)
