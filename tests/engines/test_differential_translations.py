"""Every engine gives the answers of the oracle over articles of which machines translated some."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.article import Article, Translation
from indexer.engines.base import Engine
from indexer.search.request import SearchRequest
from indexer.search.results import SearchResults
from tests.engines import generated
from tests.engines.conftest import ENGINES, fill
from tests.engines.corpus import prepare
from tests.engines.memory import MemoryEngine
from tests.engines.test_differential import assert_explained, assert_same, assert_same_highlights

LANGUAGES = ("en", "fr", "ru", "zh")
OTHERS = [name for name in ENGINES if name != "memory"]


def translated(article: Article) -> Article:
    """Two of five articles with a translation into another language."""
    chance = random.Random(article.id)
    if chance.random() < 0.6:
        return article
    own = (article.language or "").partition("-")[0]
    language = chance.choice([other for other in LANGUAGES if other != own])
    words = generated.WORDS[language]
    title, summary, body = (" ".join(chance.choices(words, k=chance.randint(0, most))) for most in (5, 6, 40))
    return article.with_translation(Translation(language, title, summary, body, "test"))


ARTICLES = [translated(article) for article in generated.articles(seed=1, count=200)]
GONE = [article.id for article in ARTICLES[150:170]]


@pytest.fixture(scope="module")
def oracle() -> MemoryEngine:
    engine = MemoryEngine()
    fill(engine, ARTICLES)
    return engine


@pytest.fixture(scope="module", params=OTHERS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = ENGINES[request.param](tmp_path_factory.mktemp("built"))
    fill(engine, ARTICLES)
    yield engine
    engine.close()


def asked(seed: int) -> SearchRequest:
    """A random request; now and then without translations, or of these alone."""
    request = generated.request(seed)
    if seed % 5 == 0 and request.query.isalpha():
        request = replace(request, query=f"translation:{request.query}")
    return replace(request, translation=seed % 3 > 0)


def assert_same_translations(one: SearchResults, oracle: SearchResults) -> None:
    expected = {hit.id: hit for hit in oracle.hits}
    for hit in one.hits:
        other = expected.get(hit.id)
        if other is None:
            continue
        assert hit.article.translation == other.article.translation
        assert hit.by_translation == other.by_translation
        assert hit.translation_title_spans == other.translation_title_spans
        if not any(each.leading or each.trailing for each in (*hit.translation_snippets, *other.translation_snippets)):
            assert hit.translation_snippets == other.translation_snippets


@pytest.mark.parametrize("seed", range(150))
def test_a_random_request_is_answered_as_by_the_oracle(built: Engine, oracle: MemoryEngine, seed: int) -> None:
    request = asked(seed)
    results, expected = built.search(request), oracle.search(request)
    assert_same(results, expected, scores=True)
    assert_same_highlights(results, expected)
    assert_same_translations(results, expected)
    assert_explained(results)


@pytest.mark.parametrize("name", OTHERS)
def test_and_so_it_is_after_commits_removals_and_a_merge(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    engine, oracle = ENGINES[name](tmp_path_factory.mktemp("worn")), MemoryEngine()
    for each in (engine, oracle):
        fill(each, [replace(article, translation=None) for article in ARTICLES[::3]])
        fill(each, ARTICLES, commits=3)
        with each.writer(prepare) as writer:
            writer.remove(GONE)
            writer.commit()
        each.refresh()
    engine.optimize()
    engine.refresh()
    for seed in range(40):
        assert_same(engine.search(asked(seed)), oracle.search(asked(seed)), scores=True)
    engine.close()


def test_the_requests_are_worth_asking(oracle: MemoryEngine) -> None:
    """Some find articles by their translations alone."""
    hits = [hit for seed in range(150) for hit in oracle.search(replace(asked(seed), translation=True)).hits]
    assert sum(hit.by_translation for hit in hits) > 150
    assert sum(hit.article.translation is None for hit in hits) > len(hits) * 0.3
