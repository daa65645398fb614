"""Translations of paragraphs, kept beside the index in one SQLite file, so that no text is translated twice.

A paragraph is known by engine, version, languages and its text: agencies' standing sentences are one for all articles.
Several processes use the file at once; what one of them has kept survives whatever becomes of it.
"""

import hashlib
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from indexer.errors import StateError
from indexer.translation.base import TranslationFailed

FILE_NAME = "translations.sqlite"
BUSY_SECONDS = 60
_AT_ONCE = 500  # parameters of a statement
_SCHEMA = """
CREATE TABLE IF NOT EXISTS paragraphs (
    key BLOB PRIMARY KEY, text TEXT NOT NULL, engine TEXT NOT NULL, made INTEGER NOT NULL
) WITHOUT ROWID
"""


class TranslationStore:
    """The open file, made if need be. Used by one thread.

    Raises:
        StateError: it cannot be opened, or is no such file.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise _unusable(self._path, error) from None
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            # A commit that a power cut undoes is only a paragraph that is translated again.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            with self._connection:
                self._connection.execute(_SCHEMA)
        except sqlite3.Error as error:
            self._connection.close()
            raise _unusable(self._path, error) from None

    def find(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Those of the translations that are kept.

        Raises:
            TranslationFailed: the file cannot be read now.
        """
        found: dict[bytes, str] = {}
        try:
            for start in range(0, len(keys), _AT_ONCE):
                part = keys[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(
                    f"SELECT key, text FROM paragraphs WHERE key IN ({marks})",  # noqa: S608  # marks alone
                    part,
                )
                found.update(rows.fetchall())
        except sqlite3.Error as error:
            raise TranslationFailed(f"{self._path} cannot be read: {error}") from None
        return found

    def keep(self, translations: Mapping[bytes, str], engine: str) -> None:
        """Keep translations, for good once this returns.

        Raises:
            TranslationFailed: they cannot be written now.
        """
        made = int(time.time())
        try:
            with self._connection:
                self._connection.executemany(
                    "INSERT OR REPLACE INTO paragraphs VALUES (?, ?, ?, ?)",
                    [(key, text, engine, made) for key, text in translations.items()],
                )
        except sqlite3.Error as error:
            raise TranslationFailed(f"{self._path} cannot be written: {error}") from None

    def close(self) -> None:
        """Give the file back. Calling it twice is harmless."""
        self._connection.close()


def key_of(engine: str, version: str, source: str, target: str, paragraph: str) -> bytes:
    """What a paragraph is kept under."""
    told = "\x1f".join((engine, version, source, target, paragraph))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def kept_in(directory: Path) -> tuple[int, int]:
    """How many paragraphs are kept beside an index, and in how many bytes; nothing is made."""
    path = directory / FILE_NAME
    if not path.is_file():
        return 0, 0
    size = sum(each.stat().st_size for each in (path, path.with_name(f"{FILE_NAME}-wal")) if each.is_file())
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", timeout=BUSY_SECONDS, uri=True)) as opened:
            (count,) = opened.execute("SELECT count(*) FROM paragraphs").fetchone()
    except sqlite3.Error:
        return 0, size
    return int(count), size


def _unusable(path: Path, error: Exception) -> StateError:
    return StateError(
        f"The translations in {path} cannot be used: {error}. Where the file is damaged, remove it: what it held is "
        "translated again."
    )
