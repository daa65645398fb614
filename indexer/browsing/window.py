"""Which days are looked at for what rises: those asked for, else the archive's last ones; and the days beside them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from indexer.browsing.calendar import ONE_DAY, neighbour
from indexer.errors import NotFound
from indexer.reading import Reading
from indexer.search.request import DateRange, Period, SearchRequest, Sort
from indexer.timeline import counts, days, of_day

_NEWEST = SearchRequest(sort=Sort.NEWEST, size=1, facets=(), snippets=False)
ENOUGH = 5  # articles of a day; of fewer, hardly any two name the same
LONGEST = timedelta(days=92)  # of a window; the weeks before it cannot say what is usual in a longer one


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `start` to `end`, both included; `cut` where more were asked for and the last of them were kept."""

    start: date
    end: date
    cut: bool = False


class Span(StrEnum):
    """How many days are looked at together."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def days(self) -> int:
        """Their number."""
        return {Span.DAY: 1, Span.WEEK: 7, Span.MONTH: 30}[self]

    def up_to(self, end: date) -> Window:
        """So many days, of which `end` is the last."""
        return Window(_earlier(end, self.days - 1), end)


def window(archive: Reading, dates: DateRange) -> Window | None:
    """The days of a range: open at its end, up to the archive's last day; open at its beginning, that day alone.

    None where nothing says which: neither the range nor the archive has a date.
    """
    end = dates.last or last_day(archive)
    if end is None:
        return None
    start = dates.first or end
    return Window(end - LONGEST, end, cut=True) if end - start > LONGEST else Window(start, end)


def wanted(archive: Reading, dates: DateRange) -> Window:
    """The days of a range, as `window` has them.

    Raises:
        NotFound: neither the range nor the archive has a date.
    """
    found = window(archive, dates)
    if found is None:
        raise NotFound("Nothing in the archive has a date. Say from which day to which.")
    return found


def newest(archive: Reading, span: Span) -> Window | None:
    """The last days of an archive, or its last day that says something; None where nothing is dated.

    A day says something with `ENOUGH` articles. Where none of the last seven does, it is the day of the newest article.
    """
    last = last_day(archive)
    if last is None:
        return None
    if span is Span.DAY:
        week = Span.WEEK.up_to(last)
        by_day = counts(archive, replace(_NEWEST, dates=days(week.start, week.end)), "day")
        last = max((period.first for period, count in by_day.items() if count >= ENOUGH), default=last)
    return span.up_to(last)


def beside(archive: Reading, found: Window) -> tuple[Window | None, Window | None]:
    """The windows of the same length before and after one; of a whole month, the months before and after.

    Days without articles are passed over, and neither leads out of what the archive holds.
    """
    month = Period(found.start.year, found.start.month)
    if (month.first, month.last) == (found.start, found.end):
        near = [neighbour(archive, SearchRequest(), month, later=later) for later in (False, True)]
        before, after = (Window(each.first, each.last) if each else None for each in near)
        return before, after
    return _before(archive, found), _after(archive, found)


def _before(archive: Reading, found: Window) -> Window | None:
    near = neighbour(archive, SearchRequest(), of_day(found.start), later=False)
    first = _end(archive, Sort.OLDEST)
    if near is None or first is None:
        return None
    length = (found.end - found.start).days
    end = near.first if (found.start - near.first).days > length + 1 else found.start - ONE_DAY
    start = _earlier(end, length)
    return Window(start, end) if start >= first else Window(first, first + timedelta(days=length))


def _after(archive: Reading, found: Window) -> Window | None:
    near = neighbour(archive, SearchRequest(), of_day(found.end), later=True)
    last = last_day(archive)
    if near is None or last is None:
        return None
    length = (found.end - found.start).days
    start = near.first if (near.first - found.end).days > length + 1 else found.end + ONE_DAY
    end = date.fromordinal(min(start.toordinal() + length, date.max.toordinal()))
    return Window(_earlier(last, length), last) if start <= last < end else Window(start, end)


def last_day(archive: Reading) -> date | None:
    """The day of the newest article; None where nothing is dated."""
    return _end(archive, Sort.NEWEST)


def _end(archive: Reading, sort: Sort) -> date | None:
    hits = archive.search(replace(_NEWEST, sort=sort)).hits
    published = hits[0].article.published if hits else None
    return published.day if published else None


def _earlier(day: date, number: int) -> date:
    """So many days earlier, or the first day of the calendar."""
    return date.fromordinal(max(day.toordinal() - number, 1))
