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
        ("[merge]\nperson. = \n", "line 2 is not valid TOML"),
        ('[add]\nperson."A" = true\n', "line 2: add person 'A' wants a query for the articles that get the name"),
        ('[add]\nperson."A" = \'"b c\'\n', "line 2: the query '\"b c' of 'A' cannot be read as it stands: A"),
        ("[add]\nperson.\"A\" = 'sauce:b'\n", 'There is no field "sauce"'),
        ("[add]\nperson.\"A\" = '*ing'\n", "begins with a wildcard"),
        ("[add]\nperson.\"A\" = ''\n", "line 2: the query of 'A' finds every article."),
        ('[split]\nperson."A" = "b"\n', "line 2: split person 'A' wants names, each with the query for its articles"),
        ('[split]\nperson."A" = {}\n', "line 2: split person 'A' wants names"),
        ('[split]\nperson."A" = { "" = "b" }\n', "line 2: split person 'A' has a part without a name."),
        ('[split]\nperson."A" = { "B" = "b", "b" = "c" }\n', "line 2: split person 'A' has two parts of one name."),
        ('[split]\nperson."A" = { "B" = "(b" }\n', "line 2: the query '(b' of 'B' cannot be read as it stands"),
        (
            '[split]\nperson."A" = { "B" = "b" }\nperson."B" = { "C" = "c" }\n',
            "line 2: 'B', a part of 'A', is split again in line 3.",
        ),
        ('[split]\nperson."A" = { "B" = "b" }\n[merge]\nperson."B" = "A"\n', "in a circle"),
        ('[split]\nperson."A" = { "B" = "b" }\n[merge]\nperson."A" = "C"\n', "'A' already has a rule in line 2"),
        ('[ignore]\nsource."A" = true\n', "line 2: a source can be merged and renamed; there is no ignore for it."),
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


QUERIES = """\
[add]
person."Jane Doe" = '"Ms Doe" source:AP # 1'   # "never" in full # really
[split]
person."John Smith" = { "John Smith (senator)" = 'senate', 'John "J"' = "football" }  # two men
[split.place."Rome"] # and a city
"Rome (NY)" = "new york"
"Rome (Italy)" = "italy"

[merge]
person."B" = "A"
person."A" = "C"
source."sena" = "SANA"
source.AP = "Associated Press"
person."J. Doe" = "Jane Doe"
"""


def test_queries_are_read_with_their_lines_and_comments() -> None:
    found = parse_corrections(QUERIES, Path("entities.toml"))
    assert [(rule.line, rule.text, rule.comment) for rule in sorted(found.every(), key=lambda rule: rule.line)] == [
        (2, 'add person Jane Doe to "Ms Doe" source:AP # 1', '"never" in full # really'),
        (4, 'split person John Smith -> John Smith (senator) = senate; John "J" = football', "two men"),
        (5, "split place Rome -> Rome (NY) = new york; Rome (Italy) = italy", "and a city"),
        (10, "merge person B -> person A", ""),
        (11, "merge person A -> person C", ""),
        (12, "merge source sena -> source SANA", ""),
        (13, "merge source AP -> source Associated Press", ""),
        (14, "merge person J. Doe -> person Jane Doe", ""),
    ]
    assert (found.source("SENA"), found.source("ap"), found.source("x")) == ("SANA", "Associated Press", "x")
    assert found.apply("person", "JOHN SMITH") == ("person", "John Smith")
    assert [rule.line for rule in found.explain("person", "B")] == [10, 11]
    assert [rule.line for rule in found.shaping("person", "C")] == [10, 11]
    assert [rule.line for rule in found.shaping("person", "Jane Doe")] == [2, 14]
    assert [rule.line for rule in found.shaping("place", "rome (ny)")] == [5]
    assert [rule.line for rule in found.shaping("place", "Rome")] == [5]
    assert list(found.queries) == ["senate", "football", "new york", "italy", '"Ms Doe" source:AP # 1']
    assert not found.without_queries().queries


@pytest.mark.parametrize(
    ("finding", "shown"),
    [({"senate"}, "John Smith (senator)"), ({"football", "senate"}, "John Smith (senator)"), (set(), "John Smith")],
)
def test_the_first_query_that_finds_an_article_splits(finding: set[str], shown: str) -> None:
    found = parse_corrections(QUERIES, Path("entities.toml"))
    assert found.shown(("person", "John Smith"), finding.__contains__) == ("person", shown)


def test_rules_with_queries_are_written_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "entities.toml"
    path.write_text(QUERIES, encoding="utf-8")
    edit.add(path, "person", "Mary", '"Ms M" OR\n"Mme M"', "why")
    edit.add(path, "place", "O'Hare", '"O\'Hare" chicago')
    edit.split(path, "place", "Paris", {"Paris (Texas)": "texas", "Paris": 'france "ile de"'}, "two")
    added = (
        """person."Mary" = '"Ms M" OR "Mme M"'  # why\n"""
        """place."O'Hare" = "\\"O'Hare\\" chicago"\n"""
    )
    split = """place."Paris" = { "Paris (Texas)" = "texas", "Paris" = 'france "ile de"' }  # two\n"""
    assert path.read_text(encoding="utf-8") == QUERIES.replace("[split]\n", f"{added}[split]\n", 1).replace(
        "[split.place", f"{split}[split.place"
    )
    assert [rule.line for rule in edit.remove(path, "place", "rome")] == [8]
    assert edit.remove(path, "person", "mary", "split") == []
    for kind, name in (("person", "Mary"), ("place", "O'Hare"), ("place", "Paris")):
        assert len(edit.remove(path, kind, name)) == 1  # type: ignore[arg-type]
    table = QUERIES[QUERIES.index("[split.place") : QUERIES.index("\n[merge]")]
    assert path.read_text(encoding="utf-8") == QUERIES.replace(table, "")


def test_the_right_line_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "entities.toml"
    path.write_text(QUERIES, encoding="utf-8")
    edit.remove(path, "person", "A")
    assert path.read_text(encoding="utf-8") == QUERIES.replace('person."A" = "C"\n', "")


@pytest.mark.parametrize("query", ['"open', "a AND", "*", "  ", "field: x*y*"])
def test_a_query_that_cannot_be_read_back_is_not_written(tmp_path: Path, query: str) -> None:
    path = tmp_path / "entities.toml"
    with pytest.raises(UsageError):
        edit.add(path, "person", "A", query)
    with pytest.raises(UsageError):
        edit.split(path, "person", "A", {"B": query})
    assert not path.exists()
