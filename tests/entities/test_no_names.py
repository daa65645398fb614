from pathlib import Path

import pytest

from indexer.article import EntityKind
from indexer.entities.no_names import is_no_name, is_thing, read_table
from indexer.entities.normalise import canonical, place_named
from indexer.errors import InternalError


def is_place(low: str) -> bool:
    return place_named(low) is not None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Advertisement", "person"),
        ("Getty Images", "organisation"),
        ("Read More About It", "organisation"),
        ("Publicité", "organisation"),
        ("Читайте также", "person"),
        ("إعلان", "organisation"),
        ("阅读全文", "place"),
        ("Teilen", "person"),
        ("Obamacare", "person"),
        ("Bidenomics", "person"),
        ("Thatcherism", "place"),
        ("Affordable Care Act", "person"),
        ("Patriot Act", "organisation"),
        ("Montgomery GI Bill", "person"),
        ("Conservation Reserve Program", "organisation"),
        ("Dodd-Frank", "person"),
        ("New Zealanders", "person"),
        ("Iraqis", "organisation"),
        ("Icelanders", "place"),
        ("Texans", "person"),
        ("Central Asian", "place"),
        ("Septembre", "person"),
        ("Montag", "place"),
        ("BRAC", "organisation"),
        ("API", "organisation"),
        ("Emergency Medical Services", "organisation"),
        ("Federal Government", "organisation"),
        ("Iraqi Government", "organisation"),
        ("Fred®", "person"),
        ("Fueling Station Locator", "place"),
        ("Wikimedia Commons—Images", "place"),
    ],
)
def test_what_is_no_name(name: str, kind: EntityKind) -> None:
    assert is_no_name(name, kind, is_place) is True


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Barack Obama", "person"),
        ("May", "person"),
        ("Sanders", "person"),
        ("Francis", "person"),
        ("Sun", "person"),
        ("Denis", "person"),
        ("Medicare Rights Center", "organisation"),
        ("Small Business Administration", "organisation"),
        ("Getty Museum", "organisation"),
        ("Green Party", "organisation"),
        ("World Food Programme", "organisation"),
        ("Netherlands", "place"),
        ("Silicon Valley", "place"),
        ("New Orleans", "place"),
    ],
)
def test_names_stay(name: str, kind: EntityKind) -> None:
    assert (canonical(name, kind) or ("", ""))[1] == name


def test_things_by_the_last_word_of_what_an_acronym_stands_for() -> None:
    assert is_thing("program") is True
    assert is_thing("department") is False


def test_no_entry_stands_under_no_heading(tmp_path: Path) -> None:
    file = tmp_path / "no_names.txt"
    file.write_text("# a comment\nAdvertisement\n[furniture]\n")
    with pytest.raises(InternalError, match=r"line 2: an entry before the first \[heading\]"):
        read_table(file)


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(InternalError, match="cannot be read"):
        read_table(tmp_path / "none.txt")


def test_entries_are_folded(tmp_path: Path) -> None:
    file = tmp_path / "no_names.txt"
    file.write_text("[furniture]\nPublicité; ANZEIGE\n# German\nweiter\n[ends]\nact\n", encoding="utf-8")
    assert read_table(file) == {
        "furniture": frozenset({"publicite", "anzeige", "weiter"}),
        "ends": frozenset({"act"}),
    }
