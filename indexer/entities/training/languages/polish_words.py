"""What is known of Polish words: forms of names by the dictionary of Morfeusz (SGJP, BSD), common names by Faker (MIT).

In: the packages `morfeusz2` and `faker`, which training alone needs. Out: word lists and names in all cases. Called by
the recipe of Polish.
"""

import importlib
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from indexer.errors import UsageError

CASES = ("nom", "gen", "dat", "acc", "inst", "loc")
_GIVEN, _FAMILY, _PLACE = "imię", "nazwisko", "nazwa_geograficzna"


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(f"training the Polish tagger needs {name}: pip install faker morfeusz2") from None


@cache
def _dictionary() -> Any:
    return _package("morfeusz2").Morfeusz(praet="composite")


def _forms(lemma: str, kind: str = "") -> set[str]:
    """Forms of a lemma that the dictionary has, as a name of this kind if one is given."""
    if not lemma.isalpha():
        return set()
    return {
        form
        for form, found, _, kinds, _ in _dictionary().generate(lemma)
        if found.split(":")[0] == lemma and (not kind or kind in kinds)
    }


def inflected(words: Iterable[str]) -> set[str]:
    """Words in all their cases and numbers."""
    return {form for word in words for form in (word, *_forms(word))}


def flags() -> dict[str, set[str]]:
    """Given names, family names and places in all their cases."""
    names = _package("faker.providers.person.pl_PL").Provider
    given = {*names.first_names_male, *names.first_names_female}
    family = {*names.last_names}
    return {
        "FN": {form for name in given for form in (name, *_forms(name, _GIVEN))},
        "LN": {form for name in family for form in (name, *_forms(name, _FAMILY))},
    }


def family_names() -> set[str]:
    """Common family names."""
    return {*_package("faker.providers.person.pl_PL").Provider.last_names}


def given_names(common: Collection[tuple[str, str]]) -> Iterator[list[str]]:
    """Gender and the six cases of given names: those of the dictionary, and of other countries (gender, name).

    The latter also as most names of their ending bend.
    """
    names = _package("faker.providers.person.pl_PL").Provider
    polish = [("m", name) for name in names.first_names_male] + [("f", name) for name in names.first_names_female]
    foreign = set(common)
    seen: set[tuple[str, str]] = set()
    for gender, name in [*polish, *common]:
        if (gender, name) in seen or not name.isalpha() or len(name) < 3:
            continue
        seen.add((gender, name))
        rows = [_listed_cases(name, gender), regular_cases(name, gender) if (gender, name) in foreign else []]
        for cases in {tuple(row): row for row in rows if row} or [regular_cases(name, gender)]:
            yield [gender, *(form.lower() for form in cases)]


def _listed_cases(name: str, gender: str) -> list[str]:
    """The cases that the dictionary has of a given name; none if it has it not."""
    found: dict[str, str] = {}
    for form, _, tag, kinds, _ in _dictionary().generate(name):
        cells = tag.split(":")
        if _GIVEN not in kinds or cells[:2] != ["subst", "sg"] or cells[3] != {"m": "m1", "f": "f"}[gender]:
            continue
        for case in cells[2].split("."):
            found.setdefault(case, form)
    return [found[case] for case in CASES] if all(case in found for case in CASES) else []


_LOCATIVES = {
    "t": "cie", "d": "dzie", "r": "rze", "n": "nie", "s": "sie", "z": "zie", "ł": "le", "m": "mie", "p": "pie",
    "b": "bie", "w": "wie", "f": "fie", "v": "vie",
}  # fmt: skip


def regular_cases(name: str, gender: str) -> list[str]:
    """A given name in the six cases, as most names of its ending and gender bend."""
    if name.endswith("a"):
        stem = name[:-1]
        soft = stem[:-1] + {"k": "ce", "g": "dze", "l": "li", "j": "i", "i": "ii", **_LOCATIVES}.get(
            stem[-1], stem[-1] + "y"
        )
        genitive = stem + ("i" if stem[-1] in "kglj" else "y") if stem[-1] != "i" else stem + "i"
        return [name, genitive, soft, stem + "ę", stem + "ą", soft]
    if gender == "f" or name[-1] in "aeiouyéèáíóúhx":
        return [name] * 6
    locative = name[:-1] + _LOCATIVES[name[-1]] if name[-1] in _LOCATIVES else name + "u"
    by = name + ("iem" if name[-1] in "kg" else "em")
    return [name, name + "a", name + "owi", name + "a", by, locative]


def declined(names: Iterable[str]) -> set[str]:
    """Names of several words in all their cases: words of one case together, what does not bend as it is."""
    forms: set[str] = set()
    for name in names:
        words = re.split(r"([ -])", name)
        for case in CASES:
            forms.add("".join(_in_case(word, case) for word in words).lower())
    return forms


# Countries whose names bend in ways of their own: gender and the six cases.
_IRREGULAR = (
    ("f", "polska", "polski", "polsce", "polskę", "polską", "polsce"),
    ("p", "włochy", "włoch", "włochom", "włochy", "włochami", "włoszech"),
    ("p", "stany zjednoczone", "stanów zjednoczonych", "stanom zjednoczonym", "stany zjednoczone",
     "stanami zjednoczonymi", "stanach zjednoczonych"),
)  # fmt: skip


def things(names: Iterable[str]) -> Iterator[list[str]]:
    """Gender and the six cases of names and head words."""
    yield from map(list, _IRREGULAR)
    names = [name for name in names if name.lower() not in {row[1] for row in _IRREGULAR}]
    for name in names:
        words = re.split(r"([ -])", name)
        yield [_gender(name), *("".join(_in_case(word, case) for word in words).lower() for case in CASES)]


def _gender(name: str) -> str:
    """Of the first noun of a name: "m", "f", "n", or "p" of a plural."""
    for word in re.split(r"[ -]", name):
        for _, _, (_, _, tag, *_) in _dictionary().analyse(word):
            cells = tag.split(":")
            if len(cells) > 3 and cells[0] == "subst" and "nom" in cells[2]:
                return "p" if cells[1] == "pl" else cells[3][0]
    return "m"


@cache
def _in_case(word: str, case: str) -> str:
    """A word that stands in the nominative in another case."""
    readings = [interpretation for _, _, interpretation in _dictionary().analyse(word)]
    for _, lemma, tag, *_ in sorted(readings, key=lambda reading: _PLACE not in reading[3]):
        parts = tag.split(":")
        if len(parts) < 4 or parts[0] not in ("subst", "adj") or "nom" not in parts[2]:
            continue
        for form, _, other, *_ in _dictionary().generate(lemma.split(":")[0]):
            if _is_case(other.split(":"), parts, case):
                return str(form)
    return word


def _is_case(cells: list[str], nominative: list[str], case: str) -> bool:
    """Whether a tag is this case of a noun or adjective in the nominative: same number and degree, a common gender."""
    if (
        len(cells) < 4
        or cells[:2] != nominative[:2]
        or cells[4:5] != nominative[4:5]
        or case not in cells[2].split(".")
    ):
        return False
    return bool(set(cells[3].split(".")) & set(nominative[3].split(".")))
