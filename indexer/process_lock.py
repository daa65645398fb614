"""The right of one process to do something in a folder: a lock that dies with its holder, and a note of who has it.

The operating system holds the lock on `NAME.lock`, on every system through `filelock`, so a killed process leaves none
behind. `NAME.holder` says who has it, for the message that the second one gets.
"""

import contextlib
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
from filelock import FileLock, Timeout

from indexer.errors import IndexLocked, StateError


class ProcessLock:
    """The right; taken when it is made, given back by `release` or at the end of a `with` block.

    `refusal` makes what the second one is told of the folder and the note (`pid`, `host`, `started`), which is empty
    where it cannot be read. `make` has the folder made where it is missing.

    Raises:
        IndexLocked: another has it.
        StateError: the folder cannot be written.
    """

    def __init__(
        self, folder: Path, name: str, refusal: Callable[[Path, dict[str, Any]], str], *, make: bool = False
    ) -> None:
        self.path = folder / f"{name}.lock"
        self._holder = folder / f"{name}.holder"
        try:
            if make:
                folder.mkdir(parents=True, exist_ok=True)
            self.path.touch()  # filelock would make the folder
            # Whichever thread is done with it gives the lock back.
            self._lock = FileLock(self.path, thread_local=False)
            self._lock.acquire(blocking=False)
            self._identity = _identity(self.path)
        except Timeout:
            raise IndexLocked(refusal(folder, _noted(self._holder))) from None
        except OSError as error:
            raise StateError(
                f"{folder} cannot be written ({error.strerror}). Choose another directory with --index, or correct its "
                "permissions."
            ) from None
        holder = orjson.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": time.time()})
        # A full disk must not keep anyone from deleting articles: the lock holds without the note.
        with contextlib.suppress(OSError):
            self._holder.write_bytes(holder)

    @property
    def in_place(self) -> bool:
        """Whether the folder that is locked is still the one of that name."""
        return _identity(self.path) == self._identity

    def release(self) -> None:
        """Give the lock back. Calling it twice is harmless."""
        if self._lock.is_locked:
            if self.in_place:  # else the note is that of another folder
                with contextlib.suppress(OSError):
                    self._holder.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def who(holder: dict[str, Any]) -> str:
    """Who has it by the note, as a message begins."""
    return f"Process {holder['pid']}" if holder else "Another process"


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file that is; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _noted(note: Path) -> dict[str, Any]:
    try:
        found = orjson.loads(note.read_bytes())
        return {"pid": int(found["pid"]), "host": str(found["host"]), "started": float(found["started"])}
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return {}
