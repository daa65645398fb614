"""A person who may read the archive, and the tokens of that person's programs."""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from indexer.errors import UsageError

_NAME = re.compile(r"\w[\w.@+-]{0,63}")
_STAMP_BYTES = 12


@dataclass(frozen=True, slots=True)
class Token:
    """What a program signs in with. `digest` is the hash of the whole token; it ends with the day `expires`, if any."""

    id: str
    label: str
    digest: str = field(repr=False)
    created: date
    expires: date | None = None

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and today > self.expires


@dataclass(frozen=True, slots=True)
class User:
    """A person. `password` is a hash; `stamp` changes whenever that person's sessions are to end."""

    name: str
    password: str = field(repr=False)
    stamp: str = field(repr=False)
    created: date
    tokens: tuple[Token, ...] = ()


Users = Mapping[str, User]


def user_name(text: str) -> str:
    """A name as it is kept and compared: in small letters, in one of Unicode's spellings.

    Raises:
        UsageError: it is no name.
    """
    name = canonical(text)
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{text[:80]!r} cannot be a user's name. Take up to 64 letters and digits; . _ - + @ may stand within."
        )
    return name


def canonical(text: str) -> str:
    """What a typed name is looked up by; the same for what it gives."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def new_stamp() -> str:
    """A stamp that no session was begun with."""
    return secrets.token_hex(_STAMP_BYTES)
