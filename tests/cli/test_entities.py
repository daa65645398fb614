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


def test_add_gives_a_name_to_the_articles_of_a_query(indexer: Indexer, index: Path) -> None:
    typed = ["entities", "add", "person", "Ana Ruiz", "putin -again", "--comment", "she wrote them", "--index", index]
    outcome = indexer(*typed)
    file = index / "entities.toml"
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"person Ana Ruiz is now added to 2 articles that putin -again finds ({file})\n"
    assert file.read_text(encoding="utf-8").splitlines()[2:] == [
        "[add]",
        'person."Ana Ruiz" = "putin -again"  # she wrote them',
    ]
    assert indexer("entities", "list", "person", "--index", index).out == (
        "2  Ana Ruiz\n2  Vladimir Putin\n1  V. Putin\n"
    )
    shown = indexer("show", "three", "--index", index)
    assert "person        V. Putin; Ana Ruiz (added by a correction: she wrote them)" in shown.out
    record = indexer("show", "three", "--json", "--index", index).json
    assert record["entities"][1] == {
        "kind": "person",
        "name": "Ana Ruiz",
        "mentions": [],
        "given": False,
        "variants": [],
        "added": {"query": "putin -again", "comment": "she wrote them"},
    }
    explained = indexer("entities", "explain", "person", "Ana Ruiz", "--index", index).out
    assert "rule      add person Ana Ruiz to putin -again  (entities.toml line 4: she wrote them)\n" in explained
    undone = indexer("entities", "undo", "person", "Ana Ruiz", "--index", index)
    assert undone.out == (
        f"removed: add person Ana Ruiz to putin -again\nperson Ana Ruiz has no rule any more ({file})\n"
    )
    assert indexer("search", "--person", "Ana Ruiz", "--index", index, "--json").json["total"] == 0


def test_an_added_name_is_written_as_the_archive_shows_it(indexer: Indexer, index: Path) -> None:
    outcome = indexer("entities", "add", "person", "vladimír putin", "press", "--index", index)
    assert outcome.out == (
        f"person Vladimir Putin is now added to 1 article that press finds ({index / 'entities.toml'})\n"
    )
    assert indexer("entities", "list", "person", "--index", index).out == "3  Vladimir Putin\n1  V. Putin\n"


def test_split_shows_a_name_under_others(indexer: Indexer, index: Path) -> None:
    parts = ["--into", "Putin in Rome", "rome", "--into", "Putin again", "again OR rome"]
    outcome = indexer("entities", "split", "person", "Vladimir Putin", *parts, "--index", index)
    file = index / "entities.toml"
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        f"person Vladimir Putin is now split into Putin in Rome (1 article), Putin again (2 articles) ({file})\n"
    )
    assert file.read_text(encoding="utf-8").splitlines()[2:] == [
        "[split]",
        'person."Vladimir Putin" = { "Putin in Rome" = "rome", "Putin again" = "again OR rome" }',
    ]
    assert indexer("entities", "list", "person", "--index", index).out == (
        "1  Putin again\n1  Putin in Rome\n1  V. Putin\n"
    )
    explained = indexer("entities", "explain", "person", "Putin again", "--index", index).out
    assert explained.startswith("rule      split person Vladimir Putin -> Putin in Rome = rome; Putin again = again OR")
    # A name may be added and split; each can be undone alone.
    added = indexer("entities", "add", "person", "Vladimir Putin", "press", "--index", index)
    assert added.code == 0
    assert indexer("entities", "undo", "person", "Vladimir Putin", "--rule", "split", "--index", index).code == 0
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {
        "add": {"person": {"Vladimir Putin": "press"}},
        "split": {},
    }


def test_sources_are_merged_and_renamed(indexer: Indexer, tmp_path: Path) -> None:
    place = tmp_path / "sources"
    with open_archive(place, config=Config(entities=EntitiesConfig(enabled=False))) as archive:
        archive.add([Article(name, source=name).with_hash() for name in ("sena", "SANA", "AP")])
    merged = indexer("entities", "merge", "source", "sena", "SANA", "--index", place)
    assert merged.out == f"source sena is now shown as SANA ({place / 'entities.toml'})\n"
    assert indexer("facet", "source", "--index", place).out == "2  SANA\n1  AP\n"
    profile = indexer("profile", "source", "sena", "--index", place).out.splitlines()
    assert profile[:3] == ["SANA", "source · 2 articles", "corrected by merge source sena -> source SANA"]
    unknown = indexer("entities", "merge", "source", "sanna", "AP", "--index", place)
    assert unknown.err == (
        "Error: No article is of the source 'sanna'. The nearest: SANA (2 articles). "
        "Or add --force, if articles to come have it.\n"
    )
    assert indexer("entities", "ignore", "source", "AP", "--index", place).code == 2
    assert indexer("entities", "undo", "source", "sena", "--index", place).code == 0


def test_an_unknown_name_is_refused_with_the_nearest(indexer: Indexer, index: Path) -> None:
    outcome = indexer("entities", "merge", "person", "Vladimir Puttin", "V. Putin", "--index", index)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "Error: No article names the person 'Vladimir Puttin'. The nearest: Vladimir Putin (2 articles). "
        "Or add --force, if articles to come have it.\n"
    )
    outcome = indexer("entities", "ignore", "person", "Ludmila Putin", "--index", index)
    assert "The nearest: Vladimir Putin (2 articles), V. Putin (1 article). Or add" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "person", "A B", "nowhere"], "Error: No article fits 'nowhere', so that nothing would have the name."),
        (["add", "person", "A B", '"putin', "--force"], "A quotation mark is not closed"),
        (["add", "person", "A B", "*"], "finds every article"),
        (["split", "person", "V. Putin"], "Missing option '--into'"),
        (["split", "person", "V. Putin", "--into", "A", "rome"], "No article of 'V. Putin' fits 'rome', the query of"),
        (["split", "person", "V. Putin", "--into", "V. Putin", "there"], "changes nothing"),
        (["split", "person", "Nobody", "--into", "A", "rome"], "No article names the person 'Nobody'."),
        (["split", "person", "V. Putin", "--into", "A", "there", "--into", "A", "was"], "Two parts have one name"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_queries_that_cannot_be_meant(indexer: Indexer, index: Path, arguments: list[str], message: str) -> None:
    outcome = indexer("entities", *arguments, "--index", index)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert not (index / "entities.toml").exists()


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
