"""Common given and family names by country.

In: the directory of corpora with the lists of `popular-names` (CC0). Out: names in Latin script or their own. Called
by the lexicon builder of a language.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

_FOLDER = "popular-names-by-country-dataset"


def common_names(corpora: Path, countries: Sequence[str]) -> tuple[set[str], set[str]]:
    """Given names and family names of the countries (ISO 3166 codes)."""
    folder = corpora / _FOLDER
    return (
        _read(folder / "common-forenames-by-country.csv", countries),
        _read(folder / "common-surnames-by-country.csv", countries),
    )


def _read(path: Path, countries: Sequence[str]) -> set[str]:
    names: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["Country"] in countries:
                names.update(filter(None, (row.get("Localized Name"), row.get("Romanized Name"))))
    return names
