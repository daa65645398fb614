"""`indexer dossier`: what it writes, what it says, and what it refuses."""

import json
import zipfile
from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.cli.dossier import LANGUAGES
from indexer.config import Config, EngineConfig
from tests.cli.conftest import Indexer
from tests.engines.corpus import article
from webui.i18n import INTERFACE_LANGUAGES


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles."""
    place = tmp_path_factory.mktemp("cli") / "index"
    with open_archive(Config(engine=EngineConfig(processes=1)).with_index(place)) as archive:
        archive.add([
            article("a", "Oil", "oil one", "2021-10-14", "SANA"),
            article("b", "Oil", "two of oil", "2022", "TASS", language="ar"),
            article("c", "Sand", "sand", "2020", "TASS"),
        ])  # fmt: skip
    return place


def ids(place: Path) -> list[str]:
    return [each["id"] for each in json.loads((place / "dossier.json").read_text())["articles"]]


def test_a_search_becomes_a_folder(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    outcome = indexer("dossier", "oil", "--index", index, "--out", tmp_path / "oil", "--sort", "newest")
    assert outcome.code == 0
    assert ids(tmp_path / "oil") == ["b", "a"]
    said = outcome.err.splitlines()
    assert said[0] == f"2 articles in 28 files written to {tmp_path / 'oil'}. Open {tmp_path / 'oil' / 'index.html'}"
    assert said[1].startswith("SHA-256 of MANIFEST.txt: ")
    assert len(said[1].split()[-1]) == 64


def test_it_takes_the_filters_of_a_search(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    for name, options, found in (
        ("source", ("--source", "TASS"), ["b", "c"]),
        ("language", ("--language", "ar"), ["b"]),
        ("dates", ("--from", "2021", "--to", "2021"), ["a"]),
        ("not", ("oil", "--not-source", "TASS"), ["a"]),
    ):
        assert indexer("dossier", *options, "--index", index, "--out", tmp_path / name).code == 0
        assert ids(tmp_path / name) == found


def test_it_becomes_one_file_that_is_replaced_when_asked(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    command = ("dossier", "oil", "--index", index, "--zip", "--out", tmp_path / "oil.zip")
    assert indexer(*command).code == 0
    assert zipfile.is_zipfile(tmp_path / "oil.zip")
    refused = indexer(*command)
    assert (refused.code, "Replace it with --force" in refused.err) == (2, True)
    answer = indexer(*command, "--force", "--json")
    assert answer.code == 0
    assert (answer.json["held"], answer.json["total"], answer.json["generation"]) == (2, 2, 1)


def test_a_limit_is_never_silent(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    outcome = indexer("dossier", "oil", "--index", index, "--limit", "1", "--out", tmp_path / "oil")
    assert "The search finds 2 articles; the dossier holds the first 1 in its order. For more: --limit" in outcome.err
    assert len(ids(tmp_path / "oil")) == 1


def test_it_is_written_in_the_languages_of_the_site(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    assert tuple(INTERFACE_LANGUAGES) == LANGUAGES
    assert indexer("dossier", "oil", "--index", index, "--ui", "ar", "--out", tmp_path / "oil").code == 0
    assert '<html lang="ar" dir="rtl">' in (tmp_path / "oil/index.html").read_text()
    assert indexer("dossier", "oil", "--index", index, "--ui", "tlh", "--out", tmp_path / "no").code == 2


def test_the_default_limit_is_that_of_programs() -> None:
    from indexer.cli.dossier import dossier
    from webui.dossier import LIMIT

    assert next(option.default for option in dossier.params if option.name == "limit") == LIMIT


def test_what_cannot_be_written_is_said_without_a_traceback(indexer: Indexer, index: Path, tmp_path: Path) -> None:
    nowhere = indexer("dossier", "oil", "--index", index, "--out", tmp_path / "no" / "such" / "folder")
    assert (nowhere.code, "There is no folder" in nowhere.err) == (2, True)
    (tmp_path / "file").write_text("mine")
    taken = indexer("dossier", "oil", "--index", index, "--out", tmp_path / "file", "--force")
    assert (taken.code, "is there already and no dossier" in taken.err) == (2, True)
    assert (tmp_path / "file").read_text() == "mine"
    assert indexer("dossier", "oil", "--index", index).code == 2
