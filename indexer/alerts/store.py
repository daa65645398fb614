"""What is kept of alerts: one SQLite file beside the index, with the alerts, what was seen, and the outbox.

A run writes its messages and how far it has read in one transaction, before anything is sent; each delivery is noted
when it is done. So a process that is killed has either written nothing, and the next run finds the same again, or all,
and the next run sends what is not noted as sent, with the ids that it has.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.alerts.alert import Alert
from indexer.alerts.message import AlertMessage
from indexer.database import Connection, Database
from indexer.errors import NotFound, StateError

FILE_NAME = "alerts.sqlite"
PATIENCE = 30.0  # seconds to wait while another process writes
KEPT = 20  # messages of an alert, for its feed and page; those that are not yet delivered besides
_TABLES = (
    "CREATE TABLE IF NOT EXISTS alerts (id TEXT PRIMARY KEY, name TEXT NOT NULL, search TEXT NOT NULL, created REAL "
    "NOT NULL, since INTEGER NOT NULL, owner TEXT NOT NULL, mail TEXT NOT NULL, webhook TEXT NOT NULL, secret TEXT NOT "
    "NULL, paused INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS read (one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL, counted INTEGER "
    "NOT NULL, identity TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS seen (key INTEGER PRIMARY KEY, added INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, alert TEXT NOT NULL, made REAL NOT NULL, content BLOB "
    "NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS messages_of ON messages (alert, made)",
    "CREATE TABLE IF NOT EXISTS deliveries (message TEXT NOT NULL, kind TEXT NOT NULL, address TEXT NOT NULL, sent "
    "REAL NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0, given_up INTEGER NOT NULL "
    "DEFAULT 0, reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (message, kind, address)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS waiting ON deliveries (due) WHERE sent = 0 AND given_up = 0",
)
_COLUMNS = "id, name, search, created, since, owner, mail, webhook, secret, paused"
_DELIVERY = "message, kind, address, sent, tries, due, given_up, reason"
MAIL, WEBHOOK = "mail", "webhook"


@dataclass(frozen=True, slots=True)
class ReadState:
    """How far arrivals were read: until which of them (microseconds since 1970), how many articles there were in the
    overlap before that, and which commit it was."""

    until: int = 0
    counted: int = 0
    identity: str = ""


@dataclass(frozen=True, slots=True)
class AlertDelivery:
    """A message on its way to one address. Times are seconds since 1970, 0 of none."""

    message: str
    kind: str
    address: str
    sent: float = 0.0
    tries: int = 0
    due: float = 0.0
    given_up: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a run writes down. `alerts` are the ids of those it knew."""

    messages: Sequence[AlertMessage]
    read: ReadState
    seen: Iterable[tuple[int, int]]
    forget: int
    alerts: frozenset[str]


