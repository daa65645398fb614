"""Tokens: made by chance, kept as hashes, valid to the end of their last day."""

from dataclasses import replace
from datetime import date, timedelta

from indexer.accounts.tokens import new_token, token_owner
from tests.webui.closed import user

DAY = date(2026, 11, 30)


def test_a_token_leads_to_its_user() -> None:
    text, made = new_token("cron", DAY, None)
    other, second = new_token("feed", DAY, DAY)
    users = {"anna": user("anna"), "ben": user("ben", tokens=(made, second))}
    assert token_owner(users, text, DAY) is users["ben"]
    assert token_owner(users, text, DAY + timedelta(days=9999)) is users["ben"]
    assert token_owner(users, other, DAY) is users["ben"]
    assert token_owner(users, other, DAY + timedelta(days=1)) is None
    assert token_owner({}, text, DAY) is None


def test_a_token_has_256_bits_of_chance_and_none_of_them_is_kept() -> None:
    made = [new_token("x", DAY, None) for _ in range(50)]
    secrets = {text.split("_", 2)[2] for text, _ in made}
    assert len(secrets) == 50
    assert all(len(secret) == 43 for secret in secrets)
    text, token = made[0]
    assert text == f"broadsheet_{token.id}_{text.split('_', 2)[2]}"
    assert text.split("_", 2)[2] not in repr(token) + token.digest


def test_what_only_looks_like_one() -> None:
    text, made = new_token("cron", DAY, None)
    users = {"anna": user("anna", tokens=(made,))}
    wrongs = ("", "_", "__", text[:-1], text + "=", f" {text}", text.title(), made.digest, "\udcff" * 3)
    for wrong in (*wrongs, f"broadsheet_{made.id}_", f"broadsheet_{made.id}_{made.digest}"):
        assert token_owner(users, wrong, DAY) is None, wrong
    double = {"anna": user("anna", tokens=(replace(made, digest=""),))}
    assert token_owner(double, f"broadsheet_{made.id}_", DAY) is None
