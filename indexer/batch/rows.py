"""Lines -> rows: what the archive has of each, through the parser and the engine of every other search.

A count of a batch is trusted, so it says no more than was asked for: all words have to be there, unless the options say
otherwise, and no line is searched as another spelling; what may have been meant stands beside it.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Unpack

from indexer.batch.lines import Line, lines_of
from indexer.browsing.narrowing import TOO_MANY, Narrowing, narrowing
from indexer.errors import QueryTooExpensive, SearchTimeout, UsageError
from indexer.reading import Reading
from indexer.search.options import SearchOptions
from indexer.search.query import MatchAll, Node, Not, QueryWarning
from indexer.search.request import Match, SearchRequest, Sort
from indexer.search.results import NOTHING_ASKED, Bucket, Matching, SearchResults, Suggested

SOURCES = 3  # that are named of each line
VALUES = 10  # of a facet, of which one may narrow too many hits
# Of these, values that narrow a search with too many hits are named.
_FACETS = ("source", "published", "category", "person", "organisation", "place")
NOTHING = "This line names nothing to search for."
TOO_LATE = "The time was up before this line. Search it by itself, or in a shorter batch."


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One line and what was found.

    `total` is None where the line was not answered; `error` says why. `first` and `last` are days of publication, None
    where no article has a date. `sources` are those with most articles, `distinct_sources` how many there are.
    `matching` says how plain words were matched. `did_you_mean` is another spelling, which was not searched.
    `narrowing` says what would narrow a search with too many hits, `same_as` which line before it says the same,
    `receipt` is the token of a receipt where these were asked for. `request` is the search.
    """

    line: int
    query: str
    total: int | None = None
    understood: str = ""
    first: date | None = None
    last: date | None = None
    sources: tuple[Bucket, ...] = ()
    distinct_sources: int = 0
    matching: Matching | None = None
    did_you_mean: Suggested | None = None
    narrowing: Narrowing | None = None
    warnings: tuple[QueryWarning, ...] = ()
    error: str | None = None
    same_as: int | None = None
    receipt: str | None = None
    request: SearchRequest = field(default=NOTHING_ASKED, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "line": self.line,
            "query": self.query,
            "understood": self.understood,
            "total": self.total,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "sources": [each.to_dict() for each in self.sources],
            "distinct_sources": self.distinct_sources,
            "matching": self.matching.to_dict() if self.matching else None,
            "did_you_mean": self.did_you_mean.to_dict() if self.did_you_mean else None,
            "narrowing": self.narrowing.to_dict() if self.narrowing else None,
            "warnings": [warning.to_dict() for warning in self.warnings],
            "error": self.error,
            "same_as": self.same_as,
            "receipt": self.receipt,
        }


def batch_request(archive: Reading, **options: Unpack[SearchOptions]) -> SearchRequest:
    """The request that every line is a query of.

    Raises:
        UsageError: an option that cannot be.
    """
    asked = archive.request("", **options)
    return asked if "match" in options else replace(asked, match=Match.ALL)


def search_batch(
    archive: Reading,
    lines: str | Iterable[str | Line],
    base: SearchRequest,
    *,
    receipts: bool = False,
    seconds: float | None = None,
) -> Iterator[BatchRow]:
    """A row for each line that is a query, as soon as it is answered; a line that was there before is not asked again.

    Args:
        archive: the archive.
        lines: a text, its lines, or those that `indexer.batch.lines` read.
        base: the filters, and how words are matched.
        receipts: whether each row has a receipt, for which every article that is found is read.
        seconds: after which lines are not answered any more; None takes what it takes.
    """
    end = None if seconds is None else time.monotonic() + seconds
    known: dict[str, BatchRow] = {}
    for line in _lines(lines):
        before = known.get(line.text)
        if before:
            yield replace(before, line=line.number, same_as=before.line)
            continue
        if end is not None and time.monotonic() > end:
            yield BatchRow(line.number, line.text, error=TOO_LATE)
            continue
        known[line.text] = row = _answered(archive, line, base, receipts=receipts)
        yield row


def _lines(lines: str | Iterable[str | Line]) -> Iterator[Line]:
    if isinstance(lines, str):
        yield from lines_of(lines)
        return
    for number, each in enumerate(lines, 1):
        found = (each,) if isinstance(each, Line) else lines_of((each,))
        yield from (line if line is each else Line(number, line.text) for line in found)


def _answered(archive: Reading, line: Line, base: SearchRequest, *, receipts: bool) -> BatchRow:
    oldest = replace(
        base, query=line.text, sort=Sort.OLDEST, size=1, page=1, cursor=None, facets=("source",),
        facet_size=SOURCES + len(base.filter("source").excluded), snippets=False, explain=False, group=False,
        recency=False, spellcheck=False,
    )  # fmt: skip
    try:
        found = archive.search(oldest)
        if _says_nothing(found.tree):
            return BatchRow(line.number, line.text, warnings=found.warnings, error=NOTHING)
        row = _row(archive, line, found)
        return replace(row, receipt=_receipt(archive, row.request)) if receipts else row
    except (QueryTooExpensive, SearchTimeout) as error:
        warning = error.warning if isinstance(error, QueryTooExpensive) else None
        return BatchRow(line.number, line.text, warnings=(warning,) if warning else (), error=str(error))


def _row(archive: Reading, line: Line, found: SearchResults) -> BatchRow:
    """The row of an answer that begins with the oldest hit; the newest is asked for where it is another."""
    last = found
    if found.total > len(found.hits):
        facets = _FACETS if found.total > TOO_MANY else ()
        last = archive.search(replace(found.request, sort=Sort.NEWEST, facets=facets, facet_size=VALUES))
    sources, distinct = _sources(found)
    return BatchRow(
        line.number,
        line.text,
        found.total,
        found.understood,
        _day(found),
        _day(last),
        sources,
        distinct,
        found.matching,
        found.did_you_mean,
        narrowing(archive, last, parts=False),
        found.warnings,
        request=found.request,
    )


def _sources(found: SearchResults) -> tuple[tuple[Bucket, ...], int]:
    """The sources with most of what was found, and how many there are: the facet counts those besides that are not
    chosen or left out."""
    facet, chosen = found.facets["source"], found.request.filter("source")
    here = [bucket for bucket in facet.buckets if bucket.count and not bucket.excluded]
    if chosen.values:
        here = [bucket for bucket in here if bucket.selected]
        return tuple(here[:SOURCES]), len(here)
    left_out = sum(bucket.excluded and bucket.count > 0 for bucket in facet.buckets)
    return tuple(here[:SOURCES]), facet.distinct - left_out


def _receipt(archive: Reading, request: SearchRequest) -> str | None:
    """The token of a receipt; None of a search that is too long for one."""
    from indexer.receipts import checking

    try:
        return checking.issue(archive, request, datetime.now(UTC)).token
    except UsageError:
        return None


def _says_nothing(tree: Node) -> bool:
    return isinstance(tree, MatchAll) or (isinstance(tree, Not) and isinstance(tree.child, MatchAll))


def _day(found: SearchResults) -> date | None:
    """The day of the first hit. Whichever way they are sorted, those that have none come last, and of the newest those
    of the future before them: that is a slip where there is another."""
    published = found.hits[0].article.published if found.hits else None
    return published.day if published else None
