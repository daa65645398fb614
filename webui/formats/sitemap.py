"""The archive -> a sitemap: an index of files, each with the addresses of at most 50,000 articles. Called by `machine`.

A file holds the articles of a year, of a month where the year is too large, of a day where the month is; a day that is
still too large, and the articles without a date, are cut into numbered parts. So each file is one short reading of the
archive, and an article stays in its file when others come.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from xml.sax.saxutils import escape

from indexer.archive import Archive
from indexer.errors import UsageError
from indexer.search.request import MISSING, DateRange, Filter, Period, SearchRequest
from indexer.timeline import INTERVALS, Interval, counts

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
CONTENT_TYPE = "application/xml; charset=utf-8"
MOST = 50_000  # addresses in a file, by the protocol
UNDATED = "undated"
_CHUNK = 500  # addresses that are sent together
_NAME = re.compile(rf"({UNDATED}|\d{{4}}(?:-\d{{2}}){{0,2}})(?:\.([1-9]\d{{0,4}}))?\Z")
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True, slots=True)
class File:
    """One file: the articles of a period, or those without a date (None), and which part of them, from 1."""

    period: Period | None
    part: int = 1

    @classmethod
    def parse(cls, name: str) -> "File | None":
        """A file by its name: `2021`, `2021-10`, `2021-10-14.2`, `undated`; None where that is no name."""
        found = _NAME.match(name)
        if found is None:
            return None
        try:
            period = None if found[1] == UNDATED else Period.parse(found[1])
        except UsageError:
            return None
        return cls(period, int(found[2] or 1))

    def __str__(self) -> str:
        name = UNDATED if self.period is None else str(self.period)
        return name if self.part == 1 else f"{name}.{self.part}"

    @property
    def request(self) -> SearchRequest:
        """The articles of the period."""
        if self.period is None:
            return SearchRequest(filters=(Filter("published", (MISSING,)),))
        return SearchRequest(dates=DateRange(self.period, self.period))


def files(archive: Archive, most: int = MOST) -> Iterator[File]:
    """All files of an archive, from the oldest; `most` is how many addresses one may hold."""
    yield from _within(archive, SearchRequest(), "year", most)
    undated = File(None)
    asked = SearchRequest(filters=undated.request.filters, size=0, facets=(), snippets=False)
    yield from _parts(None, archive.search(asked).total, most)


def ids(archive: Archive, file: File, most: int = MOST) -> Iterator[str]:
    """The ids of the articles in a file, in the order of the index."""
    articles = archive.scan(file.request)
    return (article.id for article in islice(articles, (file.part - 1) * most, file.part * most))


def index(addresses: Iterable[str]) -> str:
    """The index of files, by their addresses."""
    lines = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return f'{_HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{lines}</sitemapindex>\n'


def urlset(addresses: Iterable[str]) -> Iterator[str]:
    """A file of addresses, as a stream."""
    yield f'{_HEAD}<urlset xmlns="{NAMESPACE}">\n'
    remaining = iter(addresses)
    while some := list(islice(remaining, _CHUNK)):
        yield "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in some)
    yield "</urlset>\n"


def _within(archive: Archive, request: SearchRequest, interval: Interval, most: int) -> Iterator[File]:
    for period, count in counts(archive, request, interval).items():
        if count > most and interval != "day":
            finer = INTERVALS[INTERVALS.index(interval) + 1]
            yield from _within(archive, File(period).request, finer, most)
        else:
            yield from _parts(period, count, most)


def _parts(period: Period | None, count: int, most: int) -> Iterator[File]:
    for part in range(1, -(-count // most) + 1):
        yield File(period, part)
