"""The write path: sources -> readers -> the engine's writer -> a report whose numbers add up.

`build` is called by the archive facade. Articles are prepared and enriched in the writer's processes; here files are
opened in turn, items handed over, and the work made durable every `[ingest] commit_every` articles.
"""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from indexer.config import Config
from indexer.ingest.files import FileReading
from indexer.ingest.normalise import Preparer
from indexer.ingest.notes import Notes
from indexer.ingest.raw import RawArticle
from indexer.ingest.rejects import RejectLog
from indexer.ingest.report import MOST_APART_LISTED, MOST_SKIPPED_LISTED, BuildReport, Progress, ProgressEvent
from indexer.ingest.stopping import Stopping
from indexer.ingest.walk import Skipped, SourceFile, check_sources, total_bytes, walk
from indexer.leftovers import hold, sweep
from indexer.rejection import Reject
from indexer.writing import Enrich, IndexWriter, Writable, WriteCounts, have_noted

__all__ = ["BuildReport", "Progress", "ProgressEvent", "build"]

# What a build does that was stopped: raise, as Ctrl-C does elsewhere, or say so in its report.
Interrupted = Literal["raise", "report"]
PROGRESS_EVERY = 0.25  # seconds
NOTES_PREFIX = "broadsheet-notes-"


def build(
    sources: Sequence[str | os.PathLike[str]],
    engine: Writable,
    config: Config,
    *,
    enrich: Enrich | None = None,
    progress: Progress | None = None,
    interrupted: Interrupted = "report",
) -> BuildReport:
    """Read files and folders (`-`: standard input) into an index.

    Ctrl-C and SIGTERM end the build at the next article: what was read is committed and the report says `interrupted`,
    or, if that is to `raise`, the signal then has the effect that it has elsewhere. A second signal ends it at once.

    Raises:
        KeyboardInterrupt: the build was stopped, and `interrupted` is to raise.
        UsageError: a source does not exist.
        IndexLocked: another process is writing.
    """
    paths = [os.fspath(source) for source in sources]
    check_sources(paths)
    total = total_bytes(paths, config.archive.index) if progress else None
    with _begun(engine, config, enrich, progress, total) as (run, writer, stopping):
        for item in run.articles(paths, stopping):
            writer.add(item, item.origin)
            run.added += 1
            if run.added % config.ingest.commit_every == 0:
                run.commit(writer)
        report = run.finished(writer, run.was_read, stopping.signal)
    if interrupted == "raise":
        stopping.deliver()
    return report


def take(
    items: Iterable[RawArticle | Reject],
    engine: Writable,
    config: Config,
    *,
    read_again: Callable[[str], bool],
    enrich: Enrich | None = None,
) -> BuildReport:
    """Give items that come from elsewhere than files to an index, in one commit.

    A signal does not end it: what was read is worth keeping, and it takes moments.

    Args:
        items: articles, and what could not be read on the way.
        engine: whose writer takes them.
        config: of the archive.
        read_again: whether of a path of earlier rejects all is said that there is to say.
        enrich: as for a build.

    Raises:
        IndexLocked: another process is writing.
    """
    with _begun(engine, config, enrich) as (run, writer, stopping):
        for item in items:
            run.take(writer, item)
        return run.finished(writer, read_again, stopping.signal)


@contextmanager
def _begun(
    engine: Writable,
    config: Config,
    enrich: Enrich | None,
    progress: Progress | None = None,
    total: int | None = None,
) -> Iterator[tuple["_Run", IndexWriter, Stopping]]:
    """The totals of a run, its writer, and what hears signals meanwhile."""
    with ExitStack() as held:
        log = RejectLog(config.archive.index)
        held.callback(log.discard)
        notes = Notes(_counting_file(held))
        have_noted(enrich, notes.add)
        run = _Run(config, log, notes, progress, total)
        writer = held.enter_context(engine.writer(Preparer(config, notes), enrich))
        yield run, writer, held.enter_context(Stopping())


def _counting_file(held: ExitStack) -> str:
    sweep(Path(tempfile.gettempdir()), f"{NOTES_PREFIX}*")
    descriptor, path = tempfile.mkstemp(prefix=NOTES_PREFIX)
    hold(descriptor)
    held.callback(Path(path).unlink, missing_ok=True)
    held.callback(os.close, descriptor)
    return path


