"""The file of users: TOML, a table for each, hashes only. Read whole, replaced whole, never readable by everyone.

`read_users` reads it, `change_users` changes it under a lock, `UsersFile` is what a running site holds: it reads the
file again when it has changed.
"""

import os
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tomlkit

from indexer.accounts.users import Token, User, Users, canonical
from indexer.errors import ConfigError, StateError
from indexer.leftovers import replace_text

if sys.platform == "win32":
    from filelock import FileLock
else:
    import fcntl

_HEADER = "# Who may read the archive. Written by `indexer user`; passwords and tokens stand here as hashes.\n\n"
_NEW_MODE = 0o600
_ALLOWED = 0o640  # who gave a group the right to read keeps it; others never have it
_USER = {"password": str, "stamp": str, "created": date}
_TOKEN = {"id": str, "label": str, "sha256": str, "created": date}


def read_users(path: Path) -> dict[str, User]:
    """All users by name; none where there is no file.

    Raises:
        ConfigError: it cannot be read or is malformed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read: {getattr(error, 'strerror', '') or 'it is not UTF-8 text'}."
        ) from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}. Correct that line.") from None
    return {name: _user(f"{path}: [{name}]", name, table) for name, table in tables.items()}


def change_users(path: Path, change: Callable[[dict[str, User]], Users]) -> None:
    """Replace the file by what a function makes of its users; one change at a time, all or nothing.

    Raises:
        ConfigError: it cannot be read or is malformed; it then stays as it was.
        StateError: its folder is not there.
    """
    with _locked(path.parent):
        text = _text(change(read_users(path)))
        replace_text(path, text, new_mode=_NEW_MODE, allowed=_ALLOWED, keep_owner=True)


class UsersFile:
    """The users as the file has them now: it is looked at each time, and read when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._users: Users = {}

    def current(self) -> Users:
        """All users by name.

        Raises:
            ConfigError: the file cannot be read or is malformed.
        """
        seen = self._look()
        with self._lock:
            if seen != self._seen:
                self._users = read_users(self.path)
                self._seen = seen
            return self._users

    def _look(self) -> tuple[int, ...]:
        try:
            found = self.path.stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino


def _user(place: str, name: str, table: Any) -> User:
    known = _checked(place, table, _USER, optional={"tokens": list})
    if name != canonical(name):
        raise ConfigError(f"{place}: a name is kept in small letters, as {canonical(name)!r}.")
    tokens = tuple(_token(f"{place} tokens", each) for each in known.get("tokens", ()))
    return User(name, known["password"], known["stamp"], known["created"], tokens)


def _token(place: str, table: Any) -> Token:
    known = _checked(place, table, _TOKEN, optional={"expires": date})
    return Token(known["id"], known["label"], known["sha256"], known["created"], known.get("expires"))


def _checked(place: str, table: Any, wanted: dict[str, type], optional: dict[str, type]) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ConfigError(
            f"{place}: stands outside a table. Mend the file, or add the user again with `indexer user add`."
        )
    for key in (*wanted, *table):
        kind = wanted.get(key) or optional.get(key)
        if kind is None:
            raise ConfigError(f"{place} {key}: unknown key. Known: {', '.join((*wanted, *optional))}.")
        if not isinstance(table.get(key), kind) or isinstance(table[key], datetime):
            raise ConfigError(
                f"{place} {key}: is missing or of another kind. Add the user again with `indexer user add`."
            )
    return table


def _text(users: Users) -> str:
    tables = {
        user.name: {
            "password": user.password,
            "stamp": user.stamp,
            "created": user.created,
            **({"tokens": [_token_table(token) for token in user.tokens]} if user.tokens else {}),
        }
        for user in sorted(users.values(), key=lambda user: user.name)
    }
    return _HEADER + tomlkit.dumps(tables)


def _token_table(token: Token) -> dict[str, Any]:
    table = {"id": token.id, "label": token.label, "sha256": token.digest, "created": token.created}
    return table | ({"expires": token.expires} if token.expires else {})


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time. The folder is locked, because the file is another one after each change; on Windows, where
    a folder cannot be, a file beside it."""
    if not folder.is_dir():
        raise StateError(f"{folder}: No such folder. Make it, then run the command again.")
    if sys.platform == "win32":
        with FileLock(folder / ".users.lock"):
            yield
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise StateError(f"{folder}: {error.strerror}. Correct its permissions, then run the command again.") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
