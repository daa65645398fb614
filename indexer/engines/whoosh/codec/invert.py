"""Tokens in document order -> postings in term order: one sort of 64-bit keys.

In: the form number of every token of a field, the length of every document, and what the forms are. Out: `Inverted`,
the arrays of the field as `layout` names them. A key packs term rank, document, position and variant into as many bits
as each needs, so that sorting the keys orders everything at once; numpy sorts 60 million of them in a second.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.layout import (
    LAST_VARIANT,
    MAX_FREQUENCY,
    Array,
    length_bytes,
    pack_strings,
)

KEY_BITS = 64
# Tokens worked on at a time: what is made on the way stays in the processor's cache.
_STRETCH = 1 << 16


@dataclass(frozen=True, slots=True)
class Inverted:
    """One inverted field, ready to be written under its name."""

    arrays: dict[str, Array]
    total_length: int
    nonempty: int


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """The terms of a field in byte order, their surfaces, and each used form's packed (term rank, variant)."""

    terms: list[bytes]
    surfaces: list[bytes]
    starts: Array
    rank: Array
    variant: Array


@dataclass(frozen=True, slots=True)
class _Bits:
    """How many bits of a key each part takes."""

    rank: int
    document: int
    position: int
    variant: int

    @property
    def total(self) -> int:
        return self.rank + self.document + self.position + self.variant


@dataclass(frozen=True, slots=True)
class _Tokens:
    """All tokens in term order: how many postings each term has; the document of each posting and its first token; the
    position and variant of each token."""

    counts: Array
    documents: Array
    starts: Array
    positions: Array
    variants: Array


def invert(
    forms: Array, lengths: Array, surfaces: Sequence[bytes], form_terms: Array, terms: Sequence[bytes], with_forms: bool
) -> Inverted:
    """Invert one field.

    `forms` numbers `surfaces`; `form_terms` gives the number of each form's term in `terms`. Without `with_forms` a
    term is its own only surface and no variants are kept.
    """
    dictionary = _dictionary(forms, surfaces, form_terms, terms)
    longest = int(lengths.max(initial=0))
    bits = _Bits(
        rank=max(len(dictionary.terms) - 1, 0).bit_length(),
        document=max(len(lengths) - 1, 0).bit_length(),
        position=max(longest - 1, 0).bit_length(),
        variant=int(dictionary.variant.max(initial=0)).bit_length(),
    )
    kind = np.uint16 if longest <= 1 << 16 else np.uint32
    if bits.total <= KEY_BITS:
        tokens = _sorted_by_key(forms, lengths, dictionary, bits, kind)
    else:
        tokens = _sorted_by_rank(forms, lengths, dictionary, kind)
    arrays = _postings(tokens, length_bytes(lengths))
    arrays["lengths"] = length_bytes(lengths)
    arrays["terms.bytes"], arrays["terms.offsets"] = pack_strings(dictionary.terms)
    arrays["positions"] = tokens.positions
    if with_forms:
        arrays["variants"] = tokens.variants
        arrays["surfaces.starts"] = dictionary.starts
        arrays["surfaces.bytes"], arrays["surfaces.offsets"] = pack_strings(dictionary.surfaces)
        arrays["surfaces.sorted"] = byte_order(dictionary.surfaces)
    return Inverted(arrays, int(lengths.sum()), int(np.count_nonzero(lengths)))


def byte_order(strings: Sequence[bytes]) -> Array:
    """The numbers of the strings in byte order, equal ones by number."""
    return np.array(sorted(range(len(strings)), key=strings.__getitem__), np.uint32)


def _dictionary(forms: Array, surfaces: Sequence[bytes], form_terms: Array, terms: Sequence[bytes]) -> _Dictionary:
    used = np.zeros(len(surfaces), np.bool_)
    used[forms] = True
    numbers = np.flatnonzero(used)
    by_term = form_terms[numbers]
    present = np.unique(by_term)
    names = [terms[number] for number in present.tolist()]
    order = sorted(range(len(names)), key=names.__getitem__)
    rank_of_present = np.empty(len(names), np.int64)
    rank_of_present[order] = np.arange(len(names))
    ranks = rank_of_present[np.searchsorted(present, by_term)]
    # Forms of a term in the order they were first met: the commonest surfaces get the small variant numbers.
    grouped = np.argsort(ranks, kind="stable")
    counts = np.bincount(ranks, minlength=len(names))
    starts = np.zeros(len(names) + 1, np.uint32)
    starts[1:] = np.cumsum(counts)
    rank = np.zeros(len(surfaces), np.uint64)
    variant = np.zeros(len(surfaces), np.uint8)
    rank[numbers] = ranks
    within = np.arange(len(numbers)) - np.repeat(starts[:-1].astype(np.int64), counts)
    variant[numbers[grouped]] = np.minimum(within, LAST_VARIANT)
    return _Dictionary(
        [names[at] for at in order],
        [surfaces[number] for number in numbers[grouped].tolist()],
        starts,
        rank,
        variant,
    )


