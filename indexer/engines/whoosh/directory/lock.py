"""One writer at a time: a lock on the index directory that dies with its holder.

The operating system holds the lock on `write.lock`, on every system through `filelock`, so a killed process leaves none
behind. `write.holder` says who has it, for the message that the second writer gets.
"""

import contextlib
import os
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson
from filelock import FileLock, Timeout

from indexer.engines.shared.writing.lock_age import WAIT, lock_age
from indexer.errors import IndexLocked, StateError

LOCK_NAME = "write.lock"
HOLDER_NAME = "write.holder"


class WriteLock:
    """The right to write an index; taken when it is made, given back by `release` or at the end of a `with` block.

    Raises:
        IndexLocked: another writer has it; the message names its process and how long it has had it.
        StateError: the directory cannot be written.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / LOCK_NAME
        self._holder = directory / HOLDER_NAME
        try:
            self.path.touch()  # filelock would make the folder
            # Whichever thread closes a writer gives the lock back.
            self._lock = FileLock(self.path, thread_local=False)
            self._lock.acquire(blocking=False)
            self._identity = _identity(self.path)
        except Timeout:
            raise IndexLocked(_refusal(self._holder)) from None
        except OSError as error:
            raise StateError(
                f"{directory} cannot be written ({error.strerror}). Choose another directory with --index, or correct "
                "its permissions."
            ) from None
        holder = orjson.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": time.time()})
        # A full disk must not keep anyone from deleting articles: the lock holds without the note.
        with contextlib.suppress(OSError):
            self._holder.write_bytes(holder)

    def check(self) -> None:
        """Raise StateError if another directory, or none, is in the place of the one that is locked."""
        if _identity(self.path) != self._identity:
            raise StateError(
                f"The index in {self.path.parent} was replaced or removed while it was being written. What is there "
                "now is left as it is; run the same command again."
            )

    def release(self) -> None:
        """Give the lock back. Calling it twice is harmless."""
        if self._lock.is_locked:
            if _identity(self.path) == self._identity:  # else the note is that of another index
                with contextlib.suppress(OSError):
                    self._holder.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file that is; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refusal(note: Path) -> str:
    try:
        holder = orjson.loads(note.read_bytes())
        pid, age = holder["pid"], lock_age(time.time() - holder["started"])
        who = f"process {pid} on {holder['host']}, for {age}"
        way_out = f"{WAIT}, or stop it with `kill {pid}`"
        if (pid, holder["host"]) == (os.getpid(), socket.gethostname()):
            who = f"another thread or writer of this process itself, for {age}"
            way_out = f"Close that writer first, or {WAIT[0].lower()}{WAIT[1:]}"
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        who, way_out = "another process", WAIT
    return f"The index in {note.parent} is being written by {who}. {way_out}; searching goes on meanwhile."
