"""A small SQLite file beside an index: made so that nobody else may read it, opened for each question.

What is remembered of feeds, alerts and sessions lies in files of this kind. Opening one takes a tenth of a millisecond,
and nothing is shared by threads or forks.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection, Error

from indexer.errors import StateError

__all__ = ["Connection", "Database", "Error"]


class Database:
    """The file. `tables` make what is missing in it, `patience` is for how many seconds another process is waited for,
    `refusal` makes the error of what is wrong with it, and `make` has the folder made where it is missing."""

    def __init__(
        self,
        path: Path,
        tables: Sequence[str],
        patience: float,
        refusal: Callable[[Path, Exception], StateError],
        *,
        make: bool = False,
    ) -> None:
        self.path = path
        self._make = make
        self._tables = tables
        self._patience = patience
        self._refusal = refusal

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A connection; None where there is no file, and nothing was written yet.

        Raises:
            StateError: the file cannot be used.
        """
        try:
            if not self.path.exists() or not self.path.stat().st_size:
                yield None
                return
            with self._connected() as connection:
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise self._refusal(self.path, error) from error

    @contextmanager
    def writing(self, *, alone: bool = False) -> Iterator[Connection]:
        """A connection within a transaction, committed at the end.

        Args:
            alone: nobody else writes from its beginning on, not only from its first change: what is read in it still
                holds when something is written by that.

        Raises:
            StateError: the file cannot be used.
        """
        try:
            if not self.path.exists():
                self._create()
            with self._connected() as connection:
                if alone:
                    connection.execute("BEGIN IMMEDIATE")
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise self._refusal(self.path, error) from error

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with closing(sqlite3.connect(self.path, timeout=self._patience)) as connection:
            for table in self._tables:
                connection.execute(table)
            with connection:
                yield connection

    def _create(self) -> None:
        """An empty file that nobody else may read.

        It is made under another name: a process that closes a file loses all locks that SQLite holds on it there.
        """
        if self._make:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(prefix=self.path.name + ".", dir=self.path.parent)
        os.close(handle)
        with suppress(FileExistsError):  # another process was first
            try:
                os.link(made, self.path)
            except (PermissionError, NotImplementedError):  # a file system without links
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL, 0o600))
        Path(made).unlink()
