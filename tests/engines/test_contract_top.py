"""The best hits alone are those of the search, on every engine: whatever is asked for, and however the archive grew."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.archive import Archive
from indexer.config import Config
from indexer.engines.base import Engine
from indexer.errors import NoIndex, QueryTooExpensive, UsageError, WrongType
from indexer.search.request import DateRange, Filter, Match, Period, SearchRequest, Sort
from tests.engines import generated
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import prepare

ARTICLES = generated.articles(seed=5, count=140)
QUERIES = (
    "", "minister", "oil prices", "oil OR gas OR border", "talks meet summit vote", '"oil prices"', '"gas" talks',
    "min*", "minister -oil", "(oil OR gas) minister", "title:minister", '"minister meet" border', "cease fire",
    "minister NEAR/3 gas", "=prices oil", "source:sana minister", "after:2020 oil", "oil OR \"gas talks\"",
    "kiyv~", "nothing", "the", "minister minister oil", "G-20", "部长", "石油 价格", "url:news.example", "minis?? vote",
)  # fmt: skip


@pytest.fixture(scope="module")
def worn(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine of several commits, with replaced and removed articles."""
    engine = opener(tmp_path_factory.mktemp("top"))
    fill(engine, [generated.changed(article, 1) for article in ARTICLES[::4]])
    fill(engine, ARTICLES, commits=3)
    with engine.writer(prepare) as writer:
        writer.remove([article.id for article in ARTICLES[100:120]])
        writer.commit()
    engine.refresh()
    yield engine
    engine.close()


def agree(engine: Engine, request: SearchRequest) -> None:
    assert engine.top(request) == engine.search(replace(request, facets=(), snippets=False)).hits, request


@pytest.mark.parametrize("query", QUERIES)
def test_the_hits_are_those_of_the_search(worn: Engine, query: str) -> None:
    chosen = Filter("source", ("SANA", "TASS")), Filter("language", (), ("fr",))
    dates = DateRange(Period(2019, 6), Period(2021, 3))
    agree(worn, SearchRequest(query, size=10))
    agree(worn, SearchRequest(query, match=Match.BEST, size=3, page=2, group=True))
    agree(worn, SearchRequest(query, match=Match.ALL, size=5, dates=dates))
    agree(worn, SearchRequest(query, match=Match.BEST, size=5, dates=dates, filters=chosen))


def test_all_the_options_of_a_search_are_heeded(worn: Engine) -> None:
    asked = SearchRequest("oil minister", match=Match.BEST, size=7)
    for sort in Sort:
        agree(worn, replace(asked, sort=sort))
        agree(worn, SearchRequest(sort=sort, size=7))
    agree(worn, replace(asked, recency=True))
    agree(worn, replace(asked, group=True))
    agree(worn, replace(asked, explain=True))
    agree(worn, replace(asked, translation=False))
    agree(worn, replace(asked, size=0))
    agree(worn, replace(asked, page=90))
    agree(worn, SearchRequest("oil", size=100, page=1_000))
    agree(worn, replace(asked, size=100))
    agree(worn, replace(asked, cursor=worn.search(asked).next_cursor))


@pytest.mark.parametrize("seed", range(3))
def test_random_requests_find_the_same(worn: Engine, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(8):
        request = generated.request(1_000 * seed + number)
        sort = chance.choice((Sort.RELEVANCE, Sort.RELEVANCE, request.sort))
        size, page = chance.choice((1, 5, 20)), chance.choice((1, 1, 2))
        agree(worn, replace(request, explain=False, sort=sort, size=size, page=page))


def test_what_a_search_refuses_is_refused(worn: Engine) -> None:
    with pytest.raises(QueryTooExpensive):
        worn.top(SearchRequest(" OR ".join(f"word{number}" for number in range(500))))
    with pytest.raises(UsageError):
        worn.top(SearchRequest("oil", filters=(Filter("title", ("x",)),)))
    with pytest.raises(UsageError):
        worn.top(SearchRequest("oil", cursor="no cursor"))


def test_an_archive_has_the_best_hits_with_the_options_of_a_search(worn: Engine) -> None:
    archive = Archive(Config(), worn)
    assert archive.top("oil", size=4, from_="2020") == archive.search("oil", size=4, from_="2020", snippets=False).hits
    with pytest.raises(WrongType):
        archive.top("oil", sizes=4)  # type: ignore[call-arg]


def test_where_nothing_was_built_there_is_no_index(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.top(SearchRequest("oil"))
