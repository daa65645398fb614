"""Every engine lists the words and names of the oracle for random requests over random articles."""

from collections.abc import Iterator

import pytest

from indexer.engines.base import Engine
from indexer.search.leaves import leaves
from indexer.search.parser import parse
from indexer.search.query import Fuzzy, Wildcard
from indexer.search.request import SearchRequest
from tests.engines import generated
from tests.engines.conftest import ENGINES, fill
from tests.engines.corpus import prepare
from tests.engines.memory import MemoryEngine

# Few enough that all hits are read.
ARTICLES = generated.articles(seed=3, count=90)
GONE = [article.id for article in ARTICLES[20:25]]
OTHERS = [name for name in ENGINES if name != "memory"]


def _asked() -> Iterator[SearchRequest]:
    """Requests without patterns of which the oracle does not know what they mean."""
    for seed in range(60):
        asked = generated.request(seed)
        if not any(isinstance(leaf, Wildcard | Fuzzy) for leaf in leaves(parse(asked.query).tree)):
            yield asked


REQUESTS = tuple(_asked())


@pytest.fixture(autouse=True)
def easily_surprised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random texts are of random words: list what chance explains too."""
    monkeypatch.setattr("indexer.engines.shared.significance.statistics.LEAST_SCORE", 1.0)
    monkeypatch.setattr("tests.engines.significance.LEAST_SCORE", 1.0)


@pytest.fixture(scope="module")
def oracle() -> MemoryEngine:
    engine = MemoryEngine()
    _build(engine)
    return engine


@pytest.fixture(scope="module", params=OTHERS)
def worn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine of several commits, from which some articles were removed."""
    engine = ENGINES[request.param](tmp_path_factory.mktemp("worn"))
    _build(engine)
    yield engine
    engine.close()


def _build(engine: Engine) -> None:
    fill(engine, ARTICLES, commits=3)
    with engine.writer(prepare) as writer:
        writer.remove(GONE)
        writer.commit()
    engine.refresh()


@pytest.mark.parametrize("number", range(len(REQUESTS)))
def test_random_hits_have_the_words_that_the_oracle_says(worn: Engine, oracle: MemoryEngine, number: int) -> None:
    asked = REQUESTS[number]
    found, expected = worn.significant_terms(asked, 500), oracle.significant_terms(asked, 500)
    assert found.to_dict() == expected.to_dict()


def test_the_requests_are_worth_asking(oracle: MemoryEngine) -> None:
    listed = [len(oracle.significant_terms(asked, 500)) for asked in REQUESTS]
    assert len(listed) > 30
    assert sum(map(bool, listed)) > len(listed) * 0.3
