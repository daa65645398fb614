"""How surprising it is that a share of some articles has something, and another share of others.

The log-likelihood ratio G², -2 log λ of two binomials (Dunning, "Accurate Methods for the Statistics of Surprise and
Coincidence", Computational Linguistics 19 (1), 1993), negative where the share is the smaller one. Called for trends,
and by the engines for the words of hits.
"""

from math import log


def surprise(count: int, total: int, other_count: int, other_total: int) -> float:
    """Signed G² of a share `count / total` against `other_count / other_total`."""
    table = ((count, total - count), (other_count, other_total - other_count))
    everything = total + other_total
    if not total or not other_total:
        return 0.0
    score = 0.0
    for row in table:
        for column, observed in enumerate(row):
            if observed:
                expected = sum(row) * (table[0][column] + table[1][column]) / everything
                score += observed * log(observed / expected)
    risen = count * other_total - other_count * total
    return 2 * score * (1 if risen > 0 else -1) if risen else 0.0
