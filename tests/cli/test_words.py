"""`indexer words`: as text and as JSON, and how it ends."""

from pathlib import Path

import pytest

from indexer import Config, open_archive
from indexer.config import EngineConfig, EntitiesConfig
from tests.cli.conftest import Indexer
from tests.engines.test_contract_significance import ARTICLES

CONFIG = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("words") / "index"
    with open_archive(place, config=CONFIG) as archive:
        archive.add(ARTICLES)
    return place


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A current directory without a configuration."""
    monkeypatch.chdir(tmp_path)


def test_words_stand_in_lines_with_their_shares(indexer: Indexer, index: Path) -> None:
    outcome = indexer("words", "strike", "--limit", "2", "--index", index)
    assert (outcome.code, outcome.out.splitlines()) == (
        0,
        [
            "6 articles, beside 26 other articles",
            "person  Heike Petersen  6  100% of these, 0.0% of the rest",
            "word    crane           6  100% of these, 0.0% of the rest",
        ],
    )


def test_filters_narrow_what_is_looked_at(indexer: Indexer, index: Path) -> None:
    record = indexer("words", "strike", "--to", "2021-10-10", "--limit", "1", "--json", "--index", index).json
    assert (record["total"], record["foreground"], record["background"]) == (3, 3, 29)
    assert [(term["text"], term["count"]) for term in record["terms"]] == [("Heike Petersen", 3)]


def test_a_misspelt_search_is_counted_as_corrected(indexer: Indexer, index: Path) -> None:
    outcome = indexer("words", "strikke", "--limit", "1", "--index", index)
    assert outcome.out.splitlines()[0] == "Nothing has these words; counted for strike."


def test_where_nothing_is_said_more_it_says_so(indexer: Indexer, index: Path) -> None:
    outcome = indexer("words", "--index", index)
    assert (outcome.code, outcome.out.splitlines()) == (
        0,
        ["32 articles, beside 0 other articles", "Nothing is said much more in these articles than in the others."],
    )


def test_a_limit_out_of_range_is_refused(indexer: Indexer, index: Path) -> None:
    outcome = indexer("words", "strike", "--limit", "101", "--index", index)
    assert outcome.code == 2
    assert "101" in outcome.err
