import pytest

from indexer.entities.people import bare_person, calmed


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Education Secretary Margaret Spellings", "Margaret Spellings"),
        ("Washington DC U S Senator Mel Martinez", "Mel Martinez"),
        ("Ralph Basham Commissioner", "Ralph Basham"),
        ("Murray Mr President I", "Murray"),
        ("Olympia Snowe R Maine", "Olympia Snowe"),
        ("Hillary Rodham Clinton D N Y", "Hillary Rodham Clinton"),
        ("John Kerry D", "John Kerry"),
        ("Michael Ortiz Washington D C", "Michael Ortiz"),
        ("William Frist M D", "William Frist M D"),
        ("Juan Carlos I", "Juan Carlos I"),
        ("Martin Luther King Jr", "Martin Luther King Jr"),
        ("Director of National Intelligence", ""),
        ("Duke of Wellington", "Duke of Wellington"),
        ("Secretary of State Colin Powell", "Colin Powell"),
        ("President Reagan", "Reagan"),
        ("Joe BIDEN", "Joe Biden"),
    ],
)
def test_what_is_not_part_of_a_name_is_cut(surface: str, name: str) -> None:
    assert bare_person(surface) == name


@pytest.mark.parametrize(
    ("shouted", "name"),
    [
        ("JOHN PAUL II", "John Paul II"),
        ("XI JINPING", "Xi Jinping"),
        ("MITCH MCCONNELL", "Mitch McConnell"),
        ("KIM JONG-UN", "Kim Jong-Un"),
        ("URSULA VON DER LEYEN", "Ursula von der Leyen"),
    ],
)
def test_capitals_are_calmed(shouted: str, name: str) -> None:
    assert calmed(shouted, frozenset({"von", "der"})) == name
