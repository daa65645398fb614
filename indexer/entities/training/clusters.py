"""Words of a large plain corpus to their habits: how often they are capitalised, and which words they resemble.

In: token streams. Out: a `WordTable` (word clusters at three grains, capitalisation of each lower-case word).
Clusters are k-means over singular vectors of positive pointwise mutual information with the neighbouring words.
Called by the lexicon builder only; needs scipy.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

CONTEXT_WORDS = 3_000
DIMENSIONS = 96
_DIGIT = re.compile(r"\d")
# Upper bounds of the share of capitalised mid-sentence uses; the bin above the last is "always".
CAPS_BOUNDS = (0.02, 0.25, 0.75, 0.98)
CAPS_MIN_COUNT = 3


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of a text is placed. The defaults suit a text of ten million words and more."""

    vocabulary: int = 40_000  # words with a cluster
    minimum: int = 12  # rarer words have too few neighbours to place
    grains: tuple[int, int, int] = (1024, 256, 64)  # clusters at each grain, finest first


@dataclass(frozen=True, slots=True)
class WordTable:
    """`clusters[i]` holds the cluster of `words[i]` at each grain; `caps` maps a lower-case word to its bin."""

    words: tuple[str, ...]
    clusters: NDArray[np.int32]
    caps: dict[str, int]


def build(streams: Iterable[Sequence[Sequence[str]]], seed: int, sizes: Sizes | None = None) -> WordTable:
    """Count, factorise, cluster. The same streams and seed give the same table."""
    counts: Counter[str] = Counter()
    mid: Counter[str] = Counter()
    ids: dict[str, int] = {"</s>": 0}
    flat: list[NDArray[np.int32]] = []
    for document in streams:
        row: list[int] = []
        for words in document:
            letters = [w for w in words if w[0].isalpha()]
            shouting = sum(w[0].isupper() for w in letters) > 0.6 * len(letters)
            row.append(0)
            for position, word in enumerate(words):
                key = _DIGIT.sub("0", word)
                row.append(ids.setdefault(key, len(ids)))
                counts[key] += 1
                if position and not shouting and word[0].isalpha():
                    mid[word] += 1
        flat.append(np.asarray(row, np.int32))
    stream = np.concatenate(flat)
    return WordTable(*_cluster(stream, ids, counts, seed, sizes or Sizes()), capitalisation(mid))


def capitalisation(mid: Counter[str]) -> dict[str, int]:
    """The bin of each word by its counted uses inside sentences: how many of them have a capital."""
    upper: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for word, count in mid.items():
        low = word.lower()
        total[low] += count
        if word[0].isupper():
            upper[low] += count
    return {
        low: int(np.searchsorted(CAPS_BOUNDS, upper[low] / count, side="right"))
        for low, count in sorted(total.items())
        if count >= CAPS_MIN_COUNT
    }


def _cluster(
    stream: NDArray[np.int32], ids: dict[str, int], counts: Counter[str], seed: int, sizes: Sizes
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    ranked = sorted((w for w, c in counts.items() if c >= sizes.minimum), key=lambda w: (-counts[w], w))
    ranked = ranked[: sizes.vocabulary]
    rank = np.full(len(ids), -1, np.int64)
    for position, word in enumerate(ranked):
        rank[ids[word]] = position
    rows = rank[stream]
    contexts = np.where(rows < CONTEXT_WORDS - 1, rows + 1, 0)  # 0: sentence boundary and everything rarer
    contexts[rows < 0] = 0
    blocks = []
    for offset in (-1, 1):
        shifted = np.roll(contexts, -offset)
        keep = rows >= 0
        block = sparse.coo_matrix(
            (np.ones(keep.sum(), np.float32), (rows[keep], shifted[keep])), shape=(len(ranked), CONTEXT_WORDS)
        ).tocsr()
        blocks.append(block)
    matrix = sparse.hstack(blocks).tocoo()
    row_sum = np.asarray(matrix.sum(1)).ravel()
    column_sum = np.asarray(matrix.sum(0)).ravel() ** 0.75
    column_sum *= row_sum.sum() / column_sum.sum()
    values = np.log(matrix.data * row_sum.sum() / (row_sum[matrix.row] * np.maximum(column_sum[matrix.col], 1)))
    positive = values > 0
    ppmi = sparse.csr_matrix(
        (values[positive].astype(np.float32), (matrix.row[positive], matrix.col[positive])), shape=matrix.shape
    )
    vectors = _left_singular(ppmi, seed)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    weight = np.log1p(np.array([counts[w] for w in ranked], np.float64))
    return tuple(ranked), group(vectors, weight, sizes.grains, seed)


def group(
    vectors: NDArray[np.float32], weight: NDArray[np.float64], grains: Sequence[int], seed: int
) -> NDArray[np.int32]:
    """Clusters of unit vectors at each grain, finest first; coarser ones are clusters of the finest."""
    finest, centres = _kmeans(vectors, weight, grains[0], seed)
    mass = np.bincount(finest, weight, grains[0]).astype(np.float64)
    columns = [finest]
    for grain in grains[1:]:
        coarse, _ = _kmeans(centres, mass, grain, seed)
        columns.append(coarse[finest])
    return np.stack(columns, 1).astype(np.int32)


def _left_singular(matrix: "sparse.csr_matrix", seed: int) -> NDArray[np.float32]:
    """Randomised range finder with two power iterations, then an exact factorisation of the small matrix."""
    random = np.random.default_rng(seed)
    basis = matrix @ random.standard_normal((matrix.shape[1], DIMENSIONS + 16)).astype(np.float32)
    for _ in range(2):
        basis, _ = np.linalg.qr(basis)
        basis = matrix @ (matrix.T @ basis)
    basis, _ = np.linalg.qr(basis)
    left, scale, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    kept: NDArray[np.float32] = (basis @ left)[:, :DIMENSIONS] * np.sqrt(scale[:DIMENSIONS])
    return kept


def _kmeans(
    vectors: NDArray[np.float32], weight: NDArray[np.float64], k: int, seed: int, rounds: int = 20
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Spherical k-means; empty clusters restart from the worst placed vector."""
    random = np.random.default_rng(seed)
    chosen = random.choice(len(vectors), k, replace=False, p=weight / weight.sum())
    centres = vectors[np.sort(chosen)].copy()
    labels = np.zeros(len(vectors), np.int64)
    for _ in range(rounds):
        likeness = vectors @ centres.T
        labels = likeness.argmax(1)
        best = likeness[np.arange(len(vectors)), labels]
        sums = np.zeros_like(centres)
        np.add.at(sums, labels, vectors * weight[:, None].astype(np.float32))
        for empty in np.flatnonzero(np.bincount(labels, minlength=k) == 0):
            worst = int(best.argmin())
            sums[empty] = vectors[worst]
            best[worst] = 1
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return labels, centres
