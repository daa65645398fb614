"""Tokens for programs: made once, shown once, kept as a hash.

A token is `broadsheet_`, an id by which it is found and listed, and 256 random bits. So much chance needs no slow hash.
"""

import hashlib
import hmac
import secrets
from datetime import date

from indexer.accounts.users import Token, User, Users

PREFIX = "broadsheet"  # by which scanners of published code know one
_ID_BYTES = 5
_SECRET_BYTES = 32
LONGEST = 200  # characters; a token has about 70


def new_token(label: str, created: date, expires: date | None) -> tuple[str, Token]:
    """A token as its owner is told it, and as it is kept."""
    id = secrets.token_hex(_ID_BYTES)
    text = f"{PREFIX}_{id}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    return text, Token(id, label, _digest(text), created, expires)


def token_owner(users: Users, text: str, today: date) -> User | None:
    """The user whose token a text is; None where it is none, or expired."""
    parts = text.split("_", 2)
    if len(parts) != 3 or len(text) > LONGEST or parts[0] != PREFIX:
        return None
    digest = _digest(text)
    for user in users.values():
        for token in user.tokens:
            if token.id == parts[1] and hmac.compare_digest(token.digest, digest):
                return None if token.expired(today) else user
    return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
