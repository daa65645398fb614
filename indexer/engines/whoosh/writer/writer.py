"""The writer of an index: items in, a new generation out. Implements `indexer.writing.IndexWriter`.

`add` gathers items into batches; worker processes turn them into segments (`worker`); `commit` decides which documents
are superseded (`ledger`), merges what has become too many segments (`merge_policy`) and publishes
the generation (`directory.generations`).
Until then nothing that readers see has changed, and what a killed build leaves behind is cleared by the next writer.
"""

import errno
from contextlib import suppress
from pathlib import Path

import numpy as np

from indexer.config import Config
from indexer.engines.shared.writing.batch_writer import BatchWriter, usable_processes
from indexer.engines.shared.writing.collecting import collecting_rarely
from indexer.engines.whoosh.codec.layout import new_segment_name
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.directory.lock import WriteLock
from indexer.engines.whoosh.directory.manifest import Manifest
from indexer.engines.whoosh.writer.merge_policy import MergeInput, plan
from indexer.engines.whoosh.writer.worker import Done, Flush, Merge, Setup, Worker
from indexer.errors import StateError
from indexer.writing import Enrich, Prepare, WriteCounts

_MEGABYTE = 1 << 20
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WhooshWriter(BatchWriter[Worker, Manifest, Done]):
    """The one writer of the index in `directory`, which is made if need be.

    Raises:
        IndexLocked: another process is writing.
        IndexCorrupt, IndexFormatMismatch: what is there cannot be added to.
        StateError: from any method: the disk is full, or a worker process died. What was committed stands; the writer
            is of no further use.
    """

    def __init__(self, directory: Path, config: Config, prepare: Prepare, enrich: Enrich | None = None) -> None:
        self._directory = directory
        processes = usable_processes(config.engine.processes, prepare, enrich)
        memory = config.engine.memory_mb * _MEGABYTE // processes
        keep = config.ingest.versions == "all"
        setup = Setup(directory, prepare, enrich, memory, config.entities.min_mentions, keep)
        super().__init__(setup, processes, f"the index in {directory}", keep_versions=keep)
        _make(directory)
        self._lock = WriteLock(directory)
        try:
            self._manifest = self._begin()
            generations.clear(directory, self._manifest, generations.previous_manifest(directory, self._manifest))
        except BaseException:
            self._lock.release()
            raise
        self._segments: list[SegmentInfo] = []

    def _begin(self) -> Manifest:
        """The generation that the next one follows."""
        manifest = generations.manifest_to_extend(self._directory)
        self._worker.follow(manifest)
        return manifest

    def commit(self, *, strict: bool = False) -> WriteCounts:
        """Make everything so far durable and visible; see `IndexWriter.commit`."""
        with self._guarded(), collecting_rarely():
            self._settle()
            self._receive(self._worker.flush())
            if self._pool is not None:
                self._pool.submit_all(Flush())
                self._pool.drain()
            self._reconcile()
            self._receive(self._worker.flush())
            if strict:
                self._insist()
            verdict = self._ledger.verdict()
            if self._segments or verdict.deletes or not self._manifest.generation:
                self._publish(self._merged(self._inputs(verdict.deletes)))
            self._ledger.clear()
            return WriteCounts(verdict.new, verdict.replaced, verdict.unchanged, self._take_rejects(), verdict.apart)

    def optimize(self) -> None:
        """Commit, then merge everything into one segment without deleted documents."""
        self.commit()
        with self._guarded():
            inputs = self._inputs({})
            if len(inputs) > 1 or any(len(one.deleted) for one in inputs):
                self._publish(self._merged(inputs, [inputs]))

    def close(self) -> None:
        """Give up what was not committed, and the lock. Calling it twice is harmless."""
        self._end_pool()
        self._worker.discard()
        with suppress(OSError, StateError):
            self._lock.check()
            generations.clear(
                self._directory, self._manifest, generations.previous_manifest(self._directory, self._manifest)
            )
        self._lock.release()

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
                gone = np.union1d(gone, generations.deleted_documents(self._directory, info))
            inputs.append(MergeInput(info, gone))
        return [one for one in inputs if one.live]

    def _merged(self, inputs: list[MergeInput], groups: list[list[MergeInput]] | None = None) -> list[MergeInput]:
        """The segments after the merges that are due, each group where its first member stood."""
        position = {one.info.name: at for at, one in enumerate(inputs)}
        order: dict[str, int] = {}
        sources: dict[str, tuple[MergeInput, ...]] = {}
        gone: set[str] = set()
        names: list[str] = []
        for group in plan(inputs, self._processes) if groups is None else groups:
            members = sorted(group, key=lambda one: position[one.info.name])
            name = new_segment_name()
            names.append(name)
            order[name] = position[members[0].info.name]
            sources[name] = tuple(members)
            gone.update(one.info.name for one in members)
            if self._pool is None:
                self._receive(self._worker.merge(members, name))
            else:
                self._pool.submit(Merge(members, name))
        if self._pool is not None:
            self._pool.drain()
        nothing = np.empty(0, np.uint32)
        made = [MergeInput(info, nothing, sources[info.name]) for info in self._segments if info.name in order]
        result = [one for one in inputs if one.info.name not in gone] + made
        return sorted(result, key=lambda one: order.get(one.info.name, position.get(one.info.name, 0)))

    def _publish(self, segments: list[MergeInput]) -> None:
        self._lock.check()
        merged = {one.info.name: [(each.info, each.deleted) for each in one.sources] for one in segments}
        self._manifest = generations.publish(
            self._directory, self._manifest, [(one.info, one.deleted) for one in segments], merged
        )
        self._segments = []
        self._tell()

    def _follow(self) -> Manifest:
        return self._manifest

    def _explained(self, error: OSError | MemoryError) -> StateError:
        safe = "Everything up to the last commit is safe"
        if isinstance(error, MemoryError):
            return StateError(
                f"Memory ran out while writing {self._directory}. {safe}; set a smaller engine.memory_mb."
            )
        if error.errno in _DISK_FULL:
            return StateError(
                f"There is no space left for the index in {self._directory}. {safe}; free some space and run the same "
                "command again to continue."
            )
        return StateError(
            f"The index in {self._directory} cannot be written: {error.strerror or error}. {safe}; correct this and "
            "run the same command again to continue."
        )


def _make(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(
            f"{directory} cannot be made ({error.strerror}). Choose another directory with --index."
        ) from None
