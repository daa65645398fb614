"""Names in other languages and scripts: what they stand for, and how readers of a language write them."""

import pytest

from indexer.article import EntityKind
from indexer.entities.gazetteer import read_tables
from indexer.entities.normalise import read_aliases
from indexer.entities.other_names import PEOPLE, meanings, settled, shown_in

MEANINGS: list[tuple[EntityKind, str, tuple[str, ...]]] = [
    ("place", "بيروت", ("Beirut",)),
    ("place", "beyrouth", ("Beirut",)),
    ("place", "Beirut", ()),
    ("place", "beirut", ("Beirut",)),
    ("place", "Россия", ("Russia",)),
    ("place", "北京", ("Beijing",)),
    ("place", "臺灣", ("Taiwan",)),
    ("place", "Kiev", ("Kyiv",)),
    ("place", "Киеве", ("Kyiv",)),
    ("place", "والقاهرة", ("Cairo",)),
    ("place", "Mexico", ()),
    ("place", "Kongo", ("Democratic Republic of the Congo", "Republic of the Congo")),
    ("place", "Gadyukino", ()),
    ("place", "НАТО", ()),
    ("organisation", "НАТО", ("NATO",)),
    ("organisation", "OTAN", ("NATO",)),
    ("organisation", "Weltgesundheitsorganisation", ("World Health Organization",)),
    ("person", "Зеленский", ("Volodymyr Zelenskyy",)),
    ("person", "Volodymyr Zelensky", ("Volodymyr Zelenskyy",)),
    ("person", "习近平", ("Xi Jinping",)),
    ("person", "Иванов", ()),
    ("place", "", ()),
]


@pytest.mark.parametrize(("kind", "name", "found"), MEANINGS)
def test_what_a_name_stands_for(kind: EntityKind, name: str, found: tuple[str, ...]) -> None:
    assert meanings(kind, name) == found


def test_every_listed_name_stands_for_its_thing() -> None:
    """But for those that are names of others in English, few mean two things."""
    others, several = set(), set()
    for table in read_tables().values():
        for label, names in table.items():
            kind, _, english = label.partition("\t")
            for name in names:
                found = meanings("place" if kind == "place" else "organisation", name) or (name,)
                if english not in found:
                    others.add((name, english, *found))
                elif len(found) > 1:
                    several.add(name)
    assert several == {"مراكش", "مراکش", "Kongo"}
    assert others == {
        ("Mexico", "Mexico City", "Mexico"),  # in French
        ("Tunis", "Tunisia", "Tunis"),  # in Croatian
        ("Brasilia", "Brazil", "Brasília"),  # in Finnish
    }


def test_the_people_are_those_of_the_alias_table() -> None:
    """Both tables call a person the same; else a name would lead to one that no archive shows."""
    people = read_aliases(PEOPLE)
    shown = {name for kind, name in people.folded.values() if kind == "person"}
    assert len(shown) > 100
    for name in shown:
        hit = read_aliases().find(name, "person")
        assert hit in (None, ("person", name)), name


SHOWN: list[tuple[EntityKind, str, str, str | None]] = [
    ("place", "Tunisia", "ar", "تونس"),
    ("place", "Germany", "ru", "Германия"),
    ("place", "Germany", "fr", "Allemagne"),
    ("place", "Germany", "de-AT", "Deutschland"),
    ("place", "Ukraine", "es", "Ucrania"),
    ("place", "Red Sea", "fr", "Mer Rouge"),
    ("place", "Beijing", "zh-Hans", "北京"),
    ("place", "Kiev", "ru", "Киев"),
    ("place", "Москва", "fr", "Moscou"),
    ("place", "Москва", "en", "Moscow"),
    ("place", "Kiev", "en", None),
    ("place", "Gadyukino", "ru", None),
    ("place", "Germany", "en", None),
    ("organisation", "NATO", "ru", "НАТО"),
    ("organisation", "European Union", "de", "Europäische Union"),
    ("person", "Vladimir Putin", "ru", None),
]


@pytest.mark.parametrize(("kind", "name", "language", "label"), SHOWN)
def test_how_readers_write_a_name(kind: EntityKind, name: str, language: str, label: str | None) -> None:
    assert shown_in(kind, name, language) == label


SETTLED: list[tuple[EntityKind, str, tuple[EntityKind, str] | None]] = [
    ("place", "Москва", ("place", "Moscow")),
    ("place", "Moscou", None),
    ("place", "Kiev", ("place", "Kyiv")),
    ("organisation", "CPI", None),
    ("place", "مراكش", None),
    ("person", "Владимир Путин", ("person", "Vladimir Putin")),
    ("person", "Путин", None),
    ("person", "普京", ("person", "Vladimir Putin")),
]


@pytest.mark.parametrize(("kind", "name", "found"), SETTLED)
def test_what_a_label_surely_names(kind: EntityKind, name: str, found: tuple[EntityKind, str] | None) -> None:
    assert settled(kind, name) == found
