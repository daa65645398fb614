"""Mentions of one document that mean the same: "Lavrov" is Sergei Lavrov, "IAEA" the agency spelt out above.

In: (kind, name) of each mention in text order. Out: the kind and name each stands for. Called by the extractor
for each article.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from indexer.article import EntityKind
from indexer.entities.normalise import fold, given_key, person_key

Named = tuple[EntityKind, str]

BETWEEN_NAMES = "·"  # what Chinese writes between the words of a foreign name
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}\Z")
_LEGAL = re.compile(
    r"(?:,? (?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|PLC|plc|GmbH|AG|SA|S\.A|NV|N\.V|SpA|Group"
    r"|Holdings?))+\.?$"
)
_SMALL = frozenset("of the and for in on at to a an de la le du des y e und".split())


def join(mentions: Sequence[Named], fixed: frozenset[Named] = frozenset()) -> list[Named]:
    """The name each mention stands for. Names in `fixed` (given by the source, or of the alias table) stay."""
    counts = Counter(mentions)
    order = {named: place for place, named in reversed(list(enumerate(mentions)))}
    means: dict[Named, Named] = {}
    people = [named for named in order if named[0] == "person"]
    means.update(_people(people, counts, fixed))
    others = [named for named in order if named[0] != "person"]
    means.update(_organisations_and_places(others, fixed))
    means.update(_one_kind(order, counts, means, fixed))
    return [_follow(named, means) for named in mentions]


def _follow(named: Named, means: Mapping[Named, Named]) -> Named:
    for _ in range(4):  # "V. Putin" -> "Vladimir Putin" -> the given form; longer chains do not occur
        after = means.get(named, named)
        if after == named:
            break
        named = after
    return named


def _words(name: str) -> list[str]:
    return [word.strip(".") for word in fold(name).replace(BETWEEN_NAMES, " ").split()]


def _people(people: Sequence[Named], counts: Mapping[Named, int], fixed: frozenset[Named]) -> dict[Named, Named]:
    means: dict[Named, Named] = {}
    spelt: dict[tuple[str, ...], list[Named]] = {}
    for named in people:
        if _is_full(named[1]):
            spelt.setdefault(person_key(named[1]), []).append(named)
    for group in spelt.values():
        label = max(group, key=lambda named: (named in fixed, counts[named], -people.index(named)))
        means.update({named: label for named in group if named != label and named not in fixed})
    full = [named for named in people if _is_full(named[1]) and named not in means]
    for named in full:
        if named in fixed:
            continue
        settled = [other for other in full if other in fixed and _extends(_words(named[1]), _words(other[1]))]
        if len(settled) == 1:
            means[named] = settled[0]
            continue
        longer = [other for other in full if other != named and _extends(_words(other[1]), _words(named[1]))]
        if len(longer) == 1 or (longer and len({_words(other[1])[0] for other in longer}) == 1):
            means[named] = max(longer, key=lambda other: (other in fixed, counts[other], len(other[1]), other[1]))
    for named in people:
        if _is_full(named[1]) or named in fixed:
            continue
        word = fold(named[1])
        for test in (_is_family, _is_family_part, _is_given):
            bearers = {_follow(other, means) for other in full if test(_words(other[1]), word)}
            if bearers:
                break
        if len(bearers) == 1:
            means[named] = bearers.pop()
    return means


def _is_full(name: str) -> bool:
    """Several words, not only a family name with its particles ("von der Leyen"); 弗拉基米尔·普京 is two words."""
    return (" " in name or BETWEEN_NAMES in name) and not name[0].islower()


def _extends(longer: list[str], shorter: list[str]) -> bool:
    """Whether one full name is the other with more of it: "Vladimir V. Putin" of "V. Putin" or "Vladimir Putin"."""
    if longer[-1] != shorter[-1] or len(longer) < len(shorter):
        return False
    first, other = given_key(longer[0]), given_key(shorter[0])
    if len(longer) == len(shorter) == 2:
        return len(other) == 1 and len(first) > 1 and first[0] == other
    if first != other and not (len(other) == 1 and first[0] == other):
        return False
    return len(longer) > len(shorter)


def _is_family(words: list[str], word: str) -> bool:
    return words[-1] == word or " ".join(words[1:]) == word


def _is_family_part(words: list[str], word: str) -> bool:
    """The end of a hyphenated family name, or one with its article: "Assad" of "al-Assad"."""
    return words[-1].split("-")[-1] == word or words[-1] == word.split("-")[-1] or word in words[1:]


def _is_given(words: list[str], word: str) -> bool:
    return words[0] == word


def _organisations_and_places(others: Sequence[Named], fixed: frozenset[Named]) -> dict[Named, Named]:
    means: dict[Named, Named] = {}
    expansions: dict[str, list[Named]] = {}
    bare: dict[str, list[Named]] = {}
    heads: dict[str, list[Named]] = {}
    for named in others:
        words = re.split(r"[ -]", named[1])
        if len(words) > 1:
            for initials in {_initials(words, keep_small=False), _initials(words, keep_small=True)}:
                expansions.setdefault(initials, []).append(named)
            if named[0] == "organisation":
                bare.setdefault(fold(_LEGAL.sub("", named[1])), []).append(named)
                heads.setdefault(fold(words[0]), []).append(named)
    for named in others:
        if named in fixed:
            continue
        kind, name = named
        if _ACRONYM.match(name):
            spelt = expansions.get(name.replace(".", "").lower(), ())
            if len(spelt) == 1:
                means[named] = spelt[0]
        elif kind == "organisation":
            plain = fold(_LEGAL.sub("", name))
            longer = [other for other in bare.get(plain, ()) if other != named and len(other[1]) > len(name)]
            if not longer and " " not in name and len(name) > 3:
                longer = [other for other in heads.get(fold(name), ()) if _LEGAL.search(other[1])]
            if len(longer) == 1:
                means[named] = longer[0]
    return means


def _initials(words: Sequence[str], *, keep_small: bool) -> str:
    return "".join(word[0] for word in words if word and (keep_small or word.lower() not in _SMALL)).lower()


def _one_kind(
    order: Mapping[Named, int], counts: Mapping[Named, int], means: Mapping[Named, Named], fixed: frozenset[Named]
) -> dict[Named, Named]:
    """A name tagged as two kinds in one document takes the kind it has most often; given names decide."""
    kinds: dict[str, list[Named]] = {}
    for named in order:
        if named not in means:
            kinds.setdefault(fold(named[1]), []).append(named)
    result: dict[Named, Named] = {}
    for group in kinds.values():
        if len(group) > 1:
            # A word in capitals comes last: "SENATE" in a headline is the "Senate" of the text.
            chosen = max(group, key=lambda n: (n in fixed, not n[1].isupper() or len(n[1]) < 5, counts[n], -order[n]))
            result.update({named: chosen for named in group if named != chosen})
    return result
