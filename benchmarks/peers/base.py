"""What every engine is asked to do: build an index, open it, answer a results page; some the ten best alone as well."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable

from benchmarks.corpus import Record
from benchmarks.queries import Query

TOP = 10  # hits and snippets of a page
PERSON_BUCKETS = 50  # most frequent persons that a page lists; the other three facets are whole
Best = tuple[tuple[str, str], ...]  # ids and titles of the ten best articles, best first


@dataclass(frozen=True, slots=True)
class Page:
    """The answer: exact total, exact facet counts, ids of the best hits, a snippet for each."""

    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    snippets: tuple[str, ...] = ()


class Taken(NamedTuple):
    """How long something took: by the clock and of the processor. Pages are in milliseconds, builds in seconds."""

    clock: float
    processor: float


class Peer(Protocol):
    """One engine."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> dict[str, Taken] | None:
        """Index the records on disk with so many processes or threads.

        One that times itself returns the builds that count, each with what it is: "first", "warm".
        """
        ...

    def open(self, directory: Path) -> Any:
        """Open the index as its users would, once per process."""
        ...

    def page(self, handle: Any, query: Query) -> Page | None:
        """Top 10, total, four facets, ten snippets; None where the engine has no such query."""
        ...


class Ranker(Peer, Protocol):
    """An engine that is asked for the ten best articles alone as well."""

    def top(self, handle: Any, query: Query) -> Best | None:
        """Ids and titles of the ten best; no total, no facets, no snippets. None as of `page`."""
        ...


@runtime_checkable
class Elsewhere(Protocol):
    """An engine that answers in a process of its own, and so says itself what it took."""

    def warm(self, handle: Any, what: str) -> None:
        """Answer all queries until the code is compiled; `what` is `page` or `top`."""
        ...

    def taken(self, handle: Any) -> Taken:
        """What the last answer took, in milliseconds."""
        ...

    def peak_mb(self, handle: Any) -> float:
        """The most memory that the process had, which ends with this."""
        ...
