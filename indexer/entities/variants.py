"""Spellings of one entity across an archive: those that surely belong together, and those a person should look at.

In: (kind, name, count) of every label. Out: `Variants`: safe merges, with the most frequent form as the label, and
suggestions with reasons. Work grows with the number of labels: names are compared only within blocks of a common key.
Called when an index is read (`safe_merges`), by `indexer entities suggest` and for the pages of names.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from indexer.article import EntityKind
from indexer.entities.corrections import Corrections, Named
from indexer.entities.keys import safe_key, without_initials
from indexer.entities.normalise import fold, person_words, skeleton
from indexer.entities.other_names import settled
from indexer.entities.romanise import in_latin
from indexer.entities.short_names import holdings

Counted = tuple[EntityKind, str, int]
Compare = Callable[[str, str], bool]

MAX_BLOCK = 60  # labels of one block that are compared; larger blocks are common words, not spellings of one name
LIKENESS = 0.84  # share of letters in common from which two names of one block are suggested
_ACRONYM = re.compile(r"[A-Z]{3,7}\Z")
_LEGAL = re.compile(
    r"(?:,? (?:inc|corp|corporation|co|company|ltd|limited|llc|plc|gmbh|ag|sa|nv|spa|group|holdings?)\.?)+$"
)
_JOINTS = re.compile(r"[\s\-–]+")
_SMALL = frozenset("of the and for in on at to a an de la le du des y e und".split())


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`name` may be another form of `into` (the more frequent one)."""

    kind: EntityKind
    name: str
    count: int
    into: str
    into_count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Variants:
    """Safe merges (label -> the form that is shown) and suggestions, most useful first."""

    merges: Mapping[Named, Named] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()


def find_variants(labels: Iterable[Counted], *, suggest: bool = True) -> Variants:
    """Merges and suggestions of an archive's labels. The order of the labels does not matter.

    Labels of the same kind and name are added up.
    """
    counts: dict[Named, int] = {}
    for kind, name, count in labels:
        counts[kind, name] = counts.get((kind, name), 0) + count
    merges = _safe(counts)
    if not suggest:
        return Variants(merges)
    shown: dict[Named, int] = {}
    for named, count in counts.items():
        label = merges.get(named, named)
        shown[label] = shown.get(label, 0) + count
    return Variants(merges, _suggest(shown))


def safe_merges(counts: Mapping[Named, int], corrections: Corrections) -> Mapping[Named, Named]:
    """The safe merges of an archive, as `Corrections.merges` wants them: label -> the form that is shown.

    Labels with a rule of their own are left out; a name that a rule asks for is the form that is shown.
    """
    wanted = set(corrections.wanted())
    return _safe({named: count for named, count in counts.items() if not corrections.touches(*named)}, wanted)


def _safe(counts: Mapping[Named, int], wanted: Collection[Named] = ()) -> dict[Named, Named]:
    """Groups of equal keys, each under its most frequent form, in Latin letters before others; the name of a table
    stands for its other names.

    A form that is `wanted` comes before more frequent ones.
    """
    merges: dict[Named, Named] = {}
    for group in _groups(counts):
        if len(group) > 1:
            label = min(group, key=lambda n: (n not in wanted, _foreign(n), -counts[n], n[1].isupper(), n[1]))
            merges.update({named: label for named in group if named != label})
    for kind, name in counts:
        if (kind, name) in merges or (kind, name) in wanted:
            continue
        hit = settled(kind, name)
        if hit and hit != (kind, name) and hit in counts and hit[0] == kind:
            merges[kind, name] = merges.get(hit, hit)
    return merges


def _groups(counts: Mapping[Named, int]) -> Iterable[list[Named]]:
    """Labels of equal keys, and of people those that differ by an initial in the middle, if all that have one have the
    same: John A. Smith and John B. Smith are two, and nobody knows which of them John Smith is."""
    groups: dict[Named, list[Named]] = {}
    for kind, name in counts:
        groups.setdefault((kind, safe_key(kind, name)), []).append((kind, name))
    people: dict[str, list[str]] = {}
    for kind, key in groups:
        if kind == "person":
            people.setdefault(without_initials(key), []).append(key)
    for base, keys in people.items():
        if len(keys) == 2 and base in keys:
            (other,) = (key for key in keys if key != base)
            groups["person", base] += groups.pop(("person", other))
    return groups.values()