class Store:
    """The file, opened for each question."""

    def __init__(self, index: str | Path) -> None:
        self.path = Path(index) / FILE_NAME
        self._file = Database(self.path, _TABLES, PATIENCE, _refusal, make=True)

    def alerts(self, owner: str | None = None) -> list[Alert]:
        """All alerts, or those of one user, in the order in which they were made."""
        with self._file.reading() as db:
            if db is None:
                return []
            where = "" if owner is None else " WHERE owner = ?"
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM alerts{where} ORDER BY created, id",  # noqa: S608
                () if owner is None else (owner,),
            )
            return [_alert(row) for row in rows]

    def alert(self, id: str) -> Alert:
        """The alert of an id, of which the beginning is enough where no other begins so.

        Raises:
            NotFound: there is none, or more than one.
        """
        found = [each for each in self.alerts() if each.id == id] or [
            each for each in self.alerts() if id and each.id.startswith(id)
        ]
        if len(found) != 1:
            which = f"{len(found)} alerts have ids that begin with" if found else "There is no alert"
            raise NotFound(f"{which} {id!r}. Which there are: indexer alerts list")
        return found[0]

    def add(self, alert: Alert, *, read: ReadState, most: int | None = None) -> bool:
        """Keep an alert; returns whether there was room, with `most` of its owner. `read` is set with the first."""
        with self._file.writing(alone=True) as db:
            if most is not None:
                held = db.execute("SELECT COUNT(*) FROM alerts WHERE owner = ?", (alert.owner,)).fetchone()[0]
                if held >= most:
                    return False
            _insert(db, [alert], read)
        return True

    def add_all(self, alerts: Iterable[Alert], read: ReadState) -> None:
        """Keep many alerts at once."""
        with self._file.writing(alone=True) as db:
            _insert(db, alerts, read)

    def set_paused(self, id: str, *, paused: bool, since: int) -> None:
        """Pause an alert, or have it go on with what comes after `since`."""
        with self._file.writing() as db:
            db.execute("UPDATE alerts SET paused = ?, since = MAX(since, ?) WHERE id = ?", (int(paused), since, id))

    def remove(self, ids: Iterable[str]) -> None:
        """Forget alerts, their messages, and what of them was not sent."""
        with self._file.writing() as db:
            for id in ids:
                db.execute("DELETE FROM deliveries WHERE message IN (SELECT id FROM messages WHERE alert = ?)", (id,))
                db.execute("DELETE FROM messages WHERE alert = ?", (id,))
                db.execute("DELETE FROM alerts WHERE id = ?", (id,))

    def read_state(self) -> ReadState:
        """How far arrivals were read."""
        with self._file.reading() as db:
            row = db.execute("SELECT until, counted, identity FROM read").fetchone() if db else None
        return ReadState(*row) if row else ReadState()

    def seen(self) -> set[int]:
        """The keys of the articles that were read of late."""
        with self._file.reading() as db:
            return {key for (key,) in db.execute("SELECT key FROM seen")} if db else set()

    def record(self, record: Record, alerts: Sequence[Alert]) -> bool:
        """Write down what a run has found, and who is to get it; returns False, and changes nothing, where an alert was
        made in the meantime that these arrivals concern."""
        of = {alert.id: alert for alert in alerts}
        with self._file.writing(alone=True) as db:
            since = db.execute("SELECT id FROM alerts WHERE since < ?", (record.read.until,))
            if not record.alerts.issuperset(id for (id,) in since):
                return False
            known = {id for (id,) in db.execute("SELECT id FROM alerts")}
            messages = [each for each in record.messages if each.alert in known]
            db.executemany(
                "INSERT INTO messages VALUES (?, ?, ?, ?)",
                ((each.id, each.alert, each.made.timestamp(), _packed(each)) for each in messages),
            )
            db.executemany(
                "INSERT INTO deliveries (message, kind, address) VALUES (?, ?, ?)",
                ((each.id, kind, address) for each in messages for kind, address in _addresses(of[each.alert])),
            )
            db.execute("DELETE FROM seen WHERE added < ?", (record.forget,))
            db.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", record.seen)
            _set_read(db, record.read)
            for alert in {each.alert for each in messages}:
                _forget(db, alert)
            db.execute("DELETE FROM deliveries WHERE message NOT IN (SELECT id FROM messages)")
        return True

    def due(self, now: float, *, again: bool = False) -> list[AlertDelivery]:
        """What is to be sent now; with `again` all that was not, whenever it is due and given up or not."""
        wanted = "sent = 0" if again else "sent = 0 AND given_up = 0 AND due <= ?"
        asked = f"SELECT {_DELIVERY} FROM deliveries JOIN messages ON id = message WHERE {wanted} ORDER BY made, id"  # noqa: S608
        with self._file.reading() as db:
            return [_delivery(row) for row in db.execute(asked, () if again else (now,))] if db else []

    def unsent(self) -> dict[str, list[AlertDelivery]]:
        """What was not sent yet, or given up, of each alert."""
        asked = f"SELECT alert, {_DELIVERY} FROM deliveries JOIN messages ON id = message WHERE sent = 0 ORDER BY made"  # noqa: S608
        found: dict[str, list[AlertDelivery]] = {}
        with self._file.reading() as db:
            for alert, *row in db.execute(asked) if db else ():
                found.setdefault(alert, []).append(_delivery(row))
        return found

    def note(self, deliveries: Iterable[AlertDelivery]) -> None:
        """Write down what became of deliveries, which takes as long for many as for one."""
        with self._file.writing() as db:
            db.executemany(
                "UPDATE deliveries SET sent = ?, tries = ?, due = ?, given_up = ?, reason = ? WHERE message = ? AND "
                "kind = ? AND address = ?",
                map(_noted, deliveries),
            )

    def message(self, id: str) -> AlertMessage | None:
        """The message of an id."""
        with self._file.reading() as db:
            row = db.execute("SELECT content FROM messages WHERE id = ?", (id,)).fetchone() if db else None
        return _unpacked(row[0]) if row else None

    def messages(self, alert: str, most: int = KEPT) -> list[AlertMessage]:
        """The last messages of an alert, the newest first."""
        with self._file.reading() as db:
            asked = "SELECT content FROM messages WHERE alert = ? ORDER BY made DESC, id LIMIT ?"
            return [_unpacked(row[0]) for row in db.execute(asked, (alert, most))] if db else []

    def last_made(self) -> dict[str, datetime]:
        """When each alert last had a message."""
        with self._file.reading() as db:
            rows = db.execute("SELECT alert, MAX(made) FROM messages GROUP BY alert") if db else ()
            return {alert: datetime.fromtimestamp(made, UTC) for alert, made in rows}


