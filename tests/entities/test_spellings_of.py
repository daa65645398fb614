"""All spellings of a word at once."""

import re
from itertools import product

import pytest

from indexer.entities.spellings_of import Parts, Spellings

PARTS: list[Parts] = [
    (("z", "s"), ("e", "ye"), ("l", "ll")),
    (("a", ""), ("b",), ("", "c")),
    (("sh", "s"), ("h", "")),
    ((),),
    (("",),),
]
WORDS = ["".join(letters) for size in range(5) for letters in product("abcelshyz"[:9], repeat=size)]


@pytest.mark.parametrize("parts", PARTS)
def test_the_spellings_are_all_combinations(parts: Parts) -> None:
    wanted = Spellings(parts)
    listed = {"".join(each) for each in product(*parts)}
    assert {word for word in WORDS if wanted.fits(word)} == {word for word in listed if len(word) < 5}
    assert all(map(wanted.fits, listed))


@pytest.mark.parametrize("parts", PARTS[:3])
def test_the_expression_means_the_same(parts: Parts) -> None:
    for wanted in (Spellings(parts), Spellings(parts).begun()):
        fits = re.compile(wanted.expression).fullmatch
        assert [word for word in WORDS if wanted.fits(word)] == [word for word in WORDS if fits(word)]


def test_a_word_of_many_readings_costs_no_more_than_others() -> None:
    """As a regular expression that looks at one reading after the other it would take longer than the universe has."""
    many: Parts = (("e", "ee", "eee", ""),) * 40
    assert not Spellings(many).fits("e" * 200 + "x")
    assert Spellings(many).fits("e" * 120)
    assert not Spellings(many).fits("e" * 121)
