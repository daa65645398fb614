"""Mentions of one document that mean the same: "Lavrov" is Sergei Lavrov, "IAEA" the agency spelt out above.

In: (kind, name) of each mention in text order. Out: the kind and name each stands for. Called by the extractor
for each article; the work is done on distinct names, and only on those that share a word.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from indexer.entities.found import Named
from indexer.entities.normalise import given_key
from indexer.entities.parts import acronym, body_parts, folded, initials, person_parts

Words = tuple[str, ...]
Person = tuple[Named, Words]  # a full name and its words


def join(mentions: Sequence[Named], fixed: frozenset[Named] = frozenset()) -> list[Named]:
    """The name each mention stands for. Names in `fixed` (given by the source, or of the alias table) stay."""
    means = meanings(mentions, fixed)
    return [means[named] for named in mentions]


def meanings(mentions: Sequence[Named], fixed: frozenset[Named] = frozenset()) -> dict[Named, Named]:
    """What each distinct name stands for; see `join`."""
    counts = Counter(reversed(mentions))  # of names that are as frequent, the one mentioned last labels the others
    means = _people([named for named in counts if named[0] == "person"], counts, fixed)
    means.update(_acronyms([named for named in counts if named[0] != "person"], fixed))
    means.update(_organisations([named for named in counts if named[0] == "organisation"], fixed))
    means.update(_one_kind(mentions, counts, means, fixed))
    return {named: _follow(named, means) if named in means else named for named in counts}


def _follow(named: Named, means: Mapping[Named, Named]) -> Named:
    for _ in range(4):  # "V. Putin" -> "Vladimir Putin" -> the given form; longer chains do not occur
        after = means.get(named, named)
        if after == named:
            break
        named = after
    return named


def _people(people: Sequence[Named], counts: Mapping[Named, int], fixed: frozenset[Named]) -> dict[Named, Named]:
    means: dict[Named, Named] = {}
    spelt: dict[Words, list[Named]] = {}
    parts = {named: person_parts(named[1]) for named in people}
    for named, part in parts.items():
        if part.full:
            spelt.setdefault(part.key, []).append(named)
    for group in spelt.values():
        if len(group) > 1:
            label = max(group, key=lambda named: (named in fixed, counts[named], -people.index(named)))
            means.update({named: label for named in group if named != label and named not in fixed})
    full = [(named, part.words) for named, part in parts.items() if part.full and named not in means]
    families: dict[str, list[Person]] = {}
    for person in full:
        families.setdefault(person[1][-1], []).append(person)
    for family in families.values():
        if len(family) > 1:
            _longer(family, counts, fixed, means)
    single = [named for named in people if not parts[named].full and named not in fixed]
    if single and full:
        _single(single, full, families, means)
    return means


def _longer(
    family: Sequence[Person], counts: Mapping[Named, int], fixed: frozenset[Named], means: dict[Named, Named]
) -> None:
    """Full names of one family name that are another with more of it."""
    for named, words in family:
        if named in fixed:
            continue
        settled = [other for other, less in family if other in fixed and _extends(words, less)]
        if len(settled) == 1:
            means[named] = settled[0]
            continue
        longer = [(other, more) for other, more in family if other != named and _extends(more, words)]
        if len({more[0] for _, more in longer}) == 1:
            chosen = (other for other, _ in longer)
            means[named] = max(chosen, key=lambda other: (other in fixed, counts[other], len(other[1]), other[1]))


def _extends(longer: Words, shorter: Words) -> bool:
    """Whether one full name is the other with more of it: "Vladimir V. Putin" of "V. Putin" or "Vladimir Putin".

    "George H. W. Bush" is not "George W. Bush": what has an initial in the middle has no room for another.
    """
    if longer[-1] != shorter[-1] or len(longer) < len(shorter):
        return False
    first, other = given_key(longer[0]), given_key(shorter[0])
    if len(longer) == len(shorter) == 2:
        return len(other) == 1 and len(first) > 1 and first[0] == other
    if first != other and not (len(other) == 1 and first[0] == other):
        return False
    return len(longer) > len(shorter) and all(len(word) > 1 for word in shorter[1:-1])


def _single(
    single: Iterable[Named],
    full: Iterable[Person],
    families: Mapping[str, Sequence[Person]],
    means: dict[Named, Named],
) -> None:
    """Names that are a part of exactly one full name: the family name, else a part of it, else a given name."""
    ends: dict[str, list[Named]] = {}
    inside: dict[str, list[Named]] = {}
    given: dict[str, list[Named]] = {}
    for named, words in full:
        last = words[-1]
        for word in {last, " ".join(words[1:])}:
            ends.setdefault(word, []).append(named)
        # The end of a hyphenated family name, or one with its article: "Assad" of "al-Assad".
        for word in {last.rpartition("-")[2], *words[1:]}:
            inside.setdefault(word, []).append(named)
        given.setdefault(words[0], []).append(named)
    for named in single:
        word = folded(named[1])
        found = ends.get(word)
        if not found:
            found = inside.get(word, [])
            if "-" in word:
                found = [*found, *(other for other, _ in families.get(word.rpartition("-")[2], ()))]
        bearers = {_follow(other, means) for other in found or given.get(word, [])}
        if len(bearers) == 1:
            means[named] = bearers.pop()


def _acronyms(others: Sequence[Named], fixed: frozenset[Named]) -> dict[Named, Named]:
    """Acronyms that exactly one longer name of the document can be cut to."""
    asked = {}
    for named in others:
        if named[1].isupper() and named not in fixed and (letters := acronym(named[1])):
            asked[named] = letters
    if not asked:
        return {}
    wanted: dict[str, list[Named]] = {letters: [] for letters in asked.values()}
    for named in others:
        for letters in initials(named[1]):
            if letters in wanted:
                wanted[letters].append(named)
    return {named: wanted[letters][0] for named, letters in asked.items() if len(wanted[letters]) == 1}


def _organisations(bodies: Sequence[Named], fixed: frozenset[Named]) -> dict[Named, Named]:
    """Short names of companies: without the legal form, or the first word alone ("Ford" of "Ford Motor Co")."""
    parts = [(named, body_parts(named[1])) for named in bodies]
    bare: dict[str, list[Named]] = {}
    heads: dict[str, list[Named]] = {}
    for named, part in parts:
        if part.head:
            bare.setdefault(part.plain, []).append(named)
            if part.legal:
                heads.setdefault(part.head, []).append(named)
    means: dict[Named, Named] = {}
    for named, part in parts:
        name = named[1]
        if named in fixed or (name.isupper() and acronym(name)):
            continue
        longer = [other for other in bare.get(part.plain, ()) if len(other[1]) > len(name)]
        if not longer and heads and " " not in name and len(name) > 3:
            longer = heads.get(folded(name), [])
        if len(longer) == 1:
            means[named] = longer[0]
    return means


def _one_kind(
    mentions: Sequence[Named], counts: Mapping[Named, int], means: Mapping[Named, Named], fixed: frozenset[Named]
) -> dict[Named, Named]:
    """A name tagged as two kinds in one document takes the kind it has most often; given names decide."""
    result: dict[Named, Named] = {}
    names = [named for named in counts if named not in means]
    if len({folded(name) for _, name in names}) == len(names):
        return result
    kinds: dict[str, list[Named]] = {}
    for named in names:
        kinds.setdefault(folded(named[1]), []).append(named)
    for group in kinds.values():
        if len(group) > 1:
            group.sort(key=mentions.index)
            # A word in capitals comes last: "SENATE" in a headline is the "Senate" of the text. Of equals the first.
            chosen = max(group, key=lambda n: (n in fixed, not n[1].isupper() or len(n[1]) < 5, counts[n]))
            result.update({named: chosen for named in group if named != chosen})
    return result
