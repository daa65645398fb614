"""What a dossier lists: its articles in the order asked for and in that of time, and the values of its facets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from indexer.search.request import MISSING, Period
from indexer.search.results import Hit
from webui import i18n
from webui.dossier import names
from webui.dossier.gathering import FACETS, Gathered
from webui.i18n import gettext
from webui.presenters import counts, words
from webui.presenters.lines import Line, articles, line
from webui.presenters.links import Link
from webui.presenters.results import paging
from webui.presenters.results.page import Pager

ON_PAGE = 50  # hits with their passages
LISTED = 200  # lines of articles on a page without passages
VALUES = 300  # of each facet that have pages of their own; beyond these are names that are found once, by the search


Name = Callable[[int], str]  # the number of a page -> its file


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a list: its number in the dossier, and its line."""

    number: int
    line: Line


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of articles. `lines` are printed already where there are no passages."""

    title: str
    of: str
    shown: str
    lines: Sequence[Markup]
    first: int
    pager: Pager | None
    up: Link | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: how many articles have it, and the page that lists them."""

    label: str
    count: str
    url: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FacetPage:
    """The values of a facet."""

    title: str
    values: tuple[Value, ...]
    note: str


def entry(hit: Hit, number: int, *, passages: bool) -> Entry:
    """An article in a list, with or without passages."""
    shown = line(hit, passages=passages)
    return Entry(number, replace(shown, url=names.BELOW + names.article(number)))


def results(page: int, pages: int, lines: Sequence[Markup], total: int) -> Listing:
    """A page of the articles in the order asked for."""
    return _listing(gettext("Articles"), "", lines, (page, pages, ON_PAGE), total, names.results)


def chronology(page: int, pages: int, lines: Sequence[Markup], total: int) -> Listing:
    """A page of the articles in the order of their days."""
    return _listing(gettext("Chronology"), "", lines, (page, pages, LISTED), total, names.chronology)


def of_value(title: str, field: str, name: Name, page: int, pages: int, lines: Sequence[Markup], total: int) -> Listing:
    """A page of the articles under a value of a facet, whose pages `name` names."""
    up = Link(words.fields_label(field), names.BELOW + names.facet(field))
    return replace(_listing(title, words.field_label(field), lines, (page, pages, LISTED), total, name), up=up)


def in_order(gathered: Gathered) -> list[int]:
    """The numbers of articles by day, undated ones last."""
    days = gathered.days
    dated = (number for number, day in enumerate(days, 1) if day is not None)
    return sorted(dated, key=lambda number: (days[number - 1], number)) + [
        number for number, day in enumerate(days, 1) if day is None
    ]


def offered(gathered: Gathered) -> tuple[str, ...]:
    """The facets that say anything about the articles."""
    found = [name for name in FACETS if set(gathered.labels[name]) - {MISSING}]
    return (*found[:1], "published", *found[1:]) if gathered.days else ()


def ranked(values: dict[str, list[int]]) -> list[str]:
    """The values of a facet that have pages: the most frequent first, then A-Z; last that there is none."""
    known = sorted((value for value in values if value != MISSING), key=lambda value: (-len(values[value]), value))
    return known[:VALUES] + ([MISSING] if MISSING in values else [])


def facet_page(field: str, values: dict[str, list[int]], shown: Sequence[str]) -> FacetPage:
    """The values of a facet that have pages."""
    rows = tuple(
        Value(words.value_label(field, value), i18n.number(len(values[value])), names.BELOW + names.value(field, rank))
        for rank, value in enumerate(shown, 1)
    )
    distinct = len(values) - (MISSING in values)
    title = counts.values(field, distinct)
    note = ""
    if distinct > VALUES:
        note = gettext("The %(count)s most frequent are listed.", count=i18n.number(VALUES))
    return FacetPage(title, rows, note)


def dates_page(periods: dict[Period | None, list[int]]) -> FacetPage:
    """The years, each with its months."""
    ordered: list[Period | None] = [*sorted(filter(None, periods), key=_from_the_year)]
    rows = tuple(
        Value(
            period_label(period),
            i18n.number(len(periods[period])),
            names.BELOW + names.period(period),
            depth=int(bool(period and period.month)),
        )
        for period in (*ordered, *([None] if None in periods else []))
    )
    return FacetPage(words.fields_label("published"), rows, "")


def _from_the_year(period: Period) -> tuple[int, int]:
    return period.year, period.month or 0


def period_label(period: Period | None) -> str:
    """A year, a month, or that there is no date, in words."""
    return i18n.period(period) if period else words.value_label("published", MISSING)


def _listing(
    title: str,
    of: str,
    lines: Sequence[Markup],
    at: tuple[int, int, int],
    total: int,
    name: Name,
) -> Listing:
    page, pages, size = at
    first = (page - 1) * size + 1
    shown = articles(total)
    if pages > 1:
        shown = gettext(
            "%(first)s to %(last)s of %(total)s",
            first=i18n.number(first), last=i18n.number(first + len(lines) - 1), total=i18n.number(total),
        )  # fmt: skip
    return Listing(title, of, shown, lines, first, _pager(page, pages, name) if pages > 1 else None)


def _pager(page: int, pages: int, name: Name) -> Pager:
    def link(to: int) -> str:
        return names.BELOW + name(to)

    return Pager(
        previous=link(page - 1) if page > 1 else None,
        next=link(page + 1) if page < pages else None,
        pages=tuple(
            None if to is None else Link(i18n.number(to), link(to), current=to == page)
            for to in paging.named(page, pages)
        ),
    )
