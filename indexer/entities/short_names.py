"""Short names across the articles of an archive: "Obama" is Barack Obama where nearly all articles that give the name
in full mean him; so are "House" and the House of Representatives, "DACA" and what its letters stand for.

In: (kind, name) and the number of articles of labels that may be called the same for short (`short_form`). Out: the
label that each short one goes to (`short_merges`), and those that probably mean it (`holdings`). Pure, and decided for
each short name by itself: an engine need only give the labels that share the form of a short one. Within an article
`coreference` has joined them before: an article that gives a name in full has no label for the short one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.article import EntityKind
from indexer.entities.corrections import Corrections, Named
from indexer.entities.normalise import spelling

# A short name goes to who holds so much of the articles that give it in full, if there are so many of them.
SHARE, ARTICLES = 0.9, 5
# From here on somebody should look at it.
PROBABLE_SHARE, PROBABLE_ARTICLES = 0.6, 2
# The kinds that have short names.
KINDS: tuple[EntityKind, ...] = ("person", "organisation")

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset("van von der den de del della di da dos du la le".split())
_LEAST_LETTERS = 4  # of an acronym: with three, too many bodies share one
_MOST_LETTERS = 7
# What a body is called by the first word of its name: not the Veterans of Foreign Wars, not the Congress of a party.
_HEADS = frozenset({"house", "chamber", "library"})
_SMALL = frozenset("of the and for in on at to a an de la le du des y e und".split())
_JOINTS = re.compile(r"[ -]")


@dataclass(frozen=True, slots=True)
class Short:
    """What a label may be called for short, comparable; whether it says no more than that, or else gives it as the
    initials of its words."""

    form: str
    bare: bool
    initials: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """A short label, whom most of the articles mean that give the name in full, and how many of the `total` do."""

    name: Named
    into: Named
    articles: int
    total: int

    @property
    def sure(self) -> bool:
        """Whether the short label goes to it."""
        return self.articles >= ARTICLES and self.articles >= SHARE * self.total

    @property
    def probable(self) -> bool:
        """Whether somebody should look at it."""
        return self.articles >= PROBABLE_ARTICLES and self.articles >= PROBABLE_SHARE * self.total


def short_form(kind: EntityKind, key: str) -> Short | None:
    """The short form of a label, given its key (`variants.joining_key`); None where it has none.

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
    return Short(family, all(word in _PARTICLES for word in words[:-1]))


def _acronym_or_head(key: str) -> Short | None:
    if key.isalpha():
        return Short(key, True) if len(key) >= _LEAST_LETTERS else None
    words = [word for word in _JOINTS.split(key) if word and word not in _SMALL]
    initials = "".join(word[0] for word in words)
    if _LEAST_LETTERS <= len(initials) <= _MOST_LETTERS and initials.isalpha():
        return Short(initials, False, initials=True)
    head, _, rest = key.partition(" of ")
    return Short(head, False) if rest and head in _HEADS else None


def short_merges(counts: Mapping[Named, int], corrections: Corrections) -> dict[Named, Named]:
    """The label that each short one goes to, as `Corrections.merges` wants it.

    Args:
        counts: in how many articles each label is; all labels that have the form of a short one.
        corrections: the archive's rules and safe merges. A short name that a rule speaks of stays what the rule says.
    """
    wanted = {rule.target for rule in corrections.rules.values() if rule.target}
    return {
        each.name: each.into
        for each in holdings(counts, corrections)
        if each.sure and each.name not in wanted and not corrections.touches(*each.name)
    }


def holdings(counts: Mapping[Named, int], corrections: Corrections) -> Iterator[Holding]:
    """For each short label that longer ones go with, the one that most articles mean which give the name in full."""
    from indexer.entities.variants import joining_key  # which stands on this module

    bare: dict[tuple[EntityKind, str], list[Named]] = {}
    full: dict[tuple[EntityKind, str, bool], dict[Named, int]] = {}
    for named, count in counts.items():
        kind, name = named
        short = short_form(kind, joining_key(kind, name))
        if short is None:
            continue
        if short.bare:
            bare.setdefault((kind, short.form), []).append(named)
            continue
        shown = corrections.apply(kind, name)
        if shown is not None and shown[0] == kind:
            of_form = full.setdefault((kind, short.form, short.initials), {})
            of_form[shown] = of_form.get(shown, 0) + count
    for (kind, form), names in bare.items():
        # Initials are of what is written in capitals, COPS; the House is a word. Of people there are no initials.
        held: dict[Named, int] = {}
        for initials in {kind == "organisation" and name.isupper() for _, name in names}:
            held |= full.get((kind, form, initials), {})
        if held:
            most = max(held.values())
            into = min(named for named, count in held.items() if count == most)
            total = sum(held.values())
            yield from (Holding(each, into, most, total) for each in names if corrections.apply(*each) != into)
