"""The items of a round until they go into the archive, so that no other writer is kept out while hosts are waited for.

Beyond some megabytes they are on disk, in a file that ends with the process.
"""

import pickle
import tempfile
from collections.abc import Iterator

from indexer.ingest.raw import RawArticle
from indexer.rejection import Reject

IN_MEMORY = 64 << 20  # bytes


class Spool:
    """Items in the order in which they came."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed by `close`
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, item: RawArticle | Reject) -> None:
        """Put one behind the others."""
        pickle.dump(item, self._file, pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def items(self) -> Iterator[RawArticle | Reject]:
        """All of them."""
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)  # noqa: S301  # our own, and nobody else can reach it

    def close(self) -> None:
        """Give back its room."""
        self._file.close()
