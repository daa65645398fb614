"""Which days are looked at for what rises: those asked for, else the archive's last one."""

from dataclasses import dataclass
from datetime import date, timedelta

from indexer.errors import NotFound
from indexer.reading import Reading
from indexer.search.request import DateRange, SearchRequest, Sort

LONGEST = timedelta(days=92)  # of a window; the weeks before it cannot say what is usual in a longer one


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `start` to `end`, both included; `cut` where more were asked for and the last of them were kept."""

    start: date
    end: date
    cut: bool = False


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


def last_day(archive: Reading) -> date | None:
    """The day of the newest article; None where nothing is dated."""
    newest = SearchRequest(sort=Sort.NEWEST, size=1, facets=(), snippets=False)
    hits = archive.search(newest).hits
    published = hits[0].article.published if hits else None
    return published.day if published else None
