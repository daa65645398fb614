"""Given and family names that are common in a country.

In: the directory of corpora with `popular-names-by-country-dataset` (CC0) and the lists of people of Faker (MIT, by
locale, in `faker/person`). Out: names as they are written. Called by the lexicon builder and the trainer of a language.
"""

import ast
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_POPULAR = "popular-names-by-country-dataset"


@dataclass(frozen=True, slots=True)
class PeopleNames:
    """Given names and family names, in order of the alphabet."""

    given: tuple[str, ...]
    family: tuple[str, ...]


def people_names(corpora: Path, countries: Sequence[str], locales: Sequence[str]) -> PeopleNames:
    """Names of the countries (ISO 3166 codes) and of the locales ("de_AT")."""
    given = _popular(corpora / _POPULAR / "common-forenames-by-country.csv", countries)
    family = _popular(corpora / _POPULAR / "common-surnames-by-country.csv", countries)
    for locale in locales:
        for variable, names in _lists(corpora / "faker" / "person" / locale / "__init__.py"):
            if variable.startswith("first_name"):
                given |= names
            elif variable.startswith("last_name"):
                family |= names
    return PeopleNames(tuple(sorted(given)), tuple(sorted(family)))


def _popular(path: Path, countries: Sequence[str]) -> set[str]:
    names: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["Country"] in countries:
                names.update(filter(None, (row.get("Localized Name"), row.get("Romanized Name"))))
    return names


def _lists(path: Path) -> list[tuple[str, set[str]]]:
    """The variables of a module and the texts in their values; the module is read, not run."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(target, ast.Name):
            texts = (part.value for part in ast.walk(value) if isinstance(part, ast.Constant))
            found.append((target.id, {text for text in texts if isinstance(text, str) and text[:1].isalpha()}))
    return found
