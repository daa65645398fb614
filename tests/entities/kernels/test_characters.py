"""The tables of characters against the methods of `str` that they stand for, for every code point."""

import re
import sys
from collections.abc import Callable

from indexer.entities.kernels.characters import CASED_SIZE, SELECTORS, SIZE, characters
from indexer.entities.tokenise import IDEOGRAPH

SEEN: dict[int, Callable[[str], object]] = {
    0: re.compile(r"\w").match, 1: re.compile(r"\s").match, 2: re.compile(r"\d").match, 3: str.isalpha,
    4: str.isupper, 5: str.islower, 7: str.isdigit, 9: IDEOGRAPH.match,
}  # fmt: skip


def test_classes_are_those_of_python() -> None:
    classes = characters().classes.tolist()
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        bits = classes[code] if code < SIZE else classes[SIZE + code - SELECTORS.start] if code in SELECTORS else 0
        for bit, method in SEEN.items():
            assert bool(bits >> bit & 1) == bool(method(char)), (hex(code), bit)
        assert bool(bits >> 6 & 1) == (char.istitle() and not char.isupper()), hex(code)


def test_lower_and_title_case_are_those_of_python() -> None:
    tables = characters()
    longer = {row[0]: "".join(map(chr, filter(None, row[1:]))) for row in tables.longer.tolist()}
    titles = {row[0]: "".join(map(chr, filter(None, row[1:]))) for row in tables.titles.tolist()}
    assert list(longer) == sorted(longer)
    assert list(titles) == sorted(titles)
    lower = tables.lower.tolist()
    for code in range(sys.maxunicode + 1):
        small = chr(lower[code] or code) if code < CASED_SIZE else chr(code)
        assert longer.get(code, small) == chr(code).lower(), hex(code)
        assert titles.get(code, chr(code)) == chr(code).title(), hex(code)


def test_a_sigma_ends_a_word_where_python_says_so() -> None:
    classes = characters().classes
    for code in [*range(CASED_SIZE), *SELECTORS]:
        place = code if code < SIZE else SIZE + code - SELECTORS.start
        ignorable, cased = classes[place] >> 8 & 1, (classes[place] & 0b1110000) != 0
        behind = "A" + chr(code) + "Σ"
        assert (behind.lower()[-1] == "ς") == bool(ignorable or cased), hex(code)
        assert ((chr(code) + "Σ").lower()[-1] == "ς") == bool(cased and not ignorable), hex(code)
