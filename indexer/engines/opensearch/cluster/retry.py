"""How long a writer bears with a cluster that has no time for it: growing, random waits, until nothing helps.

Called by whatever writes, for its changes and for what it has to read before it can commit.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from indexer.errors import EngineUnavailable

# Waits (seconds) double from the first to the last, each by a random factor so that writers do not move in step.
FIRST_WAIT, LAST_WAIT = 0.2, 10.0
# After so long without any progress a build is given up: what is committed stands.
PATIENCE_SECONDS = 120.0
T = TypeVar("T")


class Patience:
    """The waits of one piece of work. `seconds` is None for `PATIENCE_SECONDS`."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = PATIENCE_SECONDS if seconds is None else seconds
        self.progress()

    def progress(self) -> None:
        """Begin to count anew: something was done."""
        self._since, self._wait = time.monotonic(), FIRST_WAIT

    def pause(self, error: Exception) -> None:
        """Wait for better times, or give up with the error."""
        if time.monotonic() - self._since > self._seconds:
            raise error
        time.sleep(self._wait * random.uniform(0.5, 1.5))  # noqa: S311 - not a secret
        self._wait = min(self._wait * 2, LAST_WAIT)


def patiently(ask: Callable[[], T]) -> T:
    """What `ask` returns, asked again while the cluster cannot answer.

    Raises:
        EngineUnavailable: it could not for too long.
    """
    patience = Patience()
    while True:
        try:
            return ask()
        except EngineUnavailable as error:
            patience.pause(error)
