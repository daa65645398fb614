"""The inner loops of a build as compiled from `build.c`; called where `native.library` is there, by `codec.pieces` and
`codec.invert`, which do the same in numpy where it is not."""

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.engines.whoosh.kernels.native import Array, call
from indexer.near_duplicates.signatures import EMPTY, WIDTH

Counted = tuple[Array, Array]


class PieceFinder:
    """Cuts texts into pieces and looks these up; keeps the room that it needs."""

    def __init__(self) -> None:
        self._room = 0

    def find(self, text: bytes, factors: Array, keys: Array, values: Array) -> tuple[Array, Array, Array]:
        """Where each piece of a text starts and its number, good until the next call, and the pieces that the table
        has not (`UNKNOWN`). The table has a power of two places."""
        if len(text) // 2 + 1 > self._room:
            self._room = len(text)
            self._starts, self._numbers = np.empty(self._room, np.int64), np.empty(self._room, np.uint32)
            self._unknown = np.empty(self._room, UNKNOWN)
        missing = ctypes.c_int64()
        letters = np.frombuffer(text, np.uint8)
        bits = len(keys).bit_length() - 1
        count = call(
            "find_pieces", letters, len(letters), factors, len(factors), keys, values, bits,
            self._starts, self._numbers, self._unknown, ctypes.addressof(missing),
        )  # fmt: skip
        return self._starts[:count], self._numbers[:count], self._unknown[: missing.value]


# `struct unknown` of `build.c`: a piece's place among the pieces of the text, its length and its hash.
UNKNOWN = np.dtype([("hash", np.uint64), ("place", np.int64), ("length", np.int64)])


@dataclass(frozen=True, slots=True)
class Postings:
    """Tokens in term order: `offsets[t]` where the postings of term t begin; the documents and frequencies of all
    postings; the positions and variants of all tokens."""

    offsets: Array
    documents: Array
    frequencies: Array
    positions: Array
    variants: Array


def invert_tokens(
    forms: Array,
    lengths: Array,
    ranks: Array,
    steps: Array,
    variant_of: Array | None,
    token_offsets: Array,
    wide: bool,
) -> Postings:
    """Put the tokens of documents, given as numbers of forms, in the order of their terms.

    `lengths` says how many each document has. `ranks` (uint32), `steps` (uint8) and `variant_of` (uint8) tell the term
    of each form, by how many positions it goes on, and its variant; `token_offsets` where the tokens of each term
    begin. Positions take four bytes if `wide`, else two.
    """
    count = len(token_offsets) - 1
    lengths = np.ascontiguousarray(lengths, np.int64)
    terms = np.zeros((count, 3), np.int64)  # document, next token, next posting
    offsets = np.zeros(count + 1, np.int64)
    counted = call(
        "count_postings", forms, len(forms), ranks, len(ranks), lengths, len(lengths), terms, count, offsets[1:]
    )
    assert counted == 0, "lengths, forms and ranks are not of the same tokens"
    np.cumsum(offsets, out=offsets)
    terms[:, 0], terms[:, 1], terms[:, 2] = 0, token_offsets[:-1], offsets[:-1]
    positions = np.empty(len(forms), np.uint32 if wide else np.uint16)
    variants = np.empty(len(forms) if variant_of is not None else 0, np.uint8)
    documents, frequencies = (np.empty(offsets[-1], np.uint32) for _ in range(2))
    call(
        "place_tokens", forms, ranks, steps, lengths, len(lengths), terms, variant_of,
        positions, positions.itemsize, variants, documents, frequencies,
    )  # fmt: skip
    return Postings(offsets, documents, frequencies, positions, variants)


def find_signatures(hashes: Array, titles: Counted, bodies: Counted) -> Array:
    """`near_duplicates.signatures.signatures` of titles and bodies, given as forms that have those hashes, and how many
    of them each document has."""
    parts: list[Any] = []
    for forms, lengths in (titles, bodies):
        parts += [forms, len(forms), np.ascontiguousarray(lengths, np.int64)]
    rows = np.full((len(bodies[1]), WIDTH), EMPTY, np.uint16)
    assert len(titles[1]) == len(bodies[1])
    found = call("find_signatures", hashes, len(hashes), *parts, len(rows), rows)
    assert found == 0, "hashes, forms and lengths are not of the same tokens"
    return rows
