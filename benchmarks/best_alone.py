"""`python -m benchmarks.best_alone INDEX`: the ten best hits without counts, by `top` and by `search`, timed.

Milliseconds of processor, quickest of many, median of a class of queries: a search without facets and snippets; `top`
asked again, hits included; and finding the documents alone, where the words are known and the query is new.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from benchmarks.queries import CLASSES, Query
from indexer import open_archive
from indexer.config import Config
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.search.top.page import TopSearch
from indexer.search.request import DateRange, Match, Period, SearchRequest

REPEAT = 60


def request_of(query: Query) -> SearchRequest:
    """The query as a request for ten hits and nothing else."""
    first, last = (Period(day.year, day.month, day.day) if day else None for day in (query.start, query.end))
    return SearchRequest(
        query.as_typed(), dates=DateRange(first, last), size=10, facets=(), snippets=False, match=Match.ALL
    )


def quickest(ask: Callable[[], object]) -> float:
    """Milliseconds of processor."""
    best = float("inf")
    ask()
    for _ in range(REPEAT):
        started = time.process_time_ns()
        ask()
        best = min(best, (time.process_time_ns() - started) / 1e6)
    return best


def main(directory: Path) -> None:
    config = Config().with_index(directory)
    with open_archive(config) as archive:
        engine = archive.engine
        assert isinstance(engine, WhooshEngine)
        snapshot, numbers = engine.snapshot, count(1_000)

        def found(request: SearchRequest) -> object:
            # Under other settings each time: what is kept of a query is kept by them.
            others = replace(config, search=replace(config.search, page_size=next(numbers)))
            return TopSearch(snapshot, request, others).page()

        print("| ms of processor | search | top | documents, query known | documents, query new |")
        print("|---|---|---|---|---|")
        for label, queries in CLASSES.items():
            requests = [request_of(query) for query in queries]
            for request in requests:
                alone, searched = engine.top(request), engine.search(request).hits
                assert alone == searched, f"{request.query}: {alone} are not {searched}"
            ways: list[Callable[[SearchRequest], object]] = [
                engine.search,
                engine.top,
                lambda request: TopSearch(snapshot, request, config).page(),
                found,
            ]
            times = [[quickest(lambda way=way, request=request: way(request)) for request in requests] for way in ways]
            print(f"| {label} | " + " | ".join(f"{statistics.median(each):.3f}" for each in times) + " |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
