"""How articles get into an index, whichever engine keeps it: what is given to a writer, what it does, what it counts.

The docstrings are part of the law that the contract tests hold on every engine, as those of `engines/base.py` are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, runtime_checkable

from indexer.article import Article
from indexer.rejection import Origin, Reject


@dataclass(frozen=True, slots=True)
class WriteCounts:
    """What became of the items given to a writer: every one of them is in exactly one of the first four.

    `apart` are the ids of items that other articles had, each with the id under which the item is kept.
    """

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    rejected: tuple[Reject, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: "WriteCounts") -> "WriteCounts":
        return WriteCounts(
            self.new + other.new,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
            self.apart + other.apart,
        )


# Turns what a reader yields into an Article with its content hash; runs in the writer's worker processes, so it and
# its items must pickle. Raises Rejected.
Prepare = Callable[[Any], Article]
# Adds what is costly and derived (entities) to a prepared article; not called for unchanged articles.
Enrich = Callable[[Article], Article]
# Makes another article of a committed one, or returns that very one; runs in the writer's own process. What the source
# said must stay, and with it the content hash.
Change = Callable[[Article], Article]


@runtime_checkable
class Noting(Protocol):
    """An `Enrich` that has remarks to make."""

    def note_to(self, note: Callable[[str], None]) -> None:
        """Have remarks counted, each by its name in `ingest.notes`."""
        ...


class Steps:
    """Several `Enrich` in turn, which are one."""

    def __init__(self, steps: Iterable[Enrich]) -> None:
        self.steps = tuple(steps)

    def __call__(self, article: Article) -> Article:
        """The article after all of them."""
        for step in self.steps:
            article = step(article)
        return article

    def note_to(self, note: Callable[[str], None]) -> None:
        """See `Noting`."""
        for step in self.steps:
            have_noted(step, note)


def have_noted(enrich: object, note: Callable[[str], None]) -> None:
    """Have the remarks of an `Enrich` counted, if it makes any."""
    if isinstance(enrich, Noting):
        enrich.note_to(note)


class IndexWriter(Protocol):
    """The only way to change an index. One writer at a time; used as a context manager, whose exit closes it.

    Leaving the block normally does not commit: what was not committed is lost, as it is when the process dies.
    """

    def add(self, item: Any, origin: Origin) -> None:
        """Queue one item for `prepare`. May block while workers are busy.

        An item whose content hash equals that of the committed article, or of an earlier version of it, is counted
        unchanged and not written. Another item with its id is a further version of the article and counted as
        replacing it; the newest is shown: by the number that the source gave it, the time of its change or of its
        capture, else the last that came; one that has the article among its `earlier` ones is the next. One that shares
        hardly a word with the article, or is of another source, is another article: it is kept under an id of its own.
        An item that `prepare` rejects is counted, with its origin.
        """
        ...

    def remove(self, ids: Iterable[str]) -> int:
        """Delete articles by id at the next commit; returns how many of them existed."""
        ...

    def amend(self, ids: Iterable[str], change: Change) -> int:
        """Write committed articles as `change` makes them, at the next commit; returns how many it changed.

        What is changed is what the archive itself has added: the articles stay the versions that they are, with when
        they came, and count as unchanged. Ids that nothing has are passed over, and so are those of items that were
        given since the last commit.
        """
        ...

    def commit(self, *, strict: bool = False) -> WriteCounts:
        """Make everything so far durable and visible, all or nothing; returns the counts since the last commit.

        Raises:
            ItemsRejected: `strict`, and items were rejected: nothing is committed, the writer of no further use.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Writable(Protocol):
    """What has a writer: an engine, as the write path sees it."""

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> IndexWriter:
        """Open the writer.

        Raises:
            IndexLocked: another process has it.
        """
        ...
