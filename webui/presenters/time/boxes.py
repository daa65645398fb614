"""The boxes in which dates are written, and the ranges offered below them: the archive's last week, decades, a day."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.search.parser import conjunction
from indexer.search.printer import to_text
from indexer.search.query import MatchAll, Node, OnDay
from indexer.search.request import Arrival, DateRange, Period, SearchRequest
from indexer.timeline import of_day
from webui import i18n
from webui.addresses import params, urls
from webui.addresses.neighbours import Nearby
from webui.i18n import gettext
from webui.presenters.links import Link
from webui.presenters.time.stretches import Stretch

Unread = Sequence[tuple[str, str]]
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
DECADE = 10  # years
MOST_DECADES = 12  # the last ones


@dataclass(frozen=True, slots=True)
class Box:
    """One end of a range. `error` says that what was written in it is no date."""

    name: str
    value: str
    example: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Ranges that lead on from a search: up to the last day of the archive, decades, and a day in other years."""

    until: str
    recent: tuple[Link, ...]
    decades: tuple[Link, ...]
    other_years: Link | None


def date_boxes(dates: DateRange, unread: Unread, span: DateRange) -> tuple[Box, Box]:
    """The boxes for dates of publication; examples are the first and the last month of the archive."""
    ends = (_month(span.start), _month(span.end))
    return _boxes(params.DATES, (dates.start, dates.end), unread, [i18n.period(end) if end else "2021" for end in ends])


def arrival_boxes(added: Arrival, unread: Unread) -> tuple[Box, Box]:
    """The boxes for when the archive first held an article."""
    return _boxes(params.ARRIVAL, (added.start, added.end), unread, ["2026-11-03", "2026-11"])


def offer(near: Nearby, tree: Node, span: DateRange, same_day: Callable[[Period], Collection[Period]]) -> Offer:
    """The ranges that are offered below the boxes.

    Args:
        near: the search.
        tree: its query as it was run.
        span: the first and last day of the archive.
        same_day: the days of all years with a month and day, as far as the archive holds anything from then.
    """
    first, last = span.first, span.last
    return Offer(
        until=gettext("Up to %(day)s, the last day of the archive", day=i18n.period(span.end)) if span.end else "",
        recent=tuple(_recent(near, first, last)) if first and last else (),
        decades=tuple(_decades(near, first.year, last.year)) if first and last else (),
        other_years=_other_years(near.request, tree, same_day),
    )


def _boxes(names: Sequence[str], ends: Sequence[object], unread: Unread, examples: Sequence[str]) -> tuple[Box, Box]:
    wrong = dict(unread)
    first, second = (
        Box(
            name,
            wrong.get(name) or (str(end) if end else ""),
            example,
            gettext("This is not a date.") if name in wrong else "",
        )
        for name, end, example in zip(names, ends, examples, strict=True)
    )
    return first, second


def _month(day: Period | None) -> Period | None:
    return day.parent if day and day.day else day


def _recent(near: Nearby, first: date, last: date) -> list[Link]:
    """The archive's last week, month and year, as far as they are not all of it."""
    starts = (
        (gettext("Last week"), last - WEEK + ONE_DAY),
        (gettext("Last month"), _back(last, 1) + ONE_DAY),
        (gettext("Last year"), _back(last, 12) + ONE_DAY),
    )
    return [
        Link(text, near.with_dates(dates), current=dates == near.request.dates)
        for text, start in starts
        if start > first
        for dates in [DateRange(of_day(start), of_day(last))]
    ]


def _back(day: date, months: int) -> date:
    """The same day of an earlier month, or its last."""
    number = max(day.year * 12 + day.month - 1 - months, 12)
    month = Period(number // 12, number % 12 + 1)
    return month.first.replace(day=min(day.day, month.last.day))


def _decades(near: Nearby, first: int, last: int) -> list[Link]:
    """The decades of an archive, where there are several."""
    starts = range(max(first // DECADE * DECADE, DECADE), last + 1, DECADE)[-MOST_DECADES:]
    if len(starts) < 2:
        return []
    found = []
    for start in starts:
        dates = DateRange(Period(start), Period(start + DECADE - 1))
        # NOTE: a decade, as in "1990s"
        text = gettext("%(year)ss", year=start)
        found.append(Link(text, near.with_dates(dates), current=dates == near.request.dates))
    return found


def _other_years(request: SearchRequest, tree: Node, same_day: Callable[[Period], Collection[Period]]) -> Link | None:
    """The chosen day in every year, where the archive holds something from it in another."""
    stretch = Stretch.of(request.dates)
    if stretch is None or stretch.interval != "day" or stretch.length != 1 or request.dates.first is None:
        return None
    day = of_day(request.dates.first)
    if not day.month or not day.day or not set(same_day(day)) - {day}:
        return None
    on_day = OnDay(day.month, day.day)
    query = to_text(on_day if isinstance(tree, MatchAll) else conjunction(tree, on_day))
    asked = replace(request, query=query, dates=DateRange(), page=1, cursor=None)
    return Link(gettext("%(day)s in every year", day=i18n.day_of_year(day.first)), urls.search(asked))