class _Run:
    """The running totals of one build."""

    def __init__(
        self, config: Config, log: RejectLog, notes: Notes, progress: Progress | None, total: int | None
    ) -> None:
        self.added = 0
        self._config = config
        self._log = log
        self._notes = notes
        self._progress = progress
        self._total = total
        self._began = time.monotonic()
        self._told = 0.0
        self._counts = WriteCounts()
        self._rejected: Counter[str] = Counter()
        self._unread = 0
        self._files = 0
        self._done = 0
        self._apart: list[tuple[str, str]] = []
        self._apart_count = 0
        self._skipped: list[Skipped] = []
        self._skipped_count = 0
        self._read_paths: set[str] = set()
        self._roots: list[str] = []

    def articles(self, sources: Sequence[str], stopping: Stopping) -> Iterator[RawArticle]:
        """What there is to index; rejects and skipped files are noted on the way."""
        for found in stopping.items(walk(sources, self._config.archive.index)):
            if isinstance(found, Skipped):
                self._skip(found)
            elif isinstance(found, Reject):
                self._reject(found)
            else:
                yield from self._file(found, stopping)
        if not stopping.asked:
            self._roots = [os.path.abspath(source) for source in sources]  # noqa: PTH100  # compared as text

    def _file(self, file: SourceFile, stopping: Stopping) -> Iterator[RawArticle]:
        self._read_paths.add(os.path.abspath(file.path))  # noqa: PTH100  # as above
        reading = FileReading(file, self._config.ingest)
        read = skipped = False
        for item in stopping.items(iter(reading)):
            read = read or not isinstance(item, Skipped)
            if isinstance(item, RawArticle):
                yield item
            elif isinstance(item, Skipped):
                skipped = True
                self._skip(item)
            else:
                self._reject(item)
            self._tell(file.path, self._done + reading.consumed)
        self._files += read or not skipped
        self._done += reading.consumed
        self._tell(file.path, self._done)

    def take(self, writer: IndexWriter, item: RawArticle | Reject) -> None:
        """One item that is there already."""
        if isinstance(item, Reject):
            self._reject(item)
        else:
            writer.add(item, item.origin)
            self.added += 1

    def commit(self, writer: IndexWriter) -> None:
        """Make the work so far durable."""
        self._tell("", self._done, committing=True)
        counts = writer.commit()
        self._log.add(counts.rejected)
        self._rejected.update(reject.reason for reject in counts.rejected)
        self._apart += counts.apart[: MOST_APART_LISTED - len(self._apart)]
        self._apart_count += len(counts.apart)
        self._counts += WriteCounts(counts.new, counts.replaced, counts.unchanged)

    def was_read(self, path: str) -> bool:
        """Whether this build says all there is to say about a file: it read it, or it found that it is gone."""
        place = os.path.abspath(path)  # noqa: PTH100  # as above
        if place in self._read_paths:
            return True
        below = any(place == root or place.startswith(root + os.sep) for root in self._roots)
        return below and (not os.path.lexists(place) or os.path.isdir(place))  # noqa: PTH112  # as above

    def finished(self, writer: IndexWriter, was_read: Callable[[str], bool], signal: int | None) -> BuildReport:
        """Commit what is left, and the totals; `was_read` tells of a path whether all is said that there is to say."""
        self.commit(writer)
        self._log.finish(was_read)
        counts = self._counts
        return BuildReport(
            read=self.added + self._unread,
            new=counts.new,
            replaced=counts.replaced,
            unchanged=counts.unchanged,
            rejected=sum(self._rejected.values()),
            rejected_by_reason=dict(self._rejected.most_common()),
            notes=self._notes.counts(),
            apart=self._apart_count,
            kept_apart=tuple(self._apart),
            files=self._files,
            skipped=self._skipped_count,
            skipped_files=tuple(self._skipped),
            bytes_read=self._done,
            seconds=time.monotonic() - self._began,
            interrupted=signal is not None,
            signal=signal,
        )

    def _skip(self, skipped: Skipped) -> None:
        self._skipped_count += 1
        if len(self._skipped) < MOST_SKIPPED_LISTED:
            self._skipped.append(skipped)

    def _reject(self, reject: Reject) -> None:
        self._unread += 1
        self._rejected[reject.reason] += 1
        self._log.add([reject])

    def _tell(self, path: str, done: int, *, committing: bool = False) -> None:
        if self._progress is None:
            return
        now = time.monotonic()
        if committing or now - self._told >= PROGRESS_EVERY:
            self._told = now
            items = self.added + self._unread
            self._progress(ProgressEvent(items, done, self._total, now - self._began, path, committing))
