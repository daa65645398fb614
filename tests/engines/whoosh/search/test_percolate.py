"""Many searches at once on the embedded engine: in portions, by either way of finding terms, and within limits."""

import logging
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.config import Config, EngineConfig, SearchConfig
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.reader.document_terms import DocumentTerms
from indexer.engines.whoosh.search import percolate
from indexer.search.request import Match, SearchRequest
from tests.engines import generated
from tests.engines.conftest import fill
from tests.engines.corpus import addressed, article

ARTICLES = generated.articles(seed=3, count=120)
REQUESTS = [replace(generated.request(seed), match=Match.ALL) for seed in range(6_000, 6_100)]


def open_whoosh(directory: Path, max_expansions: int = SearchConfig().max_expansions) -> WhooshEngine:
    config = Config(engine=EngineConfig(processes=1), search=SearchConfig(max_expansions=max_expansions))
    return WhooshEngine(config.with_index(directory))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    opened = open_whoosh(tmp_path_factory.mktemp("percolated"))
    fill(opened, ARTICLES, commits=3)
    yield opened
    opened.close()


@pytest.mark.parametrize(("docs_at_once", "postings"), [(10_000, 0), (7, 0), (7, 20_000)])
def test_the_answers_do_not_depend_on_how_they_are_found(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch, docs_at_once: int, postings: int
) -> None:
    ids = [each.id for each in random.Random(1).sample(ARTICLES, 60)]
    expected = engine.percolate(REQUESTS, ids)
    monkeypatch.setattr(percolate, "DOCS_AT_ONCE", docs_at_once)
    monkeypatch.setattr(percolate, "POSTINGS_A_REQUEST", postings)
    assert engine.percolate(REQUESTS, ids) == expected


def test_a_pattern_stands_for_the_most_frequent_words_of_the_whole_archive(tmp_path: Path) -> None:
    engine = open_whoosh(tmp_path / "index", max_expansions=2)
    fill(engine, addressed(article(f"a{n}", "Often", "tulip tulipan", "2021") for n in range(3)))
    fill(engine, addressed([article("b1", "Rare", "tulips", "2021"), article("b2", "Often", "tulipan", "2021")]))
    for query in ("tuli*", "t?lip*", "tulipa~1"):
        asked = SearchRequest(query, facets=())
        assert [hit.id for hit in engine.search(asked).hits if hit.id[0] == "b"] == ["b2"]
        assert engine.percolate([asked], ["b1", "b2"]) == [("b2",)]


def test_a_search_whose_time_is_used_up_finds_nothing_and_the_log_names_it(
    engine: WhooshEngine, caplog: pytest.LogCaptureFixture
) -> None:
    hurried = SearchRequest("minister OR vote", budget_ms=-1)
    with caplog.at_level(logging.WARNING):
        answers = engine.percolate([hurried, replace(hurried, budget_ms=None)], [each.id for each in ARTICLES])
    assert answers[0] == ()
    assert len(answers[1]) > 5
    assert "'minister OR vote'" in caplog.text


def test_the_terms_of_documents_are_those_of_their_postings(engine: WhooshEngine) -> None:
    snapshot = engine.snapshot
    docs = np.array(sorted(random.Random(2).sample(range(snapshot.size), 40)), np.intp)
    expected: dict[str, set[int]] = {}
    for base, view in zip(snapshot.bases, snapshot.views, strict=False):
        dictionary = view.dictionary("title")
        for term in range(dictionary.terms):
            start, stop = dictionary.postings[term : term + 2].tolist()
            held = view.arrays.part("title.docs", start, stop).astype(np.intp) + base
            rows = set(np.flatnonzero(np.isin(docs, held)).tolist())
            expected.setdefault(dictionary.term_text(term).decode(), set()).update(rows)
    terms = DocumentTerms(snapshot, "title", docs)
    assert {term: {row for part in terms.rows(term) for row in part.tolist()} for term in expected} == expected
    assert terms.rows("no term") == []
