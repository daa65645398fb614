"""What joining looks at in a name: its words, its initials, its name without the legal form.

In: a name. Out: `PersonParts` or `BodyParts`. Names come back from article to article, so what was worked out is kept
for the latest of them. Called by `coreference`, `pairs` and the extractor, for each distinct name of an article.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.entities.normalise import fold, person_key

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
    """The name of an organisation or place.

    `letters` are what it spells if it is an acronym, `initials` what names of several words may be cut to; `plain` is it
    folded and without its legal form (which it has if `legal`), `head` its first word, folded.
    """

    letters: str
    initials: tuple[str, ...]
    plain: str
    head: str
    legal: bool


folded = lru_cache(maxsize=2 * KEPT)(fold)


@lru_cache(maxsize=KEPT)
def person_parts(name: str) -> PersonParts:
    """The parts of a person's name. "von der Leyen" is only a family name with its particles."""
    words = tuple([word.strip(".") for word in fold(name).split()])
    full = bool(words) and " " in name and not name[0].islower()
    return PersonParts(words, full, person_key(name) if full else ())


@lru_cache(maxsize=KEPT)
def body_parts(name: str) -> BodyParts:
    """The parts of an organisation's or a place's name."""
    words = _WORDS.split(name)
    many = len(words) > 1
    initials = {_initials(words, keep_small=False), _initials(words, keep_small=True)} if many else ()
    letters = name.replace(".", "").lower() if _ACRONYM.match(name) else ""
    bare = _LEGAL.sub("", name)
    return BodyParts(letters, tuple(initials), fold(bare), fold(words[0]), bare != name)


def _initials(words: Sequence[str], *, keep_small: bool) -> str:
    return "".join(word[0] for word in words if word and (keep_small or word.lower() not in _SMALL)).lower()
