"""Short names across the articles of an archive: "Obama" is Barack Obama where nearly all articles that give the name
in full mean him; so are "House" and the House of Representatives, "DACA" and what its letters stand for.

In: (kind, name) and the number of articles of labels that may be called the same for short (`keys.short_form`). Out:
the label that each short one goes to (`short_merges`), and which it probably means (`holdings`). Pure, and decided for
each short name by itself: an engine need only give the labels that share the form of a short one. Within an article
`coreference` has joined them before: an article that gives a name in full has no label for the short one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from indexer.article import EntityKind
from indexer.entities.corrections import Corrections, Named
from indexer.entities.keys import Short, joining_key, short_form

# A short name goes to who holds so much of the articles that give it in full, if there are so many of them.
SHARE, ARTICLES = 0.9, 5
# Names in less than such a part of the articles of the most frequent one do not count: nearly all of them are two names
# that ran together ("Kerry Obama").
LEAST_PART = 0.01
# From here on somebody should look at it.
PROBABLE_SHARE, PROBABLE_ARTICLES = 0.6, 2
# The kinds that have short names.
KINDS: tuple[EntityKind, ...] = ("person", "organisation")


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
    bare: dict[tuple[EntityKind, str], list[Named]] = {}
    full: dict[tuple[EntityKind, str, bool], dict[Named, int]] = {}
    for named, count in counts.items():
        kind, name = named
        short = _short(kind, name)
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
            for shown, count in full.get((kind, form, initials), {}).items():
                held[shown] = held.get(shown, 0) + count
        if held:
            most = max(held.values())
            into = min(named for named, count in held.items() if count == most)
            total = sum(count for count in held.values() if count >= LEAST_PART * most)
            yield from (Holding(each, into, most, total) for each in names if corrections.apply(*each) != into)


@lru_cache(maxsize=16_384)
def _short(kind: EntityKind, name: str) -> Short | None:
    return short_form(kind, joining_key(kind, name))


def meant(corrections: Corrections, kind: EntityKind, name: str) -> str:
    """The name itself, if it is a short one that goes to whom nearly all articles mean by it, else ""."""
    into = corrections.merges.get((kind, name))
    if into is None or corrections.touches(kind, name):
        return ""
    short, long = _short(kind, name), _short(*into)
    return name if short is not None and short.bare and not (long is not None and long.bare) else ""
