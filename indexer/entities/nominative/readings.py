"""What a person's name in a text may be in the nominative.

In: the words of a name as the text has them. Out: `Reading` values: a name in the nominative, with gender and case.
Given names are looked up, patronymics and family names follow the rules of the language. Called by `people`.
"""

from collections.abc import Callable, Mapping, Sequence
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
    adjective: Callable[[str, str, str], str | None]  # word, gender ("m", "f", "n", "p"), case -> nominative
    patronymic: Patronymic
    adjectives_follow: bool  # whether adjectives stand behind the noun: "Uniwersytet Warszawski"


@dataclass(frozen=True, slots=True)
class _Parts:
    """Which words of a name are given names, patronymics (with what they may be) and the family name, if it has one."""

    given: Sequence[int]
    middle: Mapping[int, tuple[str, str, tuple[str, ...]]]
    last: int | None

    def places(self) -> list[int]:
        """All words that bend."""
        return [*self.given, *self.middle, *([] if self.last is None else [self.last])]


def readings(words: Sequence[str], names: KnownNames, grammar: Grammar) -> list[Reading]:
    """All readings of a name; none for one in other letters, or of words that are no names."""
    low = [word.lower() for word in words]
    bends = [place for place, word in enumerate(low) if _bends(word, grammar)]
    if not bends or any(not grammar.letters.match(low[place]) for place in bends):
        return []
    parts = _parts(low, bends, grammar)
    found = [
        reading for gender in "mf" for case in CASES for reading in _read(words, parts, gender, case, names, grammar)
    ]
    return list(dict.fromkeys(found))


def _bends(word: str, grammar: Grammar) -> bool:
    return len(word) > 1 and not word.endswith(".") and word not in grammar.particles and word[0].isalpha()


def _parts(low: Sequence[str], bends: Sequence[int], grammar: Grammar) -> _Parts:
    """Given names, a patronymic if there is one, and the family name, which may also come first."""
    middle = {place: one for place in bends if len(bends) > 1 and (one := grammar.patronymic(low[place]))}
    plain = [place for place in bends if place not in middle]
    if middle and max(middle) == bends[-1]:
        if len(plain) == 2:
            return _Parts(plain[1:], middle, plain[0])  # Путин Владимир Владимирович
        return _Parts(plain, middle, None)  # Владимир Владимирович
    return _Parts(plain[:-1], middle, plain[-1])


def _read(
    words: Sequence[str], parts: _Parts, gender: str, case: str, names: KnownNames, grammar: Grammar
) -> list[Reading]:
    """Readings of one gender and case."""
    low = [word.lower() for word in words]
    options: dict[int, Sequence[str]] = {}
    known = bool(parts.middle)
    for place, (nominative, sex, cases) in parts.middle.items():
        options[place] = [nominative] if sex == gender and case in cases else []
    for place in parts.given:
        options[place], listed = _given(words, place, (gender, case), names, grammar)
        known = known or listed
    if parts.last is not None:
        options[parts.last] = grammar.family(low[parts.last], gender, case)
    if not all(options[place] for place in parts.places()):
        return []
    choices = [
        [cased(word, option) for option in options[place]] if place in options else [word]
        for place, word in enumerate(words)
    ]
    return [Reading(row, gender, case, known) for row in islice(product(*choices), MOST)]


def _given(
    words: Sequence[str], place: int, form_of: tuple[str, str], names: KnownNames, grammar: Grammar
) -> tuple[Sequence[str], bool]:
    """Nominatives of a given name in a gender and case, and whether it is listed.

    The first half of a double name may stand in the nominative ("Jean-Claude'a"); one that is not listed bends like a
    family name.
    """
    low = words[place].lower()
    forms = names.given.get(low, ())
    fitting = [form.nominative for form in forms if (form.gender, form.case) == form_of]
    if not fitting and place + 1 < len(words) and words[place + 1] == "-":
        fitting = [form.nominative for form in forms if (form.gender, form.case) == (form_of[0], "nom")]
    if forms:
        return fitting, True
    sources = grammar.family(low, *form_of)[:1]
    return sources, any(source in names.given for source in sources if source != low)


def cased(word: str, low: str) -> str:
    """A nominative written as the word of the text is: "О'Лири", "МакКейна", "ПУТИНА"."""
    if word.isupper() and len(word) > 1:
        return low.upper()
    same = 0
    while same < min(len(word), len(low)) and word[same].lower() == low[same]:
        same += 1
    return word[:same] + low[same:]
