"""How often the interpreter looks for cycles of objects while articles are written.

A build makes millions of small objects, hardly any of them in cycles. These are looked for after so many (the
interpreter's own 700 cost a build 5%), and rarely through all that is kept. Called by the writer for its own process,
and by worker processes for all of their lives.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = 50_000, 20, 100


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Have it look less often within."""
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
