"""What is asked of an archive: one immutable value that browser, command line, JSON and Python all build.

`with_…` and `without_…` return new requests, so a facet link is one call.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date
from enum import StrEnum
from typing import Self

from indexer.errors import UsageError
from indexer.search.moments import Moment, seconds_between

MISSING = ""  # as a filter value: articles that have no value in the field
DEFAULT_FACETS = ("published", "source", "category", "language", "person", "organisation", "place")
MAX_SIZE = 100  # hits on one page; cursors reach the rest


class Sort(StrEnum):
    """Order of hits. Ties of relevance go to the newer, then to the smaller id.

    `ADDED` begins with what the archive took in last, however old it is.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"


class Match(StrEnum):
    """Which articles a query of plain words finds: those with all of the words, or all those with some, best first.

    `AUTO` decides by the words: where fewer than a page of articles have all of them, some are enough.
    """

    AUTO = "auto"
    ALL = "all"
    BEST = "best"


_FARTHEST_ZONE = 14 * 3_600  # seconds from UTC
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year, month or day, as in `2021`, `2021-10`, `2021-10-14`."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ISO text.

        Raises:
            UsageError: not a year, month or day that exists.
        """
        found = _PERIOD.match(text.strip())
        parts = [int(part) if part else None for part in found.groups()] if found else [None]
        try:
            period = cls(parts[0] or 0, *parts[1:])
            date.min <= period.first <= period.last  # noqa: B015  # computing them is the check
        except ValueError:
            raise UsageError(f"{text!r} is not a date. Write 2021, 2021-10 or 2021-10-14.") from None
        return period

    @property
    def first(self) -> date:
        """First day of the period."""
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def last(self) -> date:
        """Last day of the period."""
        if self.day:
            return self.first
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def parent(self) -> "Period | None":
        """The month of a day, the year of a month, None of a year."""
        if self.day:
            return Period(self.year, self.month)
        return Period(self.year) if self.month else None

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text


@dataclass(frozen=True, slots=True)
class DateRange:
    """From the first day of `start` to the last day of `end`, both included; None leaves that side open."""

    start: Period | None = None
    end: Period | None = None

    @property
    def first(self) -> date | None:
        """First day included, or None."""
        return self.start.first if self.start else None

    @property
    def last(self) -> date | None:
        """Last day included, or None."""
        return self.end.last if self.end else None

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class Arrival:
    """When the archive first held an article: from `start` to `end`, both included; None leaves that side open."""

    start: Period | Moment | None = None
    end: Period | Moment | None = None

    @classmethod
    def parse_end(cls, text: str) -> Period | Moment:
        """Read one end: a year, month, day, minute or second.

        Raises:
            UsageError: it is none.
        """
        return Moment.parse(text) if ":" in text else Period.parse(text)

    @property
    def first(self) -> date | Moment | None:
        """First day or moment included, or None."""
        return self.start.first if isinstance(self.start, Period) else self.start

    @property
    def last(self) -> date | Moment | None:
        """Last day or moment included, or None."""
        return self.end.last if isinstance(self.end, Period) else self.end

    @property
    def backwards(self) -> bool:
        """Whether it ends before it begins, in whatever zone the archive's days are."""
        first, last = seconds_between(self.first, self.last, UTC)
        zoned = {isinstance(end, Moment) and end.at.tzinfo is not None for end in (self.start, self.end)}
        return first is not None and last is not None and first - last > (_FARTHEST_ZONE if len(zoned) > 1 else 0)

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None

    def __str__(self) -> str:
        return f"{self.start or ''}..{self.end or ''}"


