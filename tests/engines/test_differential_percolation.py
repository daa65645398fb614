"""Random requests percolate to what the same engine finds with them among the articles named."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.engines.base import Engine
from indexer.search.request import Match, SearchRequest
from tests.engines import generated
from tests.engines.conftest import ENGINES, fill
from tests.engines.corpus import prepare
from tests.engines.memory import MemoryEngine

ARTICLES = generated.articles(seed=1, count=300)
REQUESTS = [generated.request(seed) for seed in range(5_000, 5_150)]
GONE = [article.id for article in ARTICLES[250:280]]


@pytest.fixture(scope="module", params=ENGINES)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, MemoryEngine]]:
    """An engine of many commits, with replaced and removed articles, and the oracle of the same."""
    engine, oracle = ENGINES[request.param](tmp_path_factory.mktemp("percolated")), MemoryEngine()
    for each in (engine, oracle):
        fill(each, [generated.changed(article, 1) for article in ARTICLES[::3]])
        fill(each, ARTICLES[40:], commits=3)
        with each.writer(prepare) as writer:
            writer.remove(GONE)
            writer.commit()
        fill(each, ARTICLES[:40])
    yield engine, oracle
    engine.close()


def _matched(request: SearchRequest, seed: int) -> SearchRequest:
    """Some requests say outright how plain words match, some leave translations out or take names in passing."""
    chance = random.Random(seed)
    return replace(
        request,
        match=chance.choice(list(Match)),
        translation=chance.random() < 0.7,
        all_mentions=chance.random() < 0.3,
    )


@pytest.mark.parametrize("count", [0, 7, 60, 300])
def test_many_requests_find_among_some_articles_what_each_finds_alone(
    pair: tuple[Engine, MemoryEngine], count: int
) -> None:
    engine, oracle = pair
    chance = random.Random(count)
    ids = [*(article.id for article in chance.sample(ARTICLES, count)), "nothing"]
    requests = [_matched(request, seed) for seed, request in enumerate(REQUESTS)]
    assert engine.percolate(requests, ids) == oracle.percolate(requests, ids)


def test_and_they_find_what_a_search_finds(pair: tuple[Engine, MemoryEngine]) -> None:
    engine, _ = pair
    ids = [article.id for article in ARTICLES[::2]]
    requests = [
        replace(request, match=chosen, size=1, facets=())
        for request, chosen in zip(REQUESTS, [Match.ALL, Match.BEST] * 75, strict=True)
    ]
    found = [{article.id for article in engine.scan(request)} for request in requests]
    expected = [tuple(id for id in ids if id in each) for each in found]
    assert engine.percolate(requests, ids) == expected
    assert sum(map(bool, expected)) > 50
