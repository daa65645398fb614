"""Fits the tagger's weights: conditional log-likelihood by AdaGrad, averaged over the last passes.

In: a `Problem`. Out: `Weights`. Pure numpy on one core; the same problem and settings give the same weights.
Called by `python -m indexer.entities.training`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.entities.crf import forbid
from indexer.entities.packed import Weights
from indexer.entities.training.problem import LABELS, Problem

SMALL = 0.25  # weights of a kept feature below this share of the pruning bound become zero, which packs well
ACTIVE = 1e-3  # words whose gradient is smaller everywhere are left out of an update
BUCKET = 64  # batches drawn together and sorted by length, so that sentences of a batch are of like length

Floats = NDArray[np.float64]
Progress = Callable[[int, float], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. The defaults are what the shipped weights were made with."""

    passes: int = 7
    average_from: int = 2
    batch: int = 32
    rate: float = 0.1
    decay: float = 1e-6
    dropout: float = 0.0
    word_dropout: float = 0.3  # share of words whose spelling is hidden, so that unseen words are learned for
    # Added to the score of "no entity" on words of entities while training: weighs misses above inventions.
    miss_cost: float = 0.8
    keep: int = 240_000  # rows with the largest weights that are kept: about 2 MB
    seed: int = 1


def fit(problem: Problem, settings: Settings, progress: Progress | None = None) -> Weights:
    """Train; returns averaged weights without the rows that decide nothing."""
    random = np.random.default_rng(settings.seed)
    count = len(LABELS)
    emission = np.zeros((problem.size + 1, count), np.float32)
    squares = np.full_like(emission, 1e-2)
    transition = np.zeros((count, count))
    transition_squares = np.full_like(transition, 1e-2)
    emission_sum = np.zeros_like(emission)
    transition_sum = np.zeros_like(transition)
    for number in range(settings.passes):
        loss = 0.0
        for batch in _batches(problem.lengths, settings.batch, random):
            words, alive = _lay_out(problem, batch)
            ids = problem.ids[words]
            if settings.dropout:
                ids = np.where(random.random(ids.shape, np.float32) < settings.dropout, problem.size, ids)
            if settings.word_dropout:
                hidden = random.random(len(ids)) < settings.word_dropout
                ids[hidden] = np.where(problem.lexical[ids[hidden]], problem.size, ids[hidden])
            scores = emission[ids].sum(axis=1).astype(np.float64)
            gold = problem.labels[words]
            scores[gold != 0, 0] += settings.miss_cost
            weight = np.concatenate([problem.weight[batch[:n]] for n in alive])
            value, gradient, pairs = _gradient(scores, gold, alive, transition, weight)
            loss += value
            active = np.abs(gradient).max(axis=1) > ACTIVE
            rows, summed = _sum_rows(ids[active], gradient[active], problem.size)
            summed += settings.decay * len(words) * emission[rows]
            squares[rows] += summed**2
            emission[rows] -= settings.rate * summed / np.sqrt(squares[rows])
            transition_squares += pairs**2
            transition -= settings.rate * pairs / np.sqrt(transition_squares)
        if number >= settings.average_from:
            emission_sum += emission
            transition_sum += transition
        if progress:
            progress(number, loss)
    averaged = max(settings.passes - settings.average_from, 1)
    return _prune(problem.keys, emission_sum[:-1] / averaged, transition_sum / averaged, settings.keep)


def _prune(keys: NDArray[np.uint32], emission: NDArray[np.floating], transition: Floats, most: int) -> Weights:
    """Weights of the `most` features that decide most, without the small parts of those."""
    size = np.abs(emission).max(axis=1)
    bound = np.sort(size)[max(len(size) - most, 0)]
    kept = size >= max(bound, 1e-6)
    rows = np.where(np.abs(emission[kept]) < SMALL * bound, 0, emission[kept])
    return Weights(LABELS, keys[kept], rows.astype(np.float32), transition.astype(np.float32))


