"""Short ways to ask an engine."""

from typing import Unpack

import pytest

from indexer.archive import Archive
from indexer.engines.base import Engine
from indexer.search.options import SearchOptions, build_request
from indexer.search.request import Match, SearchRequest
from indexer.search.results import Facet, SearchResults


def ask(query: str = "", **options: Unpack[SearchOptions]) -> SearchRequest:
    """A request; without facets unless they are asked for. All words must match unless another way is asked for."""
    base = SearchRequest(match=Match.ALL, size=100, facets=(), facet_size=100)
    return build_request(query, options, base)


def search(engine: Engine, query: str = "", **options: Unpack[SearchOptions]) -> SearchResults:
    return engine.search(ask(query, **options))


def order(engine: Engine, query: str = "", **options: Unpack[SearchOptions]) -> list[str]:
    """The ids of all hits, in order."""
    results = search(engine, query, **options)
    assert results.total == len(results.hits)
    return [hit.id for hit in results.hits]


def found(engine: Engine, query: str = "", **options: Unpack[SearchOptions]) -> str:
    """The ids of all hits, sorted, as one text."""
    return " ".join(sorted(order(engine, query, **options)))


def counts(facet: Facet) -> dict[str, int]:
    """The buckets of a facet, in order."""
    return {bucket.value: bucket.count for bucket in facet.buckets}


def searches_of(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> list[SearchRequest]:
    """What an archive is asked from now on, as a list that grows."""
    asked: list[SearchRequest] = []
    search = archive.search

    def noted(request: SearchRequest) -> SearchResults:
        asked.append(request)
        return search(request)

    monkeypatch.setattr(archive, "search", noted)
    return asked
