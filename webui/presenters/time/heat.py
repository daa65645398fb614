"""Counts by day -> months as tables of shaded days, and what their shades mean."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from indexer.search.request import Period
from webui import i18n
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters.lines import articles

HEATS = 4  # shades of a day that has articles


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in a month's table; empty cells fill the first and last weeks. `here` is the day that the page is about."""

    label: str
    count: str
    title: str
    heat: int
    url: str | None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a table; `url` is None where it has no articles."""

    name: str
    count: str
    url: str | None
    weeks: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """What one shade of a day means."""

    heat: int
    text: str


def heat(count: int, most: int) -> int:
    """The shade of a day, 0 where it has no articles.

    It goes by the root of its share of the busiest day, for one great day must not make all others look alike: the
    four shades end at 1, 4, 9 and 16 sixteenths.
    """
    return next((shade for shade in range(HEATS + 1) if count * HEATS**2 <= most * shade**2), HEATS)


def shades(most: int) -> tuple[Shade, ...]:
    """The shades that days can have where the busiest has so many articles, the lightest first."""
    ends = [most * shade**2 // HEATS**2 for shade in range(HEATS + 1)]
    return tuple(
        Shade(shade, _span(ends[shade - 1] + 1, ends[shade]))
        for shade in range(1, HEATS + 1)
        if ends[shade] > ends[shade - 1]
    )


def weeks(
    month: Period, found: Mapping[Period, int], most: int | None = None, here: Period | None = None
) -> tuple[tuple[Cell, ...], ...]:
    """A month as weeks of seven cells, beginning on the reader's first day of the week.

    Args:
        month: which.
        found: articles by day.
        most: of the busiest day that the shades are held against; that of the month, where it is None.
        here: the day that is marked.
    """
    assert month.month is not None
    if most is None:
        most = busiest({period: count for period, count in found.items() if period.parent == month})
    table = calendar.Calendar(i18n.first_weekday()).monthdatescalendar(month.year, month.month)
    return tuple(tuple(_cell(day, month, found, most, here) for day in week) for week in table)


def month(period: Period, found: Mapping[Period, int], here: Period | None = None) -> Month:
    """One month with its name and year, a day of it marked."""
    return _month(period, i18n.period(period), found, None, here)


def months(year: int, found: Mapping[Period, int]) -> tuple[Month, ...]:
    """The twelve months of a year, their days shaded by one scale."""
    most = busiest(found)
    return tuple(_month(Period(year, each), i18n.month_name(each), found, most, None) for each in range(1, 13))


def busiest(found: Mapping[Period, int]) -> int:
    """The articles of the busiest day."""
    return max(found.values(), default=0)


def _month(period: Period, name: str, found: Mapping[Period, int], most: int | None, here: Period | None) -> Month:
    total = sum(count for day, count in found.items() if (day.year, day.month) == (period.year, period.month))
    return Month(
        name=name,
        count=articles(total) if total else gettext("nothing archived"),
        url=urls.period(period) if total else None,
        weeks=weeks(period, found, most, here),
    )


def _cell(day: date, month: Period, found: Mapping[Period, int], most: int, here: Period | None) -> Cell:
    period = Period(day.year, day.month, day.day)
    if period.parent != month:
        return Cell("", "", "", 0, None)
    count = found.get(period, 0)
    return Cell(
        label=i18n.number(day.day),
        count=i18n.number(count),
        title=f"{i18n.full_day(day)}: {articles(count)}",
        heat=heat(count, most),
        url=urls.period(period) if count else None,
        here=period == here,
    )


def _span(low: int, high: int) -> str:
    if low == high:
        return i18n.number(low)
    return gettext("%(first)s–%(last)s", first=i18n.number(low), last=i18n.number(high))
