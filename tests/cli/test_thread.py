"""`indexer thread`: the story of an article as text and as JSON."""

from pathlib import Path

import pytest

from indexer import Config, open_archive
from indexer.config import EngineConfig, EntitiesConfig
from tests.cli.conftest import Indexer
from tests.engines.test_contract_threads import ARTICLES


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("thread") / "index"
    config = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))
    with open_archive(place, config=config) as archive:
        archive.add(ARTICLES)
    return place


def test_a_thread_is_listed_with_its_words(
    indexer: Indexer, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = indexer("thread", "m3", "--index", index).out.splitlines()
    assert lines[0] == "A story of 3 articles"
    assert lines[2:5] == [
        "Ship aground in the Karvel canal",
        "2021-03-23T08:00:00Z · Wire · m1",
        "because of: canal, Karvel, Meridiana, aground",
    ]
    record = indexer("thread", "m3", "--json", "--index", index).json
    assert [each["id"] for each in record["later"]] == ["m4"]
    none = indexer("thread", "s1", "--index", index)
    assert (none.code, none.out) == (0, "Nothing in the days around it is linked to this article.\n")
    assert indexer("thread", "none", "--index", index).code != 0
