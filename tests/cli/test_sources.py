"""`indexer sources`, and what other commands say of the sources that the configuration knows."""

from pathlib import Path

import pytest

from tests.cli.conftest import Indexer

SOURCES = """
[entities]
enabled = false
[engine]
processes = 1
[[sources]]
name = "SANA"
other_names = ["sena"]
country = "SY"
language = "en"
translated_from = "ar"
site = "https://sana.sy/"
collections = ["wire agencies", "Levant"]
licence = "Agency text, for reading only"
[[sources]]
name = "Bote"
"""
LINES = """{"id": "1", "title": "Ferries", "body": "Sails.", "source": "sena", "lang": "en", "date": "2021-10-14"}
{"id": "2", "title": "Quay", "body": "A quay is built.", "source": "SANA", "lang": "en", "date": "2021-10-16"}
{"id": "3", "title": "Tide", "body": "High water.", "source": "Courier"}
{"id": "4", "title": "Visit", "body": "A visit.", "source": "SANA", "lang": "en", "original_url": "https://wire.example/ar/1"}
{"url": "http://www.wire.example/ar/1/", "title": "زيارة", "body": "زيارة الوزير.", "source": "SANA"}
"""


@pytest.fixture
def place(tmp_path: Path, indexer: Indexer) -> list[str]:
    """What names an archive that was built before its configuration knew any source."""
    config = tmp_path / "config.toml"
    config.write_text(f'[archive]\nindex = "index"\n{SOURCES.partition("[[sources]]")[0]}', encoding="utf-8")
    (tmp_path / "news.jsonl").write_text(LINES, encoding="utf-8")
    assert indexer("build", tmp_path / "news.jsonl", "--config", config).code == 0
    config.write_text(f'[archive]\nindex = "index"\n{SOURCES}', encoding="utf-8")
    return ["--config", str(config)]


def test_what_an_archive_built_before_says_until_it_is_rebuilt(
    place: list[str], tmp_path: Path, indexer: Indexer
) -> None:
    advice = "Names or collections of sources have changed since articles came: indexer rebuild files these anew."
    assert advice in indexer("stats", *place).out
    built = indexer("build", tmp_path / "news.jsonl", *place).out
    assert "5 unchanged" in built
    assert advice in built
    assert indexer("stats", "--json", *place).json["outdated"] is True
    assert indexer("rebuild", *place).code == 0
    assert advice not in indexer("stats", *place).out
    assert advice not in indexer("build", tmp_path / "news.jsonl", *place).out


def test_the_list_of_sources(place: list[str], indexer: Indexer) -> None:
    indexer("rebuild", *place)
    assert [" ".join(line.split()) for line in indexer("sources", *place).out.splitlines() if line.strip(" ─")] == [
        "source country language collections articles first last",
        "SANA SY en from ar wire agencies; Levant 4 2021-10-14 2021-10-16",
        "Bote 0",
        "1 source without an entry: Courier 1",
    ]
    found = indexer("sources", "--json", *place).json
    assert found["sources"][0] == {
        "name": "SANA",
        "other_names": ["sena"],
        "country": "SY",
        "language": "en",
        "translated_from": "ar",
        "site": "https://sana.sy/",
        "collections": ["wire agencies", "Levant"],
        "licence": "Agency text, for reading only",
        "articles": 4,
        "first_day": "2021-10-14",
        "last_day": "2021-10-16",
    }
    assert (found["unlisted"], found["outdated"]) == ([{"name": "Courier", "articles": 1}], False)


def test_stats_list_sources_without_an_entry_where_there_are_entries(
    place: list[str], indexer: Indexer, tmp_path: Path
) -> None:
    assert "1 source without an entry: Courier 1" in indexer("stats", *place).out
    Path(place[1]).write_text('[archive]\nindex = "index"\n', encoding="utf-8")
    assert "without an entry" not in indexer("stats", *place).out
    assert "unlisted" not in indexer("stats", "--json", *place).json
    assert indexer("sources", *place).out == "The configuration has no [[sources]].\n"


def test_collections_narrow_a_search_and_stand_in_what_is_shown_and_exported(
    place: list[str], indexer: Indexer, tmp_path: Path
) -> None:
    indexer("rebuild", *place)
    found = indexer("search", "--collection", "levant", "--facets", "collection", "--json", *place).json
    assert found["total"] == 4
    assert [(each["value"], each["count"]) for each in found["facets"]["collection"]["buckets"]] == [
        ("Levant", 4),
        ("wire agencies", 4),
    ]
    assert indexer("search", "--not-collection", "levant", "--json", *place).json["total"] == 1
    assert "collection    wire agencies; Levant" in indexer("show", "2", *place).out
    indexer("export", "--format", "csv", "--output", tmp_path / "out.csv", *place)
    head = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[0]
    assert ",author,topic,collection,person," in head


def test_the_profile_of_a_source_says_what_is_known_of_it(place: list[str], indexer: Indexer) -> None:
    indexer("rebuild", *place)
    assert indexer("profile", "source", "SENA", *place).out.splitlines()[:9] == [
        "SANA",
        "source · 4 articles",
        "also named sena",
        "country SY",
        "language en",
        "translates from ar",
        "site https://sana.sy/",
        "collections wire agencies; Levant",
        "licence Agency text, for reading only",
    ]
    assert indexer("profile", "source", "Courier", "--json", *place).json["source"] is None


def test_an_article_in_other_languages(place: list[str], indexer: Indexer) -> None:
    indexer("rebuild", *place)
    original = "https://wire.example/ar/1"
    assert indexer("show", "4", "--translations", "--json", *place).json["original"]["id"] == original
    assert indexer("show", "4", "--translations", *place).out.splitlines()[0] == "The original"
    assert indexer("show", original, "--translations", *place).out.splitlines()[0] == "1 translation"
