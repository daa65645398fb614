"""Machine translations on the command line: carried through files and back, searched, shown, left out."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from indexer.article import Article, Translation
from indexer.interchange import to_record
from tests.cli.conftest import Indexer
from tests.engines.corpus import article

MADE = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
TRANSLATION = Translation(
    "en", "The ministers visit Kyiv", "In short", "The war goes on.\n\nThe soldiers wait.", "apertium", "3.8.3", MADE
)
SPANISH = article(
    "es-1", "Los ministros visitan Kiev", "La guerra sigue.\n\nEsperan.", "2026-11-30", "EFE", language="es"
)
ENGLISH = article("en-1", "Rain in Kyiv", "The war goes on in the rain.", "2026-11-28", "BBC")
ARTICLES = (SPANISH.with_hash().with_translation(TRANSLATION), ENGLISH.with_hash())


@pytest.fixture
def built(indexer: Indexer, tmp_path: Path) -> Path:
    """An index of articles that came as a file of ours."""
    file = tmp_path / "all.jsonl"
    file.write_bytes(b"".join(orjson.dumps(to_record(each)) + b"\n" for each in ARTICLES))
    directory = tmp_path / "index"
    assert indexer("build", file, "--index", directory).code == 0
    return directory


def held(indexer: Indexer, directory: Path) -> Article:
    return Article.from_dict(indexer("show", "es-1", "--json", "--index", directory).json)


def test_a_translation_comes_with_the_file_of_an_export(indexer: Indexer, built: Path) -> None:
    assert held(indexer, built).translation == TRANSLATION
    found = indexer("search", "soldiers", "--json", "--index", built).json
    assert [hit["id"] for hit in found["hits"]] == ["es-1"]
    assert found["hits"][0]["translation"]["engine"] == "apertium"


@pytest.mark.parametrize("form", ["jsonl", "warc"])
def test_an_exported_archive_is_built_again_with_its_translations(
    indexer: Indexer, built: Path, tmp_path: Path, form: str
) -> None:
    file, again = tmp_path / f"copy.{form}", tmp_path / "again"
    assert indexer("export", "--format", form, "--output", file, "--index", built).code == 0
    assert indexer("build", file, "--index", again).code == 0
    assert held(indexer, again).translation == TRANSLATION
    assert indexer("search", "ministers", "--json", "--index", again).json["total"] == 1


def test_the_same_file_again_changes_nothing(indexer: Indexer, built: Path, tmp_path: Path) -> None:
    before = indexer("stats", "--json", "--index", built).json["generation"]
    assert "2 unchanged" in indexer("build", tmp_path / "all.jsonl", "--index", built).out
    assert indexer("stats", "--json", "--index", built).json["generation"] == before
    assert held(indexer, built).translation == TRANSLATION


def test_a_rebuilt_and_an_optimized_index_keeps_translations(indexer: Indexer, built: Path) -> None:
    assert indexer("rebuild", "--index", built).code == 0
    assert indexer("optimize", "--index", built).code == 0
    assert indexer("check", "--index", built).code == 0
    assert held(indexer, built).translation == TRANSLATION
    assert indexer("search", "soldier", "--json", "--index", built).json["total"] == 1


def test_a_record_that_was_edited_comes_without(indexer: Indexer, tmp_path: Path) -> None:
    record = to_record(ARTICLES[0]) | {"title": "Otro titular"}
    file = tmp_path / "edited.jsonl"
    file.write_bytes(orjson.dumps(record))
    assert indexer("build", file, "--index", tmp_path / "edited").code == 0
    found = held(indexer, tmp_path / "edited")
    assert (found.title, found.translation, dict(found.extra)) == ("Otro titular", None, {})


def test_switched_off_it_is_neither_searched_nor_shown(indexer: Indexer, built: Path) -> None:
    off = ("--translation", "off", "--index", built)
    assert indexer("search", "soldiers", "--json", *off).json["total"] == 0
    assert "apertium" not in indexer("search", "guerra", *off).out
    exported = indexer("export", *off).out
    assert 'translation":' not in exported
    assert "Los ministros" in exported


def test_a_hit_of_the_translation_is_printed_in_it(indexer: Indexer, built: Path) -> None:
    out = indexer("search", "soldiers", "--index", built).out
    assert "The ministers visit Kyiv" in out
    assert "Los ministros visitan Kiev" in out
    assert "translated by apertium" in out


def test_the_translation_of_an_article_is_printed(indexer: Indexer, built: Path) -> None:
    out = indexer("show", "es-1", "--translation", "--index", built).out
    assert out.startswith("The ministers visit Kyiv")
    assert "La guerra" not in out
    plain = indexer("show", "es-1", "--index", built).out
    assert plain.startswith("Los ministros visitan Kiev")
    assert "into en by apertium 3.8.3, 2026-12-01 09:30:00 UTC" in plain
    missing = indexer("show", "en-1", "--translation", "--index", built)
    assert missing.code != 0
    assert "No machine has translated article 'en-1'." in missing.err


def test_a_table_has_both_texts(indexer: Indexer, built: Path) -> None:
    rows = {
        row["id"]: row
        for row in csv.DictReader(io.StringIO(indexer("export", "--format", "csv", "--index", built).out))
    }
    assert rows["es-1"]["translation_language"] == "en"
    assert rows["es-1"]["translation_engine"] == "apertium"
    assert rows["es-1"]["translation_title"] == "The ministers visit Kyiv"
    assert rows["es-1"]["translation_summary"] == "In short"
    assert rows["es-1"]["translation_body"] == TRANSLATION.body
    assert {rows["en-1"][name] for name in rows["en-1"] if name.startswith("translation_")} == {""}


def test_a_table_read_back_has_nothing_left_over(indexer: Indexer, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    assert indexer("export", "--format", "csv", "--output", file, "--index", built).code == 0
    assert indexer("build", file, "--index", tmp_path / "again").code == 0
    assert "translation" not in str(dict(held(indexer, tmp_path / "again").extra))
