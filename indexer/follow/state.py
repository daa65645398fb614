"""What following remembers: one SQLite file beside the index, changed once a round, after the archive has its articles.

A process that is killed before that leaves the state as it was, and the next round asks again; one that is killed
between the two asks again for what the archive has, which is then unchanged. Deleting the file loses nothing else.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, fields, replace
from pathlib import Path

from indexer.database import Connection, Database
from indexer.errors import StateError
from indexer.follow.answers import Known

FILE_NAME = "follow.sqlite"
PATIENCE = 10.0  # seconds to wait while another process writes
# Entries of one feed that are remembered besides those that it lists.
MOST_REMEMBERED = 2_000
_TABLES = (
    "CREATE TABLE IF NOT EXISTS feeds (source TEXT, address TEXT, kind TEXT, etag TEXT, modified TEXT, moved TEXT, "
    "gone INTEGER, tried REAL, succeeded REAL, seen REAL, due REAL, failures INTEGER, reason TEXT, new INTEGER, "
    "waiting INTEGER, PRIMARY KEY (source, address)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS entries (source TEXT, address TEXT, key TEXT, print TEXT, listed REAL, tries INTEGER, "
    "etag TEXT, modified TEXT, PRIMARY KEY (source, address, key)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS files (source TEXT, folder TEXT, path TEXT, size INTEGER, time INTEGER, "
    "PRIMARY KEY (source, folder, path)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, robots TEXT, asked REAL, closed REAL) WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of one feed, sitemap or folder. Times are seconds since 1970, 0 of none.

    `seen` is when it last brought something new, `new` how much in its last round; `waiting` entries are left for
    another. `reason` says why it failed, or what is odd about it. `moved` is where it is for good.
    """

    source: str
    address: str
    kind: str
    etag: str = ""
    modified: str = ""
    moved: str = ""
    gone: bool = False
    tried: float = 0.0
    succeeded: float = 0.0
    seen: float = 0.0
    due: float = 0.0
    failures: int = 0
    reason: str = ""
    new: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Remembered:
    """An entry that was seen: its print ("" while it is only tried), when the feed last listed it, how often its page
    was tried in vain, and the validators of that page."""

    key: str
    print: str
    listed: float
    tries: int = 0
    etag: str = ""
    modified: str = ""


# Path -> size and time of its last change, in nanoseconds.
Files = dict[str, tuple[int, int]]


@dataclass(slots=True)
class Changes:
    """What a round changes, written in one transaction."""

    feeds: list[FeedState] = field(default_factory=list)
    entries: list[tuple[FeedState, list[Remembered]]] = field(default_factory=list)
    files: list[tuple[str, str, Files]] = field(default_factory=list)
    hosts: dict[str, Known] = field(default_factory=dict)


class State:
    """The file, opened for each question."""

    def __init__(self, index: str | Path) -> None:
        self.path = Path(index) / FILE_NAME
        self._file = Database(self.path, _TABLES, PATIENCE, _refusal, make=True)

    def feeds(self) -> dict[tuple[str, str], FeedState]:
        """What is known of each feed, by source and address."""
        columns = ", ".join(each.name for each in fields(FeedState))
        with self._file.reading() as db:
            found = [_feed(row) for row in db.execute(f"SELECT {columns} FROM feeds")] if db else []  # noqa: S608
        return {(each.source, each.address): each for each in found}

    def entries(self, source: str, address: str) -> dict[str, Remembered]:
        """The entries of a feed that were seen, by key."""
        asked = "SELECT key, print, listed, tries, etag, modified FROM entries WHERE source = ? AND address = ?"
        with self._file.reading() as db:
            found = [Remembered(*row) for row in db.execute(asked, (source, address))] if db else []
        return {each.key: each for each in found}

    def files(self, source: str, folder: str) -> Files:
        """The files of a folder that were read."""
        asked = "SELECT path, size, time FROM files WHERE source = ? AND folder = ?"
        with self._file.reading() as db:
            rows = db.execute(asked, (source, folder)).fetchall() if db else []
        return {path: (size, time) for path, size, time in rows}

    def hosts(self) -> dict[str, Known]:
        """What is remembered of hosts."""
        with self._file.reading() as db:
            rows = db.execute("SELECT host, robots, asked, closed FROM hosts").fetchall() if db else []
        return {host: Known(robots, asked, closed) for host, robots, asked, closed in rows}

    def save(self, changes: Changes) -> None:
        """Write down what a round changed."""
        with self._file.writing() as db:
            marks = ", ".join("?" * len(fields(FeedState)))
            rows = (astuple(each) for each in changes.feeds)
            db.executemany(f"INSERT OR REPLACE INTO feeds VALUES ({marks})", rows)  # noqa: S608
            for feed, entries in changes.entries:
                db.executemany(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    ((feed.source, feed.address, *astuple(each)) for each in entries),
                )
                _forget(db, feed)
            for source, folder, files in changes.files:
                db.execute("DELETE FROM files WHERE source = ? AND folder = ?", (source, folder))
                db.executemany(
                    "INSERT INTO files VALUES (?, ?, ?, ?, ?)",
                    ((source, folder, path, size, time) for path, (size, time) in files.items()),
                )
            hosts = ((host, each.robots, each.asked, each.closed) for host, each in changes.hosts.items())
            db.executemany("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?, ?)", hosts)

    def keep_only(self, known: Iterable[tuple[str, str]]) -> None:
        """Forget feeds and folders that the configuration does not name any more."""
        kept = set(known)
        gone = [key for key in self.feeds() if key not in kept]
        if gone:
            with self._file.writing() as db:
                for table, column in (("feeds", "address"), ("entries", "address"), ("files", "folder")):
                    db.executemany(f"DELETE FROM {table} WHERE source = ? AND {column} = ?", gone)  # noqa: S608


def _refusal(path: Path, error: Exception) -> StateError:
    return StateError(
        f"{path} cannot be used: {error}. Its folder must be writable; where the file is damaged, delete it: feeds are "
        "then read again from their beginning."
    )


def _feed(row: tuple[object, ...]) -> FeedState:
    found = FeedState(*row)  # type: ignore[arg-type]  # as they were written
    return replace(found, gone=bool(found.gone))


def _forget(db: Connection, feed: FeedState) -> None:
    """Drop the entries that a feed has not listed for longest, beyond so many."""
    db.execute(
        "DELETE FROM entries WHERE source = ?1 AND address = ?2 AND listed < ?3 AND key NOT IN (SELECT key "
        "FROM entries WHERE source = ?1 AND address = ?2 AND listed < ?3 ORDER BY listed DESC LIMIT ?4)",
        (feed.source, feed.address, feed.tried, MOST_REMEMBERED),
    )
