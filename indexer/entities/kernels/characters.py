"""What Python's methods of `str` and its regular expressions say of each character, as tables for the compiled tagger.

Made when they are first needed, so that both ways agree whatever version of Unicode this Python has. Out: numpy arrays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.entities.sports import DASHES
from indexer.entities.tokenise import CLOSERS, ENDERS, IDEOGRAPH, OPENERS, QUOTES

SIZE = 0x40000  # planes 0 to 3
CASED_SIZE = 0x20000  # above this no letter has a case
# Tags and selectors of plane 14, which stand behind the others in the table. No other plane has what is asked for here.
SELECTORS = range(0xE0000, 0xE1000)
# Classes by bit, as `tagger.h` has them.
_WORD, _SPACE, _DECIMAL, _ALPHA, _UPPER, _LOWER, _TITLE, _DIGIT, _IGNORABLE, _IDEOGRAPH = (1 << n for n in range(10))
# Above CASED_SIZE, in the planes of ideographs, there are words and letters alone.
_METHODS = {
    str.isspace: _SPACE, str.isdecimal: _DECIMAL, str.isupper: _UPPER, str.islower: _LOWER, str.istitle: _TITLE,
    str.isdigit: _DIGIT,
}  # fmt: skip
_SETS = (ENDERS, CLOSERS, OPENERS, QUOTES, DASHES)
_FINAL = "ς"


@dataclass(frozen=True, slots=True)
class Characters:
    """`classes`: bits for each code point. `lower`: each in lower case, 0 where that is several, which `longer` has;
    `titles`: those that title case changes. The last two have rows of four: a code point and what it becomes."""

    classes: NDArray[np.uint16]
    lower: NDArray[np.uint32]
    longer: NDArray[np.uint32]
    titles: NDArray[np.uint32]


@cache
def characters() -> Characters:
    """The tables of this Python."""
    every = list(map(chr, range(SIZE)))
    cased = every[:CASED_SIZE]
    classes = np.zeros(SIZE + len(SELECTORS), np.uint16)
    classes[:SIZE] |= _flags(every, str.isalnum, _WORD)
    classes[ord("_")] |= _WORD
    classes[:SIZE] |= _flags(every, str.isalpha, _ALPHA)
    for method, bit in _METHODS.items():
        classes[:CASED_SIZE] |= _flags(cased, method, bit)
    classes[(classes & _UPPER) != 0] &= 0xFFFF ^ _TITLE  # `istitle` is true of capitals too
    for match in IDEOGRAPH.finditer("".join(cased)):
        classes[match.start()] |= _IDEOGRAPH
    for bit, chars in enumerate(_SETS, start=10):
        for char in chars:
            classes[ord(char)] |= 1 << bit
    classes[:CASED_SIZE] |= _ignorable(cased)
    classes[SIZE:] |= _ignorable(list(map(chr, SELECTORS)))
    lower = np.arange(CASED_SIZE, dtype=np.uint32)
    longer: dict[str, str] = {}
    titles: dict[str, str] = {}
    for char in map(chr, np.flatnonzero(classes & (_UPPER | _LOWER | _TITLE))):
        small, title = char.lower(), char.title()
        lower[ord(char)] = ord(small) if len(small) == 1 else 0
        if len(small) > 1:
            longer[char] = small
        if title != char:
            titles[char] = title
    return Characters(classes, lower, _rows(longer), _rows(titles))


def _flags(chars: list[str], method: Callable[[str], bool], bit: int) -> NDArray[np.uint16]:
    return np.fromiter(map(method, chars), np.bool_, len(chars)) * np.uint16(bit)


def _ignorable(chars: list[str]) -> NDArray[np.uint16]:
    """Which characters are looked through to tell whether a sigma ends a word, read off what becomes of one."""
    behind_letter = "\n".join("A" + char.replace("\n", " ") + "Σ" for char in chars).lower().split("\n")
    looked_through = [
        end[-1] == _FINAL and (char + "Σ").lower()[-1] != _FINAL for char, end in zip(chars, behind_letter, strict=True)
    ]
    return np.array(looked_through) * np.uint16(_IGNORABLE)


def _rows(changes: dict[str, str]) -> NDArray[np.uint32]:
    rows = np.zeros((len(changes), 4), np.uint32)
    for row, (char, text) in zip(rows, changes.items(), strict=True):
        row[: len(text) + 1] = [ord(char), *map(ord, text)]
    return rows
