import hashlib
import random
from pathlib import Path

from indexer.article import ENTITY_KINDS
from indexer.entities import normalise
from indexer.entities.corrections import Corrections
from indexer.entities.corrections_reader import parse_corrections
from indexer.entities.keys import KEY_RULES, joining_key, short_form
from indexer.entities.variants import Counted, Suggestion, find_variants, safe_merges

LABELS: list[Counted] = [
    ("person", "Sergei Lavrov", 3),
    ("person", "Sergey Lavrov", 9),
    ("person", "SERGEY LAVROV", 1),
    ("person", "Ali Khamenei", 5),
    ("person", "Ali Khomeini", 2),
    ("person", "V. Putin", 1),
    ("person", "Vladimir Putin", 8),
    ("organisation", "World Trade Organisation", 1),
    ("organisation", "World Trade Organization", 4),
    ("organisation", "AT&T", 2),
    ("organisation", "AT & T", 1),
    ("organisation", "Boeing", 3),
    ("organisation", "Boeing Co", 2),
    ("organisation", "Canadian Wheat Board", 6),
    ("organisation", "CWB", 4),
    ("place", "St. Paul", 2),
    ("place", "St Paul", 5),
    ("place", "Idlib", 4),
    ("place", "Idleb", 1),
    ("place", "Kiev", 2),
    ("place", "Kyiv", 3),
]


def test_safe_spellings_merge_into_the_most_frequent() -> None:
    assert find_variants(LABELS).merges == {
        ("person", "Sergei Lavrov"): ("person", "Sergey Lavrov"),
        ("person", "SERGEY LAVROV"): ("person", "Sergey Lavrov"),
        ("organisation", "World Trade Organisation"): ("organisation", "World Trade Organization"),
        ("organisation", "AT & T"): ("organisation", "AT&T"),
        ("place", "St. Paul"): ("place", "St Paul"),
        ("place", "Kiev"): ("place", "Kyiv"),
    }


def test_doubtful_ones_are_suggested_with_a_reason() -> None:
    found = find_variants(LABELS).suggestions
    assert found == (
        Suggestion("organisation", "CWB", 4, "Canadian Wheat Board", 6, "initials of the longer name"),
        Suggestion("organisation", "Boeing Co", 2, "Boeing", 3, "same name without the legal form"),
        Suggestion("person", "V. Putin", 1, "Vladimir Putin", 8, "same family name, initial or longer name"),
    )


def test_variants_of_a_label() -> None:
    merges = find_variants(LABELS).merges
    into = [name for (_, name), shown in merges.items() if shown == ("person", "Sergey Lavrov")]
    assert sorted(into) == ["SERGEY LAVROV", "Sergei Lavrov"]


def test_the_order_of_labels_does_not_matter() -> None:
    expected = find_variants(LABELS)
    shuffled = LABELS.copy()
    random.Random(3).shuffle(shuffled)
    assert find_variants(shuffled) == expected


def test_corrections_come_before_merges() -> None:
    text = '[ignore]\nperson."Sergei Lavrov" = true\n[rename]\nplace."Kyiv" = "Kiev"\nplace."St Paul" = "Saint Paul"\n'
    labels: list[Counted] = [*LABELS[:3], *LABELS[-6:]]
    rules = parse_corrections(text, Path("entities.toml"))
    naming = Corrections(rules.rules, safe_merges({(kind, name): count for kind, name, count in labels}, rules))
    assert [naming.apply(kind, name) for kind, name, _ in labels] == [
        None,
        ("person", "Sergey Lavrov"),
        ("person", "Sergey Lavrov"),
        ("place", "St. Paul"),
        ("place", "Saint Paul"),
        ("place", "Idlib"),
        ("place", "Idleb"),
        ("place", "Kiev"),
        ("place", "Kiev"),
    ]


def test_a_name_that_a_rule_asks_for_is_the_one_shown() -> None:
    rules = parse_corrections('[merge]\nperson."Lavrov, S." = "Sergei Lavrov"\n', Path("entities.toml"))
    counts = {("person", "Sergei Lavrov"): 1, ("person", "Sergey Lavrov"): 9, ("person", "Lavrov, S."): 1}
    naming = Corrections(rules.rules, safe_merges(counts, rules))  # type: ignore[arg-type]  # literals of kinds
    assert {naming.apply("person", name) for _, name in counts} == {("person", "Sergei Lavrov")}


def test_changed_rules_have_another_number() -> None:
    """Indexes keep what `joining_key` and `short_form` said: a change raises `KEY_RULES`, and states both here."""
    given = [word for row in normalise._GIVEN for word in row.split()]
    families = "Kowalewski Meyer Rajoy Iyi Hannaford O'Brien al-Assad Łukasz Straße Dijkstra de la Cruz".split()
    people = [
        *(name for _, name, _ in LABELS),
        *(f"{one} B. {two}" for one in given for two in families),
        "Ali bin Abi Talib",
        "Robert F. Kennedy Jr.",
        "Deferred Action for Childhood Arrivals",
        "House of Representatives",
        "House",
    ]
    keys = [joining_key(kind, name) for kind in ENTITY_KINDS for name in people]
    keys += [repr(short_form(kind, key)) for kind in ENTITY_KINDS for key in keys]
    digest = hashlib.blake2b("\n".join(keys).encode(), digest_size=8).hexdigest()
    assert (KEY_RULES, digest) == (3, "509a055ce9d07d1a")
