"""How much is written about something over time: counts per period for some queries, and their share of everything.

In: an archive, up to `MOST_QUERIES` queries, and a request whose filters and dates hold for all of them. Out: `Volume`,
and its CSV. Called by `/compare`, the API and the command line. A misspelt query is counted as a search answers it.

Everything that fits the filters without any query is what a share is a share of. A period in which there is nothing at
all is a gap: the archive holds nothing from then, so a zero there would be untrue.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indexer.errors import UsageError
from indexer.reading import Reading
from indexer.search.request import Period, SearchRequest, Sort
from indexer.search.results import Matching, Suggested, settled
from indexer.timeline import Interval, counts, interval_for, periods

MOST_QUERIES = 6  # lines that can be told apart in one chart
MOST_PERIODS = 800  # two years of days; more points than pixels say nothing more
_UNCOUNTED = replace(SearchRequest(), size=0, facets=(), snippets=False)


@dataclass(frozen=True, slots=True)
class Series:
    """One query over the periods of its `Volume`. `counts[i]` is None in a gap; `undated` hits are in no period.

    `matching` says how its words were matched, `corrected` what was counted where nothing has them as they are spelt.
    """

    query: str
    understood: str
    counts: tuple[int | None, ...]
    shares: tuple[float | None, ...]
    total: int
    undated: int
    matching: Matching | None = None
    corrected: Suggested | None = None

    @property
    def counted(self) -> str:
        """The query that was counted."""
        return self.corrected.query if self.corrected else self.query

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "query": self.query,
            "understood": self.understood,
            "matching": self.matching.to_dict() if self.matching else None,
            "corrected": self.corrected.to_dict() if self.corrected else None,
            "counts": list(self.counts),
            "shares": [None if share is None else round(share, 6) for share in self.shares],
            "total": self.total,
            "undated": self.undated,
        }

    @property
    def dated(self) -> int:
        """Hits in all periods together."""
        return sum(count or 0 for count in self.counts)


@dataclass(frozen=True, slots=True)
class Volume:
    """Queries over time. `published[i]` counts everything in a period; 0 makes it a gap in every series."""

    interval: Interval
    periods: tuple[Period, ...]
    published: tuple[int, ...]
    series: tuple[Series, ...]
    generation: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "interval": self.interval,
            "periods": [str(period) for period in self.periods],
            "published": list(self.published),
            "series": [each.to_dict() for each in self.series],
            "generation": self.generation,
        }


def volume(
    archive: Reading, queries: Sequence[str], filters: SearchRequest | None = None, interval: Interval | None = None
) -> Volume:
    """Count queries over time.

    Args:
        archive: the archive.
        queries: what to compare, 1 to `MOST_QUERIES`; the empty query is everything.
        filters: a request whose filters and dates hold for all; without dates, all that the archive holds is covered.
        interval: of the periods; None chooses one, and one that makes more than `MOST_PERIODS` periods is made coarser.

    Raises:
        UsageError: no query, or too many.
        QueryTooExpensive: a query is refused.
    """
    if not 1 <= len(queries) <= MOST_QUERIES:
        raise UsageError(f"{len(queries)} queries cannot be compared. Give 1 to {MOST_QUERIES}.")
    base = replace(_plain(filters or SearchRequest()), query="")
    first, last = _span(archive, base)
    if first is None or last is None:
        spans: tuple[Period, ...] = ()
        interval = interval or "year"
        published: tuple[int, ...] = ()
    else:
        interval = _coarse_enough(interval or interval_for(first, last), first, last)
        spans = tuple(periods(first, last, interval))
        held = counts(archive, base, interval)
        published = tuple(held.get(period, 0) for period in spans)
    series = tuple(_series(archive, replace(base, query=query), interval, spans, published) for query in queries)
    return Volume(interval, spans, published, series, archive.generation)


def to_csv(found: Volume) -> str:
    """A row for each period: everything published, then count and share of each query; cells of a gap are empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    heads = [_harmless(each.counted or "*") for each in found.series]
    writer.writerow(["period", "published", *(f"{head} {what}" for head in heads for what in ("count", "share"))])
    for at, period in enumerate(found.periods):
        cells: list[object] = []
        for each in found.series:
            count, share = each.counts[at], each.shares[at]
            cells += ["" if count is None else count, "" if share is None else f"{share:.6f}"]
        writer.writerow([str(period), found.published[at], *cells])
    return buffer.getvalue()


def _series(
    archive: Reading, request: SearchRequest, interval: Interval, spans: Sequence[Period], published: Sequence[int]
) -> Series:
    found = archive.search(request)
    # Decided once: the periods must not be matched or spelt each in its own way.
    answered = replace(settled(found.request, found.matching), spellcheck=False)
    by_period = counts(archive, answered, interval) if spans else {}
    counted = tuple(
        by_period.get(period, 0) if everything else None for period, everything in zip(spans, published, strict=True)
    )
    shares = tuple(
        count / everything if count is not None else None for count, everything in zip(counted, published, strict=True)
    )
    dated = sum(by_period.values())
    return Series(
        request.query, found.understood, counted, shares, found.total, found.total - dated,
        matching=found.matching, corrected=found.corrected,
    )  # fmt: skip


def _span(archive: Reading, base: SearchRequest) -> tuple[date | None, date | None]:
    """The days to cover: the range asked for, and where that is open, as far as there are articles."""
    first = base.dates.first or _end(archive, base, Sort.OLDEST)
    last = base.dates.last or _end(archive, base, Sort.NEWEST)
    return (None, None) if first is None or last is None or first > last else (first, last)


def _end(archive: Reading, base: SearchRequest, sort: Sort) -> date | None:
    """The day of the oldest or newest article; the undated come last in either order."""
    hits = archive.search(replace(base, sort=sort, size=1)).hits
    published = hits[0].article.published if hits else None
    return published.day if published else None


def _coarse_enough(interval: Interval, first: date, last: date) -> Interval:
    number = {"day": (last - first).days + 1, "month": (last.year - first.year) * 12 + last.month - first.month + 1}
    if interval == "day" and number["day"] > MOST_PERIODS:
        interval = "month"
    if interval == "month" and number["month"] > MOST_PERIODS:
        interval = "year"
    return interval


def _plain(request: SearchRequest) -> SearchRequest:
    return replace(
        _UNCOUNTED,
        query=request.query, filters=request.filters, dates=request.dates, added=request.added, match=request.match,
        all_mentions=request.all_mentions, spellcheck=request.spellcheck, budget_ms=request.budget_ms,
        translation=request.translation,
    )  # fmt: skip


def _harmless(heading: str) -> str:
    """A query as a heading: no spreadsheet runs `=1+1`."""
    return f"'{heading}" if heading.startswith(("=", "+", "-", "@", "\t", "\r")) else heading
