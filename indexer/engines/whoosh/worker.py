"""The work of a build, done alike in the writer's own process and in its worker processes.

In: items with their origins. Out: what became of each (`Event` or `Reject`), and finished segments. An item is
prepared, compared with the committed index, enriched, analysed and put into the segment under construction, which is
written out when it has filled its share of memory. Called by `bulk`, and by `pool` as a process of its own (`serve`).
"""

import io
import os
import pickle
import queue
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from indexer.article import Article, Entity, Mention, Published, content_hash
from indexer.engines.base import Enrich, Origin, Prepare, Reject, Rejected
from indexer.engines.whoosh.codec.builder import SegmentBuilder
from indexer.engines.whoosh.codec.layout import new_segment_name
from indexer.engines.whoosh.codec.lexicon import Lexicon
from indexer.engines.whoosh.codec.segment import Segment, SegmentInfo
from indexer.engines.whoosh.ledger import Event, Place
from indexer.engines.whoosh.manifest import Manifest
from indexer.engines.whoosh.merge import MergeInput, merge_segments

# Characters of a rejected item that its report shows.
EXCERPT = 200
# A lexicon with a larger share of a worker's memory starts afresh after a segment.
LEXICON_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know once. `memory` is in bytes; `min_mentions` as in the configuration."""

    directory: Path
    prepare: Prepare
    enrich: Enrich | None
    memory: int
    min_mentions: int = 2


class Packed(NamedTuple):
    """A pickled value, unpacked one by one in the worker so that one that fails does not take others along."""

    data: bytes


class Item(NamedTuple):
    """One item as it was given to the writer; `path` and `record` are its origin."""

    sequence: int
    path: str
    record: int | None
    value: Any

    @property
    def origin(self) -> Origin:
        """Where it came from."""
        return Origin(self.path, self.record)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch or of a flush."""

    events: list[Event] = field(default_factory=list)
    rejects: list[tuple[int, Reject]] = field(default_factory=list)
    segments: list[SegmentInfo] = field(default_factory=list)


class Worker:
    """Turns items into segments."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._lexicon = Lexicon()
        self._builder: SegmentBuilder | None = None
        self._committed: list[Segment] = []

    def follow(self, manifest: Manifest) -> None:
        """Compare with this generation from now on."""
        known = {segment.info.files: segment for segment in self._committed}
        directory = self._setup.directory
        self._committed = [known.get(info.files) or Segment.open(directory, info) for info in manifest.segments]

    def process(self, items: Iterable[Item]) -> Done:
        """Work off a batch."""
        done = Done()
        prepared: list[tuple[Item, Article]] = []
        for item in items:
            value = item.value
            try:
                if isinstance(value, Packed):
                    value = pickle.loads(value.data)  # noqa: S301 - pickled by our own parent
                prepared.append((item, _with_hash(self._setup.prepare(value))))
            except Exception as error:
                done.rejects.append((item.sequence, rejection(item.origin, value, error)))
        known = self._known([article.id for _, article in prepared])
        for (item, article), (place, old) in zip(prepared, known, strict=True):
            try:
                done.events.append(self._take(item, article, place, old, done))
            except (OSError, MemoryError):
                raise
            except Exception as error:
                done.rejects.append((item.sequence, rejection(item.origin, article, error)))
        return done

    def _take(self, item: Item, article: Article, place: Place | None, old: bytes | None, done: Done) -> Event:
        hash = bytes.fromhex(article.content_hash)
        if hash == old:
            return Event(item.sequence, article.id, hash, None, place, old)
        if self._setup.enrich is not None:
            article = self._setup.enrich(article)
        if self._builder is None:
            self._builder = SegmentBuilder(
                self._setup.directory, new_segment_name(), self._lexicon, self._setup.min_mentions
            )
        builder = self._builder
        written = (builder.name, builder.add(article))
        if builder.memory + self._lexicon.memory >= self._setup.memory:
            done.segments.extend(self.flush().segments)
        return Event(item.sequence, article.id, hash, written, place, old)

    def _known(self, ids: Sequence[str]) -> list[tuple[Place | None, bytes | None]]:
        """Where the committed index holds each id, and the hash it has there."""
        known: list[tuple[Place | None, bytes | None]] = [(None, None)] * len(ids)
        for segment in self._committed:
            for at, document in enumerate(segment.find_ids(ids)):
                if document is not None:
                    known[at] = ((segment.info.name, document), segment.hash(document))
        return known

    def find(self, id: str) -> tuple[Place | None, bytes | None]:
        """Where the committed index holds one id."""
        return self._known([id])[0]

    def flush(self) -> Done:
        """Write out the segment under construction, if there is one."""
        builder, self._builder = self._builder, None
        done = Done()
        if builder is not None:
            done.segments.append(builder.flush())
            if self._lexicon.memory > self._setup.memory * LEXICON_SHARE:
                self._lexicon = Lexicon()
        return done

    def merge(self, inputs: Sequence[MergeInput], name: str) -> Done:
        """Merge segments into one."""
        return Done(segments=[merge_segments(self._setup.directory, inputs, name)])

    def discard(self) -> None:
        """Drop what was not flushed."""
        if self._builder is not None:
            self._builder.discard()
            self._builder = None


def packed(value: Any) -> Packed:
    """Pickle a value for another process."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    # What dataclasses do by themselves takes five times as long, and a third of the writer's own work.
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return Packed(buffer.getvalue())


