"""A clause's score in a hit, told field by field: its share of each field it was found in.

The score is made of all fields at once (`ranking`). Each gets as much of it as it gives of the clause's weighted
frequency; of a pattern, which scores as the best field it matches in, that field gets all. Called by the engines where
a hit is explained.
"""

from collections.abc import Iterator, Mapping

from indexer.fields import BY_NAME
from indexer.search.results import Share


def shares_of(clause: str, score: float, frequencies: Mapping[str, int], is_pattern: bool) -> Iterator[Share]:
    """The shares of a clause, given how often it is in each field that it matches in."""
    weights = {field: BY_NAME[field].weight * max(count, 1) for field, count in frequencies.items()}
    if is_pattern:
        best = max(frequencies, key=lambda field: BY_NAME[field].weight)
        weights = {field: int(field == best) for field in frequencies}
    total = sum(weights.values())
    for field, count in frequencies.items():
        yield Share(clause, field, score * weights[field] / total, count)
