from pathlib import Path

import pytest

from indexer.article import EntityKind
from indexer.entities import corrections_file as edit
from indexer.entities.corrections import Corrections
from indexer.entities.corrections_reader import parse_corrections, read_corrections
from indexer.errors import ConfigError, UsageError

TEXT = """\
# ours
[merge]
person."Sergei Lavrov" = "Sergey Lavrov"  # one man
person."S. Lavrov" = "Sergei Lavrov"

[rename]
place."Kiev" = "Kyiv"

[ignore]
organisation."Read More" = true

[retype]
person."Interfax" = "organisation"
"""


@pytest.fixture
def corrections() -> Corrections:
    return parse_corrections(TEXT, Path("entities.toml"))


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("person", "Sergei Lavrov", ("person", "Sergey Lavrov")),
        ("person", "S. Lavrov", ("person", "Sergey Lavrov")),
        ("person", "SERGEI LAVROV", ("person", "Sergey Lavrov")),
        ("place", "Kiev", ("place", "Kyiv")),
        ("organisation", "Kiev", ("organisation", "Kiev")),
        ("organisation", "read more", None),
        ("person", "Interfax", ("organisation", "Interfax")),
        ("person", "Joe Biden", ("person", "Joe Biden")),
    ],
)
def test_apply(corrections: Corrections, kind: EntityKind, name: str, expected: tuple[EntityKind, str] | None) -> None:
    assert corrections.apply(kind, name) == expected


def test_explain_names_lines_and_comments(corrections: Corrections) -> None:
    steps = corrections.explain("person", "S. Lavrov")
    assert [(rule.line, rule.action, rule.target, rule.comment) for rule in steps] == [
        (4, "merge", ("person", "Sergei Lavrov"), ""),
        (3, "merge", ("person", "Sergey Lavrov"), "one man"),
    ]


def test_a_missing_file_corrects_nothing(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "none.toml") == Corrections()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[merg]\nperson."A" = "B"\n', "line 1: unknown section [merg]; perhaps you meant 'merge'."),
        (
            '\n[merge]\npersn."A" = "B"\n',
            "line 3: 'persn' is nothing that can be corrected; perhaps you meant 'person'.",
        ),
        ('[retype]\nperson."A" = "place "\n', "line 2: retype person 'A' wants the right kind"),
        ('[retype]\nperson."A" = "organization"\n', "perhaps you meant 'organisation'"),
        ('[ignore]\nperson."A" = "yes"\n', "line 2: ignore person 'A' wants true, not 'yes'"),
        ('[merge]\nperson."A" = 3\n', "line 2: merge person 'A' wants the name to merge into"),
        ('[merge]\nperson."A" = "B"\n[ignore]\nperson."a" = true\n', "line 4: person 'a' already has a rule in line 2"),
        ('[merge]\nperson."A" = "B"\nperson."B" = "A"\n', "in a circle"),
        ('[merge]\nperson."A" = "A"\n', "in a circle"),
        ("[merge]\nperson. = \n", "is not valid TOML"),
    ],
)
def test_mistakes_name_the_line_and_the_nearest_right_thing(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_corrections(text, Path("entities.toml"))
    assert message in str(caught.value)
    assert str(caught.value).startswith("entities.toml")


def test_rules_are_added_by_line_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "entities.toml"
    path.write_text(TEXT, encoding="utf-8")
    edit.merge(path, "person", "Antony Blinken", "Anthony Blinken", "as spelt here")
    edit.ignore(path, "place", 'News "Room"')
    assert path.read_text(encoding="utf-8") == TEXT.replace(
        '"Sergei Lavrov"\n\n',
        '"Sergei Lavrov"\nperson."Antony Blinken" = "Anthony Blinken"  # as spelt here\n\n',
    ).replace('"Read More" = true\n', '"Read More" = true\nplace."News \\"Room\\"" = true\n')
    assert read_corrections(path).apply("place", 'news "room"') is None


def test_a_file_is_made_when_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "entities.toml"
    edit.rename(path, "place", "Kiev", "Kyiv")
    assert path.read_text(encoding="utf-8").splitlines()[2:] == ["[rename]", 'place."Kiev" = "Kyiv"']
    assert edit.retype(path, "person", "Interfax", "organisation").apply("person", "Interfax") == (
        "organisation",
        "Interfax",
    )


def test_a_new_rule_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "entities.toml"
    path.write_text(TEXT, encoding="utf-8")
    edit.ignore(path, "person", "sergei lavrov")
    assert read_corrections(path).apply("person", "Sergei Lavrov") is None


def test_removing_a_rule_removes_its_line(tmp_path: Path) -> None:
    path = tmp_path / "entities.toml"
    path.write_text(TEXT, encoding="utf-8")
    assert [rule.line for rule in edit.remove(path, "person", "S. Lavrov")] == [4]
    assert not edit.remove(path, "person", "S. Lavrov")
    assert path.read_text(encoding="utf-8") == TEXT.replace('person."S. Lavrov" = "Sergei Lavrov"\n', "")


def test_a_circle_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "entities.toml"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(ConfigError):
        edit.merge(path, "person", "Sergey Lavrov", "S. Lavrov")
    assert path.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(("name", "into"), [("A", "A"), ("", "B"), ("A", " ")])
def test_rules_that_change_nothing_are_refused(tmp_path: Path, name: str, into: str) -> None:
    with pytest.raises(UsageError):
        edit.merge(tmp_path / "entities.toml", "person", name, into)