def _foreign(named: Named) -> bool:
    """Whether a name is compared in another script than it is written in."""
    return in_latin(named[1]) != named[1]


def _suggest(counts: Mapping[Named, int]) -> tuple[Suggestion, ...]:
    found: dict[tuple[Named, Named], str] = {}
    for each in holdings(counts, Corrections()):
        if each.probable:
            found[each.name, each.into] = (
                f"held {100 * each.articles // each.total}% of {each.total:,} articles that give the name in full"
            )
    for block, reason, compare in _blocks(counts):
        if len(block) > MAX_BLOCK:
            continue
        ordered = sorted(block, key=lambda named: (-counts[named], named))
        for at, named in enumerate(ordered):
            for other in ordered[at + 1 :]:
                known = (other, named) in found or (named, other) in found
                apart = named[0] == "person" and _have_other_initials(named[1], other[1])
                if named[0] == other[0] and not known and not apart and compare(named[1], other[1]):
                    found[other, named] = reason
    rows = [
        Suggestion(named[0], named[1], counts[named], into[1], counts[into], reason)
        for (named, into), reason in found.items()
    ]
    return tuple(
        sorted(rows, key=lambda row: (-min(row.count, row.into_count), -row.into_count, row.kind, row.name, row.into))
    )


def _blocks(counts: Mapping[Named, int]) -> Iterable[tuple[list[Named], str, Compare]]:
    """Blocks of labels worth comparing, with the reason to give and what decides within a block."""
    sounds: dict[tuple[str, ...], list[Named]] = {}
    initials: dict[tuple[str, ...], list[Named]] = {}
    legal: dict[tuple[str, str], list[Named]] = {}
    acronyms: dict[tuple[str, str], list[Named]] = {}
    for named in counts:
        kind, name = named
        words = person_words(in_latin(name)) if kind == "person" else tuple(_JOINTS.split(fold(name)))
        if kind == "person":
            if len(words) > 1:
                sounds.setdefault((kind, skeleton(words[0]), skeleton(words[-1])), []).append(named)
                initials.setdefault((kind, words[0][:1], words[-1]), []).append(named)
            continue
        sounds.setdefault((kind, *(skeleton(word) for word in words if word not in _SMALL)), []).append(named)
        if kind == "organisation":
            legal.setdefault((kind, _LEGAL.sub("", fold(name))), []).append(named)
            if _ACRONYM.match(name):
                acronyms.setdefault((kind, name.lower()), []).append(named)
            elif len(words) > 2:
                letters = "".join(word[0] for word in words if word and word not in _SMALL)
                acronyms.setdefault((kind, letters), []).append(named)
    for table, reason, compare in (
        (sounds, "sounds alike", _alike),
        (initials, "same family name, initial or longer name", _initial),
        (legal, "same name without the legal form", _always),
        (acronyms, "initials of the longer name", _acronym),
    ):
        yield from ((block, reason, compare) for block in table.values() if len(block) > 1)


def _have_other_initials(one: str, other: str) -> bool:
    """George W. Bush and George H. W. Bush; not John F. Kennedy and John Fitzgerald Kennedy."""
    middles = person_words(one)[1:-1], person_words(other)[1:-1]
    if not all(middles) or all(len(word) > 1 for middle in middles for word in middle):
        return False
    first, second = ([word[0] for word in middle] for middle in middles)
    return first != second


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(in_latin(one)), fold(in_latin(other)), autojunk=False).ratio() >= LIKENESS


def _initial(one: str, other: str) -> bool:
    """ "V. Putin" or "Vladimir V. Putin" beside "Vladimir Putin"."""
    both = (person_words(in_latin(one)), person_words(in_latin(other)))
    short, long = sorted(both, key=lambda words: (len(words), len(words[0])))
    if len(short) == len(long):
        return len(short) == 2 and len(short[0]) == 1 and len(long[0]) > 1
    return len(short) > 1 and (short[0] == long[0] or len(short[0]) == 1 or len(long[0]) == 1)


def _acronym(one: str, other: str) -> bool:
    return (_ACRONYM.match(one) is None) != (_ACRONYM.match(other) is None)


def _always(one: str, other: str) -> bool:
    return one != other
