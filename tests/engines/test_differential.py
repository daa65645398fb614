"""Every engine gives the answers of the oracle to hundreds of random requests over random articles."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from indexer.analysis import tokens
from indexer.engines.base import Engine
from indexer.search.request import SearchRequest, Sort
from indexer.search.results import SearchResults
from tests.engines import generated
from tests.engines.conftest import ENGINES, fill
from tests.engines.corpus import prepare
from tests.engines.memory import MemoryEngine

ARTICLES = generated.articles(seed=1, count=300)
OTHERS = [name for name in ENGINES if name != "memory"]
SEEDS = range(300)
FEWER_SEEDS = range(1_000, 1_100)
NEW, OLD, GONE = ARTICLES[:40], ARTICLES[40:], [article.id for article in ARTICLES[250:280]]


@pytest.fixture(scope="module")
def oracle() -> MemoryEngine:
    engine = MemoryEngine()
    fill(engine, ARTICLES)
    return engine


@pytest.fixture(scope="module", params=OTHERS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that got all articles at once."""
    engine = ENGINES[request.param](tmp_path_factory.mktemp("built"))
    fill(engine, ARTICLES)
    yield engine
    engine.close()


@pytest.fixture(scope="module", params=OTHERS)
def worn(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, MemoryEngine]]:
    """An engine of many commits, with replaced and removed articles, and the oracle of the same."""
    engine, oracle = ENGINES[request.param](tmp_path_factory.mktemp("worn")), MemoryEngine()
    for each in (engine, oracle):
        fill(each, [generated.changed(article, 1) for article in ARTICLES[::3]])
        fill(each, OLD, commits=3)
        with each.writer(prepare) as writer:
            writer.remove(GONE)
            writer.commit()
        fill(each, NEW)
    yield engine, oracle
    engine.close()


def assert_same(one: SearchResults, oracle: SearchResults, scores: bool) -> None:
    assert one.understood == oracle.understood
    assert one.total == oracle.total
    assert one.facets == oracle.facets
    ids, expected = [hit.id for hit in one.hits], [hit.id for hit in oracle.hits]
    if scores:
        mine, theirs = ({hit.id: hit.score for hit in each.hits} for each in (one, oracle))
        # Of two hits whose scores differ in the last digit alone, either may come first.
        for id, other in zip(ids, expected, strict=True):
            assert id == other or mine[id] == pytest.approx(mine[other], rel=1e-9)
        for id in mine.keys() & theirs.keys():
            assert mine[id] == pytest.approx(theirs[id])
    else:
        assert ids == expected
    assert (one.next_cursor is None) == (oracle.next_cursor is None)
    assert (one.diagnosis is None) == (oracle.diagnosis is None)
    if one.diagnosis and oracle.diagnosis:
        assert one.diagnosis.clauses == oracle.diagnosis.clauses
        assert sorted((c.field, c.count) for c in one.diagnosis.filters) == sorted(
            (c.field, c.count) for c in oracle.diagnosis.filters
        )


def assert_same_highlights(one: SearchResults, oracle: SearchResults) -> None:
    """Texts that fit into one snippet are marked in the same places."""
    expected = {hit.id: hit for hit in oracle.hits}
    for hit in one.hits:
        other = expected.get(hit.id)
        if other is None:
            continue
        assert hit.title_spans == other.title_spans
        if not any(snippet.leading or snippet.trailing for snippet in (*hit.snippets, *other.snippets)):
            assert hit.snippets == other.snippets


def assert_explained(results: SearchResults) -> None:
    for hit in results.hits:
        assert sum(share.score for share in hit.explanation) == pytest.approx(hit.score)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_request_is_answered_as_by_the_oracle(built: Engine, oracle: MemoryEngine, seed: int) -> None:
    asked = generated.request(seed)
    results, expected = built.search(asked), oracle.search(asked)
    assert_same(results, expected, scores=True)
    assert_same_highlights(results, expected)
    assert_explained(results)


@pytest.mark.parametrize("seed", FEWER_SEEDS)
def test_and_so_it_is_after_replacements_and_removals(worn: tuple[Engine, MemoryEngine], seed: int) -> None:
    engine, oracle = worn
    # Scores still count what was removed, until it is merged away.
    asked = replace(generated.request(seed), sort=Sort.NEWEST if seed % 2 else Sort.OLDEST, explain=False)
    assert_same(engine.search(asked), oracle.search(asked), scores=False)


def test_and_after_everything_was_merged(worn: tuple[Engine, MemoryEngine]) -> None:
    engine, oracle = worn
    engine.optimize()
    engine.refresh()
    for seed in islice(FEWER_SEEDS, 30):
        asked = generated.request(seed)
        assert_same(engine.search(asked), oracle.search(asked), scores=True)


@pytest.mark.parametrize("seed", range(2_000, 2_020))
def test_cursors_visit_the_same_hits(built: Engine, oracle: MemoryEngine, seed: int) -> None:
    asked = replace(generated.request(seed), size=7, facets=(), explain=False, snippets=False)
    assert visited(built, asked) == sorted(article.id for article in oracle.scan(asked))


def visited(engine: Engine, asked: SearchRequest) -> list[str]:
    ids: list[str] = []
    while True:
        results = engine.search(asked)
        ids += [hit.id for hit in results.hits]
        if results.next_cursor is None:
            return sorted(ids)
        asked = replace(asked, cursor=results.next_cursor)


def test_the_requests_are_worth_asking(oracle: MemoryEngine) -> None:
    """Most find something and few find everything."""
    totals = [len(list(oracle.scan(generated.request(seed)))) for seed in SEEDS]
    assert sum(total > 0 for total in totals) > len(totals) * 0.5
    assert sum(total == len(ARTICLES) for total in totals) < len(totals) * 0.2
    assert all(tokens(article.body) or not article.body for article in ARTICLES)
