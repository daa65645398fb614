import pytest

from indexer.entities.pairs import paired, side_by_side


def test_two_family_names_side_by_side_are_two_people() -> None:
    names = ["Alexander Frist", "Lamar Alexander", "Bill Frist", "Alexander", "Frist"]
    assert paired(names) == {"Alexander Frist"}


def test_a_person_stays_whole() -> None:
    assert paired(["Alexander Frist", "Bill Frist"]) == frozenset()  # nobody's family name is Alexander
    assert paired(["Alexander Frist", "Lamar Alexander"]) == frozenset()
    assert paired(["Alexander Frist", "Alexander Haig", "Lamar Alexander", "Bill Frist"]) == frozenset()
    assert paired(["Alexander Lamar Frist", "Lamar Alexander", "Bill Frist"]) == frozenset()
    assert paired([]) == frozenset()


@pytest.mark.parametrize(
    ("surface", "names"),
    [
        ("Laura Capps Melissa Wagoner", ["Laura Capps", "Melissa Wagoner"]),
        ("Michael Enzi Saxby Chambliss Lamar Alexander", None),  # not all are listed as given names
        ("Hillary Rodham Clinton", None),
        ("Aung San Suu Kyi", None),
        ("Gamal Abdel Nasser Hussein", None),
        ("George Herbert Walker Bush", None),
        ("Luiz Inácio Lula da Silva", None),
    ],
)
def test_full_names_side_by_side(surface: str, names: list[str] | None) -> None:
    pieces = side_by_side(surface)
    assert (None if pieces is None else [surface[start:end] for start, end in pieces]) == names
