"""One writer at a time: a lock on the index directory that dies with its holder.

The operating system holds the lock (`flock`), so a killed process leaves none behind. `write.lock` says who has it, for
the message that the second writer gets.
"""

import contextlib
import fcntl
import os
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from indexer.engines.shared.writing.lock_age import lock_age
from indexer.errors import IndexLocked, StateError

LOCK_NAME = "write.lock"


class WriteLock:
    """The right to write an index; taken when it is made, given back by `release` or at the end of a `with` block.

    Raises:
        IndexLocked: another writer has it; the message names its process and how long it has had it.
        StateError: the directory cannot be written.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / LOCK_NAME
        try:
            # Worker processes must not inherit the lock: it would outlive a killed parent in them.
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StateError(
                f"{directory} cannot be written ({error.strerror}). Choose another directory with --index, or correct "
                "its permissions."
            ) from None
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._descriptor)
            self._descriptor = -1
            raise IndexLocked(_refusal(self.path)) from None
        holder = orjson.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": time.time()})
        # A full disk must not keep anyone from deleting articles: the lock holds without the note.
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, holder, 0)

    def check(self) -> None:
        """Raise StateError if another directory, or none, is in the place of the one that is locked."""
        try:
            there = self.path.stat()
        except OSError:
            there = None
        ours = os.fstat(self._descriptor)
        if there is None or (there.st_dev, there.st_ino) != (ours.st_dev, ours.st_ino):
            raise StateError(
                f"The index in {self.path.parent} was replaced or removed while it was being written. What is there "
                "now is left as it is; run the same command again."
            )

    def release(self) -> None:
        """Give the lock back. Calling it twice is harmless."""
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _refusal(path: Path) -> str:
    try:
        holder = orjson.loads(path.read_bytes())
        who = f"process {holder['pid']} on {holder['host']}, for {lock_age(time.time() - holder['started'])}"
        way_out = f"Wait until it has finished, or stop it with `kill {holder['pid']}`"
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        who, way_out = "another process", "Wait until it has finished"
    return f"The index in {path.parent} is being written by {who}. {way_out}; searching goes on meanwhile."