def _batches(lengths: NDArray[np.int64], size: int, random: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Shuffled batches of sentences of like length, longest first within a batch."""
    order = random.permutation(len(lengths))
    groups: list[NDArray[np.int64]] = []
    for begin in range(0, len(order), size * BUCKET):
        chunk = order[begin : begin + size * BUCKET]
        chunk = chunk[np.argsort(-lengths[chunk], kind="stable")]
        groups.extend(chunk[at : at + size] for at in range(0, len(chunk), size))
    for place in random.permutation(len(groups)):
        yield groups[place]


def _lay_out(problem: Problem, batch: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[int]]:
    """Words of a batch step by step (all first words, all second words ...), and sentences alive at each step."""
    lengths = problem.lengths[batch]
    begins = problem.begins[batch]
    alive = [int((lengths > step).sum()) for step in range(int(lengths[0]))]
    return np.concatenate([begins[:n] + step for step, n in enumerate(alive)]), alive


def _gradient(
    scores: Floats, gold: NDArray[np.int64], alive: list[int], transition: Floats, weight: Floats
) -> tuple[float, Floats, Floats]:
    """Negative log-likelihood of a batch and its gradient by scores and by transitions (forward-backward)."""
    peak = scores.max(axis=1, keepdims=True)
    potential = np.exp(scores - peak)
    start = np.array([0.0 if label[0] in "IL" else 1.0 for label in LABELS])
    step_factor = np.exp(forbid(LABELS, transition.astype(np.float32)).astype(np.float64))
    begins = np.cumsum(alive) - alive
    forward = np.empty_like(scores)
    norm = np.empty(len(scores))
    for step, n in enumerate(alive):
        here = slice(begins[step], begins[step] + n)
        row = potential[here] * (start if step == 0 else forward[begins[step - 1] : begins[step - 1] + n] @ step_factor)
        norm[here] = row.sum(axis=1)
        forward[here] = row / norm[here, None]
    ends = np.array([1.0 if label[0] in "OLU" else 0.0 for label in LABELS])
    backward = np.tile(ends, (len(scores), 1))
    for step in range(len(alive) - 2, -1, -1):
        n = alive[step + 1]
        after = slice(begins[step + 1], begins[step + 1] + n)
        message = potential[after] * backward[after] / norm[after, None]
        backward[begins[step] : begins[step] + n] = message @ step_factor.T
    marginal = forward * backward
    total = marginal.sum(axis=1, keepdims=True)
    marginal /= total
    pairs = np.zeros_like(transition)
    for step in range(1, len(alive)):
        n = alive[step]
        here = slice(begins[step], begins[step] + n)
        before = slice(begins[step - 1], begins[step - 1] + n)
        right = potential[here] * backward[here] / (norm[here] * total[here, 0])[:, None] * weight[here, None]
        pairs += forward[before].T @ right
    pairs *= step_factor
    for step in range(1, len(alive)):
        n = alive[step]
        here = slice(begins[step], begins[step] + n)
        before = slice(begins[step - 1], begins[step - 1] + n)
        np.add.at(pairs, (gold[before], gold[here]), -weight[here])
    value = float(-(weight * np.log(np.maximum(marginal[np.arange(len(gold)), gold], 1e-30))).sum())
    gradient = marginal
    gradient[np.arange(len(gold)), gold] -= 1
    gradient *= weight[:, None]
    return value, gradient, pairs


def _sum_rows(ids: NDArray[np.int32], gradient: Floats, size: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Gradient of each feature: the sum over the words that have it."""
    flat = ids.ravel()
    rows, where = np.unique(flat, return_inverse=True)
    summed = np.empty((len(rows), gradient.shape[1]), np.float32)
    for label in range(gradient.shape[1]):
        summed[:, label] = np.bincount(where, np.repeat(gradient[:, label], ids.shape[1]), len(rows))
    if len(rows) and rows[-1] == size:
        rows, summed = rows[:-1], summed[:-1]
    return rows, summed
