"""The writer of an index: items in, a new generation out. Implements `IndexWriter` of `engines/base.py`.

`add` gathers items into batches; worker processes turn them into segments (`worker`); `commit` decides which documents
are superseded (`ledger`), merges what has become too many segments (`merge`) and publishes the generation (`store`).
Until then nothing that readers see has changed, and what a killed build leaves behind is cleared by the next writer.
"""

import errno
import os
import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from indexer.config import Config
from indexer.engines.base import Enrich, Origin, Prepare, Reject, WriteCounts
from indexer.engines.shared.ledger import Event, Ledger
from indexer.engines.shared.pool import Pool
from indexer.engines.shared.serving import Item, packed, rejection
from indexer.engines.whoosh import store
from indexer.engines.whoosh.codec.layout import new_segment_name
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.locking import WriteLock
from indexer.engines.whoosh.merge import MergeInput, plan
from indexer.engines.whoosh.worker import Done, Setup, Worker
from indexer.errors import BroadsheetError, InternalError, StateError

# A batch goes to a worker with this many items or bytes, whichever comes first: large enough that the look-up of known
# ids and the trip between processes do not show, small enough that all workers are busy from the start.
BATCH_ITEMS = 64
BATCH_BYTES = 256 << 10
_MEGABYTE = 1 << 20
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WhooshWriter:
    """The one writer of the index in `directory`, which is made if need be.

    Raises:
        IndexLocked: another process is writing.
        IndexCorrupt, IndexFormatMismatch: what is there cannot be added to.
        StateError: from any method: the disk is full, or a worker process died. What was committed stands; the writer
            is of no further use.
    """

    def __init__(self, directory: Path, config: Config, prepare: Prepare, enrich: Enrich | None = None) -> None:
        self._directory = directory
        self._processes = _processes(config.engine.processes, prepare, enrich)
        memory = config.engine.memory_mb * _MEGABYTE // self._processes
        self._setup = Setup(directory, prepare, enrich, memory, config.entities.min_mentions)
        _make(directory)
        self._lock = WriteLock(directory)
        self._pool: Pool | None = None
        self._failure: BroadsheetError | None = None
        try:
            self._manifest = store.manifest_to_extend(directory)
            store.clear(directory, self._manifest, store.previous_manifest(directory, self._manifest))
            self._worker = Worker(self._setup)
            self._worker.follow(self._manifest)
        except BaseException:
            self._lock.release()
            raise
        self._sequence = 0
        self._ledger = Ledger()
        self._batch: list[Item] = []
        self._batch_bytes = 0
        self._rejects: list[tuple[int, Reject]] = []
        self._segments: list[SegmentInfo] = []

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
            if len(self._batch) >= BATCH_ITEMS or self._batch_bytes >= BATCH_BYTES:
                self._send()

    def remove(self, ids: Iterable[str]) -> int:
        """Delete articles at the next commit; see `IndexWriter.remove`."""
        with self._guarded():
            self._settle()
            removed = 0
            for id in ids:
                place, hash = self._worker.find(id)
                held = self._ledger.holds(id)
                if place is not None if held is None else held:
                    removed += 1
                    self._sequence += 1
                    self._ledger.add(Event(self._sequence, id, None, None, place, hash))
            return removed

    def commit(self) -> WriteCounts:
        """Make everything so far durable and visible; see `IndexWriter.commit`."""
        with self._guarded():
            self._settle()
            self._receive(self._worker.flush())
            if self._pool is not None:
                self._pool.submit_all("flush")
                self._pool.drain()
            verdict = self._ledger.verdict()
            if self._segments or verdict.deletes or not self._manifest.generation:
                self._publish(self._merged(self._inputs(verdict.deletes)))
            rejected = tuple(reject for _, reject in sorted(self._rejects, key=lambda pair: pair[0]))
            self._rejects = []
            self._ledger.clear()
            return WriteCounts(verdict.new, verdict.replaced, verdict.unchanged, rejected)

    def optimize(self) -> None:
        """Commit, then merge everything into one segment without deleted documents."""
        self.commit()
        with self._guarded():
            inputs = self._inputs({})
            if len(inputs) > 1 or any(len(one.deleted) for one in inputs):
                self._publish(self._merged(inputs, [inputs]))

    def close(self) -> None:
        """Give up what was not committed, and the lock. Calling it twice is harmless."""
        if self._pool is not None:
            self._pool.kill()
            self._pool = None
        self._worker.discard()
        with suppress(OSError):
            store.clear(self._directory, self._manifest, store.previous_manifest(self._directory, self._manifest))
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send(self) -> None:
        """Have the batch worked off: by the workers, which are started for the first full one, or here."""
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if not batch:
            return
        if self._processes == 1:
            self._receive(self._worker.process(batch))
            return
        if self._pool is None:
            self._pool = Pool(self._processes, self._setup, self._receive)
            self._pool.tell("follow", self._manifest)
        self._pool.submit("process", batch)

    def _settle(self) -> None:
        """Have every item worked off. A few items are done here rather than by processes started for them."""
        if self._pool is None:
            batch, self._batch, self._batch_bytes = self._batch, [], 0
            self._receive(self._worker.process(batch))
            return
        self._send()
        self._pool.drain()

    def _receive(self, done: Done) -> None:
        for event in done.events:
            self._ledger.add(event)
        self._rejects += done.rejects
        self._segments += done.segments

    def _inputs(self, deletes: dict[str, set[int]]) -> list[MergeInput]:
        """All segments with their deleted documents, those without a live one left out."""
        inputs = []
        for info in (*self._manifest.segments, *self._segments):
            gone = np.array(sorted(deletes.get(info.name, ())), np.uint32)
            if info.deletes:
                gone = np.union1d(gone, store.deleted_documents(self._directory, info))
            inputs.append(MergeInput(info, gone))
        return [one for one in inputs if one.live]

    def _merged(self, inputs: list[MergeInput], groups: list[list[MergeInput]] | None = None) -> list[MergeInput]:
        """The segments after the merges that are due, each group where its first member stood."""
        position = {one.info.name: at for at, one in enumerate(inputs)}
        order: dict[str, int] = {}
        gone: set[str] = set()
        names: list[str] = []
        for group in plan(inputs) if groups is None else groups:
            members = sorted(group, key=lambda one: position[one.info.name])
            name = new_segment_name()
            names.append(name)
            order[name] = position[members[0].info.name]
            gone.update(one.info.name for one in members)
            if self._pool is None:
                self._receive(self._worker.merge(members, name))
            else:
                self._pool.submit("merge", members, name)
        if self._pool is not None:
            self._pool.drain()
        made = [MergeInput(info, np.empty(0, np.uint32)) for info in self._segments if info.name in order]
        result = [one for one in inputs if one.info.name not in gone] + made
        return sorted(result, key=lambda one: order.get(one.info.name, position.get(one.info.name, 0)))

    def _publish(self, segments: list[MergeInput]) -> None:
        self._manifest = store.publish(self._directory, self._manifest, [(one.info, one.deleted) for one in segments])
        self._segments = []
        self._worker.follow(self._manifest)
        if self._pool is not None:
            self._pool.tell("follow", self._manifest)

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
            self._failure = _explained(self._directory, error)
            raise self._failure from error
        except Exception as error:
            self._failure = InternalError(
                f"Writing the index in {self._directory} failed: {type(error).__name__}: {error}. What was committed "
                "is safe. Please report this with the command that you ran."
            )
            raise self._failure from error


def _processes(wanted: int, prepare: Prepare, enrich: Enrich | None) -> int:
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


def _make(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(
            f"{directory} cannot be made ({error.strerror}). Choose another directory with --index."
        ) from None


def _explained(directory: Path, error: OSError | MemoryError) -> StateError:
    safe = "Everything up to the last commit is safe"
    if isinstance(error, MemoryError):
        return StateError(f"Memory ran out while writing {directory}. {safe}; set a smaller engine.memory_mb.")
    if error.errno in _DISK_FULL:
        return StateError(
            f"There is no space left for the index in {directory}. {safe}; free some space and run the same command "
            "again to continue."
        )
    return StateError(
        f"The index in {directory} cannot be written: {error.strerror or error}. {safe}; correct this and run the same "
        "command again to continue."
    )
