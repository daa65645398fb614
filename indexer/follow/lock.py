"""One process follows an archive at a time: two would ask every host twice as often as it wants to be asked."""

import contextlib
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from indexer.errors import IndexLocked, StateError

LOCK_NAME = "follow.lock"
HOLDER_NAME = "follow.holder"


class FollowLock:
    """The right to follow; taken when it is made, given back at the end of a `with` block. It dies with its process.

    Raises:
        IndexLocked: another process has it.
        StateError: the folder of the index cannot be written.
    """

    def __init__(self, index: str | Path) -> None:
        folder = Path(index)
        self._holder = folder / HOLDER_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(folder / LOCK_NAME, thread_local=False)
            self._lock.acquire(blocking=False)
        except Timeout:
            raise IndexLocked(_refusal(self._holder)) from None
        except OSError as error:
            raise StateError(
                f"{folder} cannot be written ({error.strerror}). Choose another directory with --index, or correct its "
                "permissions."
            ) from None
        with contextlib.suppress(OSError):
            self._holder.write_text(f"{os.getpid()} {time.time():.0f}", encoding="ascii")

    def release(self) -> None:
        """Give it back. Calling it twice is harmless."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _refusal(holder: Path) -> str:
    try:
        pid, _ = holder.read_text(encoding="ascii").split()
        who = f"Process {int(pid)}"
    except (OSError, ValueError):
        who = "Another process"
    return (
        f"{who} follows the sources of the archive in {holder.parent} already. Let it do so, or stop it first; with "
        "--wait this one begins when that one has ended."
    )
