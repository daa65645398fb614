"""By what names are compared: keys, equal for labels that may name the same, and what a label is called for short.

In: the kind and name of a label. Out: text for comparing, never for showing. Indexes keep these keys; `key_rules` says
which rules made them. Called by `variants`, `short_names` and whoever writes labels.
"""

import re
from dataclasses import dataclass
from functools import cache

from indexer.article import EntityKind
from indexer.entities.normalise import fold, person_key, spelling
from indexer.entities.other_names import settled, tables_version
from indexer.entities.romanise import in_latin

# The rules of these keys. Raise it with every change, also in `entities.normalise` and `entities.romanise`.
KEY_RULES = 3
_PUNCTUATION = re.compile(r"[.,'\"“”()]")
_JOINTS = re.compile(r"[\s\-–]+")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset("van von der den de del della di da dos du la le".split())
_LEAST_LETTERS = 4  # of an acronym: with three, too many bodies share one
_MOST_LETTERS = 7
# What a body is called by the first word of its name: not the Veterans of Foreign Wars, not the Congress of a party.
_HEADS = frozenset({"house", "chamber", "library"})
_SMALL = frozenset("of the and for in on at to a an de la le du des y e und".split())


@dataclass(frozen=True, slots=True)
class Short:
    """What a label may be called for short, comparable; whether it says no more than that, or else gives it as the
    initials of its words."""

    form: str
    bare: bool
    initials: bool = False


def safe_key(kind: EntityKind, name: str) -> str:
    """Equal for labels that surely name the same: case, accents, punctuation, hyphens, romanisation of people."""
    if kind == "person":
        return " ".join(person_key(in_latin(name)))
    plain = _PUNCTUATION.sub("", fold(name).replace("&", " and "))
    plain = _JOINTS.sub(" ", plain).strip()
    return plain.removeprefix("the ") or fold(name)


def joining_key(kind: EntityKind, name: str) -> str:
    """Equal for labels that `safe_merges` may join: the safe key, of a person without initials in the middle.

    Another name that the tables settle has that of its entry.
    """
    hit = settled(kind, name)
    shown = hit[1] if hit and hit[0] == kind else name
    key = safe_key(kind, shown) or shown
    return without_initials(key) if kind == "person" else key


def without_initials(key: str) -> str:
    """The safe key of a person without the initials between the first name and the last: "donald j trump"."""
    words = key.split()
    return " ".join([words[0], *[word for word in words[1:-1] if len(word) > 1], words[-1]]) if len(words) > 2 else key


@cache
def key_rules() -> str:
    """Changes when a name might get another `joining_key`: with the rules or the tables of names."""
    return f"{KEY_RULES}-{tables_version()}"


def short_form(kind: EntityKind, key: str) -> Short | None:
    """The short form of a label, given its key (`joining_key`); None where it has none.

    Of a person it is the family name. Of an organisation it is the initials where they may be an acronym, of some the
    word before "of". Labels of one key have one form.
    """
    if kind == "person":
        return _family(key.split())
    return _acronym_or_head(key) if kind == "organisation" else None


def _family(words: list[str]) -> Short | None:
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    if not words or len(words[-1]) < 2 or not words[-1][0].isalpha():
        return None
    # The key of a full name has its family name in this spelling already; once more changes it like the bare one.
    family = spelling(spelling(words[-1]))
    return Short(family, _PARTICLES.issuperset(words[:-1]))


def _acronym_or_head(key: str) -> Short | None:
    if key.isalpha():
        return Short(key, True) if len(key) >= _LEAST_LETTERS else None
    words = [word for word in _JOINTS.split(key) if word and word not in _SMALL]
    initials = "".join(word[0] for word in words)
    if _LEAST_LETTERS <= len(initials) <= _MOST_LETTERS and initials.isalpha():
        return Short(initials, False, initials=True)
    head, _, rest = key.partition(" of ")
    return Short(head, False) if rest and head in _HEADS else None
