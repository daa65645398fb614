"""Real articles in English, Arabic and Chinese: every engine finds what stands in them, as the oracle does."""

import gzip
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson
import pytest

from indexer.analysis import fold, is_unspaced, token_spans, tokens
from indexer.article import Article
from indexer.config import Config
from indexer.engines.base import Engine
from indexer.ingest.normalise import Preparer
from indexer.search.printer import to_text
from indexer.search.query import And, Exact, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Term
from tests.engines.asking import ask
from tests.engines.conftest import ENGINES, fill
from tests.engines.memory import MemoryEngine
from tests.engines.test_differential import OTHERS, assert_same, assert_same_highlights

pytestmark = pytest.mark.data

SETS = (
    "digital-gov.jsonl.gz",
    "jawhara-fm-arabic.jsonl.gz",
    "lctt-chinese-translations.jsonl.gz",
    "senate-press-2004-2008.jsonl.gz",
)
EACH = 30  # articles of each set


@pytest.fixture(scope="module")
def articles(data: Path) -> list[Article]:
    prepare = Preparer(Config())
    found = []
    for name in SETS:
        with gzip.open(data / name) as lines:
            found += [prepare(orjson.loads(line)) for line in islice(lines, EACH)]
    return list({article.id: article for article in found}.values())  # what is superseded would still count in scores


@pytest.fixture(scope="module")
def oracle(articles: list[Article]) -> MemoryEngine:
    engine = MemoryEngine()
    fill(engine, articles)
    return engine


@pytest.fixture(scope="module", params=OTHERS)
def built(
    request: pytest.FixtureRequest, articles: list[Article], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    engine = ENGINES[request.param](tmp_path_factory.mktemp("real"))
    fill(engine, articles)
    yield engine
    engine.close()


def places(chance: random.Random, articles: list[Article], words: int) -> tuple[Article, str]:
    """An article and the text of some of its words in a row, which is not a single character."""
    while True:
        article = chance.choice(articles)
        spans = token_spans(article.body)
        if len(spans) > words:
            at = chance.randrange(len(spans) - words)
            text = article.body[spans[at][1] : spans[at + words - 1][2]].replace('"', " ")
            if tokens(text) and len(text) > 1 and len(text) < 80 * words:
                return article, text


@pytest.mark.parametrize("seed", range(20))
def test_what_stands_in_an_article_is_found_as_by_the_oracle(
    articles: list[Article], built: Engine, oracle: MemoryEngine, seed: int
) -> None:
    chance = random.Random(seed)
    article, passage = places(chance, articles, chance.randint(2, 6))
    _, word = places(chance, [article], 1)
    _, other = places(chance, articles, 1)
    first, second = Phrase(word), Phrase(other)
    queries: list[Node] = [
        Phrase(passage),
        Phrase(passage, 2),
        And((Phrase(word), Phrase(passage))),
        Or((first, second)),
        And((first, Not(second))),
        Near(Term(tokens(word)[0]), Phrase(passage), 40),
        Exact(passage),
    ]
    if len(fold(word)) > 4 and len(tokens(word)) == 1 and not is_unspaced(tokens(word)[0]):
        queries += [Prefix(tokens(word)[0][:4]), Fuzzy(tokens(word)[0], 1)]
    for query in queries:
        asked = ask(to_text(query), facets="source,category,language,published")
        results, expected = built.search(asked), oracle.search(asked)
        assert_same(results, expected, scores=True)
        assert_same_highlights(results, expected)
        for hit in results.hits:
            for snippet in hit.snippets:
                whole = getattr(built.get([hit.id])[0], snippet.field)
                assert snippet.text in whole
                assert all(tokens(snippet.text[start:end]) for start, end in snippet.spans)
    for query in queries[:2]:
        assert article.id in {hit.id for hit in built.search(ask(to_text(query))).hits}


def test_every_article_comes_back_as_it_went_in(articles: list[Article], built: Engine) -> None:
    assert built.get([article.id for article in articles]) == articles
