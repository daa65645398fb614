"""What a person's name in a text may be in the nominative.

In: the words of a name as the text has them. Out: `Reading` values: a name in the nominative, with gender and case.
Given names are looked up, patronymics and family names follow the rules of the language. Called by `people`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, product
from re import Pattern
from typing import NamedTuple

from indexer.entities.nominative.names import CASES, KnownNames

Patronymic = Callable[[str], tuple[str, str, tuple[str, ...]] | None]


MOST = 12  # readings of one gender and case


class Reading(NamedTuple):
    """`words` in the nominative, written as the text writes them; `known` if the given name is listed."""

    words: tuple[str, ...]
    gender: str
    case: str
    known: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of a language: which words are its own, small words that never bend, patronymics, family names."""

    letters: Pattern[str]
    particles: frozenset[str]
    family: Callable[[str, str, str], list[str]]  # word, gender, case -> nominatives, the likeliest first
    patronymic: Patronymic


def readings(words: Sequence[str], names: KnownNames, grammar: Grammar) -> list[Reading]:
    """All readings of a name; none for one in other letters, or of words that are no names.

    The words are given names, a patronymic if there is one, and the family name, which may also come first.
    """
    low = [word.lower() for word in words]
    bends = [place for place, word in enumerate(low) if _bends(word, grammar)]
    if not bends or any(not grammar.letters.match(low[place]) for place in bends):
        return []
    middle = {place: found for place in bends if len(bends) > 1 and (found := grammar.patronymic(low[place]))}
    plain = [place for place in bends if place not in middle]
    if middle and plain and max(middle) == bends[-1] and len(plain) == 2:
        last, given = plain[0], plain[1:]  # Путин Владимир Владимирович
    elif middle and max(middle) == bends[-1]:
        last, given = -1, plain  # Владимир Владимирович
    elif len(plain) == 1 and len(bends) == 1:
        last, given = plain[0], []
    else:
        last, given = plain[-1], plain[:-1]
    found: list[Reading] = []
    for gender in "mf":
        for case in CASES:
            found += _read(words, low, (given, middle, last), gender, case, names, grammar)
    return list(dict.fromkeys(found))


def _bends(word: str, grammar: Grammar) -> bool:
    return len(word) > 1 and not word.endswith(".") and word not in grammar.particles and word[0].isalpha()


def _read(
    words: Sequence[str],
    low: Sequence[str],
    parts: tuple[Sequence[int], dict[int, tuple[str, str, tuple[str, ...]]], int],
    gender: str,
    case: str,
    names: KnownNames,
    grammar: Grammar,
) -> list[Reading]:
    """Readings of one gender and case."""
    given, middle, last = parts
    known = bool(middle)
    options: list[list[str]] = [[] for _ in words]
    for place, (nominative, sex, cases) in middle.items():
        if sex == gender and case in cases:
            options[place] = [nominative]
    for place in given:
        forms = names.given.get(low[place], ())
        options[place] = [form.nominative for form in forms if form.gender == gender and form.case == case]
        if place + 1 < len(words) and words[place + 1] == "-" and not options[place]:
            options[place] = [form.nominative for form in forms if form.gender == gender and form.case == "nom"]
        if not forms:
            options[place] = grammar.family(low[place], gender, case)[:1]
        known = known or bool(forms) or any(option in names.given for option in options[place] if option != low[place])
    if last >= 0:
        options[last] = grammar.family(low[last], gender, case)
    named = {*given, *middle, *([last] if last >= 0 else [])}
    if any(not options[place] for place in named):
        return []
    choices = [options[place] if place in named else [low[place]] for place in range(len(words))]
    return [
        Reading(
            tuple(_cased(word, option) if place in named else word for place, (word, option) in enumerate(zip(words, row, strict=True))),
            gender,
            case,
            known,
        )
        for row in islice(product(*choices), MOST)
    ]


def _cased(word: str, low: str) -> str:
    """A nominative written as the word of the text is: "О'Лири", "МакКейна", "ПУТИНА"."""
    if word.isupper() and len(word) > 1:
        return low.upper()
    same = 0
    while same < min(len(word), len(low)) and word[same].lower() == low[same]:
        same += 1
    return word[:same] + low[same:]
