"""Pieces of text -> numbers, many at a time: a hash table whose look-ups are numpy's.

In: text as bytes in which every separator is a space. Out: the number of each piece between spaces, and where it
starts. Looking words up one by one in a dictionary takes half the time of a build, most of it waiting for memory; here
a batch's words are cut, hashed and looked up together. Called by the lexicon.
"""

import hashlib
import secrets
from collections.abc import Callable

import numpy as np

from indexer.engines.whoosh.codec.layout import Array
from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.building import PieceFinder

_WORD = 8
# Pieces up to this many bytes are hashed in numpy, 8 at a time; the few longer ones one by one.
_LONGEST = 32
_SPACE, _DOT = b" ."
# The first n bytes of a word.
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(_WORD + 1)], np.uint64)
_BITS = np.uint64(64)
_SMALLEST = 1 << 12


class PieceTable:
    """Numbers the pieces of one language; `new` is called with those that were not seen before, and numbers them.

    A piece is known by a 64-bit hash with secret multipliers: that any two of a million pieces share one has a chance
    of about 1 in 30 million, and two that are made to share one do so in few of all processes.
    """

    def __init__(self, new: Callable[[list[bytes]], list[int]]) -> None:
        self._new = new
        self._factors = np.array([secrets.randbits(64) | 1 for _ in range(_LONGEST // _WORD + 1)], np.uint64)
        self._finder = PieceFinder()
        self._count = 0
        self._resize(_SMALLEST)

    def _resize(self, size: int) -> None:
        self._keys = np.zeros(size, np.uint64)
        self._values = np.zeros(size, np.uint32)
        self._shift = np.uint64(64 - (size.bit_length() - 1))

    def numbers(self, text: bytes) -> tuple[Array, Array]:
        """The number of each piece of a text, and the offset at which it starts."""
        if native.library is not None:
            starts, found, unknown = self._finder.find(text, self._factors, self._keys, self._values)
            numbers = found.copy()
            self._meet(text, starts, numbers, unknown["place"], unknown["length"], unknown["hash"])
            return numbers, starts
        # A space in front and enough behind: every piece has two edges, and 8 bytes can be read wherever one begins.
        room = b" " * (1 + _LONGEST + _WORD - (len(text) + 1) % _WORD)
        text = b"".join((b" ", text, room))
        letters = np.frombuffer(text, np.uint8)
        space = letters == _SPACE
        edges = np.flatnonzero(space[1:] != space[:-1])
        starts, lengths = edges[::2] + 1, edges[1::2] - edges[::2]
        # "end." is "end": what analysis makes of a piece never depends on a dot behind it.
        lengths -= (letters[starts + (lengths - 1)] == _DOT) & (lengths > 1)
        hashes = self._hashes(text, starts, lengths)
        numbers, unknown = self._find(hashes)
        self._meet(text, starts, numbers, unknown, lengths[unknown], hashes[unknown])
        return numbers, starts - 1

    def _meet(self, text: bytes, starts: Array, numbers: Array, unknown: Array, lengths: Array, hashes: Array) -> None:
        """Number the pieces that were not seen before: their places among all pieces, their lengths and hashes."""
        if not len(unknown):
            return
        fresh, first = np.unique(hashes, return_index=True)
        # In the order in which they come in the text, whatever their hashes: the same text, the same numbers.
        order = np.argsort(unknown[first])
        at = first[order]
        places = zip(starts[unknown[at]].tolist(), lengths[at].tolist(), strict=True)
        added = np.empty(len(fresh), np.uint32)
        added[order] = self._new([text[start : start + length] for start, length in places])
        self._add(fresh, added)
        numbers[unknown] = added[np.searchsorted(fresh, hashes)]

    def _hashes(self, text: bytes, starts: Array, lengths: Array) -> Array:
        """Multiply and mix, 8 bytes at a time; see `hash_of` in `kernels/build.c`, of which it differs
        for the longest pieces only."""
        words = np.frombuffer(text, np.uint64, len(text) // _WORD)
        base = starts // _WORD
        shift = ((starts % _WORD) * 8).astype(np.uint64)
        first = words[base] >> shift
        first |= words[base + 1] << (_BITS - shift)
        first &= _MASKS[np.minimum(lengths, _WORD)]
        first *= self._factors[0]
        hashes: Array = first
        for part in range(1, _LONGEST // _WORD):
            longer = np.flatnonzero(lengths > part * _WORD)
            if not len(longer):
                return hashes
            at, by = base[longer] + part, shift[longer]
            word = words[at] >> by
            word |= words[at + 1] << (_BITS - by)
            word &= _MASKS[np.minimum(lengths[longer] - part * _WORD, _WORD)]
            state = hashes[longer]
            hashes[longer] = (state ^ state >> np.uint64(32) ^ word * self._factors[part]) * self._factors[-1]
        for piece in np.flatnonzero(lengths > _LONGEST).tolist():
            start = int(starts[piece])
            digest = hashlib.blake2b(text[start : start + int(lengths[piece])], digest_size=8).digest()
            hashes[piece] = np.uint64(int.from_bytes(digest, "little"))
        return hashes

    def _slots(self, hashes: Array) -> Array:
        # The high bits are the best mixed ones, after one more round.
        mixed = (hashes ^ hashes >> np.uint64(32)) * self._factors[-1]
        slots: Array = (mixed >> self._shift).view(np.int64)
        return slots

    def _find(self, hashes: Array) -> tuple[Array, Array]:
        """The numbers of hashes, and which of them are not there."""
        slots = self._slots(hashes)
        keys = self._keys[slots]
        numbers = self._values[slots]
        waiting = np.flatnonzero(keys != hashes)
        unknown = []
        while len(waiting):
            # An empty slot ends the search; another's key sends it on to the next slot.
            gone = keys[waiting] == 0
            unknown.append(waiting[gone])
            waiting = waiting[~gone]
            slots[waiting] = (slots[waiting] + 1) % len(self._keys)
            keys[waiting] = self._keys[slots[waiting]]
            numbers[waiting] = self._values[slots[waiting]]
            waiting = waiting[keys[waiting] != hashes[waiting]]
        return numbers, np.concatenate(unknown) if unknown else np.empty(0, np.int64)

    def _add(self, hashes: Array, numbers: Array) -> None:
        """Enter distinct hashes that are not there."""
        self._count += len(hashes)
        if 2 * self._count > len(self._keys):
            taken = np.flatnonzero(self._keys)
            hashes = np.concatenate([self._keys[taken], hashes])
            numbers = np.concatenate([self._values[taken], numbers])
            self._resize(1 << (4 * self._count).bit_length())
        slots = self._slots(hashes)
        waiting = np.arange(len(hashes))
        while len(waiting):
            free = waiting[self._keys[slots[waiting]] == 0]
            # Of several that want the same slot one gets it.
            self._keys[slots[free]] = hashes[free]
            placed = self._keys[slots[waiting]] == hashes[waiting]
            self._values[slots[waiting[placed]]] = numbers[waiting[placed]]
            waiting = waiting[~placed]
            slots[waiting] = (slots[waiting] + 1) % len(self._keys)
