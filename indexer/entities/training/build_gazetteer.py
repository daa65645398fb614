"""Names of countries, capitals, large cities and institutions in many languages to `data/gazetteer.json.xz`.

In: CLDR territory names (through Babel), the country tables of the data directory, and our own tables of cities and
institutions in `seeds/`. Out: for each language, names with the kind and the English name they stand for; of several
the first is the one that is shown to readers of that language. Facts only.
"""

import csv
import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from indexer.entities.normalise import canonical, fold, read_aliases
from indexer.entities.training.build_lexicon import SEEDS
from indexer.entities.training.corpora import require

# Languages of our own tables, in the order of their columns after English.
COLUMNS = ("ar", "zh", "ru", "fr", "de", "es")
# Languages for which countries alone are known.
COUNTRY_LANGUAGES = (
    *COLUMNS, "bg", "bn", "ca", "cs", "da", "el", "et", "fa", "fi", "he", "hi", "hr", "hu", "id", "it", "ja", "ko",
    "lt", "lv", "ms", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi",
)  # fmt: skip
# Those in which an empty cell of our tables means the English name.
AS_IN_ENGLISH = ("fr", "de", "es")
SEED_FILES = {"world_places.tsv": "place", "world_bodies.tsv": "organisation"}
_UNTERM = {"ar": "Arabic", "zh": "Chinese", "ru": "Russian", "fr": "French", "es": "Spanish"}
Entry = tuple[str, str, str]  # name, kind, English name


def build(root: Path, target: Path) -> None:
    """Write the gazetteer; the same inputs give the same file."""
    tables: dict[str, dict[str, list[str]]] = {}
    for language in COUNTRY_LANGUAGES:
        known: dict[str, tuple[str, str]] = {}
        for name, kind, english in entries(root, language):
            known.setdefault(name, (kind, english))
        table: dict[str, list[str]] = {}
        for name, (kind, english) in known.items():
            table.setdefault(f"{kind}\t{english}", []).append(name)
        tables[language] = table
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    target.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))


def entries(root: Path, language: str) -> Iterator[Entry]:
    """Names of one language, of each thing the one to show first; where a name stands twice, the first counts."""
    if language in COLUMNS:
        for file, kind in SEED_FILES.items():
            yield from _own(file, kind, language)
    yield from _cldr(language)
    if language in _UNTERM:
        yield from _unterm(root, language)
    if language in AS_IN_ENGLISH:
        for file, kind in SEED_FILES.items():
            yield from _as_in_english(file, kind, language)
        yield from _capitals(root)


def _own(file: str, kind: str, language: str) -> Iterator[Entry]:
    for english, cell in _cells(file, language):
        yield from ((name, kind, _shown(english, kind)) for name in cell.split("|") if name)


def _as_in_english(file: str, kind: str, language: str) -> Iterator[Entry]:
    yield from ((english, kind, _shown(english, kind)) for english, cell in _cells(file, language) if not cell.strip())


def _cells(file: str, language: str) -> Iterator[tuple[str, str]]:
    """English names, and what our own table says of them in a language."""
    column = COLUMNS.index(language) + 1
    for line in (SEEDS / file).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        yield cells[0], cells[column] if column < len(cells) else ""


def _shown(english: str, kind: str) -> str:
    """The name our alias table shows for an English name."""
    hit = canonical(english, "place" if kind == "place" else "organisation", read_aliases())
    return hit[1] if hit else english


def _cldr(language: str) -> Iterator[Entry]:
    names = Locale.parse(language).territories
    english = Locale.parse("en").territories
    for code in sorted(names):
        if len(code) == 2 and code.isalpha() and code not in ("ZZ", "QO", "EZ", "XA", "XB"):
            kind = "organisation" if code in ("EU", "UN") else "place"
            name = names[code].strip()
            if len(name) > 1:
                yield name, kind, _shown(_plain(english[code]), kind)


def _plain(english: str) -> str:
    """CLDR's English names as newspapers write them."""
    fixed = {
        "Myanmar (Burma)": "Myanmar", "Hong Kong SAR China": "Hong Kong", "Macao SAR China": "Macau",
        "Congo - Kinshasa": "Democratic Republic of the Congo", "Congo - Brazzaville": "Republic of the Congo",
        "Côte d’Ivoire": "Ivory Coast", "Palestinian Territories": "Palestine", "Timor-Leste": "East Timor",
        "Bosnia & Herzegovina": "Bosnia and Herzegovina", "Trinidad & Tobago": "Trinidad and Tobago",
        "Antigua & Barbuda": "Antigua and Barbuda", "St. Kitts & Nevis": "Saint Kitts and Nevis",
        "St. Lucia": "Saint Lucia", "St. Vincent & Grenadines": "Saint Vincent and the Grenadines",
        "São Tomé & Príncipe": "São Tomé and Príncipe", "Türkiye": "Turkey", "Czechia": "Czech Republic",
    }  # fmt: skip
    return fixed.get(english, english)


def _unterm(root: Path, language: str) -> Iterator[Entry]:
    """The United Nations' short names of countries, without their articles."""
    path = require(root / "gazetteers" / "country-codes" / "data" / "country-codes.csv")
    english = Locale.parse("en").territories
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            name = row[f"UNTERM {_UNTERM[language]} Short"].split("(")[0].split("،")[0].strip().rstrip("*")
            code = row["ISO3166-1-Alpha-2"]
            if len(name) > 1 and code in english and "," not in name:
                yield name, "place", _shown(_plain(english[code]), "place")


def _capitals(root: Path) -> Iterator[Entry]:
    """Capitals under their English spelling, for languages in Latin script; with the accents of our own table."""
    path = require(root / "gazetteers" / "country-codes" / "data" / "country-codes.csv")
    accented = {fold(english): english for english, _ in _cells("world_places.tsv", AS_IN_ENGLISH[0])}
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            capital = (row["Capital"] or "").strip()
            if len(capital) > 3:
                yield capital, "place", _shown(accented.get(fold(capital), capital), "place")
