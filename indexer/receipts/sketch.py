"""A set of ids -> a fixed 1.2 KB from which small differences to another set can be read off, whatever the sets' sizes.

An invertible Bloom lookup table (Goodrich and Mitzenmacher 2011; its difference as in Eppstein, Goodrich, Uyeda and
Varghese, "What's the ReceiptDifference?", 2011). Pure; called by `receipts`.

Each id has a key of 64 bits: 48 bits of hash and 16 bits computed from them. A key is put into one cell of each of five
tables of 26: the cell's number grows by one, its sum takes the key by exclusive or. Cells of two sketches subtract:
what both sets have cancels out, and what is left is a sketch of the difference. A cell that holds one key shows it by
the 16 bits; taking it out of its other cells uncovers further ones, until all is empty, or no cell is pure any more.

Differences of up to 60 come out whole but for 1 in 3,000, of 70 but for 1 in 500, of 80 in 96 of 100, above 95 hardly
ever (measured). Whether they did is known: every cell must end empty, and two differences with the same cells are as
rare as a collision of 64 bits. Nothing wrong is ever read off in silence.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

TABLES = 5
CELLS = 26  # of each table
SIZE = TABLES * CELLS * 9  # bytes: a sum of 8 and a number of 1 for each cell
_HASH_BYTES = 6  # of a key; the other two are computed from them
_MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)  # of splitmix64
_BITS = (1 << 64) - 1
_CHECK = np.uint64(0xFFFF)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """Cells of a set. `numbers` count modulo 256, which is enough for any difference that can be read off."""

    sums: Keys
    numbers: NDArray[np.uint8]

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """The sketch of a set of keys, in any order."""
        sums = np.zeros(TABLES * CELLS, np.uint64)
        numbers = np.zeros(TABLES * CELLS, np.uint8)
        for table in range(TABLES):
            places = _places(keys, table)
            np.bitwise_xor.at(sums, places, keys)
            np.add.at(numbers, places, np.uint8(1))
        return cls(sums, numbers)

    def __sub__(self, other: Self) -> "Sketch":
        return Sketch(self.sums ^ other.sums, self.numbers - other.numbers)

    def to_bytes(self) -> bytes:
        """`SIZE` bytes."""
        return self.sums.astype("<u8").tobytes() + self.numbers.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` made.

        Raises:
            ValueError: not as many bytes.
        """
        if len(data) != SIZE:
            raise ValueError(f"a sketch has {SIZE} bytes, not {len(data)}")
        split = TABLES * CELLS * 8
        return cls(np.frombuffer(data[:split], "<u8").astype(np.uint64), np.frombuffer(data[split:], np.uint8).copy())


def difference(new: Sketch, old: Sketch) -> tuple[frozenset[int], frozenset[int]] | None:
    """Keys of the new set alone and of the old one alone; None when there are too many to be read off."""
    left = new - old
    sums, numbers = left.sums.copy(), left.numbers.copy()
    added: set[int] = set()
    removed: set[int] = set()
    progress = True
    while progress:
        progress = False
        for place in _pure(sums, numbers, np.arange(TABLES * CELLS)).tolist():
            if not len(_pure(sums, numbers, np.array([place]))):
                continue  # emptied by one before it
            found, number = sums[place], numbers[place]
            cells = _cells(found)
            side, other = (added, removed) if number == 1 else (removed, added)
            if place not in cells or int(found) in side or len(added) + len(removed) > TABLES * CELLS:
                continue  # several keys that look like one, or more than can be read off
            # Several keys that looked like one come out again on the other side, and cancel.
            if int(found) in other:
                other.remove(int(found))
            else:
                side.add(int(found))
            sums[cells] ^= found
            numbers[cells] -= number
            progress = True
    if sums.any() or numbers.any():
        return None
    return frozenset(added), frozenset(removed)


def keys(ids: Iterable[str]) -> Keys:
    """The keys of ids, in their order."""
    digests = b"".join(
        hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest() + b"\0\0" for id in ids
    )
    return _key_check(np.frombuffer(digests, ">u8").astype(np.uint64))


def _key_check(keys: Keys) -> Keys:
    """The keys with their last 16 bits as they must be."""
    high = keys & ~_CHECK
    return high | (_mixed(high, TABLES) & _CHECK)


def _places(keys: Keys, table: int) -> NDArray[Any]:
    """The cell of each key in a table."""
    return (_mixed(keys, table) % np.uint64(CELLS)).astype(np.intp) + table * CELLS


def _cells(found: np.uint64) -> list[int]:
    """The cells of one key."""
    return [int(_places(np.array([found]), table)[0]) for table in range(TABLES)]


def _mixed(keys: Keys, seed: int) -> Keys:
    """splitmix64 of the keys, different for each seed."""
    values: Keys = keys + np.uint64((seed + 1) * _MIX[0] & _BITS)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_MIX[1])
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_MIX[2])
    return values ^ (values >> np.uint64(31))


def _pure(sums: Keys, numbers: NDArray[np.uint8], places: NDArray[Any]) -> NDArray[Any]:
    """Those of the cells that hold one key of one of the sets, as far as can be seen."""
    held, number = sums[places], numbers[places]
    pure: NDArray[Any] = places[((number == 1) | (number == 255)) & (_key_check(held) == held)]
    return pure
