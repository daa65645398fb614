"""What joining looks at in a name: its words, its initials, its name without the legal form.

In: a name. Out: `PersonParts`, `BodyParts`, or letters. Names come back from article to article, so what was worked out
is kept for the latest of them. Called by `coreference`, `pairs`, `sift` and the extractor, for each distinct name of an
article.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from indexer.entities.normalise import fold, person_key

BETWEEN_NAMES = "·"  # what Chinese writes between the words of a foreign name
KEPT = 16_384  # names of each kind whose parts are remembered
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}\Z")
_LEGAL = re.compile(
    r"(?:,? (?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|PLC|plc|GmbH|AG|SA|S\.A|NV|N\.V|SpA|Group"
    r"|Holdings?))+\.?$"
)
_WORDS = re.compile(r"[ -]")
_SMALL = frozenset("of the and for in on at to a an de la le du des y e und".split())


class PersonParts(NamedTuple):
    """A person's name: `words` are folded and without dots, `full` says whether it is more than a family name, `key` is
    that of `person_key`."""

    words: tuple[str, ...]
    full: bool
    key: tuple[str, ...]


class BodyParts(NamedTuple):
    """The name of an organisation: `plain` is it folded without its legal form (which it has if `legal`), `head` its
    first word, folded, where it has several."""

    plain: str
    head: str
    legal: bool


folded = lru_cache(maxsize=2 * KEPT)(fold)


@lru_cache(maxsize=KEPT)
def person_parts(name: str) -> PersonParts:
    """The parts of a person's name.

    "von der Leyen" is only a family name with its particles, 弗拉基米尔·普京 is a full name.
    """
    name = name.replace(BETWEEN_NAMES, " ")
    words = tuple([word.strip(".") for word in fold(name).split()])
    full = bool(words) and " " in name and not name[0].islower()
    return PersonParts(words, full, person_key(name) if full else ())


@lru_cache(maxsize=KEPT)
def body_parts(name: str) -> BodyParts:
    """The parts of an organisation's name."""
    bare = _LEGAL.sub("", name)
    words = _WORDS.split(name, 1)
    return BodyParts(fold(bare), fold(words[0]) if len(words) > 1 else "", bare != name)


def acronym(name: str) -> str:
    """The letters of an acronym, in lower case; empty for other names."""
    return name.replace(".", "").lower() if name.isupper() and _ACRONYM.match(name) else ""


@lru_cache(maxsize=KEPT)
def initials(name: str) -> tuple[str, ...]:
    """What a name of several words may be cut to: its initials, and those without its small words."""
    words = [word for word in _WORDS.split(name) if word]
    if len(words) < 2:
        return ()
    letters = "".join([word[0] for word in words]).lower()
    main = "".join([word[0] for word in words if word.lower() not in _SMALL]).lower()
    return (letters,) if main == letters else (letters, main)
