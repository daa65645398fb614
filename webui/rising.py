"""What rises over some days, for the views that show it: computed once for each commit of the archive."""

from datetime import date

from indexer.archive import Archive
from indexer.trends import Trends, trends_between
from webui.memo import remembered


def risen(archive: Archive, start: date, end: date, size: int) -> Trends:
    """So many of the names, and as many of the categories, that rise from one day to another."""
    return remembered(archive, ("trends", start, end, size), lambda: trends_between(archive, start, end, size=size))
