"""How ready a tagger is to find each kind of name: trades recall for precision on documents it has not learned from.

In: weights and a function that scores a shift of them. Out: the shift with the best F1 among those whose precision is
high enough. A shift is added to the weights of features that every word has, so that the tagger itself needs no more
than its weights. Called after training a language.
"""

from collections.abc import Callable, Mapping

import numpy as np

from indexer.entities.document import key
from indexer.entities.lexicon import UNKNOWN_CAPS
from indexer.entities.packed import Weights
from indexer.entities.training.evaluate import Score, evaluate
from indexer.entities.training.languages.base import AIM

__all__ = ["Scores", "Shift", "evaluate", "search", "shifted"]

Shift = Mapping[str, float]  # by kind: PER, ORG, LOC
Scores = dict[str, Score]
KINDS = ("PER", "ORG", "LOC")
STEPS = (0.5, -0.5, 0.25, -0.25)
ROUNDS = 3
LEAST, MOST = -3.0, 2.0
_PENALTY = 4.0  # points of F1 that a missing point of precision costs
# One of these features is on every word: how often it is capitalised.
_EVERYWHERE = tuple(key(f"0|cp={grade}") for grade in (0, 1, 2, 3, 4, UNKNOWN_CAPS))


def shifted(weights: Weights, shift: Shift) -> Weights:
    """Weights in which every label of a kind scores higher by the kind's shift."""
    by_label = np.array([shift.get(label[2:], 0.0) for label in weights.labels], np.float32)
    keys = np.union1d(weights.keys, np.array(_EVERYWHERE, np.uint32))
    emission = np.zeros((len(keys), len(weights.labels)), np.float32)
    emission[np.searchsorted(keys, weights.keys)] = weights.emission
    emission[np.searchsorted(keys, np.array(_EVERYWHERE, np.uint32))] += by_label
    return Weights(weights.labels, keys, emission, weights.transition)


def search(score: Callable[[Shift], Scores]) -> dict[str, float]:
    """The best shift by coordinate search."""
    best = dict.fromkeys(KINDS, 0.0)
    value = _value(score(best))
    for _ in range(ROUNDS):
        before = value
        for kind in KINDS:
            for step in STEPS:
                while LEAST <= best[kind] + step <= MOST:
                    tried = {**best, kind: best[kind] + step}
                    reached = _value(score(tried))
                    if reached <= value + 1e-9:
                        break
                    best, value = tried, reached
        if value <= before + 1e-9:
            break
    return best


def _value(scores: Scores) -> float:
    """Sum of F1 over kinds, with what is missing to the precision aimed at taken off."""
    return sum(scores[kind].f1 - _PENALTY * max(AIM - scores[kind].precision, 0.0) for kind in KINDS)
