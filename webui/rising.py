"""What rises over some days, for the views that show it: computed once for each commit of the archive."""

from datetime import date

from indexer.archive import Archive
from indexer.browsing.window import ENOUGH, Span, Window, newest
from indexer.trends import Trends, trends_between
from indexer.zones import latest_day
from webui.memo import remembered


def risen(archive: Archive, start: date, end: date, size: int) -> Trends:
    """So many of the names, and as many of the categories, that rise from one day to another."""
    return remembered(archive, ("trends", start, end, size), lambda: trends_between(archive, start, end, size=size))


def last_days(archive: Archive, span: Span) -> Window | None:
    """The last day, week or month of the archive; see `window.newest`."""
    # What is dated in the future is believed when its day has come, without a commit.
    return remembered(archive, ("newest", span, latest_day()), lambda: newest(archive, span))


def risen_last(archive: Archive, size: int) -> Trends | None:
    """What has risen last: on the last day that says something, else in the last week, else in the last month.

    Days with fewer than `ENOUGH` articles together say nothing. Where nothing rises, it is the last month all the same;
    None where nothing is dated.
    """
    found = None
    for span in Span:
        days = last_days(archive, span)
        if days is None:
            return None
        found = risen(archive, days.start, days.end, size)
        if found.total >= ENOUGH and (found.entities or found.categories):
            return found
    return found
