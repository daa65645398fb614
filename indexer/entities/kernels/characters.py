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
# Classes by bit, in the order of `tagger.h`.
_METHODS = (str.isspace, str.isdecimal, str.isalpha, str.isupper, str.islower, str.istitle, str.isdigit)
_WORD, _UPPER, _TITLE, _IGNORABLE, _IDEOGRAPH = 1, 1 << 4, 1 << 6, 1 << 8, 1 << 9
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
    for bit, method in enumerate(_METHODS, start=1):
        classes[:SIZE] |= _flags(every, method, 1 << bit)
    classes[(classes & _UPPER) != 0] &= 0xFFFF ^ _TITLE  # `istitle` is true of capitals too
    for match in IDEOGRAPH.finditer("".join(cased)):
        classes[match.start()] |= _IDEOGRAPH
    for bit, chars in enumerate(_SETS, start=10):
        for char in chars:
            classes[ord(char)] |= 1 << bit
    classes[:CASED_SIZE] |= _ignorable(cased)
    classes[SIZE:] |= _ignorable(list(map(chr, SELECTORS)))
    titles = {char: char.title() for char in cased if char.title() != char}
    longer = {char: char.lower() for char in cased if len(char.lower()) > 1}
    lower = np.fromiter((0 if char in longer else ord(char.lower()) for char in cased), np.uint32, CASED_SIZE)
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
