"""Worker processes of a build: started from scratch, spoken to over sockets, and watched.

In: requests. Out: answers, in the order each worker gives them. A worker that dies, even of SIGKILL, is noticed at the
next request and ends the build with an error that says what to do; no article is lost in silence. Processes are started
rather than forked: a fork would copy the locks of running threads, and the index lock.
"""

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from indexer.engines.shared.writing.worker import Done, Request, Setup
from indexer.errors import StateError

WorkerT = TypeVar("WorkerT")
# Batches a worker may have waiting: one it works on, one that is there when it has finished.
QUEUE = 3
# How long a worker may take to end when asked.
GRACE_SECONDS = 5
_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from indexer.engines.shared.writing.worker_process import main; main(sys.argv[1])"
)


@dataclass(slots=True)
class _Process:
    popen: subprocess.Popen[bytes]
    connection: Connection
    waiting: int = 0


class Pool(Generic[WorkerT, Done]):
    """Some workers. `receive` is called with every answer, from within the calls below.

    Raises (every method):
        StateError: a worker died.
        OSError, MemoryError ...: what a worker raised.
    """

    def __init__(self, count: int, setup: Setup[WorkerT], receive: Callable[[Done], None]) -> None:
        self._receive = receive
        self._processes: list[_Process] = []
        try:
            for _ in range(count):
                self._processes.append(_start())
            for process in self._processes:
                self._send(process, setup)
        except BaseException:
            self.kill()
            raise

    def tell(self, request: Request[WorkerT, None]) -> None:
        """Send a request that has no answer to all workers."""
        for process in self._processes:
            self._send(process, request)

    def submit(self, request: Request[WorkerT, Done]) -> None:
        """Send a request to the worker with the least to do; waits while all have enough."""
        while True:
            self._collect(0)
            process = min(self._processes, key=lambda one: one.waiting)
            if process.waiting < QUEUE:
                break
            self._collect(None)
        process.waiting += 1
        self._send(process, request)

    def submit_all(self, request: Request[WorkerT, Done]) -> None:
        """Send a request to every worker."""
        for process in self._processes:
            process.waiting += 1
            self._send(process, request)

    def drain(self) -> None:
        """Wait until every request is answered."""
        while any(process.waiting for process in self._processes):
            self._collect(None)

    def _send(self, process: _Process, message: Setup[WorkerT] | Request[WorkerT, Done | None]) -> None:
        try:
            process.connection.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
        except OSError:
            raise _death(process) from None

    def _collect(self, timeout: float | None) -> None:
        """Take the answers that are there; with no timeout, wait for at least one."""
        busy = {process.connection: process for process in self._processes if process.waiting}
        for connection in wait(list(busy), timeout):
            assert isinstance(connection, Connection)
            process = busy[connection]
            try:
                answer = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own child
            except (EOFError, OSError):
                raise _death(process) from None
            process.waiting -= 1
            if isinstance(answer, BaseException):
                raise answer
            self._receive(answer)

    def close(self) -> None:
        """Let the workers end; those that do not are killed."""
        for process in self._processes:
            process.connection.close()
        for process in self._processes:
            try:
                process.popen.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.popen.kill()
                process.popen.wait()
        self._processes = []

    def kill(self) -> None:
        """End the workers at once."""
        for process in self._processes:
            process.popen.kill()
        self.close()


def _start() -> _Process:
    ours, theirs = Pipe(duplex=True)
    try:
        # The workers are the parallelism; threads of a linear algebra library would only take memory.
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        popen = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", _CODE, str(theirs.fileno()), json.dumps(_search_path())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env=environment,
        )
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return _Process(popen, ours)


def _search_path() -> Sequence[str]:
    """The module search path, the current directory by its name."""
    return [entry or str(os.getcwd()) for entry in sys.path]  # noqa: PTH109


def _death(process: _Process) -> StateError:
    code: int | None = None
    with contextlib.suppress(subprocess.TimeoutExpired):
        code = process.popen.wait(GRACE_SECONDS)
    if code is None:
        how = "stopped answering"
    elif code < 0:
        how = f"was killed by {signal.Signals(-code).name}"
        if -code == signal.SIGKILL:
            how += ", as the system does when memory runs out"
    else:
        how = f"ended with code {code}"
    return StateError(
        f"A build process (pid {process.popen.pid}) {how}. Everything up to the last commit is safe; run the same "
        "command again to continue. If it happens again, set engine.processes = 1 or a smaller engine.memory_mb."
    )
