"""Scores of labels for words, from keys of features and weights.

In: `Weights` and rows of keys. Out: one row of scores for each word. Called by the tagger.
"""

import numpy as np
from numpy.typing import NDArray

from indexer.entities.packed import Weights

BUCKET_SHIFT = 14  # keys with the same upper 18 bits share a bucket, which holds about one


class Scorer:
    """Sums the weights of features."""

    def __init__(self, weights: Weights) -> None:
        self._keys = weights.keys
        self._emission = np.vstack([weights.emission, np.zeros((1, len(weights.labels)), np.float32)])
        borders = np.arange((1 << (32 - BUCKET_SHIFT)) + 1, dtype=np.int64)
        self._buckets = np.searchsorted(weights.keys >> BUCKET_SHIFT, borders).astype(np.int64)

    def score(self, keys: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Scores, one row for each row of keys and one column for each label."""
        rows = self._rows(keys)
        total: NDArray[np.float32] = self._emission.take(rows[:, 0], axis=0)
        for column in rows.T[1:]:
            total += self._emission.take(column, axis=0)
        return total

    def _rows(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Rows of the weights of keys; unknown keys get the row of zeros."""
        result = np.full(keys.shape, len(self._keys), np.int64)
        flat, found = keys.ravel(), result.ravel()
        bucket = flat >> BUCKET_SHIFT
        place, end = self._buckets[bucket], self._buckets[bucket + 1]
        left = np.flatnonzero(place < end)
        while len(left):
            hit = self._keys[place[left]] == flat[left]
            found[left[hit]] = place[left[hit]]
            left = left[~hit]
            place[left] += 1
            left = left[place[left] < end[left]]
        return result
