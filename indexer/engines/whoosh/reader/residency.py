"""How much of an index counts as a reading process's own memory.

What a search touches of the mapped files stays mapped, and a process that has answered enough looks as large as the
index, though all of it belongs to the operating system's cache. So now and then a reader lets go of its maps; what the
next searches touch is mapped again from the cache, without reading the disk. Called by the engine after each search.
"""

import mmap
from pathlib import Path

from indexer.engines.whoosh.reader.snapshot import Snapshot

# Mapped by searches before it is let go of: a million articles answer the queries of the benchmark within 400 MB;
# to map 100 MB again costs 3 ms, spread over the next searches.
MOST_MAPPED = 128 << 20
_STATM = Path("/proc/self/statm")


class Residency:
    """Keeps what one engine's maps occupy within a bound, where the system tells (Linux)."""

    def __init__(self) -> None:
        self._floor = mapped_bytes()

    def bound(self, snapshot: Snapshot) -> None:
        """Let go of the maps if more than `MOST_MAPPED` bytes came to be mapped since they were last let go of."""
        mapped = mapped_bytes()
        self._floor = min(self._floor, mapped)  # maps of an earlier generation may be gone
        if mapped - self._floor > MOST_MAPPED:
            for segment in snapshot.segments:
                segment.arrays.release()
                segment.stored.file.release()
            self._floor = mapped_bytes()


def mapped_bytes() -> int:
    """Bytes of files that are mapped into this process and in memory; 0 where the system does not tell."""
    try:
        return int(_STATM.read_bytes().split()[2]) * mmap.PAGESIZE
    except OSError:
        return 0
