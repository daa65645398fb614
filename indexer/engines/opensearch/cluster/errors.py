"""What a cluster refuses, said so that it can be mended. Called by the connection and the bulk requests."""

from collections.abc import Iterator
from typing import Any

from indexer.errors import EngineUnavailable, QueryTooExpensive, StateError

_TOO_MANY = ("too_many_clauses", "too_many_nested_clauses", "too many terms", "too_complex_to_determinize")


def refused(place: str, reason: str) -> StateError:
    """The error for an index that the cluster has closed to writing."""
    if "flood" in reason or "disk" in reason or "read-only" in reason:
        return StateError(
            f"The disks of {place} are nearly full, and the cluster takes no more articles ({reason}). Everything up "
            "to the last commit is safe; free some space, then run the same command again to continue."
        )
    return EngineUnavailable(f"{place} refuses the request for now: {reason}. Look at the cluster's health.")


def too_complex(info: Any) -> QueryTooExpensive | None:
    """The error for a query that stands for more words than the cluster looks for at once."""
    text = " ".join(_reasons(info)).lower()
    if any(sign in text for sign in _TOO_MANY):
        return QueryTooExpensive(
            "A part of the query stands for more words than the cluster looks for at once. Write more of its letters."
        )
    return None


def _reasons(info: Any) -> Iterator[str]:
    if isinstance(info, dict):
        for name, value in info.items():
            if name in ("reason", "type") and isinstance(value, str):
                yield value
            else:
                yield from _reasons(value)
    elif isinstance(info, list):
        for value in info:
            yield from _reasons(value)
