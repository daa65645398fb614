"""How often passwords may be tried, of whom and from where."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import ConfigError, StateError
from webui.access import throttle as module
from webui.access.database import Database
from webui.access.throttle import Throttle


@pytest.fixture
def throttle(tmp_path: Path) -> Throttle:
    return Throttle(Database(tmp_path / "sessions.sqlite"), "2 per 15 minutes")


def _tries(throttle: Throttle, name: str, address: str, times: int) -> list[bool]:
    return [throttle.wait(name, address) == 0 for _ in range(times)]


def test_of_one_name_from_one_address(throttle: Throttle) -> None:
    assert _tries(throttle, "anna", "192.0.2.1", 3) == [True, True, False]
    assert 890 < throttle.wait("anna", "192.0.2.1") <= 900
    assert throttle.wait("anna", "192.0.2.2") == 0
    assert throttle.wait("ben", "192.0.2.1") == 0


def test_of_one_name_from_many_addresses(throttle: Throttle) -> None:
    assert all(throttle.wait("anna", f"192.0.2.{n}") == 0 for n in range(20))
    assert throttle.wait("anna", "192.0.2.99") > 0
    assert throttle.wait("ben", "192.0.2.99") == 0


def test_one_address_alone_keeps_nobody_out_elsewhere(throttle: Throttle) -> None:
    assert _tries(throttle, "anna", "192.0.2.1", 50).count(True) == 2
    assert throttle.wait("anna", "192.0.2.2") == 0


def test_one_name_alone_keeps_no_office_out(throttle: Throttle) -> None:
    _tries(throttle, "anna", "192.0.2.1", 50)
    assert throttle.wait("ben", "192.0.2.1") == 0


def test_an_address_that_is_refused_leaves_nothing_behind(throttle: Throttle, tmp_path: Path) -> None:
    for number in range(60):
        throttle.wait(f"user{number}", "192.0.2.1")
    with closing(sqlite3.connect(tmp_path / "sessions.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM counters").fetchone() == (41,)


def test_successes_use_nothing_up(throttle: Throttle) -> None:
    for number in range(60):
        assert throttle.wait(f"user{number % 3}", "192.0.2.1") == 0
        throttle.succeeded(f"user{number % 3}", "192.0.2.1")
    assert sum(throttle.wait(f"user{number}", "192.0.2.1") == 0 for number in range(60)) == 20


def test_of_many_names_from_one_address(throttle: Throttle) -> None:
    assert all(throttle.wait(f"user{n}", "192.0.2.1") == 0 for n in range(20))
    assert throttle.wait("anna", "192.0.2.1") > 0
    assert throttle.wait("anna", "192.0.2.2") == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "", True),
        ("unix:", "192.0.2.1", False),
    ],
)
def test_what_counts_as_one_address(throttle: Throttle, one: str, other: str, same: bool) -> None:
    _tries(throttle, "anna", one, 2)
    assert (throttle.wait("anna", other) > 0) is same


def test_a_success_clears_its_own(throttle: Throttle) -> None:
    _tries(throttle, "anna", "192.0.2.1", 2)
    throttle.succeeded("anna", "192.0.2.1")
    assert throttle.wait("anna", "192.0.2.1") == 0


def test_names_cannot_be_made_to_look_like_others(throttle: Throttle) -> None:
    _tries(throttle, "a/192.0.2.1", "x", 2)
    assert throttle.wait("a", "192.0.2.1/x") == 0


def test_a_limit_that_is_none_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[access\] login_limit: 'often' is no limit"):
        Throttle(Database(tmp_path / "s"), "often")


def test_few_passwords_are_checked_at_once(throttle: Throttle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    with throttle.turn(), throttle.turn():
        refused = []

        def third() -> None:
            try:
                with throttle.turn():
                    pass
            except StateError as error:
                refused.append(str(error))

        thread = threading.Thread(target=third)
        thread.start()
        thread.join()
        assert refused == ["Too many people are signing in at once. Try again in a moment."]
    with throttle.turn():
        pass
