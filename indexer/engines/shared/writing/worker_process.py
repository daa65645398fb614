"""Worker processes seen from within: items and how they travel, and the loop that answers a writer's requests.

A worker is what `Setup.make()` returns; a request names one of its methods. Called by the writers, and by `pool` as the
whole life of a process (`main`).
"""

import gc
import io
import os
import pickle
import queue
import signal
import threading
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from multiprocessing.connection import Connection
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from indexer.article import Article, Entity, Mention, Published, content_hash
from indexer.rejection import Origin, Reject, Rejected
from indexer.writing import Prepare

# A worker makes millions of small objects, hardly any of them in cycles: the collector looks for these after so many
# (the interpreter's own 700 cost a build 5%), and rarely through all that is kept.
GC_THRESHOLDS = 50_000, 20, 100
# Characters of a rejected item that its report shows.
EXCERPT = 200


class Setup(Protocol):
    """What a worker process is sent first."""

    def make(self) -> Any:
        """The worker."""
        ...


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


def prepared(items: Iterable[Item], prepare: Prepare, rejects: list[tuple[int, Reject]]) -> list[tuple[Item, Article]]:
    """The articles of a batch of items; what cannot become one is added to the rejects."""
    found: list[tuple[Item, Article]] = []
    for item in items:
        value = item.value
        try:
            if isinstance(value, Packed):
                value = pickle.loads(value.data)  # noqa: S301 - pickled by our own parent
            found.append((item, with_hash(prepare(value))))
        except Exception as error:
            rejects.append((item.sequence, rejection(item.origin, value, error)))
    return found


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


def with_hash(article: Article) -> Article:
    """An article that carries its content hash."""
    return article if article.content_hash else replace(article, content_hash=content_hash(article))


def serve(descriptor: int) -> None:
    """Answer the requests of a writer over a connection until it is closed: the whole life of a worker process."""
    # Ctrl-C goes to all processes of a terminal; the writer decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    connection = Connection(descriptor)
    requests: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, requests), daemon=True).start()
    worker: Any = None
    while (request := requests.get()) is not None:
        try:
            kind, *arguments = pickle.loads(request)  # noqa: S301 - from our own parent, over an inherited socket
            if kind == "setup":
                worker = arguments[0].make()
                continue
            answer: Any = getattr(worker, kind)(*arguments)
            if kind == "follow":
                continue
        except BaseException as error:
            answer = error
        try:
            connection.send_bytes(_packed(answer))
        except OSError:
            break  # the writer is gone, and the work with it
    if worker is not None:
        worker.discard()


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
