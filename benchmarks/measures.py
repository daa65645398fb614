"""What a ranking is worth, given which documents answer the question. Used by `relevance` and by the tests' floors."""

import math
from collections.abc import Sequence


def ndcg(found: Sequence[str], answers: frozenset[str], depth: int = 10) -> float:
    """Discounted gain of the first hits over the best there could be, an answer being worth one."""
    gain = sum(1 / math.log2(rank + 1) for rank, id in enumerate(found[:depth], 1) if id in answers)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(depth, len(answers)) + 1))


def average_precision(found: Sequence[str], answers: frozenset[str]) -> float:
    """The mean, over the answers, of the share of answers among the hits down to each."""
    right, total = 0, 0.0
    for rank, id in enumerate(found, 1):
        if id in answers:
            right += 1
            total += right / rank
    return total / len(answers)


def recall(found: Sequence[str], answers: frozenset[str], depth: int = 100) -> float:
    """The share of the answers among the first hits."""
    return len(answers.intersection(found[:depth])) / len(answers)
