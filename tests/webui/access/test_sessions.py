"""Sessions: when they end, what is kept of them, and that processes may write at once."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import StateError
from tests.webui.closed import user
from webui.access.counters import DatabaseCounters
from webui.access.database import Database
from webui.access.sessions import Sessions, Timeouts

ANNA = user("anna")
USERS = {"anna": ANNA}


class Clock:
    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    return Sessions(Database(tmp_path / "sessions.sqlite"), Timeouts(idle=3600, longest=36_000), clock)


def test_a_session_ends_when_nothing_was_asked_for_a_while(sessions: Sessions, clock: Clock) -> None:
    id = sessions.begin(ANNA)
    clock.time += 3600
    assert sessions.user(id, USERS) == ANNA
    clock.time += 3600
    assert sessions.user(id, USERS) == ANNA, "it was asked for in between"
    clock.time += 3601
    assert sessions.user(id, USERS) is None
    clock.time -= 3601
    assert sessions.user(id, USERS) is None, "it has ended for good"


def test_a_session_ends_in_any_case(sessions: Sessions, clock: Clock) -> None:
    id = sessions.begin(ANNA)
    for _ in range(20):
        clock.time += 1800
        assert sessions.user(id, USERS) == ANNA
    clock.time += 1
    assert sessions.user(id, USERS) is None


def test_a_session_ends_with_its_user_and_stamp(sessions: Sessions) -> None:
    assert sessions.user(sessions.begin(ANNA), {}) is None
    id = sessions.begin(ANNA)
    assert sessions.user(id, {"anna": user("anna")}) is None
    assert sessions.user(id, USERS) is None, "also when the old stamp comes back"


def test_a_session_can_be_ended(sessions: Sessions) -> None:
    one, other = sessions.begin(ANNA), sessions.begin(ANNA)
    sessions.end(one)
    sessions.end("never was")
    assert (sessions.user(one, USERS), sessions.user(other, USERS)) == (None, ANNA)


@pytest.mark.parametrize("id", ["", "x", "x" * 101, "' OR 1=1 --", "\x00", "\udcff"])
def test_what_is_no_id_is_nobodys(sessions: Sessions, id: str) -> None:
    sessions.begin(ANNA)
    assert sessions.user(id, USERS) is None


def test_ids_are_long_and_kept_as_hashes(sessions: Sessions, tmp_path: Path) -> None:
    ids = {sessions.begin(ANNA) for _ in range(20)}
    assert len(ids) == 20
    assert {len(id) for id in ids} == {43}
    kept = (tmp_path / "sessions.sqlite").read_bytes()
    assert not any(id.encode() in kept for id in ids)


def test_sessions_that_are_over_are_forgotten(sessions: Sessions, clock: Clock, tmp_path: Path) -> None:
    sessions.begin(ANNA)
    clock.time += 3601
    sessions.begin(ANNA)
    with sqlite3.connect(tmp_path / "sessions.sqlite") as db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
    db.close()


def test_nobody_else_reads_the_file(sessions: Sessions, tmp_path: Path) -> None:
    sessions.begin(ANNA)
    assert (tmp_path / "sessions.sqlite").stat().st_mode & 0o777 == 0o600


def test_the_file_is_opened_by_sqlite_alone(
    sessions: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To close it otherwise would take from this process the locks that other threads hold on it."""
    opened: list[str] = []
    real = os.open

    def watch(path: str, *options: int, **more: int) -> int:
        opened.append(str(path))
        return real(path, *options, **more)

    monkeypatch.setattr(os, "open", watch)
    sessions.user(sessions.begin(ANNA), USERS)
    assert str(tmp_path / "sessions.sqlite") not in opened
    assert len(opened) == 1, "once, to make it"
    assert list(tmp_path.iterdir()) == [tmp_path / "sessions.sqlite"]


def test_a_folder_that_is_not_there_is_an_error_without_its_name(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"^Nobody can be let in just now\.$"):
        Sessions(Database(tmp_path / "no" / "s.sqlite"), Timeouts(1, 1)).begin(ANNA)


_WRITER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from webui.access.counters import DatabaseCounters
from webui.access.database import Database
counters = DatabaseCounters(Database(Path(sys.argv[1])))
with ThreadPoolExecutor(4) as threads:
    list(threads.map(lambda _: counters.incr("pair/192.0.2.1", 900), range(50)))
"""


def test_threads_and_processes_count_together(tmp_path: Path) -> None:
    path = str(tmp_path / "sessions.sqlite")
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, path]) for _ in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    counters = DatabaseCounters(Database(Path(path)))
    assert counters.get("pair/192.0.2.1") == 150
    assert b"192.0.2.1" not in Path(path).read_bytes()
    counters.clear("pair/192.0.2.1")
    assert counters.get("pair/192.0.2.1") == 0
