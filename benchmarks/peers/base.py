"""What every engine is asked to do: build an index, open it, answer a results page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from benchmarks.corpus import Record
from benchmarks.queries import Query

TOP = 10  # hits and snippets of a page
PERSON_BUCKETS = 50  # most frequent persons that a page lists; the other three facets are whole


@dataclass(frozen=True, slots=True)
class Page:
    """The answer: exact total, exact facet counts, ids of the best hits, a snippet for each."""

    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    snippets: tuple[str, ...] = ()


class Peer(Protocol):
    """One engine."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> None:
        """Index the records on disk with so many processes or threads."""
        ...

    def open(self, directory: Path) -> Any:
        """Open the index as its users would, once per process."""
        ...

    def page(self, handle: Any, query: Query) -> Page | None:
        """Top 10, total, four facets, ten snippets; None where the engine has no such query."""
        ...
