"""The file of users: what it holds, who may read it, and that it is never half written."""

import os
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.accounts import users_file
from indexer.accounts.users import Token, User, Users, canonical, user_name
from indexer.accounts.users_file import UsersFile, change_users, read_users
from indexer.errors import ConfigError, StateError, UsageError

DAY = date(2026, 11, 30)
ANNA = User("anna", "$argon2id$...", "s1", DAY, (Token("t1", "a “reader”", "ab", DAY, date(2027, 1, 31)),))
BEN = User("b.e-n+x@paper.example", "$argon2id$...", "s2", DAY, (Token("t2", "cron", "cd", DAY),))


def _set(path: Path, *users: User) -> None:
    change_users(path, lambda _: {user.name: user for user in users})


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    assert read_users(path) == {}
    _set(path, BEN, ANNA)
    assert read_users(path) == {"anna": ANNA, BEN.name: BEN}
    assert list(read_users(path)) == ["anna", BEN.name]
    assert list(tmp_path.iterdir()) == [path]


def test_secrets_do_not_show_in_a_representation() -> None:
    assert "argon2" not in repr(ANNA)
    assert "'ab'" not in repr(ANNA)
    assert "s1" not in repr(ANNA)


@pytest.mark.parametrize(("before", "after"), [(None, 0o600), (0o644, 0o640), (0o640, 0o640), (0o600, 0o600)])
def test_the_file_is_not_for_everyone(tmp_path: Path, before: int | None, after: int) -> None:
    path = tmp_path / "users.toml"
    if before is not None:
        path.touch()
        path.chmod(before)
    _set(path, ANNA)
    assert path.stat().st_mode & 0o777 == after


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files away")
def test_the_file_keeps_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    _set(path, ANNA)
    os.chown(path, 12345, 12345)
    _set(path, ANNA, BEN)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12345)


def test_changes_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"

    def add(number: int) -> None:
        user = replace(ANNA, name=f"user{number}")
        change_users(path, lambda users: users | {user.name: user})

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(read_users(path)) == {f"user{number}" for number in range(12)}


def test_a_change_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "users.toml"
    _set(path, ANNA)

    def refuse(users: dict[str, User]) -> Users:
        raise UsageError("no")

    with pytest.raises(UsageError):
        change_users(path, refuse)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        _set(path, BEN)
    assert read_users(path) == {"anna": ANNA}
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"no: No such folder\. Make it, then run"):
        _set(tmp_path / "no" / "users.toml", ANNA)


WHOLE = '[anna]\npassword = "p"\nstamp = "s"\ncreated = 2026-11-30\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[anna", "is not valid TOML"),
        ("anna = 1", r"\[anna\]: stands outside a table"),
        ("[anna]", r"\[anna\] password: is missing or of another kind"),
        (WHOLE.replace('"p"', "1"), r"\[anna\] password: is missing or of another kind"),
        (WHOLE.replace("2026-11-30", "2026-11-30T10:00:00Z"), r"\[anna\] created: is missing or of another kind"),
        (WHOLE + "admin = true", r"\[anna\] admin: unknown key"),
        (WHOLE.replace("anna", "Anna"), r"\[Anna\]: a name is kept in small letters, as 'anna'"),
        (WHOLE + '[[anna.tokens]]\nid = "x"', r"\[anna\] tokens label: is missing or of another kind"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "users.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_users(path)
    with pytest.raises(ConfigError, match=message):
        _set(path, ANNA)
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "users.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="it is not UTF-8 text"):
        read_users(tmp_path / "users.toml")
    with pytest.raises(ConfigError, match="Is a directory"):
        read_users(tmp_path)


def test_a_running_site_sees_each_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "users.toml"
    held = UsersFile(path)
    assert held.current() == {}
    _set(path, ANNA)
    assert held.current() == {"anna": ANNA}
    _set(path, replace(ANNA, stamp="s9"))
    assert held.current()["anna"].stamp == "s9", "a file of the same size"
    monkeypatch.setattr(users_file, "read_users", lambda place: {})
    assert held.current()["anna"].stamp == "s9", "an unchanged file is not read again"
    path.unlink()
    assert held.current() == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna", "anna"),
        (" anna ", "anna"),
        ("ＡＮＮＡ", "anna"),
        ("Müller", "müller"),
        ("STRASSE", "strasse"),
        ("سارة", "سارة"),
    ],
)
def test_names_in_one_spelling(text: str, name: str) -> None:
    assert user_name(text) == name


@given(st.text(max_size=20) | st.characters(codec="utf-8"))
def test_a_name_that_is_kept_is_found_again(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


def test_every_letter_that_may_stand_in_a_name_is_kept_as_itself() -> None:
    assert [
        hex(code) for code in range(sys.maxunicode) if canonical(canonical(chr(code))) != canonical(chr(code))
    ] == []


@pytest.mark.parametrize("text", ["", " ", "a b", "a\nb", "../x", "-a", ".a", "a/b", "x" * 65, "a\u202eb", "a\x00"])
def test_what_is_no_name(text: str) -> None:
    with pytest.raises(UsageError, match="cannot be a user's name"):
        user_name(text)
