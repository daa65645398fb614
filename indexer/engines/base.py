"""The boundary between the product and a search engine: two small protocols.

Their docstrings are the law that the contract tests (`tests/engines/`) hold on every engine. Nothing above this module
knows which engine answers; nothing below it knows of URLs, HTML or the command line.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from indexer.article import Article
from indexer.search.request import SearchRequest
from indexer.search.results import (
    ArchiveStats,
    CheckReport,
    FacetPage,
    Hit,
    SearchResults,
    Suggestion,
)


class Rejected(Exception):
    """Raised by a `Prepare` for an item that cannot become an article. `reason` is a short stable slug."""

    def __init__(self, reason: str, detail: str = "", excerpt: str = "") -> None:
        super().__init__(reason, detail, excerpt)
        self.reason = reason
        self.detail = detail
        self.excerpt = excerpt


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item came from: a path (or `-`, or a URL) and the line or record number in it, from 1."""

    path: str
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """An item that was not indexed, and why. `excerpt` is its first 200 characters."""

    origin: Origin
    reason: str
    detail: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class WriteCounts:
    """What became of the items given to a writer: every one of them is in exactly one of the four."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    rejected: tuple[Reject, ...] = ()

    def __add__(self, other: "WriteCounts") -> "WriteCounts":
        return WriteCounts(
            self.new + other.new,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
        )


# Turns what a reader yields into an Article with its content hash; runs in the writer's worker processes, so it and
# its items must pickle. Raises Rejected.
Prepare = Callable[[Any], Article]
# Adds what is costly and derived (entities) to a prepared article; not called for unchanged articles.
Enrich = Callable[[Article], Article]


class IndexWriter(Protocol):
    """The only way to change an index. One writer at a time; used as a context manager, whose exit closes it.

    Leaving the block normally does not commit: what was not committed is lost, as it is when the process dies.
    """

    def add(self, item: Any, origin: Origin) -> None:
        """Queue one item for `prepare`. May block while workers are busy.

        The last item with an id wins. An item whose content hash equals the committed one is counted unchanged and not
        written. An item that `prepare` rejects is counted, with its origin.
        """
        ...

    def remove(self, ids: Iterable[str]) -> int:
        """Delete articles by id at the next commit; returns how many of them existed."""
        ...

    def commit(self) -> WriteCounts:
        """Make everything so far durable and visible, all or nothing; returns the counts since the last commit."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Engine(Protocol):
    """One open index: a reader pinned to a generation, and the way to a writer.

    Safe to share between threads for reading. Every method may raise `IndexCorrupt` or `EngineUnavailable`.
    """

    @property
    def generation(self) -> int:
        """The number of the commit this reader sees; grows with every commit."""
        ...

    def refresh(self) -> bool:
        """Move to the newest generation, if there is one; returns whether it did. Cheap enough for every request."""
        ...

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer one request.

        - Score: BM25 (k1 1.2, b 0.75) per text field, summed with the boosts in `fields.py`; ties newer, then id.
        - Values of one filter OR, filters AND, exclusions remove, `MISSING` selects what has no value.
        - `total` and facet counts are exact; each facet ignores its own selection; a value with count N gives N hits
          when chosen; chosen values are listed even at 0, first the most frequent, then A-Z.
        - The date facet has a bucket for every period between the first and the last match, empty ones included, but
          not beyond `request.dates`; days, months or years by the span of those.
        - An entity that a tagger found fewer than `min_mentions` times, and in the body alone, is searchable
          (`person:`) but neither counted nor chosen by filters, unless the request wants `all_mentions`.
        - Spellings that surely mean one person, organisation or place (`entities.variants.safe_key`) are one value,
          under the most frequent of them; each of them finds it.
        - Every hit can be reached by page or cursor, and none comes twice.
        - With `group`, near-duplicates among the matches are one hit, the first in the order asked for, which says how
          many others there are; `stories` counts such hits, while `total` and facets still count articles.
        - The query is parsed once, and the answer carries its tree; so does that of `facet_values`.

        Raises:
            QueryTooExpensive: refused by the parser's limits.
            UsageError: an unknown facet or filter field, or a cursor that is not ours.
            SearchTimeout: `budget_ms` was used up.
        """
        ...

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """Whole articles in the order asked for; None where there is none."""
        ...

    def facet_values(
        self,
        request: SearchRequest,
        field: str,
        *,
        contains: str = "",
        order: Literal["count", "name"] = "count",
        offset: int = 0,
        limit: int = 50,
    ) -> FacetPage:
        """All values of a facet under a search (its own selection ignored), paged; `contains` searches in them."""
        ...

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        """Every matching article, whole, in index order (sort ignored), in memory of fixed size."""
        ...

    def suggest(self, text: str, size: int = 8) -> list[Suggestion]:
        """Entities, sources and titles that begin with or contain the typed words, most frequent first."""
        ...

    def related(self, id: str, size: int = 5) -> list[Hit]:
        """Articles most like the one named, itself left out, best first.

        Raises:
            NotFound: no such article.
        """
        ...

    def copies(self, id: str) -> list[Hit]:
        """The other articles that tell the same story in nearly the same words (`near_duplicates`), oldest first.

        Raises:
            NotFound: no such article.
        """
        ...

    def stats(self) -> ArchiveStats:
        """What the archive holds."""
        ...

    def check(self) -> CheckReport:
        """Read every file and verify its checksum and structure."""
        ...

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> IndexWriter:
        """Open the writer.

        Raises:
            IndexLocked: another process has it.
        """
        ...

    def optimize(self) -> None:
        """Merge everything into as few segments as can be, dropping deleted articles."""
        ...

    def close(self) -> None:
        """Release files, connections and processes. Calling it twice is harmless."""
        ...
