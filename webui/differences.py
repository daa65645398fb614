"""Two texts -> rows of sentences that agree or differ, for copies of one story set side by side. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A sentence ends with its sign and the space behind it, or with its paragraph. Chinese and Japanese have no space.
_END = re.compile(r"(?<=[.!?؟…])[\"'”’»)\]]*\s+|(?<=[。！？])[」』”]*(?=\S)|\n\s*\n")
MOST = 400  # sentences of each text that are compared; the comparison takes time with their product


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences side by side; where they differ, either side may be empty."""

    left: str
    right: str
    differs: bool


# Words of a row that are compared one by one; longer rows are marked as a whole.
MOST_WORDS = 1_500
# A word of a script with spaces, one character of another, or what stands between words.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|[^\w\s]")

Pieces = list[tuple[str, bool]]


def changed_words(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Two sentences that differ in pieces of text, each with whether the other has not got it."""
    ours, theirs = _WORD.findall(left), _WORD.findall(right)
    if not ours or not theirs or max(len(ours), len(theirs)) > MOST_WORDS:
        return [(left, True)], [(right, True)]
    found: tuple[Pieces, Pieces] = ([], [])
    for kind, first, last, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for side, words in zip(found, (ours[first:last], theirs[start:end]), strict=True):
            if words:
                side.append(("".join(words), kind != "equal"))
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text, white space folded."""
    ends = [found.end() for found in _END.finditer(text)]
    pieces = (" ".join(text[start:end].split()) for start, end in zip([0, *ends], [*ends, len(text)], strict=True))
    return [piece for piece in pieces if piece]


def compare(left: str, right: str) -> list[Row]:
    """The rows of two texts, in order. What lies beyond `MOST` sentences is one differing row."""
    ours, theirs = sentences(left), sentences(right)
    rows = list(_rows(ours[:MOST], theirs[:MOST]))
    if len(ours) > MOST or len(theirs) > MOST:
        rows.append(_row(ours[MOST:], theirs[MOST:], differs=ours[MOST:] != theirs[MOST:]))
    return rows


def _rows(ours: list[str], theirs: list[str]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        yield _row(ours[first:last], theirs[start:end], differs=kind != "equal")


def _row(ours: list[str], theirs: list[str], *, differs: bool) -> Row:
    return Row(" ".join(ours), " ".join(theirs), differs)
