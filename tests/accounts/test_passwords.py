"""Passwords: which are taken, how they are hashed, and that a check tells nothing but yes or no."""

from dataclasses import replace

import pytest
from argon2 import extract_parameters

from indexer.accounts.passwords import MEMORY_KIB, PASSES, check_quality, hash_password, right_password
from indexer.errors import UsageError
from tests.webui.closed import PASSWORD, user

USERS = {"anna": user("anna")}


def test_a_hash_is_argon2id_salted_and_as_costly_as_owasp_asks() -> None:
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    assert first != second
    assert first.startswith("$argon2id$v=19$")
    found = extract_parameters(first)
    assert (found.time_cost, found.memory_cost, found.parallelism) == (PASSES, MEMORY_KIB, 1)
    assert (PASSES, MEMORY_KIB) >= (2, 19_456)
    assert (found.salt_len, found.hash_len) == (16, 32)
    assert right_password({"anna": replace(USERS["anna"], password=first)}, "anna", PASSWORD)


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("anna", PASSWORD, True),
        ("anna", PASSWORD.upper(), False),
        ("anna", PASSWORD + " ", False),
        ("anna", PASSWORD[:-1], False),
        ("anna", "", False),
        ("anna", "-", False),
        ("ben", PASSWORD, False),
        ("ben", "nobody", False),
        ("", "", False),
        ("anna", "x" * 100_000, False),
        ("anna", "\udcff\x00", False),
    ],
)
def test_only_the_whole_password_of_that_user_is_right(name: str, text: str, right: bool) -> None:
    assert right_password(USERS, name, text) is right


def test_no_users_no_entry() -> None:
    assert not right_password({}, "anna", "nobody")
    assert not right_password({}, "", "")


def test_long_passwords_count_to_their_last_letter() -> None:
    long = "seven lamps " * 80
    users = {"anna": user("anna", long + "a")}
    assert right_password(users, "anna", long + "a")
    assert not right_password(users, "anna", long + "b")


def test_a_letter_may_be_spelled_in_two_ways() -> None:
    users = {"anna": user("anna", "caf\u00e9 du commerce")}
    assert right_password(users, "anna", "cafe\u0301 du commerce")
    assert not right_password(users, "anna", "cafe du commerce")


def test_a_damaged_hash_lets_nobody_in() -> None:
    users = {"anna": replace(USERS["anna"], password="plain"), "ben": user("ben")}
    assert not right_password(users, "anna", "plain")
    assert right_password(users, "ben", PASSWORD)


@pytest.mark.parametrize(
    "text",
    [
        PASSWORD,
        "thirty herons over a tin roof",
        "correct-horse-battery-staple-7",
        "ночью над крышей цапли",
        "x7#Kp!qLw0Zr$vNe",
        "seven lamps " * 12,
        "七盏灯笼挂在灰色的运河边上,无风无雨",
        "            quiet lamp  ",
        "gzqvhwkrtpmnbxdl",
    ],
)
def test_good_passwords_of_any_composition(text: str) -> None:
    check_quality(text, ("anna", "Broadsheet"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has 0 characters; take at least 15"),
        ("x7#Kp!qLw0Zr$v", "has 14 characters; take at least 15"),
        ("x" * 1025, "has 1025 characters; take at most 1024"),
        ("aaaaaaaaaaaaaaaaaaaa", "easily guessed"),
        ("passwordpassword", "easily guessed"),
        ("123456789012345", "easily guessed"),
        ("qwertyuiopasdfgh", "easily guessed"),
        ("annaannaannaanna", "easily guessed"),
        ("Broadsheetbroadsheet", "easily guessed"),
        ("archive archive 1", "easily guessed"),
        ("password12345678", "easily guessed"),
    ],
)
def test_bad_passwords(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        check_quality(text, ("anna", "The Gazette"))