def _insert(db: Connection, alerts: Iterable[Alert], read: ReadState) -> None:
    if not db.execute("SELECT 1 FROM alerts").fetchone():
        _set_read(db, read)
    marks = ", ".join("?" * len(_COLUMNS.split(", ")))
    db.executemany(f"INSERT INTO alerts ({_COLUMNS}) VALUES ({marks})", map(_row, alerts))  # noqa: S608


def _set_read(db: Connection, read: ReadState) -> None:
    db.execute("INSERT OR REPLACE INTO read VALUES (1, ?, ?, ?)", (read.until, read.counted, read.identity))


def _forget(db: Connection, alert: str) -> None:
    """Drop the oldest messages of an alert beyond `KEPT`, but for those that are not yet delivered."""
    db.execute(
        "DELETE FROM messages WHERE alert = ?1 AND id NOT IN (SELECT id FROM messages WHERE alert = ?1 ORDER BY made "
        "DESC LIMIT ?2) AND id NOT IN (SELECT message FROM deliveries WHERE message = messages.id AND sent = 0)",
        (alert, KEPT),
    )


def _noted(each: AlertDelivery) -> tuple[object, ...]:
    changed = (each.sent, each.tries, each.due, int(each.given_up), each.reason)
    return (*changed, each.message, each.kind, each.address)


def _addresses(alert: Alert) -> list[tuple[str, str]]:
    found = [(MAIL, address) for address in alert.mail]
    return [*found, (WEBHOOK, alert.webhook)] if alert.webhook else found


def _row(alert: Alert) -> tuple[object, ...]:
    return (
        alert.id, alert.name, json.dumps(alert.pairs), alert.created.timestamp(), alert.since, alert.owner,
        json.dumps(alert.mail), alert.webhook, alert.secret, int(alert.paused),
    )  # fmt: skip


def _alert(row: Sequence[object]) -> Alert:
    id, name, search, created, since, owner, mail, webhook, secret, paused = row
    return Alert(
        id=str(id),
        name=str(name),
        pairs=tuple((key, value) for key, value in json.loads(str(search))),
        created=datetime.fromtimestamp(float(str(created)), UTC),
        since=int(str(since)),
        owner=str(owner),
        mail=tuple(json.loads(str(mail))),
        webhook=str(webhook),
        secret=str(secret),
        paused=bool(paused),
    )


def _delivery(row: Sequence[object]) -> AlertDelivery:
    message, kind, address, sent, tries, due, given_up, reason = row
    return AlertDelivery(
        message=str(message),
        kind=str(kind),
        address=str(address),
        sent=float(str(sent)),
        tries=int(str(tries)),
        due=float(str(due)),
        given_up=bool(given_up),
        reason=str(reason),
    )


def _packed(message: AlertMessage) -> bytes:
    return zlib.compress(json.dumps(message.to_dict(), ensure_ascii=False).encode("utf-8", "replace"), 1)


def _unpacked(content: bytes) -> AlertMessage:
    return AlertMessage.from_dict(json.loads(zlib.decompress(content)))


def _refusal(path: Path, error: Exception) -> StateError:
    return StateError(
        f"{path} cannot be used: {error}. Its folder must be writable; where the file is damaged, put back a copy of "
        "it: the alerts are nowhere else."
    )
