"""Names behind their keys, and the table of groups in parts."""

import pytest

from indexer.engines.opensearch.cluster import spellings
from indexer.engines.opensearch.cluster.index_names import numbered, unnumbered
from indexer.engines.opensearch.cluster.spellings import ShownNames, Spellings, key_of, spelt, unspelt
from indexer.entities.corrections import Corrections, Rule

LAVROV = key_of("person", "Sergey Lavrov")


def test_names_that_may_be_joined_have_one_key() -> None:
    assert key_of("person", "Sergei LAVROV") == LAVROV == key_of("person", "SERGEJ LAVROV")
    assert key_of("place", "Kiev") == key_of("place", "Kyiv")
    assert len({LAVROV, key_of("organisation", "Sergey Lavrov"), key_of("person", "Sergey Ivanov")}) == 3


def test_a_key_is_short_whatever_the_name() -> None:
    assert len(key_of("person", "x " * 20_000)) == len(LAVROV) == len("person") + 17
    assert key_of("person", "\ud800") != LAVROV


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