@dataclass(frozen=True, slots=True)
class Filter:
    """Chosen and excluded values of one field. Chosen values are ORed; each excluded one is removed.

    `MISSING` among `values` chooses articles without any value, among `excluded` removes them. Values of `published`
    are periods; a value of a path field covers everything below it.
    """

    field: str
    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def choosing(self, value: str) -> "Filter":
        """Also choose `value`; no longer exclude it."""
        return Filter(self.field, _add(self.values, value), _drop(self.excluded, value))

    def excluding(self, value: str) -> "Filter":
        """Also exclude `value`; no longer choose it."""
        return Filter(self.field, _drop(self.values, value), _add(self.excluded, value))

    def only(self, value: str) -> "Filter":
        """Choose `value` and no other; no longer exclude it."""
        return Filter(self.field, (value,), _drop(self.excluded, value))

    def without(self, value: str) -> "Filter":
        """Neither choose nor exclude `value`."""
        return Filter(self.field, _drop(self.values, value), _drop(self.excluded, value))


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search.

    `dates` are those of publication, `added` says when the archive first held an article. `page` counts from 1; a
    `cursor` from an earlier result continues there and makes `page` meaningless.
    `facets` names the facets to count, `facet_size` how many buckets of each to return (all for `published`).
    `group` collapses near-duplicates into one hit. With `all_mentions`, facets and filters of people, organisations and
    places also count what an article names in passing. `match` concerns queries of plain words. With `spellcheck`,
    which what people type has, the archive answers a misspelt query without hits as corrected. `budget_ms` is the time
    after which the engine gives up. Without `translation`, translations by machines are neither searched nor shown.
    """

    query: str = ""
    filters: tuple[Filter, ...] = ()
    dates: DateRange = DateRange()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20
    cursor: str | None = None
    facets: tuple[str, ...] = DEFAULT_FACETS
    facet_size: int = 10
    snippets: bool = True
    explain: bool = False
    group: bool = False
    recency: bool = False
    all_mentions: bool = False
    spellcheck: bool = False
    match: Match = Match.AUTO
    budget_ms: int | None = None
    added: Arrival = Arrival()
    translation: bool = True

    def filter(self, field: str) -> Filter:
        """The filter on a field; an empty one where there is none."""
        return next((f for f in self.filters if f.field == field), Filter(field))

    def with_filter(self, field: str, value: str) -> Self:
        """Also choose `value`; no longer exclude it."""
        return self._put(self.filter(field).choosing(value))

    def with_only(self, field: str, value: str) -> Self:
        """Choose `value` and no other of the field; no longer exclude it."""
        return self._put(self.filter(field).only(value))

    def with_exclusion(self, field: str, value: str) -> Self:
        """Also exclude `value`; no longer choose it."""
        return self._put(self.filter(field).excluding(value))

    def without_filter(self, field: str, value: str | None = None) -> Self:
        """Neither choose nor exclude `value`; without one, drop the field's filter whole."""
        return self._put(Filter(field) if value is None else self.filter(field).without(value))

    def with_dates(self, dates: DateRange) -> Self:
        """The same search in another range of dates."""
        return replace(self, dates=dates, page=1, cursor=None)

    def with_added(self, added: Arrival) -> Self:
        """The same search in another range of arrival."""
        return replace(self, added=added, page=1, cursor=None)

    @property
    def narrowed(self) -> bool:
        """Whether filters, dates or arrival leave out articles that the query finds."""
        return bool(self.filters or self.dates or self.added)

    def widened(self) -> Self:
        """The query in the whole archive: without filters, dates and arrival."""
        return replace(self, filters=(), dates=DateRange(), added=Arrival(), page=1, cursor=None)

    def with_page(self, page: int) -> Self:
        """The same search, another page."""
        return replace(self, page=page, cursor=None)

    def _put(self, new: Filter) -> Self:
        kept = [f for f in self.filters if f.field != new.field]
        if new.values or new.excluded:
            kept.append(new)
        kept.sort(key=lambda f: f.field)
        return replace(self, filters=tuple(kept), page=1, cursor=None)


def _add(values: Iterable[str], value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*values, value)))


def _drop(values: Iterable[str], value: str) -> tuple[str, ...]:
    return tuple(v for v in values if v != value)
