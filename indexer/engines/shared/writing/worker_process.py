"""A worker process seen from within: the loop that answers a writer's requests. Started by `worker_pool` (`main`)."""

import gc
import os
import pickle
import queue
import signal
import threading
from multiprocessing.connection import Connection
from typing import Any, cast

from indexer.engines.shared.writing.collecting import THRESHOLDS
from indexer.engines.shared.writing.worker import Request, Setup, Worker


def serve(descriptor: int) -> None:
    """Answer the requests of a writer over a connection until it is closed: the whole life of a worker process.

    The first message is the `Setup` of the worker, every other one a `Request`.
    """
    # Ctrl-C goes to all processes of a terminal; the writer decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    connection = Connection(descriptor)
    requests: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, requests), daemon=True).start()
    worker: Worker[Any, Any] | None = None
    while (message := requests.get()) is not None:
        try:
            asked = pickle.loads(message)  # noqa: S301 - from our own parent, over an inherited socket
            if worker is None:
                worker = cast(Setup[Worker[Any, Any]], asked).make()
                continue
            answer = cast(Request[Worker[Any, Any], Any], asked).run(worker)
            if answer is None:
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
