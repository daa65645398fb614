"""Words and phrases found in a text, and passages chosen around them, as compiled from `passages.c`.

What the marks and passages are is said by `indexer/highlight`; here they are found in one call where the text leaves no
doubt about its words. Called by the snippets.
"""

import ctypes
import threading
from collections.abc import Iterable, Sequence
from itertools import accumulate

from indexer.engines.whoosh.kernels import native

# A clause: its number, whether its one word may go on behind the form, and the forms of each of its words.
PlainClause = tuple[int, bool, Sequence[Sequence[str]]]
# Marks as the compiled functions have them: start, end and clause, one after another.
Numbers = list[int]

MOST_CLAUSES = 64
# Marks of one text, and numbers that tell of its passages; a text that has more is left to Python.
_MOST_MARKS = 4_000
_MOST_TOLD = 2_000
_LONGS = ctypes.c_int64


class _WantedStruct(ctypes.Structure):
    """`struct wanted` of `passages.c`."""

    _fields_ = (
        *((name, ctypes.c_void_p) for name in "chars form_chars word_forms clause_words numbers begins".split()),
        ("clauses", _LONGS),
    )


class _Room(threading.local):
    """What the compiled functions write to, for each thread."""

    def __init__(self) -> None:
        self.marks = (_LONGS * (6 * _MOST_MARKS))()
        self.told = (_LONGS * _MOST_TOLD)()


_room = _Room()


class PlainWords:
    """Words and phrases to look for by their forms, which are letters and digits alone.

    There must be a library, and at most `MOST_CLAUSES` clauses, whose numbers are below that.
    """

    def __init__(self, clauses: Sequence[PlainClause]) -> None:
        words = [word for _, _, each in clauses for word in each]
        forms = [form for word in words for form in word]
        characters = "".join(forms).encode("utf-32-le", "surrogatepass")
        self._arrays = (
            (ctypes.c_uint32 * (len(characters) // 4 or 1)).from_buffer_copy(characters or b"\0\0\0\0"),
            _ends(map(len, forms)),
            _ends(map(len, words)),
            _ends(len(each) for _, _, each in clauses),
            _longs(number for number, _, _ in clauses),
            _longs(begins for _, begins, _ in clauses),
        )
        self._struct = _WantedStruct(*[ctypes.addressof(array) for array in self._arrays], len(clauses))
        self._wanted = ctypes.addressof(self._struct)

    def marks(self, folded: str) -> Numbers | None:
        """The marks in a folded text; None where Python must look."""
        library, room = native.library, _room.marks
        assert library is not None
        found: int = library.find_marks(*_characters(folded), self._wanted, room, len(room))
        return None if found < 0 else room[: 3 * found]

    def passages(self, folded: bytes) -> Numbers | None:
        """What `chosen` tells of the marks in an ASCII text, folded."""
        library, marks, told = native.library, _room.marks, _room.told
        assert library is not None
        found: int = library.find_passages(folded, len(folded), 1, self._wanted, marks, _MOST_MARKS, told, _MOST_TOLD)
        return None if found < 0 else told[:found]


def chosen(text: str, marks: Numbers) -> Numbers | None:
    """The passages of a text around its marks; None where Python must choose.

    How many there are, and of each: where it starts and ends, whether there is text before and behind it, how many
    spans are marked in it, and these, counted from its start.
    """
    library, room, told = native.library, _room.marks, _room.told
    if library is None or 2 * len(marks) > len(room):
        return None
    room[: len(marks)] = marks  # type: ignore[assignment]  # it takes numbers
    found: int = library.choose_passages(*_characters(text), room, len(marks) // 3, told, _MOST_TOLD)
    return None if found < 0 else told[:found]


def _characters(text: str) -> tuple[bytes, int, int]:
    """A text as the compiled functions read it: its characters, how many, and how many bytes each takes."""
    if text.isascii():
        return text.encode("ascii"), len(text), 1
    return text.encode("utf-32-le", "surrogatepass"), len(text), 4


def _longs(numbers: Iterable[int]) -> "ctypes.Array[ctypes.c_int64]":
    values = list(numbers)
    return (_LONGS * (len(values) or 1))(*values)


def _ends(sizes: Iterable[int]) -> "ctypes.Array[ctypes.c_int64]":
    return _longs(accumulate(sizes, initial=0))
