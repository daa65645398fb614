"""Words within one or two edits of another, out of a whole dictionary, in numpy.

An edit is an insertion, deletion, replacement or swap of two neighbours (optimal string alignment). Called by the
expansion of fuzzy words and by "did you mean".
"""

from collections.abc import Sequence
from itertools import compress

import numpy as np

from indexer.analysis.edits import distances, letter_bits
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.kernels import Array
from indexer.engines.whoosh.reader.term_dictionary import Dictionary

_BLOCK = 1 << 17  # surfaces looked at together while signatures are made, to bound memory
_COMPARED = 1 << 13  # surfaces whose distance is measured between two looks at the clock: some 5 ms
_LONGEST = 255
NO_NUMBERS: Array = np.empty(0, np.intp)


class SurfaceIndex:
    """Signature and length of every surface of a dictionary: what most of them are ruled out by."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self.signatures = np.zeros(dictionary.surfaces, np.uint64)
        self.lengths = np.zeros(dictionary.surfaces, np.uint8)
        for low in range(0, dictionary.surfaces, _BLOCK):
            texts = dictionary.texts(low, min(low + _BLOCK, dictionary.surfaces))
            lengths = np.fromiter(map(len, texts), np.int64, len(texts))
            letters = letter_bits("".join(texts))
            starts = np.cumsum(lengths) - lengths
            self.signatures[low : low + len(texts)] = np.bitwise_or.reduceat(letters, starts)
            self.lengths[low : low + len(texts)] = np.minimum(lengths, _LONGEST)
        self._first = dictionary.first_word

    def candidates(self, word: str, edits: int) -> tuple[Array, list[str]]:
        """The surfaces that may be within `edits` of a folded word: their numbers and texts."""
        if not word:
            return NO_NUMBERS, []
        signature = np.bitwise_or.reduce(letter_bits(word))
        fits = np.abs(self.lengths.astype(np.int16) - min(len(word), _LONGEST)) <= edits
        offsets = np.flatnonzero(fits[self._first :]) + self._first
        there = self.signatures[offsets]
        # An edit adds at most one letter to a word and takes at most one from it.
        few = (np.bitwise_count(there & ~signature) <= edits) & (np.bitwise_count(signature & ~there) <= edits)
        numbers = self._dictionary.order[offsets[few]]
        return numbers, self._dictionary.texts_of(numbers)


def close_ones(word: str, texts: Sequence[str], edits: int, budget: TimeBudget) -> list[str]:
    """Those of some texts within `edits` of a folded word.

    Raises:
        SearchTimeout: the budget is used up.
    """
    found: list[str] = []
    for low in range(0, len(texts), _COMPARED):
        budget.check()
        some = texts[low : low + _COMPARED]
        found += compress(some, (distances(word, some) <= edits).tolist())
    return found