def _reducer(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda one: (kind, values(one))


_REDUCERS: dict[type, Any] = {kind: _reducer(kind) for kind in (Article, Published, Entity, Mention)}


def rejection(origin: Origin, value: Any, error: Exception) -> Reject:
    """The report of an item that could not be taken; anything but `Rejected` is our bug, and says so."""
    if isinstance(error, Rejected):
        return Reject(origin, error.reason, error.detail, error.excerpt[:EXCERPT])
    detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Reject(origin, "internal", detail[:EXCERPT], repr(value)[:EXCERPT])


def _with_hash(article: Article) -> Article:
    return article if article.content_hash else replace(article, content_hash=content_hash(article))


def serve(descriptor: int) -> None:
    """Answer the requests of a writer over a connection until it is closed: the whole life of a worker process."""
    # Ctrl-C goes to all processes of a terminal; the writer decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = Connection(descriptor)
    requests: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, requests), daemon=True).start()
    worker: Worker | None = None
    while (request := requests.get()) is not None:
        try:
            kind, *arguments = pickle.loads(request)  # noqa: S301 - from our own parent, over an inherited socket
            if kind == "setup":
                worker = Worker(*arguments)
                continue
            assert worker is not None
            if kind == "follow":
                worker.follow(*arguments)
                continue
            answer: Any = _ACTIONS[kind](worker, *arguments)
        except BaseException as error:
            answer = error
        try:
            connection.send_bytes(_packed(answer))
        except OSError:
            break  # the writer is gone, and the work with it
    if worker is not None:
        worker.discard()


_ACTIONS: dict[str, Callable[..., Done]] = {
    "process": Worker.process,
    "flush": Worker.flush,
    "merge": Worker.merge,
}


def _packed(answer: Any) -> bytes:
    try:
        packed = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        if isinstance(answer, BaseException):
            pickle.loads(packed)  # noqa: S301 - some exceptions pickle and do not unpickle
    except Exception:
        packed = pickle.dumps(RuntimeError(f"{type(answer).__name__}: {answer}"))
    return packed


def _receive(connection: Connection, requests: "queue.SimpleQueue[bytes | None]") -> None:
    """Read ahead, so that the writer never waits for a worker that is busy."""
    try:
        while True:
            requests.put(connection.recv_bytes())
    except (EOFError, OSError):
        requests.put(None)


def main(argument: str) -> None:
    """Entry point of a worker process: the descriptor of its end of the connection."""
    serve(int(argument))
    # Nothing is left to do; the daemon thread may hold the connection.
    os._exit(0)
