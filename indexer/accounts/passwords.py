"""Passwords: which are good enough, their hashes (Argon2id), and whether a typed one is right.

A check takes the same time whether there is such a user or not, so that nobody learns names by the clock.
"""

import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from indexer.accounts.users import Users
from indexer.errors import UsageError

# Argon2id with 46 MiB and two passes: above what OWASP asks for, and two at once fit on a small machine.
PASSES = 2
MEMORY_KIB = 47_104
LEAST = 15  # characters, where a password is all that is asked for (NIST SP 800-63B-4)
MOST = 1024  # characters; a longer text is no password but an attack
LEAST_SCORE = 3  # of 4, by zxcvbn: safe against guessing offline for a while
_EVERYWHERE = ("broadsheet", "archive")  # words that a stranger would try at any of our sites
_JUDGED = 72  # characters that zxcvbn looks at
_judging = threading.Lock()  # it keeps the known words in one place for all threads


def hash_password(text: str, *, passes: int = PASSES, memory_kib: int = MEMORY_KIB) -> str:
    """The hash of a password, with its salt and parameters in it."""
    return _hasher(passes, memory_kib).hash(_bytes(text))


def check_quality(text: str, known: Iterable[str] = ()) -> None:
    """Refuse what is easily guessed. No kind of character is asked for.

    Args:
        text: the password.
        known: words that a stranger would try first: the user's name, that of the archive.

    Raises:
        UsageError: it is too short, too long, or easily guessed.
    """
    from zxcvbn import zxcvbn  # a second's tenth to load, which only this needs

    if len(text) < LEAST:
        raise UsageError(f"The password has {len(text)} characters; take at least {LEAST}, such as a few words.")
    if len(text) > MOST:
        raise UsageError(f"The password has {len(text)} characters; take at most {MOST}.")
    with _judging:
        found = zxcvbn(text[:_JUDGED], user_inputs=[*known, *_EVERYWHERE])
    if found["score"] < LEAST_SCORE:
        said = (found["feedback"]["warning"] or "").rstrip(".")
        raise UsageError(
            f"The password is easily guessed. {said + '. ' if said else ''}Take words that do not go together."
        )


def right_password(users: Users, name: str, text: str) -> bool:
    """Whether a user of that name has that password."""
    user = users.get(name)
    if not 0 < len(text) <= MOST:
        text, user = "-", None
    try:
        _hasher().verify(user.password if user else _decoy(*_costliest(users)), _bytes(text))
    except (VerificationError, InvalidHashError):
        return False
    return user is not None


def _costliest(users: Users) -> tuple[int, int, int]:
    """Passes, memory and lanes of the hash that takes longest to check."""
    costs = [(PASSES, MEMORY_KIB, 1)] if not users else []
    for user in users.values():
        try:
            found = extract_parameters(user.password)
        except InvalidHashError:
            continue
        costs.append((found.time_cost, found.memory_cost, found.parallelism))
    return max(costs, key=lambda cost: cost[0] * cost[1], default=(PASSES, MEMORY_KIB, 1))


@lru_cache(maxsize=4)
def _decoy(passes: int, memory_kib: int, lanes: int) -> str:
    """A hash to check a password against where there is no user."""
    return PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes).hash(b"nobody")


def _hasher(passes: int = PASSES, memory_kib: int = MEMORY_KIB) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)


def _bytes(text: str) -> bytes:
    """What is hashed. Keyboards spell an accented letter in two ways; otherwise nothing is changed or cut."""
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
