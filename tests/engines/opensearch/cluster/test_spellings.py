"""Names behind their keys, and the table of groups in parts."""

import pytest

from indexer.engines.opensearch.cluster import spellings
from indexer.engines.opensearch.cluster.index_names import numbered, unnumbered
from indexer.engines.opensearch.cluster.spellings import (
    KEY,
    SPELT,
    ShownNames,
    Spellings,
    is_bare,
    is_of_short_names,
    key_of,
    keys_and_names,
    kind_of,
    short_key_of,
    spelt,
    unspelt,
)
from indexer.entities.corrections import Corrections, Rule

LAVROV = key_of("person", "Sergey Lavrov")


def test_names_that_may_be_joined_have_one_key() -> None:
    assert key_of("person", "Sergei LAVROV") == LAVROV == key_of("person", "SERGEJ LAVROV")
    assert key_of("place", "Kiev") == key_of("place", "Kyiv")
    assert len({LAVROV, key_of("organisation", "Sergey Lavrov"), key_of("person", "Sergey Ivanov")}) == 3


def test_a_key_is_short_whatever_the_name() -> None:
    assert len(key_of("person", "x " * 20_000)) == len(LAVROV) == len("person") + 17
    assert key_of("person", "\ud800") != LAVROV


def test_names_are_kept_behind_the_key_of_what_they_are_called_for_short_too() -> None:
    short = short_key_of("person", "Barack Obama")
    assert short == short_key_of("person", "OBAMA") != short_key_of("organisation", "Obama")
    assert short is not None
    assert [is_of_short_names(key) for key in (short, LAVROV)] == [True, False]
    assert [is_bare("person", name) for name in ("Obama", "Barack Obama")] == [True, False]
    fields = keys_and_names([("person", "Barack Obama"), ("place", "Paris")])
    assert fields[KEY] == [key_of("person", "Barack Obama"), key_of("place", "Paris"), short]
    assert fields[SPELT][2] == spelt(short, "Barack Obama")
    assert (kind_of(short), unspelt(fields[SPELT][2])) == ("person", (short, "Barack Obama"))


def test_whom_a_short_name_means_comes_before_how_it_is_spelt() -> None:
    spelled, short = key_of("person", "Obama"), short_key_of("person", "Obama")
    assert short is not None
    groups = {short: {"OBAMA": "Barack Obama", "Obama": "Barack Obama"}, spelled: {"OBAMA": "Obama", "Obama": ""}}
    assert Spellings(groups).merges == {
        ("person", "OBAMA"): ("person", "Barack Obama"),
        ("person", "Obama"): ("person", "Barack Obama"),
    }


def test_a_name_comes_back_from_behind_its_key() -> None:
    for name in ("Sergey Lavrov", "", "a\tb", "-000002"):
        assert unspelt(spelt(LAVROV, name)) == (LAVROV, name)


def test_the_names_not_shown_are_those_of_a_group_but_one() -> None:
    groups = {LAVROV: {"Sergei Lavrov": "Sergey Lavrov", "Sergey Lavrov": ""}}
    shown_names = ShownNames(Corrections(), Spellings(groups))
    assert shown_names.corrections.merges == {("person", "Sergei Lavrov"): ("person", "Sergey Lavrov")}
    rule = Rule("rename", "person", "Sergey Lavrov", ("person", "S. Lavrov"))
    ruled = ShownNames(Corrections({("person", "sergey lavrov"): rule}), Spellings(groups))
    assert ruled.corrections.apply("person", "Sergei Lavrov") == ("person", "S. Lavrov")


def test_a_group_stays_in_its_part_when_another_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spellings, "GROUPS_IN_PART", 8)
    groups = {key_of("place", f"Town {n}"): {f"Town {n}": "", f"TOWN {n}": f"Town {n}"} for n in range(40)}
    before = spellings.parted(groups)
    assert sorted(key for part in before for key in part) == sorted(groups)
    assert len(before) == 8
    changed = groups | {key_of("place", "Town 7"): {"Town 7": "TOWN 7", "TOWN 7": ""}}
    assert sum(one != other for one, other in zip(before, spellings.parted(changed), strict=True)) == 1


def test_indices_of_a_period_are_numbered() -> None:
    assert [numbered("2004-05", number) for number in (1, 2, 120)] == ["2004-05", "2004-05-000002", "2004-05-000120"]
    for name in ("all", "undated", "2004", "2004-05"):
        assert unnumbered(numbered(name, 1)) == (name, 1)
        assert unnumbered(numbered(name, 31)) == (name, 31)
