"""Counters of the library `limits` in the site's database, so that all processes count together."""

import hashlib
import time
from typing import Any

from limits.storage import Storage

from indexer.database import Error
from indexer.errors import StateError
from webui.access.database import Database


class DatabaseCounters(Storage):
    """Counters that end after a time; their keys, which hold addresses, are kept as hashes."""

    STORAGE_SCHEME = None  # it is made here, never by a URI

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """What may go wrong."""
        return StateError, Error

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count one more; returns the sum since the counter began."""
        now = time.time()
        with self._database.open() as db:
            db.execute("DELETE FROM counters WHERE ends <= ?", (now,))
            (total,) = db.execute(
                "INSERT INTO counters VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET amount = amount + excluded.amount RETURNING amount",
                (_hash(key), amount, now + expiry),
            ).fetchone()
        return int(total)

    def get(self, key: str) -> int:
        """The sum; 0 where the counter has ended."""
        return int(self._row(key)[0])

    def get_expiry(self, key: str) -> float:
        """When the counter ends, in seconds since 1970."""
        return float(self._row(key)[1])

    def check(self) -> bool:
        """Whether the database can be used."""
        with self._database.open():
            return True

    def reset(self) -> int | None:
        """Forget all counters; returns how many there were."""
        with self._database.open() as db:
            return db.execute("DELETE FROM counters").rowcount

    def clear(self, key: str) -> None:
        """Forget one."""
        with self._database.open() as db:
            db.execute("DELETE FROM counters WHERE key = ?", (_hash(key),))

    def _row(self, key: str) -> tuple[Any, Any]:
        now = time.time()
        with self._database.open() as db:
            found = db.execute("SELECT amount, ends FROM counters WHERE key = ?", (_hash(key),)).fetchone()
        return found if found and found[1] > now else (0, now)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
