"""Waiting for another writer: what every engine refuses at once is tried again until it succeeds, or time is up."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from indexer.errors import IndexLocked
from indexer.writing import Enrich, IndexWriter, Prepare, Writable

Result = TypeVar("Result")
# Seconds between tries: a commit of a few articles takes less than the first, nobody notices the last.
FIRST_PAUSE, LAST_PAUSE = 0.02, 0.5


def patiently(begin: Callable[[], Result], seconds: float) -> Result:
    """Call `begin` until no other writer is in its way, for at most so many seconds; `inf` is for ever.

    Raises:
        IndexLocked: another writer still has the archive.
    """
    end, pause = time.monotonic() + seconds, FIRST_PAUSE
    while True:
        try:
            return begin()
        except IndexLocked:
            left = end - time.monotonic()
            if left <= 0:
                raise
        time.sleep(min(pause, left))
        pause = min(2 * pause, LAST_PAUSE)


@dataclass(frozen=True, slots=True)
class Patient:
    """An engine whose writer is waited for."""

    engine: Writable
    seconds: float

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> IndexWriter:
        """Open the writer; see `Engine`."""
        return patiently(lambda: self.engine.writer(prepare, enrich), self.seconds)
