"""Words that are written with a hyphen, solid or apart: `cease-fire`, `ceasefire`, `cease fire` are one.

A hyphened compound keeps its parts at their positions; on the first of them stands the solid word as well, as wide as
the compound has parts. Called by `terms`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.analysis.stemming import LONGEST
from indexer.analysis.tokens import Token, cut, is_unspaced

# So many parts at most make a compound.
MOST_PARTS = 3
WIDTHS = range(2, MOST_PARTS + 1)

_DESIGNATION = re.compile(r"([^\W\d_]+)(\d+)(s?)")


class Solid(NamedTuple):
    """A compound of the tokens from `at` on, `width` of them, as one word: folded, and with its accents."""

    at: int
    width: int
    text: str
    light: str


def solids(tokens: Sequence[Token]) -> Iterator[Solid]:
    """The compounds of a text, by place and width: every two and three words in a row that signs join."""
    for at, token in enumerate(tokens):
        if not token.joint:
            continue
        for width in WIDTHS:
            parts = tokens[at : at + width]
            if len(parts) < width or not all(part.joint for part in parts[:-1]):
                break
            if found := solid(at, parts):
                yield found


def solid(at: int, parts: Sequence[Token]) -> Solid | None:
    """Some words that signs join as one; None for numbers and for what is too long to be a word."""
    words = [part.text for part in parts]
    if "".join(words).isdecimal():
        return None
    joints = [part.joint if part.joint != "-" else "" for part in parts[:-1]] + [""]
    text = "".join([word + sign for word, sign in zip(words, joints, strict=True)])
    light = "".join([part.light + sign for part, sign in zip(parts, joints, strict=True)])
    if len(text) > LONGEST:
        return None
    return Solid(at, len(parts), without_plural(text), without_plural(light))


def solid_of(one: str, other: str) -> str:
    """Two words of a query as one; nothing where they are not plain words of a script with spaces."""
    parts = [*cut(one), *cut(other)]
    if len(parts) != 2 or not (one.isalnum() and other.isalnum()) or any(is_unspaced(part.text) for part in parts):
        return ""
    found = solid(0, [parts[0]._replace(joint="-"), parts[1]])
    return found.light if found else ""


def without_plural(text: str) -> str:
    """`f16` for `f16s`: letters and digits lose an s behind them."""
    return text[:-1] if text.endswith("s") and (found := _DESIGNATION.fullmatch(text)) and found[3] else text


def letters_and_digits(text: str) -> tuple[str, str] | None:
    """The two parts of `g20`; None for other words."""
    found = _DESIGNATION.fullmatch(text)
    return (found[1], found[2]) if found else None
