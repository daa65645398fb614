import pytest

from indexer.entities.dateline import find_dateline, read_dateline


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("Moscow-Sana", "Moscow", "SANA"),
        ("Moscow, Oct. 14", "Moscow", None),
        ("WASHINGTON (AP)", "WASHINGTON", "Associated Press"),
        ("Damascus", "Damascus", None),
        ("New York / Reuters", "New York", "Reuters"),
    ],
)
def test_a_dateline_field_parts_into_place_and_agency(text: str, place: str, agency: str | None) -> None:
    value = read_dateline(text)
    assert value is not None
    assert (value.place, value.agency) == (place, agency)


@pytest.mark.parametrize(
    ("body", "place", "agency"),
    [
        ("Moscow, SANA- The minister said", "Moscow", "SANA"),
        ("WASHINGTON (AP) — Congress", "WASHINGTON", "Associated Press"),
        ("DAMASCUS, Syria (Reuters) - Rebels", "DAMASCUS", "Reuters"),
        ("BRUSSELS (Halyard Wire) — Ministers", "BRUSSELS", "Halyard Wire"),
    ],
)
def test_a_dateline_is_found_at_the_start_of_a_body(body: str, place: str, agency: str) -> None:
    value = find_dateline(body)
    assert value is not None
    assert (value.place, value.agency) == (place, agency)
    assert value.agency_span is not None
    assert body[slice(*value.place_span)] == place
    assert body[slice(*value.agency_span)].lower() in ("sana", "ap", "reuters", "halyard wire")


@pytest.mark.parametrize(
    "body", ["The minister said in Moscow", "", "moscow, SANA- x", "A map - of the town", "THE END (Fin.) of it"]
)
def test_other_beginnings_are_no_datelines(body: str) -> None:
    assert find_dateline(body) is None
