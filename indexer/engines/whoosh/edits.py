"""Words within one or two edits of another, out of a whole dictionary, in numpy.

An edit is an insertion, deletion, replacement or swap of two neighbours (optimal string alignment). Called by the
expansion of fuzzy words and by "did you mean".
"""

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.dictionary import Dictionary
from indexer.engines.whoosh.kernels import Array

_BLOCK = 1 << 17  # surfaces looked at together while signatures are made, to bound memory
_LONGEST = 255


class SurfaceIndex:
    """Signature and length of every surface of a dictionary: what most of them are ruled out by."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self.signatures = np.zeros(dictionary.surfaces, np.uint64)
        self.lengths = np.zeros(dictionary.surfaces, np.uint8)
        for low in range(0, dictionary.surfaces, _BLOCK):
            texts = dictionary.texts(low, min(low + _BLOCK, dictionary.surfaces))
            lengths = np.fromiter(map(len, texts), np.int64, len(texts))
            letters = _bits("".join(texts))
            starts = np.cumsum(lengths) - lengths
            self.signatures[low : low + len(texts)] = np.bitwise_or.reduceat(letters, starts)
            self.lengths[low : low + len(texts)] = np.minimum(lengths, _LONGEST)

    def near(self, word: str, edits: int) -> tuple[Array, list[str]]:
        """Surfaces within `edits` of a folded word: their numbers and texts."""
        if not word:
            return np.empty(0, np.intp), []
        signature = np.bitwise_or.reduce(_bits(word))
        fits = np.abs(self.lengths.astype(np.int16) - min(len(word), _LONGEST)) <= edits
        places = np.flatnonzero(fits)
        there = self.signatures[places]
        # An edit adds at most one letter to a word and takes at most one from it.
        few = (np.bitwise_count(there & ~signature) <= edits) & (np.bitwise_count(signature & ~there) <= edits)
        places = places[few]
        numbers = self._dictionary.order[places]
        texts = [self._dictionary.surface_text(number) for number in numbers.tolist()]
        close = distances(word, texts) <= edits
        return numbers[close], [text for text, kept in zip(texts, close.tolist(), strict=True) if kept]


def distances(word: str, others: list[str]) -> NDArray[np.int64]:
    """The edit distance from `word` to each of the others."""
    if not others:
        return np.empty(0, np.int64)
    width = max(map(len, others))
    lengths = np.fromiter(map(len, others), np.intp, len(others))
    padded = "".join(other.ljust(width, "\0") for other in others)
    letters = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32).reshape(len(others), width).T
    codes = [ord(letter) for letter in word]
    # Row i holds the distances from the first i letters of `word` to the first j letters of each other word.
    before = current = row = np.repeat(np.arange(width + 1, dtype=np.int64)[:, None], len(others), axis=1)
    for i, code in enumerate(codes):
        before, current, row = current, row, np.empty_like(row)
        row[0] = i + 1
        for j in range(width):
            same = letters[j] == code
            best = np.minimum(current[j + 1], row[j]) + 1
            best = np.minimum(best, current[j] + ~same)
            if i and j:
                swapped = (letters[j] == codes[i - 1]) & (letters[j - 1] == code)
                best = np.where(swapped, np.minimum(best, before[j - 1] + 1), best)
            row[j + 1] = best
    return row[lengths, np.arange(len(others))]


def _bits(text: str) -> NDArray[np.uint64]:
    """One bit of 64 for each letter of the text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.uint64(1) << (codes % np.uint32(64)).astype(np.uint64)


def distance_within(word: str, other: str, edits: int) -> bool:
    """Whether another word is within `edits` of a word."""
    if abs(len(word) - len(other)) > edits or len(set(word) ^ set(other)) > 2 * edits:
        return False
    return word == other or int(distances(word, [other])[0]) <= edits
