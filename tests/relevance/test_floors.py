"""How well questions are answered must not fall: 30 of them on the demonstration archive.

`demonstration.json` has the questions, as a person might type them, and the articles that answer each: those that a
reader of the articles found to say it. Means are a little below what was reached; `python -m benchmarks.relevance`
measures the published collections.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import pytest

from benchmarks.measures import average_precision, ndcg
from indexer.archive import Archive, open_archive
from indexer.config import Config, EngineConfig
from indexer.search.request import SearchRequest

ARTICLES = Path(__file__).parents[2] / "demo" / "articles"
QUESTIONS = json.loads((Path(__file__).parent / "demonstration.json").read_text(encoding="utf-8"))

Found = list[tuple[list[str], frozenset[str]]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    config = Config(engine=EngineConfig(processes=1)).with_index(tmp_path_factory.mktemp("relevance") / "index")
    with open_archive(config) as opened:
        opened.build([ARTICLES])
        yield opened


@pytest.fixture(scope="module")
def found(archive: Archive) -> Found:
    """Of each question the hits, best first, and the answers."""
    rows = []
    for each in QUESTIONS:
        hits = archive.search(SearchRequest(each["question"], size=100, facets=(), snippets=False)).hits
        rows.append(([hit.id for hit in hits], frozenset(each["answers"])))
    return rows


def test_the_answers_are_in_the_archive(archive: Archive) -> None:
    assert len(QUESTIONS) == 30
    for each in QUESTIONS:
        assert each["answers"]
        assert None not in archive.engine.get(each["answers"])


def test_the_first_ten(found: Found) -> None:
    assert fmean(ndcg(hits, answers) for hits, answers in found) >= 0.94


def test_all_answers(found: Found) -> None:
    assert fmean(average_precision(hits, answers) for hits, answers in found) >= 0.91


def test_the_first_hit_of_most_questions_is_an_answer(found: Found) -> None:
    assert sum(bool(answers.intersection(hits[:1])) for hits, answers in found) >= 26
