from indexer.entities.pairs import paired


def test_two_family_names_side_by_side_are_two_people() -> None:
    names = ["Alexander Frist", "Lamar Alexander", "Bill Frist", "Alexander", "Frist"]
    assert paired(names) == {"Alexander Frist"}


def test_a_person_stays_whole() -> None:
    assert paired(["Alexander Frist", "Bill Frist"]) == frozenset()  # nobody's family name is Alexander
    assert paired(["Alexander Frist", "Lamar Alexander"]) == frozenset()
    assert paired(["Alexander Frist", "Alexander Haig", "Lamar Alexander", "Bill Frist"]) == frozenset()
    assert paired(["Alexander Lamar Frist", "Lamar Alexander", "Bill Frist"]) == frozenset()
    assert paired([]) == frozenset()
