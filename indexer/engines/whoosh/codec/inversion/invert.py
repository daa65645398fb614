"""Tokens in document order -> postings in term order, by counting rather than comparing.

In: the form number of every token of a field, how many each document has, and what the forms are. Out: `Inverted`, the
arrays of the field as `layout` names them. A stacked form stands at the position of the one before it and is not
counted in the length of its field. Some documents at a time, the tokens are put in term order by a radix
sort and moved to where their terms' postings stand in the whole; that takes a third of the time of sorting all of them
by one 64-bit key, and half the memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.layout import Array, lengths_to_bytes, pack_strings
from indexer.engines.whoosh.codec.postings import LAST_VARIANT, Overflow, encode, variant_offsets
from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.building import Postings, invert_tokens

# Tokens put in order at a time: what is made on the way stays in the processor's cache; half or four times as
# many cost a tenth more time.
_STRETCH = 1 << 18
_RADIX_BITS = 16


@dataclass(frozen=True, slots=True)
class Inverted:
    """One inverted field, ready to be written under its name."""

    arrays: dict[str, Array]
    total_length: int
    nonempty: int


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """The terms of a field in byte order, their surfaces, the number of tokens of each term, and each used form's term
    rank and variant."""

    terms: list[bytes]
    surfaces: list[bytes]
    starts: Array
    tokens: Array
    rank: Array
    variant: Array


@dataclass(frozen=True, slots=True)
class _Part:
    """Postings of some consecutive documents in term order: which terms, how many postings each, and of each posting
    the document and the frequency."""

    terms: Array
    counts: Array
    documents: Array
    frequencies: Array


@dataclass(frozen=True, slots=True)
class Forms:
    """What the numbers of forms mean: of each its surface, the number of its term in `terms`, and by how many positions
    it goes on, 0 or 1."""

    surfaces: Sequence[bytes]
    form_terms: Array
    steps: Array
    terms: Sequence[bytes]


def of_words(forms: Array, counts: Array, steps: Array) -> tuple[Array, Array]:
    """The forms that go on by a position, and how many of them each document has, given all forms and how many of
    those."""
    if steps.all():
        return forms, counts
    going = steps.view(np.bool_)[forms]
    stacked = np.flatnonzero(~going)  # few: looked for by document, rather than counted through all forms
    documents = np.searchsorted(np.cumsum(counts, dtype=np.int64), stacked, "right")
    return forms[going], counts - np.bincount(documents, minlength=len(counts))


def invert(forms: Array, counts: Array, lengths: Array, known: Forms, with_forms: bool) -> Inverted:
    """Invert one field, given the forms of all documents, how many each has, and how many of these go on.

    Without `with_forms` a term is its own only surface and no variants are kept.
    """
    surfaces, form_terms, terms = known.surfaces, known.form_terms, known.terms
    dictionary = _dictionary(_uses(forms, len(surfaces)), surfaces, form_terms, terms)
    offsets = np.zeros(len(dictionary.terms) + 1, np.int64)
    np.cumsum(dictionary.tokens, out=offsets[1:])
    wide = bool(lengths.max(initial=0) > 1 << 16)
    if native.library is not None:
        variant_of = dictionary.variant if with_forms else None
        ranks = dictionary.rank.astype(np.uint32)
        inverted = invert_tokens(forms, counts, ranks, known.steps, variant_of, offsets, wide)
    else:
        inverted = _inverted(forms, counts, known.steps, dictionary, offsets, with_forms, wide)
    positions, variants = inverted.positions, inverted.variants
    approximate = lengths_to_bytes(lengths)
    arrays = _coded(inverted, approximate)
    arrays["lengths"] = approximate
    if with_forms:
        arrays["words"] = lengths.astype(np.uint32)
    arrays["terms.bytes"], arrays["terms.offsets"] = pack_strings(dictionary.terms)
    arrays["positions"] = positions
    arrays["positions.offsets"] = offsets
    if with_forms:
        several = np.diff(dictionary.starts) > 1
        arrays["variants"] = variants[np.repeat(several, dictionary.tokens)]
        arrays["variants.offsets"] = variant_offsets(several, dictionary.tokens)
        arrays["surfaces.starts"] = dictionary.starts
        arrays["surfaces.bytes"], arrays["surfaces.offsets"] = pack_strings(dictionary.surfaces)
        arrays["surfaces.sorted"] = byte_order(dictionary.surfaces)
    return Inverted(arrays, int(lengths.sum()), int(np.count_nonzero(lengths)))


def _inverted(
    forms: Array, counts: Array, steps: Array, dictionary: _Dictionary, offsets: Array, with_forms: bool, wide: bool
) -> Postings:
    """What `kernels.building.invert_tokens` does, in numpy."""
    positions: Array = np.empty(len(forms), np.uint32 if wide else np.uint16)
    variants = np.empty(len(forms) if with_forms else 0, np.uint8)
    free = offsets[:-1].copy()
    parts = [
        _scattered(stretch, forms, counts, steps, dictionary, free, positions, variants)
        for stretch in _stretches(counts)
    ]
    return Postings(*_gathered(parts, len(dictionary.terms)), positions, variants)


def byte_order(strings: Sequence[bytes]) -> Array:
    """The numbers of the strings in byte order, equal ones by number."""
    return np.array(sorted(range(len(strings)), key=strings.__getitem__), np.uint32)


def _uses(forms: Array, count: int) -> Array:
    """How many tokens have each form."""
    uses = np.zeros(count, np.int64)
    for start in range(0, len(forms), _STRETCH):
        part = np.bincount(forms[start : start + _STRETCH])
        uses[: len(part)] += part
    return uses


def _dictionary(uses: Array, surfaces: Sequence[bytes], form_terms: Array, terms: Sequence[bytes]) -> _Dictionary:
    numbers = np.flatnonzero(uses)
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
    tokens = np.zeros(len(names), np.int64)
    np.add.at(tokens, ranks, uses[numbers])
    rank = np.zeros(len(surfaces), np.uint16 if len(names) <= 1 << _RADIX_BITS else np.uint32)
    variant = np.zeros(len(surfaces), np.uint8)
    rank[numbers] = ranks
    within = np.arange(len(numbers)) - np.repeat(starts[:-1].astype(np.int64), counts)
    variant[numbers[grouped]] = np.minimum(within, LAST_VARIANT)
    return _Dictionary(
        [names[at] for at in order],
        [surfaces[number] for number in numbers[grouped].tolist()],
        starts,
        tokens,
        rank,
        variant,
    )


def _stretches(counts: Array) -> Iterator[tuple[slice, slice]]:
    """Some whole documents at a time, and their tokens; documents without tokens may be left out."""
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    first = start = 0
    while start < total:
        fitting, longer = np.searchsorted(ends, (start + _STRETCH, start), "right").tolist()
        last = max(fitting, longer + 1)  # at least one document that has tokens, however many
        stop = int(ends[last - 1])
        yield slice(first, last), slice(start, stop)
        first, start = last, stop


def _scattered(
    stretch: tuple[slice, slice],
    forms: Array,
    counts: Array,
    steps: Array,
    dictionary: _Dictionary,
    free: Array,
    positions: Array,
    variants: Array,
) -> _Part:
    """Put the positions and variants of a stretch of documents where they belong, `free` being the next place of each
    term; returns the postings."""
    documents, tokens = stretch
    forms, counts = forms[tokens], counts[documents].astype(np.int64)
    size = len(forms)
    ranks = dictionary.rank[forms]
    order = _radix_order(ranks)
    # The postings begin where term or document change, the terms where the term does.
    ranks = ranks[order]
    document = np.repeat(np.arange(documents.start, documents.stop, dtype=np.uint32), counts)[order]
    other = ranks[1:] != ranks[:-1]
    terms_at = np.concatenate([[0], np.flatnonzero(other) + 1])
    np.logical_or(other, document[1:] != document[:-1], out=other)
    postings_at = np.concatenate([[0], np.flatnonzero(other) + 1])
    terms = ranks[terms_at].astype(np.int64)
    token_counts = np.diff(terms_at, append=size)
    places = np.repeat(free[terms] - terms_at, token_counts)
    places += np.arange(size)
    free[terms] += token_counts
    position = np.cumsum(steps[forms], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    filled = counts > 0
    position -= np.repeat(position[starts[filled]], counts[filled])  # the first form of a document is at position 0
    positions[places] = position.astype(positions.dtype)[order]
    if len(variants):
        variants[places] = dictionary.variant[forms][order]
    return _Part(
        terms,
        np.diff(np.searchsorted(postings_at, terms_at), append=len(postings_at)),
        document[postings_at],
        np.diff(postings_at, append=size).astype(np.uint32),
    )


def _radix_order(ranks: Array) -> Array:
    """`argsort(ranks, kind="stable")`, in linear time: numpy counts where the numbers have 16 bits."""
    if ranks.dtype == np.uint16:
        return np.argsort(ranks, kind="stable")
    order = np.argsort(ranks.astype(np.uint16), kind="stable")
    high = (ranks >> np.uint32(_RADIX_BITS)).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")]


def _gathered(parts: list[_Part], terms: int) -> tuple[Array, Array, Array]:
    """Where each term's postings begin, and the documents and frequencies of all; each part's go behind those of the
    parts before it, term by term."""
    postings = np.zeros(terms + 1, np.int64)
    for part in parts:
        postings[part.terms + 1] += part.counts
    np.cumsum(postings, out=postings)
    free = postings[:-1].copy()
    documents = np.empty(postings[-1], np.uint32)
    frequency = np.empty(postings[-1], np.uint32)
    for part in parts:
        places = np.repeat(free[part.terms] - (np.cumsum(part.counts) - part.counts), part.counts)
        places += np.arange(len(places))
        free[part.terms] += part.counts
        documents[places] = part.documents
        frequency[places] = part.frequencies
    return postings, documents, frequency


def _coded(inverted: Postings, lengths: Array) -> dict[str, Array]:
    """The arrays of the postings, given the length byte of each document."""
    return {
        "postings": inverted.offsets,
        "docs": inverted.documents,
        "codes": encode(inverted.frequencies, lengths[inverted.documents]),
        **Overflow.of(inverted.frequencies).arrays(),
    }
