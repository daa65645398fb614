"""The best documents of a query of words by block maxima, in C (`top.c`); used where `native.library` is there.

There is no twin in numpy: it would be what the plans do anyway, which list and score all that match. Both give the same
documents and scores, bit for bit, and tests hold them together. Called by `query.scoring` and `query.top`.
"""

import ctypes
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.sets import Array, Docs, Scores
from indexer.engines.whoosh.kernels.words import Postings

# Documents of a stretch, for which a word's most is kept, as a power of two; and words that one query may have.
SHIFT = 6
MOST_WORDS = 32
# Documents beyond those wanted that may tie with the last of them.
TIES = 512

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int64
_HIT = np.dtype([("score", np.float64), ("second", np.int64), ("doc", np.int64)])


class _Held(ctypes.Structure):
    _fields_ = (
        ("held", _POINTER), ("codes", _POINTER), *((name, _INT) for name in "count base end weight at".split()),
    )  # fmt: skip


class _Word(ctypes.Structure):
    _fields_ = (
        *((name, _POINTER) for name in "docs often starts most".split()),
        ("factor", ctypes.c_double), ("each", _INT), ("last", _INT),
    )  # fmt: skip


class _Ground(ctypes.Structure):
    _fields_ = (*((name, _POINTER) for name in "norms seconds live days".split()), ("size", _INT))


class _Query(ctypes.Structure):
    _fields_ = (
        ("ground", _POINTER), ("words", _POINTER), *((name, _INT) for name in "word_count first_day last_day".split()),
    )  # fmt: skip


class Merged:
    """A word in all of its fields as one: how often each document has it, fields weighed, and by stretches the most
    that `f / (f + norm)` comes to."""

    def __init__(self, runs: Sequence[Postings], norms: Scores, size: int) -> None:
        """Put the runs of a word together, those of a segment beside each other.

        Raises:
            IndexCorrupt: numbers of the runs are out of order or out of range.
        """
        room = min(sum(len(run.held) for run in runs), size)
        stretches = (size + (1 << SHIFT) - 1) >> SHIFT
        docs, often = np.empty(room, np.uint32), np.empty(room, np.uint16)
        starts, most = np.empty(stretches + 1, np.uint32), np.empty(stretches, np.float32)
        table = (_Held * len(runs))(
            *(_Held(*native.of_term(r.held, r.codes), r.base, r.base + r.span, r.weight, 0) for r in runs)
        )
        count = native.call(
            "merge_word", ctypes.addressof(table), len(runs), norms, size, docs, often, room, starts, most
        )
        if count < 0:
            raise native.damaged()
        if count < room // 2:
            docs, often = docs[:count].copy(), often[:count].copy()
        self.count = count
        self._arrays = docs, often, starts, most
        self.addresses = tuple(native.at(array) for array in self._arrays)
        self.nbytes = sum(array.nbytes for array in self._arrays)


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a query: `factor` times what `Merged` has is its part of a score. A document must have it (`each`), or
    any of the words up to one that is the `last` of them."""

    word: Merged
    factor: float
    each: bool
    last: bool


class _Room(threading.local):
    """Where a thread's results are put."""

    def __init__(self, stretches: int) -> None:
        self._arrays = np.empty(2 * stretches, np.float32), np.empty(stretches, np.uint32)
        self.bounds, self.sorted = (native.at(array) for array in self._arrays)
        self.grow(TIES)

    def grow(self, room: int) -> None:
        """Make room for so many hits."""
        self.hits = np.empty(room, _HIT)
        self.address = native.at(self.hits)


class Ground:
    """What all queries of a snapshot share: per document the norm of its length, the second that decides between equal
    scores, whether it is there (None: all are), and the day it was published."""

    def __init__(self, norms: Scores, seconds: Array, live: Array | None, days: Array) -> None:
        seconds, days = seconds.astype(np.int64, copy=False), days.astype(np.int32, copy=False)
        self._arrays = norms, seconds, live, days
        self.size = len(norms)
        here = None if live is None else native.at(live)
        self._all = _Ground(native.at(norms), native.at(seconds), here, None, self.size)
        self._dated = _Ground(native.at(norms), native.at(seconds), here, native.at(days), self.size)
        self._room = _Room((self.size + (1 << SHIFT) - 1) >> SHIFT)

    def find(self, words: "Words", wanted: int, days: tuple[int, int] | None) -> tuple[Docs, Scores, bool] | None:
        """The best documents, best first, of those from one day to another; None where too many are alike.

        There are more than `wanted` where some tie with the last of them; the third value says whether any two are in
        an order that only their ids decide.
        """
        room = self._room
        if len(room.hits) < wanted + TIES:
            room.grow(wanted + TIES)
        first, last = days or (0, 0)
        ground = self._dated if days else self._all
        query = _Query(ctypes.addressof(ground), words.address, words.count, first, last)
        found = native.call(
            "find_top", ctypes.addressof(query), wanted, len(room.hits), room.address, room.bounds, room.sorted
        )
        if found == _TOO_MANY:
            return None
        if found < 0:
            raise native.damaged()
        hits = room.hits[:found].copy()
        return hits["doc"], hits["score"], _alike(hits)


_TOO_MANY = -2


class Words:
    """The words of a query, as `Ground.find` takes them."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = tuple(parts)
        self.nbytes = sum(part.word.nbytes for part in parts)
        self.count = len(parts)
        self._table = (_Word * self.count)(*(_Word(*p.word.addresses, p.factor, p.each, p.last) for p in parts))
        self.address = ctypes.addressof(self._table)


def _alike(hits: Array) -> bool:
    return bool(((hits["score"][1:] == hits["score"][:-1]) & (hits["second"][1:] == hits["second"][:-1])).any())
