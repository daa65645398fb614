"""Which labels of one segment are which of another: two ascending lists of strings, gone through side by side."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.sets import Array

Strings = tuple[Array, Array]  # their bytes (uint8) and where each begins and the last ends (uint32)


def matched(strings: Strings, others: Strings) -> NDArray[np.int64]:
    """For each of some strings its number among others, -1 where it is none of them. Both ascend by their bytes.

    Raises:
        IndexCorrupt: where a string should lie there is nothing.
    """
    if native.library is not None:
        return native.match_strings(*strings, *others)
    numbers = {string: number for number, string in enumerate(_cut(*others))}
    return np.array([numbers.get(string, -1) for string in _cut(*strings)], np.int64)


def _cut(data: Array, offsets: Array) -> list[bytes]:
    edges, raw = offsets.tolist(), data.tobytes()
    native.expect(all(start <= end <= len(raw) for start, end in pairwise(edges)))
    return [raw[start:end] for start, end in pairwise(edges)]
