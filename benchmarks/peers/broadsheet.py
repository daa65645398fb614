"""Broadsheet itself, through its embedded API."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.corpus import Record
from benchmarks.peers.base import PERSON_BUCKETS, TOP, Best, Page
from benchmarks.queries import Query
from indexer import open_archive
from indexer.article import Article, Entity, Precision, Published
from indexer.config import Config, EngineConfig
from indexer.rejection import Origin
from indexer.search.request import DateRange, Match, Period, SearchRequest

FACETS = ("source", "category", "published", "person")
COMMIT_EVERY = 2_500_000  # articles: the writer keeps a list of what it wrote since the last commit
FACET_SIZE = 200  # of every facet alike, so that all sources are listed


def article_of(record: Record) -> Article:
    """The record as Broadsheet's own value; the writer runs this in its worker processes."""
    return Article(
        id=record.id,
        title=record.title,
        body=record.body,
        published=Published(datetime(record.day.year, record.day.month, record.day.day, tzinfo=UTC), Precision.DAY),
        source=record.source,
        category=record.category,
        language="en",
        entities=tuple(Entity("person", name, given=True) for name in record.persons),
    ).with_hash()


class Broadsheet:
    """The embedded engine."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> None:
        config = Config(engine=EngineConfig(processes=processes)).with_index(directory)
        with open_archive(config) as archive, archive.engine.writer(article_of) as writer:
            for number, record in enumerate(records, 1):
                writer.add(record, Origin("benchmark", number))
                if number % COMMIT_EVERY == 0:
                    writer.commit()
            writer.commit()

    def open(self, directory: Path) -> Any:
        return open_archive(Config().with_index(directory))

    def page(self, handle: Any, query: Query) -> Page | None:
        found = handle.search(
            SearchRequest(
                query=query.as_typed(),
                dates=_dates(query),
                size=TOP,
                facets=FACETS,
                facet_size=FACET_SIZE,
                match=Match.ALL,
            )
        )
        facets = {name: {b.value: b.count for b in found.facets[name].buckets if b.count} for name in FACETS}
        facets["month"] = _by_month(facets.pop("published"))
        facets["person"] = dict(list(facets["person"].items())[:PERSON_BUCKETS])
        # It also counts the ancestors of a category, which the others do not have.
        facets["category"] = {path: count for path, count in facets["category"].items() if "/" in path}
        return Page(
            found.total,
            facets,
            tuple(hit.id for hit in found.hits),
            tuple(hit.snippets[0].text if hit.snippets else "" for hit in found.hits),
        )

    def top(self, handle: Any, query: Query) -> Best | None:
        request = SearchRequest(
            query=query.as_typed(), dates=_dates(query), size=TOP, facets=(), snippets=False, match=Match.ALL
        )
        hits = handle.top(request) if hasattr(handle, "top") else handle.search(request).hits
        return tuple((hit.id, hit.article.title) for hit in hits)


def _dates(query: Query) -> DateRange:
    first, last = (Period(day.year, day.month, day.day) if day else None for day in (query.start, query.end))
    return DateRange(first, last)


def _by_month(periods: dict[str, int]) -> dict[str, int]:
    """Counts by month of a date facet that chose days, as it does for hits that lie close together."""
    months: dict[str, int] = {}
    for period, count in periods.items():
        months[period[:7]] = months.get(period[:7], 0) + count
    return months


PEER = Broadsheet()