def _places(lengths: Array, shift: int) -> Iterator[tuple[slice, Array]]:
    """`document << shift | position` of every token, a stretch at a time."""
    ends = np.cumsum(lengths, dtype=np.int64)
    bases = (np.arange(len(lengths), dtype=np.int64) << shift) - (ends - lengths)
    for stretch in _stretches(int(ends[-1]) if len(ends) else 0):
        first, last = np.searchsorted(ends, (stretch.start, stretch.stop - 1), "right")
        inside = np.clip(ends[first : last + 1], 0, stretch.stop)
        packed = np.repeat(bases[first : last + 1], np.diff(inside, prepend=stretch.start))
        packed += np.arange(stretch.start, stretch.stop, dtype=np.int64)
        yield stretch, packed.view(np.uint64)


def _sorted_by_key(forms: Array, lengths: Array, dictionary: _Dictionary, bits: _Bits, kind: type) -> _Tokens:
    below = bits.position + bits.variant
    table = dictionary.variant.astype(np.uint64)
    if bits.rank:
        table |= dictionary.rank << np.uint64(bits.document + below)
    keys = np.empty(len(forms), np.uint64)
    for stretch, places in _places(lengths, bits.position):
        keys[stretch] = places << np.uint64(bits.variant) | table[forms[stretch]]
    keys.sort()
    variants = np.empty(len(keys), np.uint8)
    positions: Array = np.empty(len(keys), kind)
    counts = np.zeros(len(dictionary.terms), np.int64)
    starts, documents = [], []
    before = None
    for stretch in _stretches(len(keys)):
        part = keys[stretch]
        variants[stretch] = part & _low(bits.variant)
        positions[stretch] = part >> np.uint64(bits.variant) & _low(bits.position)
        # A posting begins where the rest of the key, term and document, is another than that of the token before.
        part = part >> np.uint64(below) if below < KEY_BITS else np.zeros_like(part)
        first = np.flatnonzero(np.concatenate([[before is None or part[0] != before], part[1:] != part[:-1]]))
        before = part[-1]
        part = part[first]
        starts.append((first + stretch.start).astype(np.uint32))
        documents.append((part & _low(bits.document)).astype(np.uint32))
        ranks = (part >> np.uint64(bits.document)).astype(np.int64)
        if len(ranks):
            counts[ranks[0] : ranks[-1] + 1] += np.bincount(ranks - ranks[0])
    return _Tokens(counts, _joined(documents), _joined(starts), positions, variants)


def _low(bits: int) -> np.uint64:
    """A mask of so many low bits."""
    return np.uint64((1 << bits) - 1)


def _sorted_by_rank(forms: Array, lengths: Array, dictionary: _Dictionary, kind: type) -> _Tokens:
    """The same for a segment whose keys do not fit 64 bits: slower, and never wrong."""
    rank = dictionary.rank[forms]
    order = np.argsort(rank, kind="stable")
    packed = np.empty(len(forms), np.uint64)
    for stretch, places in _places(lengths, 32):
        packed[stretch] = places
    packed, rank = packed[order], rank[order]
    documents = (packed >> np.uint64(32)).astype(np.uint32)
    changes = (documents[1:] != documents[:-1]) | (rank[1:] != rank[:-1])
    starts = np.flatnonzero(np.concatenate([np.ones(min(len(forms), 1), np.bool_), changes]))
    counts = np.bincount(rank[starts].astype(np.int64), minlength=len(dictionary.terms))
    positions: Array = (packed & _low(32)).astype(kind)
    return _Tokens(counts, documents[starts], starts.astype(np.uint32), positions, dictionary.variant[forms][order])


def _stretches(size: int) -> Iterator[slice]:
    return (slice(start, min(start + _STRETCH, size)) for start in range(0, size, _STRETCH))


def _joined(parts: list[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, np.uint32)


def _postings(tokens: _Tokens, lengths: Array) -> dict[str, Array]:
    """The arrays of the postings."""
    postings = np.zeros(len(tokens.counts) + 1, np.int64)
    np.cumsum(tokens.counts, out=postings[1:])
    starts = np.append(tokens.starts, np.uint32(len(tokens.positions)))
    frequency = np.diff(starts)
    big = np.flatnonzero(frequency > MAX_FREQUENCY)
    codes = np.minimum(frequency, MAX_FREQUENCY).astype(np.uint16) << np.uint16(8)
    codes |= lengths[tokens.documents]
    return {
        "postings": postings,
        "docs": tokens.documents,
        "codes": codes,
        "positions.offsets": starts[postings].astype(np.int64),
        "big.index": big.astype(np.int64),
        "big.tf": frequency[big],
    }
