"""Sessions of people: a random id in the browser, its hash in the database.

There is no key that signs anything: what a browser holds means nothing without the row here, so that a session ends
for good when the row goes. It ends at the logout, after a time without requests, after a time in any case, and when its
user's stamp has changed (`indexer user password`, `logout`, `remove`).
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from indexer.accounts.users import User, Users
from webui.access.database import Database

_ID_BYTES = 32
_NOTED = 60.0  # seconds between two notes of a session's last request, so that most requests only read
_LONGEST_ID = 100  # characters; ours has 43


@dataclass(frozen=True, slots=True)
class Timeouts:
    """After how many seconds a session ends: without requests, and in any case."""

    idle: float
    longest: float


class Sessions:
    """The sessions of a site."""

    def __init__(self, database: Database, timeouts: Timeouts, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._timeouts = timeouts
        self._now = now

    def begin(self, user: User) -> str:
        """A new session of a user: its id, which nobody has known before. Sessions that are over are forgotten.

        Raises:
            StateError: the database cannot be used.
        """
        id, now = secrets.token_urlsafe(_ID_BYTES), self._now()
        with self._database.open() as db:
            oldest = (now - self._timeouts.idle, now - self._timeouts.longest)
            db.execute("DELETE FROM sessions WHERE seen < ? OR begun < ?", oldest)
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", (_hash(id), user.name, user.stamp, now, now))
        return id

    def user(self, id: str, users: Users) -> User | None:
        """Whose session it is; None where it is none, or over.

        Raises:
            StateError: the database cannot be used.
        """
        if not 0 < len(id) <= _LONGEST_ID:
            return None
        now = self._now()
        with self._database.open() as db:
            row = db.execute("SELECT user, stamp, begun, seen FROM sessions WHERE id = ?", (_hash(id),)).fetchone()
            if row is None:
                return None
            name, stamp, begun, seen = row
            user = users.get(name)
            over = now - seen > self._timeouts.idle or now - begun > self._timeouts.longest
            if user is None or user.stamp != stamp or over:
                db.execute("DELETE FROM sessions WHERE id = ?", (_hash(id),))
                return None
            if now - seen > min(_NOTED, self._timeouts.idle / 10):
                db.execute("UPDATE sessions SET seen = ? WHERE id = ?", (now, _hash(id)))
        return user

    def end(self, id: str) -> None:
        """End one; nothing happens where it is none.

        Raises:
            StateError: the database cannot be used.
        """
        with self._database.open() as db:
            db.execute("DELETE FROM sessions WHERE id = ?", (_hash(id),))


def _hash(id: str) -> bytes:
    return hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()
