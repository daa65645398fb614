"""What writers of all engines do alike: items into batches, batches to worker processes, failures into clear errors.

A writer adds what becomes of a batch (`_receive`), and how its failures read (`_explained`).
"""

import os
import pickle
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from indexer.article import Article
from indexer.engines.shared.writing.collecting import collecting_rarely
from indexer.engines.shared.writing.items import Item, packed, rejection
from indexer.engines.shared.writing.ledger import DocumentRef, Event, Ledger
from indexer.engines.shared.writing.replay import Replay
from indexer.engines.shared.writing.worker import Committed, Done, Follow, Process, Setup, Worker
from indexer.engines.shared.writing.worker_pool import Pool
from indexer.errors import BroadsheetError, InternalError, ItemsRejected
from indexer.rejection import Origin, Reject, Rejected
from indexer.writing import Change, Enrich, Prepare

# A batch goes to a worker with this many items or bytes, whichever comes first: large enough that the look-up of known
# ids and the trip between processes do not show, small enough that all workers are busy from the start.
BATCH_ITEMS = 64
BATCH_BYTES = 256 << 10


WorkerT = TypeVar("WorkerT", bound=Worker[Any, Any])


class BatchWriter(ABC, Generic[WorkerT, Committed, Done]):
    """A writer that gathers items and has them worked off, here or by worker processes."""

    batch_items = BATCH_ITEMS
    batch_bytes = BATCH_BYTES

    def __init__(self, setup: Setup[WorkerT], processes: int, place: str, *, keep_versions: bool) -> None:
        self._setup = setup
        self._keep_versions = keep_versions
        self._processes = processes
        self._place = place
        self._worker: WorkerT = setup.make()
        self._pool: Pool[WorkerT, Done] | None = None
        self._failure: BroadsheetError | None = None
        self._ledger = Ledger()
        self._sequence = 0
        self._batch: list[Item] = []
        self._batch_bytes = 0
        self._rejects: list[tuple[int, Reject]] = []
        # When the articles of the coming commit are said to have been added.
        self._now = datetime.now(UTC)

    def add(self, item: Any, origin: Origin) -> None:
        """Queue one item; see `IndexWriter.add`."""
        with self._guarded():
            self._sequence += 1
            value = item
            if self._processes > 1:
                try:
                    value = packed(item)
                except Exception as error:  # an item that cannot travel is our bug, not the build's end
                    self._rejects.append((self._sequence, rejection(origin, item, error)))
                    return
                self._batch_bytes += len(value.data)
            self._batch.append(Item(self._sequence, origin.path, origin.record, value))
            if len(self._batch) >= self.batch_items or self._batch_bytes >= self.batch_bytes:
                self._send()

    def remove(self, ids: Iterable[str]) -> int:
        """Delete articles at the next commit; see `IndexWriter.remove`."""
        with self._guarded():
            self._settle()
            removed = 0
            wanted = list(ids)
            for id, (ref, hash) in zip(wanted, self._worker.find(wanted), strict=True):
                held = self._ledger.holds(id)
                if ref is not None if held is None else held:
                    removed += 1
                    self._sequence += 1
                    self._ledger.add(Event(self._sequence, id, id, None, None, ref, hash))
            return removed

    def amend(self, ids: Iterable[str], change: Change) -> int:
        """Write committed articles as `change` makes them; see `IndexWriter.amend`."""
        with self._guarded():
            self._settle()
            wanted = [id for id in dict.fromkeys(ids) if self._ledger.holds(id) is None]
            places = [(ref, hash) for ref, hash in self._worker.find(wanted) if ref is not None]
            held = self._worker.read([ref for ref, _ in places])
            made = [(change(article), article, *place) for article, place in zip(held, places, strict=True)]
            changed = [(after, ref, hash) for after, before, ref, hash in made if after is not before]
            refs, done = self._worker.write([after for after, _, _ in changed])
            self._receive(done)
            self._wrote(refs)
            for written, (after, ref, hash) in zip(refs, changed, strict=True):
                self._sequence += 1
                self._ledger.add(Event(self._sequence, after.id, after.id, hash, written, ref, hash))
            return len(changed)

    def _reconcile(self) -> None:
        """Have items that came with one id since the last commit become versions of one article, or articles of their
        own, in the order in which they came."""
        for events in self._ledger.take_contested():
            replay = Replay(events, self._worker.read, self._worker.find, self._now, keep=self._keep_versions)
            refs, done = self._worker.write(replay.written)
            self._receive(done)
            self._wrote(refs)
            self._ledger.settle(replay.settled)

    def _wrote(self, refs: Sequence[DocumentRef]) -> None:
        """Take note of documents that were written besides those of events."""

    @abstractmethod
    def close(self) -> None:
        """Give up what was not committed, and the lock. Calling it twice is harmless."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def _receive(self, done: Done) -> None:
        """Take note of what became of a batch."""

    @abstractmethod
    def _follow(self) -> Committed:
        """What a worker must be told of the committed index."""

    @abstractmethod
    def _explained(self, error: OSError | MemoryError) -> BroadsheetError:
        """What a failure of the machine means, and what to do."""

    def _send(self) -> None:
        """Have the batch worked off: by the workers, which are started for the first full one, or here."""
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if not batch:
            return
        if self._processes == 1:
            with collecting_rarely():
                self._receive(self._worker.process(batch, self._now))
            return
        if self._pool is None:
            self._pool = Pool(self._processes, self._setup, self._receive)
            self._pool.tell(Follow(self._follow()))
        self._pool.submit(Process(batch, self._now))

    def _settle(self) -> None:
        """Have every item worked off. A few items are done here rather than by processes started for them."""
        if self._pool is None:
            batch, self._batch, self._batch_bytes = self._batch, [], 0
            self._receive(self._worker.process(batch, self._now))
            return
        self._send()
        self._pool.drain()

    def _tell(self) -> None:
        """Have all workers compare with the newest generation from now on."""
        self._now = datetime.now(UTC)
        self._worker.follow(self._follow())
        if self._pool is not None:
            self._pool.tell(Follow(self._follow()))

    def _end_pool(self) -> None:
        if self._pool is not None:
            self._pool.kill()
            self._pool = None

    def _insist(self) -> None:
        """Refuse to go on with items that were rejected.

        Raises:
            ItemsRejected: there are such.
        """
        if self._rejects:
            raise ItemsRejected(self._take_rejects())

    def _take_rejects(self) -> tuple[Reject, ...]:
        """The items rejected since the last commit, in the order they were given."""
        rejects, self._rejects = self._rejects, []
        return tuple(reject for _, reject in sorted(rejects, key=lambda pair: pair[0]))

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn what goes wrong into an error that says what to do; after one, only closing is left."""
        if self._failure is not None:
            raise self._failure
        try:
            yield
        except BroadsheetError as error:
            self._failure = error
            raise
        except (OSError, MemoryError) as error:
            self._failure = self._explained(error)
            raise self._failure from error
        except Exception as error:
            self._failure = InternalError(
                f"Writing {self._place} failed: {type(error).__name__}: {error}. What was committed is safe. Please "
                "report this with the command that you ran."
            )
            raise self._failure from error


def prepare_nothing(item: object) -> Article:
    """The `Prepare` of a writer that gets no items: of one that only merges, or only renames."""
    raise Rejected("not-expected", repr(item))


def usable_processes(wanted: int, prepare: Prepare, enrich: Enrich | None) -> int:
    """How many processes to build with; one where the functions cannot be found by another process."""
    try:
        if b"__main__" in pickle.dumps((prepare, enrich)):
            return 1
    except Exception:  # a lambda, a closure: it works here
        return 1
    return wanted or cores()


def cores() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
