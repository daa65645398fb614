import pytest

from indexer.article import EntityKind
from indexer.entities.found import Found, Named
from indexer.entities.sift import sift


def found(body: str, *names: tuple[EntityKind, str]) -> list[Found]:
    """Mentions of the names, each where it stands next."""
    result: list[Found] = []
    at = 0
    for kind, name in names:
        at = body.index(name, at)
        result.append(Found(at, at + len(name), "body", name, (kind, name), False))
        at += len(name)
    return result


def sifted(body: str, *names: tuple[EntityKind, str], given: tuple[str, ...] = ()) -> list[Named]:
    left = sift(found(body, *names), {"title": "", "summary": "", "body": body}, given)
    for item in left:
        assert body[item.start : item.end] == item.surface
    return [item.named for item in left]


ANN, CASS = ("person", "Ann Lee"), ("person", "Cass Roe")


def test_names_stay_as_they_are() -> None:
    body = "Ann Lee of Acme met Cass Roe in Bergen."
    names: list[Named] = [("person", "Ann Lee"), ("organisation", "Acme"), ("person", "Cass Roe"), ("place", "Bergen")]
    mentions = found(body, *names)
    assert sift(mentions, {"title": "", "summary": "", "body": body}) is mentions


@pytest.mark.parametrize("tail", ["Bergen", "NCI", "New Zealand"])
def test_a_place_or_body_behind_a_person_is_cut_off(tail: str) -> None:
    body = f"Bergen is rainy. Ann Lee said so. Ann Lee {tail}"
    left = sifted(body, ("place", "Bergen"), ("person", "Ann Lee"), ("person", f"Ann Lee {tail}"))
    assert left == [("place", "Bergen"), ("person", "Ann Lee"), ("person", "Ann Lee")]


def test_a_family_name_or_number_behind_a_person_stays() -> None:
    body = "Ann Lee said so. Ann Lee Cooper and Ann Lee II"
    names: list[Named] = [("person", "Ann Lee"), ("person", "Ann Lee Cooper"), ("person", "Ann Lee II")]
    assert sifted(body, *names) == names


def test_a_list_of_names_is_no_person() -> None:
    body = "Broome Chenango Delaware Herkimer Hamilton Otsego"
    assert sifted(body, ("person", body)) == []


def test_an_administration_is_its_leader() -> None:
    body = "The Bush Administration and the Small Business Administration."
    left = sifted(body, ("organisation", "Bush Administration"), ("organisation", "Small Business Administration"))
    assert left == [("person", "Bush"), ("organisation", "Small Business Administration")]


def test_an_administration_of_somebody_the_document_names() -> None:
    body = "Cass Roe won. The Roe Administration starts in May; the Fire Administration does not."
    names: list[Named] = [("person", "Cass Roe"), ("organisation", "Roe Administration")]
    assert sifted(body, *names, ("organisation", "Fire Administration")) == [
        ("person", "Cass Roe"),
        ("person", "Roe"),
        ("organisation", "Fire Administration"),
    ]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("a round of base realignment and closure (BRAC). BRAC ends.", False),
        ("the Digital Analytics Program (BRAC)", True),  # other letters
        ("the Basic Rural Analytics Connection Program (BRACP)", False),
        ("the Bangladesh Rural Advancement Committee (BRAC). BRAC lends.", True),
        ("the Office of the Rural Action Program (ORAP)", True),
        ("BRAC lends.", True),
    ],
)
def test_an_acronym_is_what_it_is_spelt_out_as(body: str, left: bool) -> None:
    acronym = next(word for word in ("BRACP", "ORAP", "BRAC") if word in body)
    assert (sifted(body, ("organisation", acronym)) == [("organisation", acronym)]) is left


def test_a_word_that_is_mostly_written_small_is_no_name() -> None:
    body = "Mobile pages are fast. On mobile phones and in mobile apps nobody waits; Mobile, Alabama, does."
    assert sifted(body, ("place", "Mobile")) == []
    assert sifted("Mobile is a port. It has mobile cranes.", ("place", "Mobile")) == [("place", "Mobile")]


def test_a_family_name_may_be_a_word() -> None:
    body = "Theresa May may go, and she may not. May will say."
    names: list[Named] = [("person", "Theresa May"), ("person", "May")]
    assert sifted(body, *names) == names


def test_a_country_is_no_person_unless_somebody_is_called_so() -> None:
    assert sifted("Jordan signed.", ("person", "Jordan")) == [("place", "Jordan")]
    assert sifted("Jordan signed.", ("person", "Jordan"), given=("Michael Jordan",)) == [("person", "Jordan")]
    names: list[Named] = [("person", "Barbara Jordan"), ("person", "Jordan")]
    assert sifted("Barbara Jordan came. Jordan spoke.", *names) == names
    assert sifted("Hamilton wrote.", ("person", "Hamilton")) == [("person", "Hamilton")]


def test_the_first_half_of_a_body_is_found() -> None:
    body = "She visited the National Air and Space Museum."
    assert sifted(body, ("place", "Space Museum")) == [("organisation", "National Air and Space Museum")]
    body = "Ann Lee and Space Museum staff"
    names: list[Named] = [("person", "Ann Lee"), ("organisation", "Space Museum")]
    assert sifted(body, *names) == names
