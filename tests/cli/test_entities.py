"""Looking at entities and correcting them from the command line."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indexer import Article, Config, Entity, Mention, open_archive
from indexer.config import EngineConfig, EntitiesConfig
from tests.cli.conftest import Indexer


def _article(id: str, body: str, *entities: tuple[str, str, str]) -> Article:
    found = []
    for kind, name, spelled in entities:
        start = body.index(spelled)
        variants = (spelled,) if spelled != name else ()
        found.append(Entity(kind, name, (Mention(start, start + len(spelled)),), True, variants))  # type: ignore[arg-type]
    return Article(id, id.title(), body=body, language="en", entities=tuple(found)).with_hash()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    place = tmp_path / "index"
    config = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))
    with open_archive(place, config=config) as archive:
        archive.add(
            [
                _article("one", "Vladimir Putin spoke in Rome.", ("person", "Vladimir Putin", "Vladimir Putin")),
                _article("two", "So did Putin, again.", ("person", "Vladimir Putin", "Putin")),
                _article("three", "V. Putin was there.", ("person", "V. Putin", "V. Putin")),
                _article("four", "Press Read More here.", ("organisation", "Read More", "Read More")),
            ]
        )
    return place


def test_list(indexer: Indexer, index: Path) -> None:
    outcome = indexer("entities", "list", "person", "--index", index)
    assert (outcome.code, outcome.out, outcome.err) == (0, "2  Vladimir Putin\n1  V. Putin\n", "")
    assert indexer("entities", "list", "org", "--index", index).out == "1  Read More\n"
    assert indexer("entities", "list", "person", "--index", index, "--size", "1").out == (
        "2  Vladimir Putin\n1 more: --offset 1, or --contains\n"
    )
    assert indexer("entities", "list", "person", "--index", index, "--contains", "v.", "--json").json == {
        "kind": "person",
        "total": 1,
        "values": [{"value": "V. Putin", "count": 1, "selected": False}],
    }


def test_explain(indexer: Indexer, index: Path) -> None:
    outcome = indexer("entities", "explain", "person", "Vladimir Putin", "--index", index)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[:4] == [
        "shown as  person Vladimir Putin",
        "named in  2 articles",
        "spelled   Vladimir Putin  (2 articles)",
        "spelled   Putin  (1 article)",
    ]
    assert "  So did Putin, again.\n  two\n" in outcome.out
    answer = indexer("entities", "explain", "person", "V. Putin", "--index", index, "--json").json
    assert (answer["articles"], answer["rules"], answer["spellings"]) == (1, [], {"V. Putin": 1})
    assert answer["examples"] == [{"id": "three", "text": "V. Putin was there."}]


def test_explain_follows_a_spelling_to_the_name_shown(indexer: Indexer, index: Path) -> None:
    with open_archive(index, config=Config(entities=EntitiesConfig(enabled=False))) as archive:
        archive.add([_article("five", "Vladímir Putin sang.", ("person", "Vladímir Putin", "Vladímir Putin"))])
    answer = indexer("entities", "explain", "person", "Vladímir Putin", "--index", index, "--json").json
    assert (answer["shown"], answer["articles"]) == ({"kind": "person", "name": "Vladimir Putin"}, 3)
    assert answer["spellings"] == {"Vladimir Putin": 3, "Putin": 1, "Vladímir Putin": 1}


def test_list_all_counts_names_in_passing(indexer: Indexer, index: Path) -> None:
    body = "A long day ended. Anna Ruiz left."
    passing = Entity("person", "Anna Ruiz", (Mention(18, 27),))
    with open_archive(index, config=Config(entities=EntitiesConfig(enabled=False))) as archive:
        archive.add([Article("six", "Six", body=body, language="en", entities=(passing,)).with_hash()])
    assert "Anna Ruiz" not in indexer("entities", "list", "person", "--index", index).out
    assert "1  Anna Ruiz" in indexer("entities", "list", "person", "--all", "--index", index).out
    counted = indexer("search", "--all", "--person", "Anna Ruiz", "--index", index, "--json").json
    assert counted["total"] == 1
    assert indexer("search", "--person", "Anna Ruiz", "--index", index, "--json").json["total"] == 0


def test_explain_of_nobody(indexer: Indexer, index: Path) -> None:
    outcome = indexer("entities", "explain", "person", "Nobody", "--index", index)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "Error: No article names the person 'Nobody'. Look for it: indexer entities list person --contains TEXT\n"
    )


def test_suggest_comes_with_the_command(indexer: Indexer, index: Path) -> None:
    outcome = indexer("entities", "suggest", "--index", index)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "1 suggestion\n"
        "\n"
        "V. Putin (1)  may be  Vladimir Putin (2): same family name, initial or longer name\n"
        f"  indexer entities merge person 'V. Putin' 'Vladimir Putin' --index {index}\n"
    )
    answer = indexer("entities", "suggest", "--index", index, "--kind", "person", "--json").json
    assert (answer["total"], answer["suggestions"][0]["into"]) == (1, "Vladimir Putin")


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        (["merge", "person", "V. Putin", "Vladimir Putin"], {"merge": {"person": {"V. Putin": "Vladimir Putin"}}}),
        (["rename", "person", "V. Putin", "Someone"], {"rename": {"person": {"V. Putin": "Someone"}}}),
        (["ignore", "org", "Read More"], {"ignore": {"organisation": {"Read More": True}}}),
        (["retype", "org", "Read More", "place"], {"retype": {"organisation": {"Read More": "place"}}}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_corrections_are_lines_that_can_be_undone(
    indexer: Indexer, index: Path, arguments: list[str], rules: dict[str, Any]
) -> None:
    outcome = indexer("entities", *arguments, "--comment", "why", "--index", index)
    assert (outcome.code, outcome.err) == (0, "")
    text = (index / "entities.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == rules
    assert "# why" in text
    assert "entities.toml line " in indexer("entities", "explain", *arguments[1:3], "--index", index).out
    assert indexer("entities", "undo", *arguments[1:3], "--index", index).code == 0
    assert indexer("entities", "undo", *arguments[1:3], "--index", index).code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["merge", "person", "V. Putin", "V. Putin"], "changes nothing"),
        (["merge", "person", "Nobody", "Vladimir Putin"], "Error: No article names the person 'Nobody'. Look for it: "),
        (["rename", "person", "Nobody", "Somebody"], "No article names the person 'Nobody'."),
        (["ignore", "place", "Vladimir Putin"], "No article names the place 'Vladimir Putin'."),
        (["retype", "organisation", "Nobody", "person"], "Or add --force, if articles to come have it."),
        (["merge", "animal", "A", "B"], "'animal' is not one of"),
        (["retype", "person", "A", "person"], ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_corrections_that_cannot_be_meant(indexer: Indexer, index: Path, arguments: list[str], message: str) -> None:
    outcome = indexer("entities", *arguments, "--index", index)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert not (index / "entities.toml").exists()


def test_a_rule_for_articles_to_come_must_be_asked_for(indexer: Indexer, index: Path) -> None:
    outcome = indexer("entities", "merge", "person", "Nobody", "Vladimir Putin", "--force", "--index", index)
    assert (outcome.code, outcome.err) == (0, "")
    # What a rule speaks of is known.
    assert indexer("entities", "ignore", "person", "Nobody", "--index", index).code == 0


def test_merging_into_a_new_name_says_that_it_is_one(indexer: Indexer, index: Path) -> None:
    outcome = indexer("entities", "merge", "person", "V. Putin", "The President", "--index", index)
    assert outcome.out == f"person V. Putin is now shown as The President ({index / 'entities.toml'})\n"
    assert outcome.err == "No article names the person 'The President' itself: it is a new name.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["merge", "person", "V. Putin", "Vladimir Putin"],
        ["rename", "person", "V. Putin", "Putin"],
        ["ignore", "organisation", "Read More"],
        ["retype", "organisation", "Read More", "person"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_rules_as_json(indexer: Indexer, index: Path, arguments: list[str]) -> None:
    action, kind, name = arguments[:3]
    where = str(index / "entities.toml")
    found = indexer("entities", *arguments, "--json", "--index", index).json
    (rule,) = found.pop("rules")
    assert rule.startswith(f"{action} {kind} {name}")
    assert found == {"kind": kind, "name": name, "file": where}
    undone = indexer("entities", "undo", kind, name, "--json", "--index", index).json
    assert undone == {"kind": kind, "name": name, "rules": [], "file": where}


def test_a_short_name_is_explained_and_kept_apart(
    indexer: Indexer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    config = Config(entities=EntitiesConfig(enabled=False), engine=EngineConfig(processes=1))
    names = [*["Barack Obama"] * 5, "Obama"]
    with open_archive(index, config=config) as archive:
        archive.add([_article(f"n{at}", f"{name} came.", ("person", name, name)) for at, name in enumerate(names)])
    asked = ("--index", index)
    assert indexer("entities", "list", "person", *asked).out == "6  Barack Obama\n"
    lines = indexer("entities", "explain", "person", "Obama", *asked).out.splitlines()
    assert lines[:3] == ["shown as  person Barack Obama", "named in  6 articles", "short     Obama  (1 article)"]
    assert "1 article named only as Obama" in indexer("profile", "person", "Obama", *asked).out
    assert "Barack Obama (named only as Obama)" in indexer("show", "n5", *asked).out
    assert indexer("show", "n5", *asked, "--json").json["entities"][0]["short"] == "Obama"
    outcome = indexer("entities", "keep", "person", "Obama", *asked, "--comment", "her, mostly")
    assert (outcome.code, outcome.out) == (0, f"person Obama is now shown by itself ({index / 'entities.toml'})\n")
    assert tomllib.loads((index / "entities.toml").read_text()) == {"keep": {"person": {"Obama": True}}}
    assert indexer("entities", "list", "person", *asked).out == "5  Barack Obama\n1  Obama\n"
    assert indexer("entities", "explain", "person", "Obama", *asked).out.splitlines()[:3] == [
        "rule      keep person Obama  (entities.toml line 4: her, mostly)",
        "shown as  person Obama",
        "named in  1 article",
    ]
    assert indexer("entities", "undo", "person", "Obama", *asked).code == 0
    assert indexer("entities", "list", "person", *asked).out == "6  Barack Obama\n"
    monkeypatch.setenv("BROADSHEET_ENTITIES__JOIN_FAMILY_NAMES", "false")
    assert indexer("entities", "list", "person", *asked).out == "5  Barack Obama\n1  Obama\n"
