"""The set of ids that a receipt stands for, recovered from what it keeps and from what its search finds today.

A sketch alone tells differences of up to about 60 (`sketch`). What the search finds today and had come by the time of
the receipt is nearly the set that it found then, however much came since: the difference to that is small, and so the
whole set can be read off. Nothing is guessed: the cells must come out empty and the number must be that of the receipt.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.receipts import sketch
from indexer.receipts.found import Found
from indexer.receipts.receipt import SHORT_BYTES, Kept, Receipt
from indexer.receipts.sketch import Keys, Sketch

SHORTER = 24  # bits that a listed key is shortened by, from 64


@dataclass(frozen=True, slots=True)
class Members:
    """Keys of a set. Those of a list have 40 bits of the 64; `short` says so."""

    keys: frozenset[int]
    short: bool = False

    def against(self, older: "Members") -> tuple[frozenset[int], frozenset[int]]:
        """The keys of this set alone and of the older one alone, each with as many bits as its own set has."""
        if self.short == older.short:
            return self.keys - older.keys, older.keys - self.keys
        mine, theirs = self.shortened(), older.shortened()
        return (
            frozenset(key for key in self.keys if _short(key, self.short) not in theirs),
            frozenset(key for key in older.keys if _short(key, older.short) not in mine),
        )

    def shortened(self) -> frozenset[int]:
        """The keys with 40 bits."""
        return self.keys if self.short else frozenset(key >> SHORTER for key in self.keys)

    def covers(self, key: int) -> bool:
        """Whether a whole key is one of the set."""
        return (key >> SHORTER if self.short else key) in self.keys

    def of(self, keys: Keys) -> frozenset[int]:
        """Those of some whole keys that are in the set."""
        return frozenset(key for key in keys.tolist() if self.covers(key))


def listed(receipt: Receipt) -> Members:
    """The set of a receipt that keeps a list."""
    cut = range(0, len(receipt.signature), SHORT_BYTES)
    return Members(frozenset(int.from_bytes(receipt.signature[at : at + SHORT_BYTES], "big") for at in cut), short=True)


def members(receipt: Receipt, found: Found, other: Receipt | None = None) -> Members | None:
    """The set of a receipt; None where it cannot be told.

    Args:
        receipt: the receipt.
        found: what its search finds today.
        other: a receipt that it is compared with, whose list may help.
    """
    if receipt.kept is Kept.NUMBER:
        return None
    if receipt.kept is Kept.LIST:
        found_then = listed(receipt)
        return found_then if len(found_then.keys) == receipt.total else None
    kept = Sketch.from_bytes(receipt.signature)
    for near in _near(receipt, found, other):
        difference = sketch.difference(kept, Sketch.of(near))
        if difference is not None:
            keys = (frozenset(near.tolist()) - difference[1]) | difference[0]
            if len(keys) == receipt.total:
                return Members(keys)
    return None


def _near(receipt: Receipt, found: Found, other: Receipt | None) -> Iterator[Keys]:
    """Sets that may be nearly that of a receipt, the likeliest first."""
    yield found.by(receipt.time)
    yield found.keys
    if other is not None and other.kept is Kept.LIST:
        yield np.array(sorted(listed(other).of(found.keys)), np.uint64)


def _short(key: int, already: bool) -> int:
    return key if already else key >> SHORTER
