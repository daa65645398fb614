"""Who asks: a person by a session, a program by a token, or a stranger."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app, g, request

from indexer.accounts.passwords import right_password
from indexer.accounts.tokens import token_owner
from indexer.accounts.users import User, Users, canonical
from indexer.accounts.users_file import UsersFile
from indexer.config import AccessConfig
from indexer.errors import ConfigError, StateError
from webui.access import audit, cookies
from webui.access.database import Database
from webui.access.sessions import Sessions, Timeouts
from webui.access.throttle import Throttle

_EXTENSION = "access"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: a user, by a session or by a token."""

    user: User
    by_token: bool


class Access:
    """What a closed site knows of its readers."""

    def __init__(self, config: AccessConfig) -> None:
        database = Database(Path(config.sessions))
        self._file = UsersFile(Path(config.users))
        self.sessions = Sessions(database, Timeouts(config.idle_minutes * 60.0, config.session_hours * 3600.0))
        self.throttle = Throttle(database, config.login_limit)

    def users(self) -> Users:
        """All users by name.

        Raises:
            StateError: their file cannot be used, so that nobody is let in; the log says why.
        """
        try:
            return self._file.current()
        except ConfigError as error:
            audit.failure(str(error))
            raise StateError("Nobody can be let in just now.") from error

    def check(self, name: str, password: str) -> User | None:
        """The user of that name, if the password is right.

        Raises:
            StateError: the users cannot be read, or too many passwords are being checked.
        """
        users, known = self.users(), canonical(name)
        with self.throttle.turn():
            return users[known] if right_password(users, known, password) else None


def init(extensions: dict[str, object], config: AccessConfig) -> None:
    """Give a closed site its memory, among its extensions."""
    extensions[_EXTENSION] = Access(config)


def access() -> Access:
    """What this site knows of its readers. There is nothing of the kind where an archive is open."""
    found: Access = current_app.extensions[_EXTENSION]
    return found


def reader() -> Reader | None:
    """Who asks; None for strangers, and for everyone where the archive is open."""
    found: Reader | None = g.get("reader")
    return found


def barred() -> bool:
    """Whether this is a stranger before a closed archive."""
    return _EXTENSION in current_app.extensions and reader() is None


def recognise() -> Reader | None:
    """Who sends this request.

    Raises:
        StateError: that cannot be told now.
    """
    g.reader = _by_token() or _by_session()
    return reader()


def _by_session() -> Reader | None:
    id = cookies.read(cookies.SESSION)
    user = access().sessions.user(id, access().users()) if id and cookies.trustworthy() else None
    return Reader(user, by_token=False) if user else None


def _by_token() -> Reader | None:
    """A token as such, or as the password of its user, which is what feed readers can send."""
    sent = request.authorization
    if sent is None or not cookies.trustworthy():
        return None
    today = datetime.now(UTC).date()
    if sent.type == "basic":
        user = token_owner(access().users(), sent.password or "", today)
        user = user if user and user.name == canonical(sent.username or "") else None
    else:
        user = token_owner(access().users(), sent.token or "", today) if sent.type == "bearer" else None
    if user is None:
        audit.note("token refused", None, "token")
    return Reader(user, by_token=True) if user else None
