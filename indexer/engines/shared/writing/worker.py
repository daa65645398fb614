"""What a build's worker is, and what it can be asked.

A `Worker` is what `Setup.make()` returns; a `Request` is a value that calls one of its methods, so that it can be sent
to another process. Each engine has its own worker and may have further requests.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from indexer.article import Article
from indexer.engines.shared.writing.items import Item
from indexer.engines.shared.writing.ledger import DocumentRef

# What a worker is told of the committed index, and what it says became of a batch: each engine has its own.
Committed = TypeVar("Committed")
Done = TypeVar("Done")
CommittedIn = TypeVar("CommittedIn", contravariant=True)
DoneOut = TypeVar("DoneOut", covariant=True)
WorkerIn = TypeVar("WorkerIn", contravariant=True)
WorkerOut = TypeVar("WorkerOut", covariant=True)


class Worker(Protocol[CommittedIn, DoneOut]):
    """What turns items into parts of an index, in the writer's own process or in one of several."""

    def follow(self, committed: CommittedIn) -> None:
        """Compare with this generation from now on."""
        ...

    def process(self, items: Iterable[Item], now: datetime) -> DoneOut:
        """Work off a batch, whose articles are added at a time."""
        ...

    def find(self, ids: Sequence[str]) -> list[tuple[DocumentRef | None, bytes | None]]:
        """Where the committed index holds each id, and the content hash it has there."""
        ...

    def read(self, refs: Sequence[DocumentRef]) -> list[Article]:
        """The articles of documents, committed or just written."""
        ...

    def write(self, articles: Sequence[Article]) -> tuple[list[DocumentRef], DoneOut]:
        """Write articles as they are, and say where."""
        ...

    def discard(self) -> None:
        """Drop what was not handed over."""
        ...


class Setup(Protocol[WorkerOut]):
    """What a worker process is sent first."""

    def make(self) -> WorkerOut:
        """The worker."""
        ...


class Request(Protocol[WorkerIn, DoneOut]):
    """What a worker process is asked; None is no answer, and none is sent."""

    def run(self, worker: WorkerIn) -> DoneOut | None:
        """Have the worker do it."""
        ...


@dataclass(frozen=True, slots=True)
class Follow(Generic[Committed]):
    """Compare with this generation from now on."""

    committed: Committed

    def run(self, worker: Worker[Committed, object]) -> None:
        """See `Request`."""
        worker.follow(self.committed)


@dataclass(frozen=True, slots=True)
class Process(Generic[Committed, Done]):
    """Work off a batch."""

    items: Sequence[Item]
    now: datetime

    def run(self, worker: Worker[Committed, Done]) -> Done:
        """See `Request`."""
        return worker.process(self.items, self.now)


def holding(worker: Worker[Any, Any], asked: str, ref: DocumentRef | None) -> Callable[[str], Article | None]:
    """What finds the committed article of an id, given where that of one id is, which is not looked up again."""

    def held(id: str) -> Article | None:
        at = ref if id == asked else worker.find([id])[0][0]
        return None if at is None else worker.read([at])[0]

    return held
