"""The distance between words in edits: insertions, deletions, replacements and swaps of two neighbours.

Called by the expansion of fuzzy words, by "did you mean" and by highlights.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def distances(word: str, others: Sequence[str]) -> NDArray[np.int64]:
    """The edit distance from `word` to each of the others."""
    if not others:
        return np.empty(0, np.int64)
    width = max(map(len, others))
    lengths = np.fromiter(map(len, others), np.intp, len(others))
    padded = "".join(other.ljust(width, "\0") for other in others)
    letters = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32).reshape(len(others), width).T
    codes = [ord(letter) for letter in word]
    # Row i holds the distances from the first i letters of `word` to the first j letters of each other word.
    small = max(width, len(word)) < np.iinfo(np.int16).max
    first = np.arange(width + 1, dtype=np.int16 if small else np.int64)
    before = current = row = np.repeat(first[:, None], len(others), axis=1)
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
    return row[lengths, np.arange(len(others))].astype(np.int64)


def letter_bits(text: str) -> NDArray[np.uint64]:
    """One bit of 64 for each letter of the text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.uint64(1) << (codes % np.uint32(64)).astype(np.uint64)


def distance_within(word: str, other: str, edits: int) -> bool:
    """Whether another word is within `edits` of a word."""
    if abs(len(word) - len(other)) > edits or len(set(word) ^ set(other)) > 2 * edits:
        return False
    return word == other or int(distances(word, [other])[0]) <= edits
