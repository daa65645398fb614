"""How often the interpreter looks for cycles of objects while articles are written.

A build makes millions of small objects, hardly any of them in cycles. These are looked for after so many (the
interpreter's own 700 cost a build 5%), and rarely through all that is kept. Called by the writer for its own process,
and by worker processes for all of their lives.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = 50_000, 20, 100


class _Writers:
    """How many write in this process, and the thresholds of before the first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._many = 0
        self._before = gc.get_threshold()

    def begin(self) -> None:
        """One more writes."""
        with self._lock:
            if not self._many:
                self._before = gc.get_threshold()
                gc.set_threshold(*THRESHOLDS)
            self._many += 1

    def end(self) -> None:
        """One less does."""
        with self._lock:
            self._many -= 1
            if not self._many:
                gc.set_threshold(*self._before)


_writers = _Writers()


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Have it look less often within."""
    _writers.begin()
    try:
        yield
    finally:
        _writers.end()
