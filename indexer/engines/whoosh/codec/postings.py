"""What the arrays of postings say: codes, frequencies too large for them, and which surface each token has.

A code is two bytes, `frequency << 8 | length byte`: what a score is worked out from, read in one go. The frequency is
cut at `MAX_FREQUENCY`; `Overflow` has the exact ones of the few postings that exceed it. A *variant*, one byte for each
token, is the number of the token's surface among those of its term. Whoever writes or reads either does so through this
module; the kernels take codes as they are, as indexes of a table of scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.codec.layout import Array
from indexer.engines.whoosh.kernels import Mask, expand

# The largest frequency that a code holds; larger ones are listed apart.
MAX_FREQUENCY = 255
# Surfaces of a term from this number on share it as their variant.
LAST_VARIANT = 255

_SHIFT = 8
_LENGTH = 0xFF


def encode(frequencies: Array, lengths: Array) -> Array:
    """The codes (uint16) of postings, given their exact frequencies and the length bytes of their documents."""
    codes = np.minimum(frequencies, MAX_FREQUENCY).astype(np.uint16)
    codes <<= _SHIFT
    codes |= lengths
    return codes


def frequencies(codes: Array) -> Array:
    """The frequencies in codes, `MAX_FREQUENCY` for all that are not smaller."""
    found: Array = codes >> _SHIFT
    return found


def length_bytes(codes: Array) -> Array:
    """The length bytes in codes."""
    found: Array = codes & _LENGTH
    return found


@dataclass(frozen=True, slots=True)
class Overflow:
    """Postings of a field whose frequency does not fit in their code: their numbers, ascending, and the frequencies."""

    postings: Array
    frequencies: Array

    @classmethod
    def of(cls, frequencies: Array) -> "Overflow":
        """Those among postings of given exact frequencies."""
        postings = np.flatnonzero(frequencies > MAX_FREQUENCY)
        return cls(postings, frequencies[postings])

    @classmethod
    def read(cls, arrays: ArrayFile, field: str) -> "Overflow":
        """Those of a field of a segment."""
        return cls(arrays.whole(f"{field}.big.index"), arrays.whole(f"{field}.big.tf"))

    @classmethod
    def joined(cls, parts: Sequence["Overflow"]) -> "Overflow":
        """Those of several stretches of postings, in whatever order they come."""
        postings = np.concatenate([np.zeros(0, np.int64), *(part.postings for part in parts)])
        frequencies = np.concatenate([np.zeros(0, np.uint32), *(part.frequencies for part in parts)])
        order = np.argsort(postings)
        return cls(postings[order], frequencies[order])

    def arrays(self) -> dict[str, Array]:
        """What is stored, by the names under those of the field."""
        return {"big.index": self.postings.astype(np.int64), "big.tf": self.frequencies.astype(np.uint32)}

    def within(self, start: int, stop: int) -> "Overflow":
        """Those from posting `start` to before `stop`, numbered from `start`."""
        low, high = np.searchsorted(self.postings, (start, stop))
        return Overflow(self.postings[low:high] - start, self.frequencies[low:high])

    def moved(self, places: Array) -> "Overflow":
        """The same where posting i went to `places[i]`."""
        return Overflow(places[self.postings], self.frequencies)

    def exact(self, codes: Array, start: int) -> Array:
        """The exact frequencies (uint32) of the postings from `start` on that have these codes."""
        counts = frequencies(codes).astype(np.uint32)
        low, high = np.searchsorted(self.postings, (start, start + len(codes)))
        if high > low:
            counts[self.postings[low:high] - start] = self.frequencies[low:high]
        return counts

    def exact_of(self, codes: Array, starts: Array, counts: Array) -> Array:
        """The same of several stretches, whose codes follow one another: `counts[i]` postings from `starts[i]` on."""
        found = frequencies(codes).astype(np.uint32)
        if len(self.postings):
            postings = expand(starts, counts)
            places = np.minimum(np.searchsorted(self.postings, postings), len(self.postings) - 1)
            there = self.postings[places] == postings
            found[there] = self.frequencies[places[there]]
        return found


def variant(surface: int) -> int:
    """The variant that stands for a surface, given by its number among those of its term."""
    return min(surface, LAST_VARIANT)


def variant_offsets(several: Array, tokens: Array) -> Array:
    """Where the variants of each term start, and the end: the only surface of a term goes without saying.

    `several` says which terms have more than one, `tokens` how many tokens each has.
    """
    offsets = np.zeros(len(tokens) + 1, np.int64)
    np.cumsum(np.where(several, tokens, 0), out=offsets[1:])
    return offsets


class Variants:
    """The variants of the tokens of a field in one segment."""

    def __init__(self, arrays: ArrayFile, field: str) -> None:
        self._arrays = arrays
        self._name = f"{field}.variants"
        self._offsets = arrays.whole(f"{self._name}.offsets")

    @staticmethod
    def are_in(arrays: ArrayFile, field: str) -> bool:
        """Whether the field has any; one that is not stemmed has none."""
        return f"{field}.variants" in arrays

    def of_term(self, term: int) -> Array:
        """Those of the tokens of a term of several surfaces; none where it has but one."""
        start, stop = self._offsets[term : term + 2].tolist()
        return self._arrays.part(self._name, start, stop)

    def having(self, term: int, surfaces: Sequence[int]) -> Mask:
        """Which tokens of a term of several surfaces have one of those given by number; empty where it has but one.

        Surfaces that share a variant are not told apart.
        """
        allowed = np.zeros(LAST_VARIANT + 1, np.bool_)
        allowed[[variant(surface) for surface in surfaces]] = True
        found: Mask = allowed[self.of_term(term)]
        return found

    def of_terms(self, terms: Array) -> Array:
        """Those of ascending terms, as `of_term` has them, one after another."""
        return of_terms(self._arrays, self._name, self._offsets, terms)

    def of_range(self, first: int, last: int, tokens: Array) -> Array:
        """Those of all tokens of the terms from `first` to before `last`, each of which has `tokens[i]`; 0 where a term
        has one surface."""
        variants = np.zeros(tokens.sum(), np.uint8)
        start, stop = int(self._offsets[first]), int(self._offsets[last])
        stored = np.diff(self._offsets[first : last + 1]) > 0
        variants[np.repeat(stored, tokens)] = self._arrays.part(self._name, start, stop)
        return variants

    def of_tokens(self, term: int, first: int, count: int) -> Array:
        """Those of `count` tokens of a term from its `first` on; 0 where it has one surface."""
        start, stop = self._offsets[term : term + 2].tolist()
        if start == stop:
            return np.zeros(count, np.uint8)
        return self._arrays.part(self._name, start + first, start + first + count)


def of_terms(arrays: ArrayFile, name: str, offsets: Array, terms: Array) -> Array:
    """What an array holds for ascending terms, verified; neighbours are read together.

    What it holds for a term goes from `offsets[term]` to before `offsets[term + 1]`.
    """
    breaks = np.flatnonzero(terms[1:] != terms[:-1] + 1) + 1
    firsts = offsets[terms[np.concatenate(([0], breaks))[: len(terms)]]].tolist()
    lasts = offsets[terms[np.concatenate((breaks - 1, [len(terms) - 1]))[: len(terms)]] + 1].tolist()
    parts = [arrays.part(name, start, stop) for start, stop in zip(firsts, lasts, strict=True)]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else arrays.part(name, 0, 0)
