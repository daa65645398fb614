"""One SQLite file for all processes of a site: sessions, and how often passwords were tried.

It holds hashes of session ids and of addresses. Deleting it ends all sessions and nothing else.
"""

from contextlib import AbstractContextManager
from pathlib import Path

from indexer import database
from indexer.errors import StateError
from webui.access import audit

PATIENCE = 5.0  # seconds to wait while another process writes
_TABLES = (
    "CREATE TABLE IF NOT EXISTS sessions (id BLOB PRIMARY KEY, user TEXT NOT NULL, stamp TEXT NOT NULL, "
    "begun REAL NOT NULL, seen REAL NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS counters (key BLOB PRIMARY KEY, amount INTEGER NOT NULL, ends REAL NOT NULL) "
    "WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS counter_ends ON counters (ends)",
)


class Database:
    """The file, opened for each question."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = database.Database(path, _TABLES, PATIENCE, _refusal)

    def open(self) -> AbstractContextManager[database.Connection]:
        """A connection within a transaction, committed at the end.

        Raises:
            StateError: the file cannot be used; the log says why.
        """
        return self._file.writing()


def _refusal(path: Path, error: Exception) -> StateError:
    audit.failure(
        f"{path} cannot be used: {error}. Its folder must be writable for the site; where it is damaged, "
        "delete it, and everyone signs in again."
    )
    return StateError("Nobody can be let in just now.")
