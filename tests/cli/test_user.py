"""`indexer user`: people and tokens from the command line, and that nothing secret is printed."""

import io
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.accounts import passwords
from indexer.accounts.passwords import right_password
from indexer.accounts.tokens import token_owner
from indexer.accounts.users_file import read_users
from tests.cli.conftest import Indexer
from tests.webui.closed import PASSWORD

TODAY = datetime.now(UTC).date()
NEW = "thirty herons over a tin roof"


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the configuration of a closed archive, and hashes that are made fast."""
    (tmp_path / "config.toml").write_text('[access]\nmode = "closed"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(passwords, "PASSES", 1)
    real = passwords.hash_password
    monkeypatch.setattr(passwords, "hash_password", lambda text: real(text, passes=1, memory_kib=8))
    return tmp_path / "users.toml"


def _type(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.fixture
def anna(indexer: Indexer, users: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    _type(monkeypatch, PASSWORD + "\n")
    assert indexer("user", "add", "anna", "--password-stdin").code == 0
    return users


def test_add_list_remove(indexer: Indexer, users: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert indexer("user", "list").err == "Nobody may yet. users.toml has no users: indexer user add NAME\n"
    _type(monkeypatch, PASSWORD + "\r\nmore\n")
    outcome = indexer("user", "add", "Anna", "--password-stdin")
    assert (outcome.code, outcome.out, outcome.err) == (0, "anna may read the archive (users.toml)\n", "")
    assert right_password(read_users(users), "anna", PASSWORD)
    assert users.stat().st_mode & 0o777 == 0o600
    assert indexer("user", "list").out == f"anna  since {TODAY}  0 tokens\n"
    assert indexer("user", "list", "--json").json == [{"name": "anna", "created": str(TODAY), "tokens": 0}]
    assert indexer("user", "remove", "ANNA").out == "anna may not read the archive any more (users.toml)\n"
    assert read_users(users) == {}
    assert "users.toml has no user 'anna'" in indexer("user", "remove", "anna").err


def test_an_archive_that_is_open_all_the_same(indexer: Indexer, users: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (users.parent / "config.toml").unlink()
    _type(monkeypatch, PASSWORD)
    outcome = indexer("user", "add", "anna", "--password-stdin")
    assert outcome.err == (
        'The archive is open to everyone all the same: set mode = "closed" under [access] in config.toml.\n'
    )


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("anna", PASSWORD, "There is a user 'anna' already"),
        ("ben", "short", "take at least 15"),
        ("ben", "", "has 0 characters"),
        ("ben", "benbenbenbenbenben", "easily guessed"),
        ("b/n", PASSWORD, "cannot be a user's name"),
    ],
)
def test_what_is_not_added(
    indexer: Indexer, anna: Path, monkeypatch: pytest.MonkeyPatch, name: str, typed: str, message: str
) -> None:
    before = anna.read_bytes()
    _type(monkeypatch, typed)
    outcome = indexer("user", "add", name, "--password-stdin")
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert typed == "" or typed not in outcome.err
    assert anna.read_bytes() == before


def test_without_a_keyboard_the_password_has_to_be_sent(
    indexer: Indexer, users: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _type(monkeypatch, PASSWORD)
    outcome = indexer("user", "add", "anna")
    assert (outcome.code, "Write --password-stdin" in outcome.err) == (2, True)
    assert not users.exists()


def test_a_typed_password_is_not_shown(users: Path) -> None:
    master, keyboard = pty.openpty()
    command = [sys.executable, "-m", "indexer", "user", "add", "anna"]
    with subprocess.Popen(command, stdin=keyboard, stdout=keyboard, stderr=keyboard, start_new_session=True) as process:
        os.close(keyboard)
        seen = b""
        for prompt in (b"Password: ", b"The same again: "):
            while not seen.endswith(prompt):
                seen += os.read(master, 1000)
            os.write(master, PASSWORD.encode() + b"\n")
        try:
            while more := os.read(master, 1000):
                seen += more
        except OSError:  # the other end is closed
            pass
        assert process.wait(60) == 0
    os.close(master)
    assert b"anna may read the archive" in seen
    assert PASSWORD.encode() not in seen
    assert right_password(read_users(users), "anna", PASSWORD)


def test_another_password(indexer: Indexer, anna: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = indexer("user", "token", "add", "anna", "--label", "cron").out.strip()
    before = read_users(anna)["anna"]
    _type(monkeypatch, NEW)
    assert indexer("user", "password", "anna", "--password-stdin").out == "anna has another password (users.toml)\n"
    after = read_users(anna)["anna"]
    assert after.stamp != before.stamp
    assert right_password(read_users(anna), "anna", NEW)
    assert not right_password(read_users(anna), "anna", PASSWORD)
    assert token_owner(read_users(anna), token, TODAY) == after
    _type(monkeypatch, NEW)
    assert indexer("user", "password", "ben", "--password-stdin").code == 2


def test_logout(indexer: Indexer, anna: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _type(monkeypatch, PASSWORD)
    indexer("user", "add", "ben", "--password-stdin")
    before = read_users(anna)
    assert indexer("user", "logout", "anna").out == "the sessions of 1 user have ended (users.toml)\n"
    after = read_users(anna)
    assert (after["anna"].stamp != before["anna"].stamp, after["ben"]) == (True, before["ben"])
    assert indexer("user", "logout", "--all").out == "the sessions of 2 users have ended (users.toml)\n"
    assert read_users(anna)["ben"].stamp != before["ben"].stamp
    assert right_password(read_users(anna), "ben", PASSWORD)
    for wrong in (["logout"], ["logout", "anna", "--all"], ["logout", "nobody"]):
        assert indexer("user", *wrong).code == 2


def test_tokens(indexer: Indexer, anna: Path) -> None:
    outcome = indexer("user", "token", "add", "anna", "--label", " feed  reader ", "--expires", "90d")
    text, last = outcome.out.strip(), TODAY + timedelta(days=90)
    (token,) = read_users(anna)["anna"].tokens
    assert (token.label, token.created, token.expires) == ("feed reader", TODAY, last)
    assert outcome.err == (
        f"Token {token.id} of anna, valid until {last}. Keep it now: it is shown this once and kept as a hash.\n"
    )
    assert token_owner(read_users(anna), text, TODAY) == read_users(anna)["anna"]
    assert text not in anna.read_text(encoding="utf-8")
    line = f"{token.id}  anna  feed reader  made {TODAY}  valid until {last}\n"
    assert indexer("user", "token", "list").out == line
    assert indexer("user", "token", "list", "anna").out == line
    assert indexer("user", "token", "list", "--json").json == [
        {"id": token.id, "user": "anna", "label": "feed reader", "created": str(TODAY), "expires": str(last)}
    ]
    assert indexer("user", "list").out == f"anna  since {TODAY}  1 token\n"
    assert indexer("user", "token", "remove", token.id).out == f"token {token.id} is void (users.toml)\n"
    assert token_owner(read_users(anna), text, TODAY) is None
    assert indexer("user", "token", "remove", token.id).code == 2
    assert indexer("user", "token", "list", "nobody").code == 2


@pytest.mark.parametrize(
    ("expires", "last"),
    [("never", None), ("2999-12-31", "2999-12-31"), ("0d", str(TODAY)), (str(TODAY), str(TODAY))],
)
def test_the_last_day_of_a_token(indexer: Indexer, anna: Path, expires: str, last: str | None) -> None:
    assert indexer("user", "token", "add", "anna", "--label", "x", "--expires", expires).code == 0
    assert indexer("user", "token", "list", "--json").json[0]["expires"] == last


@pytest.mark.parametrize("expires", ["2020-01-01", "soon", "", "-1d", "99999999d", "90"])
def test_what_is_no_day(indexer: Indexer, anna: Path, expires: str) -> None:
    outcome = indexer("user", "token", "add", "anna", "--label", "x", "--expires", expires)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--expires" in outcome.err
    for label in (" ", "x" * 101, "a\x1b[2J", "a\udcff", "a\u202eb"):
        assert indexer("user", "token", "add", "anna", "--label", label).code == 2
    assert indexer("user", "token", "add", "nobody", "--label", "x").code == 2


def test_hashes_are_never_printed(indexer: Indexer, anna: Path) -> None:
    indexer("user", "token", "add", "anna", "--label", "x")
    user = read_users(anna)["anna"]
    for command in (["list"], ["list", "--json"], ["token", "list"], ["token", "list", "--json"], ["logout", "anna"]):
        outcome = indexer("user", *command)
        for secret in (user.password, user.stamp, user.tokens[0].digest, "argon2"):
            assert secret not in outcome.out + outcome.err


def test_another_file(indexer: Indexer, users: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _type(monkeypatch, PASSWORD)
    assert indexer("user", "add", "anna", "--password-stdin", "--users", tmp_path / "who.toml").code == 0
    assert list(read_users(tmp_path / "who.toml")) == ["anna"]
    assert not users.exists()
