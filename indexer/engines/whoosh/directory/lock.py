"""One writer at a time: a lock on the index directory that dies with its holder (see `process_lock`)."""

import os
import socket
import time
from pathlib import Path
from typing import Any

from indexer.engines.shared.writing.lock_age import WAIT, lock_age
from indexer.errors import StateError
from indexer.process_lock import ProcessLock

NAME = "write"


class WriteLock(ProcessLock):
    """The right to write an index; taken when it is made, given back by `release` or at the end of a `with` block.

    Raises:
        IndexLocked: another writer has it; the message names its process and how long it has had it.
        StateError: the directory cannot be written.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__(directory, NAME, _refusal)

    def check(self) -> None:
        """Raise StateError if another directory, or none, is in the place of the one that is locked."""
        if not self.in_place:
            raise StateError(
                f"The index in {self.path.parent} was replaced or removed while it was being written. What is there "
                "now is left as it is; run the same command again."
            )


def _refusal(directory: Path, holder: dict[str, Any]) -> str:
    who, way_out = "another process", WAIT
    if holder:
        pid, age = holder["pid"], lock_age(time.time() - holder["started"])
        who = f"process {pid} on {holder['host']}, for {age}"
        way_out = f"{WAIT}, or stop it with `kill {pid}`"
        if (pid, holder["host"]) == (os.getpid(), socket.gethostname()):
            who = f"another thread or writer of this process itself, for {age}"
            way_out = f"Close that writer first, or {WAIT[0].lower()}{WAIT[1:]}"
    return f"The index in {directory} is being written by {who}. {way_out}; searching goes on meanwhile."
