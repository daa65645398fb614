"""Whom a short name means across the articles of an archive."""

from pathlib import Path

import pytest

from indexer.article import EntityKind
from indexer.entities.corrections import Corrections, Named
from indexer.entities.corrections_reader import parse_corrections
from indexer.entities.keys import Short, joining_key, short_form
from indexer.entities.short_names import Holding, holdings, meant, short_merges
from indexer.entities.variants import find_variants, safe_merges


def people(**articles: int) -> dict[Named, int]:
    """Names of people, with underscores for spaces, and in how many articles each is."""
    return {("person", name.replace("_", " ")): count for name, count in articles.items()}


def into(counts: dict[Named, int], rules: str = "") -> dict[str, str]:
    """Where the short names go."""
    parsed = parse_corrections(rules, Path("entities.toml"))
    naming = Corrections(parsed.rules, safe_merges(counts, parsed))
    return {name: shown for (_, name), (_, shown) in short_merges(counts, naming).items()}


@pytest.mark.parametrize(
    ("kind", "name", "short"),
    [
        ("person", "Barack Obama", Short("obama", bare=False)),
        ("person", "OBAMA", Short("obama", bare=True)),
        ("person", "Bashar al-Assad", Short("asad", bare=False)),
        ("person", "al-Assad", Short("asad", bare=True)),
        ("person", "Al Gore", Short("gore", bare=False)),
        ("person", "Ursula von der Leyen", Short("leien", bare=False)),
        ("person", "von der Leyen", Short("leien", bare=True)),
        ("person", "Robert F. Kennedy Jr.", Short("kenedi", bare=False)),
        ("person", "Malcolm X", None),
        ("organisation", "House of Representatives", Short("house", bare=False)),
        ("organisation", "House of Representatives (Australia)", Short("house", bare=False)),
        ("organisation", "House", Short("house", bare=True)),
        ("organisation", "Deferred Action for Childhood Arrivals", Short("daca", bare=False, initials=True)),
        ("organisation", "DACA", Short("daca", bare=True)),
        ("organisation", "Veterans of Foreign Wars", None),
        ("organisation", "Congress of Racial Equality", None),
        ("organisation", "National Broadcasting Company", None),  # three letters say too little
        ("place", "Kyiv", None),
    ],
)
def test_the_short_form_of_a_name(kind: EntityKind, name: str, short: Short | None) -> None:
    assert short_form(kind, joining_key(kind, name)) == short


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (people(Barack_Obama=9, Michelle_Obama=1, Obama=3), {"Obama": "Barack Obama"}),
        (people(Barack_Obama=17, Michelle_Obama=2, Obama=3), {}),
        (people(Barack_Obama=5, Obama=3), {"Obama": "Barack Obama"}),
        (people(Barack_Obama=4, Obama=300), {}),
        (people(Barack_Obama=40, Barak=3), {}),
        (people(Barack_Obama=4, Barack_H_Obama=1, Obama=1), {"Obama": "Barack Obama"}),  # one man, five articles
        (people(Barack_Obama=901, Michelle_Obama=99, Kerry_Obama=8, June_Obama=7, Obama=3), {"Obama": "Barack Obama"}),
        (people(Barack_Obama=899, Michelle_Obama=101, Obama=3), {}),
        (people(Barack_Obama=900, Michelle_Obama=99, Sasha_Obama=9, Obama=3), {}),
        (people(George_W_Bush=60, George_H_W_Bush=8, Bush=700), {}),
        (
            people(Volodymyr_Zelenskyy=9, Zelensky=4, Zelenskiy=1),
            {"Zelensky": "Volodymyr Zelenskyy", "Zelenskiy": "Volodymyr Zelenskyy"},
        ),
        (people(Volodymyr_Zelenskyy=3, Volodymyr_Zelensky=4, Zelensky=4), {"Zelensky": "Volodymyr Zelensky"}),
    ],
)  # fmt: skip
def test_whom_a_family_name_means(counts: dict[Named, int], expected: dict[str, str]) -> None:
    assert into(counts) == expected


def test_words_and_acronyms_of_organisations_are_apart() -> None:
    counts: dict[Named, int] = {
        ("organisation", "Community Oriented Policing Services"): 9,
        ("organisation", "Cops"): 5,
    }
    assert into(counts) == {}
    assert into({**counts, ("organisation", "COPS"): 2}) == dict.fromkeys(
        ["COPS", "Cops"], "Community Oriented Policing Services"
    )


def test_what_a_rule_says_of_a_short_name_comes_first() -> None:
    counts = people(Barack_Obama=9, B_Obama=2, Obama=3)
    assert into(counts) == {}
    assert into(counts, '[merge]\nperson."B Obama" = "Barack Obama"\n') == {"Obama": "Barack Obama"}
    assert into(counts, '[ignore]\nperson."B Obama" = true\n') == {"Obama": "Barack Obama"}
    assert into(people(Barack_Obama=9, Obama=3), '[keep]\nperson."OBAMA" = true\n') == {}
    assert into(people(Barack_Obama=9, Obama=3), '[rename]\nperson."Barack Obama" = "President Obama"\n') == {
        "Obama": "President Obama"
    }
    assert into(people(Barack_Obama=9, Obama=3), '[rename]\nperson."Barack Obama" = "Obama"\n') == {}


def test_what_is_probable_is_suggested_with_the_evidence() -> None:
    counts = people(Barack_Obama=200, Michelle_Obama=30, Obama=120, Ray_Bush=1, Kate_Bush=1, Bush=9)
    found = find_variants((kind, name, count) for (kind, name), count in counts.items()).suggestions
    assert [(each.name, each.into, each.reason) for each in found] == [
        ("Obama", "Barack Obama", "held 86% of 230 articles that give the name in full")
    ]
    assert list(holdings(counts, Corrections())) == [
        Holding(("person", "Obama"), ("person", "Barack Obama"), 200, 230),
        Holding(("person", "Bush"), ("person", "Kate Bush"), 1, 2),
    ]


def test_people_with_different_initials_are_not_suggested() -> None:
    """But George Bush may be either."""
    counts = people(**{"George_W._Bush": 9, "George_H._W._Bush": 5, "George_Bush": 2})
    found = find_variants((kind, name, count) for (kind, name), count in counts.items()).suggestions
    assert [(each.name, each.into) for each in found] == [
        ("George Bush", "George W. Bush"),
        ("George Bush", "George H. W. Bush"),
    ]


def test_only_a_short_name_is_said_to_mean_somebody() -> None:
    obama: Named = ("person", "Barack Obama")
    naming = Corrections(merges={("person", "Obama"): obama, ("person", "Barack H. Obama"): obama})
    assert [meant(naming, "person", name) for name in ("Obama", "Barack H. Obama", "Barack Obama")] == ["Obama", "", ""]
