"""Counts by day, month and year -> the archive's calendar: lists of periods, and the weeks of a month."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from indexer.search.request import Period
from webui import i18n
from webui.addresses import urls
from webui.presenters.lines import articles
from webui.presenters.links import Link
from webui.presenters.time.histogram import Bar
from webui.presenters.time.scale import bar_height

HEATS = 4  # shades of a day, by its share of the month's busiest


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in a month's table; empty cells fill the first and last weeks."""

    label: str
    count: str
    title: str
    heat: int
    url: str | None


def by_year(found: Mapping[Period, int]) -> dict[Period, int]:
    """Counts of finer periods added up by year."""
    sums: dict[Period, int] = {}
    for period, count in found.items():
        year = Period(period.year)
        sums[year] = sums.get(year, 0) + count
    return sums


def periods(found: Mapping[Period, int]) -> tuple[Bar, ...]:
    """Years or months as a list with a bar for each."""
    most = max(found.values(), default=0)
    return tuple(
        Bar(
            label=i18n.short_period(period),
            name=i18n.period(period) if period.month is None else i18n.month_name(period.month),
            count=i18n.number(count),
            title=f"{i18n.period(period)}: {articles(count)}",
            height=bar_height(count, most),
            url=urls.period(period) if count else None,
        )
        for period, count in found.items()
    )


def months(year: int, found: Mapping[Period, int]) -> tuple[Bar, ...]:
    """The twelve months of a year."""
    sums = {Period(year, month): 0 for month in range(1, 13)}
    for period, count in found.items():
        if period.year == year and period.month:
            sums[Period(year, period.month)] += count
    return periods(sums)


def weeks(month: Period, found: Mapping[Period, int]) -> tuple[tuple[Cell, ...], ...]:
    """A month as weeks of seven cells, beginning on the reader's first day of the week."""
    assert month.month is not None
    most = max((count for period, count in found.items() if period.parent == month), default=0)
    table = calendar.Calendar(i18n.first_weekday()).monthdatescalendar(month.year, month.month)
    return tuple(tuple(_cell(day, month, found, most) for day in week) for week in table)


def _cell(day: date, month: Period, found: Mapping[Period, int], most: int) -> Cell:
    period = Period(day.year, day.month, day.day)
    if period.parent != month:
        return Cell("", "", "", 0, None)
    count = found.get(period, 0)
    heat = -(-HEATS * count // most) if most else 0
    url = urls.period(period) if count else None
    return Cell(i18n.number(day.day), i18n.number(count), f"{i18n.full_day(day)}: {articles(count)}", heat, url)


def trail(period: Period | None) -> tuple[Link, ...]:
    """The way from the archive down to the period that a page is about, itself left out."""
    above: list[Period | None] = []
    while period is not None:
        period = period.parent
        above.append(period)
    return tuple(Link(_name(each), urls.period(each)) for each in reversed(above))


def _name(period: Period | None) -> str:
    if period is None:
        return i18n.gettext("Archive")
    return i18n.month_name(period.month) if period.month else i18n.period(period)
