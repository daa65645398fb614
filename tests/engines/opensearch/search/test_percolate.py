"""Many searches at once on a cluster: batches that it refuses for their size are asked in halves."""

from collections.abc import Iterator

import pytest

from indexer.engines.base import Engine
from indexer.engines.opensearch.search import percolate
from indexer.search.request import SearchRequest
from tests.engines.conftest import ENGINES, fill
from tests.engines.corpus import addressed, article

WORDS = [f"{letter}{other}{letter}" for letter in "bcdfghjklm" for other in "aeiou"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = ENGINES["opensearch"](tmp_path_factory.mktemp("percolated"))
    fill(opened, addressed(article(f"n{n}", "Words", word, "2021") for n, word in enumerate(WORDS)))
    yield opened
    opened.close()


def test_more_words_than_one_query_may_have_are_asked_apart(engine: Engine) -> None:
    requests = [SearchRequest(" OR ".join(WORDS[start:] + WORDS[: start - 10])) for start in range(10, 50)]
    ids = ["n0", "n20", "n49"]
    found = engine.percolate(requests, ids)
    alone = [{article.id for article in engine.scan(request)} for request in requests]
    assert found == [tuple(id for id in ids if id in each) for each in alone]


def test_articles_are_asked_for_in_portions(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(percolate, "ARTICLES_AT_ONCE", 7)
    monkeypatch.setattr(percolate, "REQUESTS_AT_ONCE", 3)
    ids = [f"n{n}" for n in reversed(range(50))]
    assert engine.percolate([SearchRequest(word) for word in WORDS], ids) == [(f"n{n}",) for n in range(50)]
    assert engine.percolate([SearchRequest("title:words")], ids) == [tuple(ids)]
