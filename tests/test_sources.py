"""Sources as the configuration has them: what a table may say, and which source an article is of."""

from pathlib import Path
from typing import Any

import pytest

from indexer.config import load_config
from indexer.errors import ConfigError
from indexer.sources import Catalogue, Source, read

SANA = Source("SANA", other_names=("sena", "Syrian Arab News Agency"), site="https://www.sana.sy/")
ENGLISH = Source("SANA English", site="https://sana.sy/en")
TASS = Source("TASS", folders=("/srv/tass",))
KNOWN = Catalogue((SANA, ENGLISH, TASS))


def test_a_table_is_a_source_with_what_it_leaves_open_at_its_default() -> None:
    table = {"name": " SANA ", "other_names": ["sena"], "collections": ["wire agencies"], "country": "SY"}
    assert read([table], "x") == (Source("SANA", other_names=("sena",), collections=("wire agencies",), country="SY"),)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ([{"nam": "A"}], "x: [[sources]] number 1: unknown key 'nam'. Perhaps you meant 'name'?"),
        ([{"name": "A", "collection": []}], "x: [[sources]] A: unknown key 'collection'. Perhaps you meant 'coll"),
        ([{"name": "A", "zz": 1}], "x: [[sources]] A: unknown key 'zz'. Known: name, other_names,"),
        ([{"name": " "}], "x: [[sources]]  : every source has a name"),
        ([{"name": "A", "collections": "wires"}], "x: [[sources]] A: collections: wants a list of strings"),
        ([{"name": "A", "language": "English"}], "x: [[sources]] A: language: 'English' is not a language code."),
        ([{"name": "A", "translated_from": "RU"}], "x: [[sources]] A: translated_from: 'RU' is not a language code."),
        ([{"name": "A", "country": "Syria"}], "x: [[sources]] A: country: 'Syria' is not a country code."),
        ([{"name": "A", "site": "sana.sy"}], "x: [[sources]] A: site: 'sana.sy' is not an address of the web."),
        ([{"name": "A", "feeds": ["file:///etc/passwd"]}], "x: [[sources]] A: feeds: 'file:///etc/passwd' is not"),
        ([{"name": "A", "sitemaps": ["https:///x"]}], "x: [[sources]] A: sitemaps: 'https:///x' is not an address"),
        ([{"name": "A", "collections": [""]}], "x: [[sources]] A: collections: one of them is empty."),
        ([{"name": "A", "every_minutes": 0}], "x: [[sources]] A: every_minutes is 0; it must lie between 1 and 43200."),
        ([{"name": "A"}, {"name": "a "}], "x: [[sources]] a: 'a' is a name of 'A' already."),
        ([{"name": "A"}, {"name": "B", "other_names": ["a"]}], "x: [[sources]] B: 'a' is a name of 'A' already."),
        ({"name": "A"}, "x: sources are written as tables"),
        (["A"], "x: sources are written as tables"),
    ],
)
def test_what_cannot_be_a_source_is_told_with_its_place(tables: Any, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        read(tables, "x")
    assert str(error.value).startswith(said)


@pytest.mark.parametrize(
    ("name", "address", "source"),
    [
        ("SANA", None, SANA),
        ("Sena", None, SANA),
        ("syrian  arab news agency", "https://elsewhere.example/1", SANA),
        (None, "http://sana.sy/ar/1", SANA),
        (None, "https://www.sana.sy/en/1", ENGLISH),
        (None, "https://sana.sy/english/1", SANA),
        (None, "https://archive.sana.sy/1", SANA),
        ("sana.sy", "https://www.sana.sy/en/1", ENGLISH),  # the host is no name that an article states
        ("Reuters", "https://sana.sy/en/1", None),  # it states another one
        (None, "https://notsana.sy/1", None),
        (None, "https://[", None),
        (None, None, None),
    ],
)
def test_the_source_of_an_article(name: str | None, address: str | None, source: Source | None) -> None:
    assert KNOWN.of(name, address) == source


def test_the_source_in_whose_folder_a_file_lies() -> None:
    assert KNOWN.holding("/srv/tass/2021/a.txt") == TASS
    assert KNOWN.holding("/srv/tass-old/a.txt") is None
    assert KNOWN.holding("") is None


@pytest.mark.parametrize("file", ["config.toml", "sources.toml"])
def test_folders_count_once_from_the_folder_of_a_file_that_is_named_relatively(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("conf").mkdir()
    Path("conf/config.toml").write_text("", encoding="utf-8")
    Path("conf", file).write_text('[[sources]]\nname = "SANA"\nfolders = ["in"]\n', encoding="utf-8")
    assert load_config("conf/config.toml", {}).sources == (Source("SANA", folders=(str(Path("conf/in")),)),)


def test_sources_stand_in_the_configuration_or_in_a_file_beside_it(tmp_path: Path) -> None:
    config, beside = tmp_path / "config.toml", tmp_path / "sources.toml"
    config.write_text('[[sources]]\nname = "SANA"\nfolders = ["sana"]\n', encoding="utf-8")
    assert load_config(config, {}).sources == (Source("SANA", folders=(str(tmp_path / "sana"),)),)
    beside.write_text('[[sources]]\nname = "TASS"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sources stand here and in .*sources.toml too"):
        load_config(config, {})
    config.write_text("", encoding="utf-8")
    assert load_config(config, {}).sources == (Source("TASS"),)
    beside.write_text('[source]\nname = "TASS"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sources.toml: unknown section \[source\]"):
        load_config(config, {})
