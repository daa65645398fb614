"""The lists of Arabic: rates of words, names of people, names of places and bodies.

In: the directory `ar/` of the data, cities and forenames. Out: an `ArabicLists`. Called by the steps of this package;
needs msgpack to read the rates of words.
"""

import csv
import gzip
import importlib
import json
import math
from collections import Counter
from pathlib import Path

from indexer.entities.caseless.arabic import ArabicLists, fold_arabic
from indexer.entities.gazetteer import GAZETTEER
from indexer.entities.packed import DATA
from indexer.entities.training.caseless.shared import gazetteer_names, read_places, read_seeds
from indexer.entities.training.corpora import require

LEAST_RATE = 26  # tenths of Zipf units of the rarest word that is kept
NAME_BOUNDS = (1, 4, 19, 99)  # bearers up to which a name has grade 1, 2, 3, 4
MIN_POPULATION = 3_000
_OTHER_LETTERS = frozenset("پچژگکیەۆێڕڵھۇۈۋېڤڭﻻڊڼښړټډځڅےںٹڈڑ")
_LISTED = 19  # bearers that a name of a list of names counts for


def build_arabic(root: Path) -> ArabicLists:
    """All lists, folded."""
    folder = require(root / "ar")
    rates = _rates(folder / "large_ar.msgpack.gz")
    things = _cities(root / "cities1000.json")
    things.update((_phrase(name), "known-place") for name in read_places("ar"))
    things.update((_phrase(name), kind) for name, kind in gazetteer_names(DATA / GAZETTEER.name, "ar"))
    signs = {fold_arabic(word): label for word, label in read_seeds("ar").items()}
    return ArabicLists(rates, _names(root, folder), things, signs)


def _phrase(name: str) -> str:
    return " ".join(fold_arabic(word) for word in name.replace("-", " ").split())


def _rates(path: Path) -> dict[str, int]:
    """Rates of folded words: the sum of those of their spellings, of the format that gives centibels."""
    with gzip.open(require(path)) as file:
        packed = importlib.import_module("msgpack").load(file)
    shares: Counter[str] = Counter()
    for centibels, words in enumerate(packed[1:]):
        for word in words:
            if "\u0600" <= word[0] <= "\u06ff":
                shares[fold_arabic(word)] += 10 ** (-centibels / 100)  # type: ignore[assignment]
    rates = {word: round(10 * (math.log10(share) + 9)) for word, share in shares.items()}
    return {word: rate for word, rate in rates.items() if rate >= LEAST_RATE}


def _names(root: Path, folder: Path) -> dict[str, int]:
    """Words of people's names by how many bear them."""
    counts: Counter[str] = Counter()
    for line in require(folder / "wd_arabic.tsv").read_text(encoding="utf-8").splitlines():
        _, name, count = line.split("\t")
        word = fold_arabic(name.replace(" ", ""))
        if word.isalpha() and len(word) > 1:
            counts[word] += int(count)
    listed = json.loads((folder / "faker.json").read_text("utf-8"))
    words = {fold_arabic(word) for name in (*listed["given"], *listed["family"]) for word in name.split()}
    with require(root / "common-forenames-by-country.csv").open(encoding="utf-8-sig", newline="") as rows:
        words |= {fold_arabic(row["Localized Name"]) for row in csv.DictReader(rows)}
    for word in words:
        if len(word) > 2 and all("\u0600" <= char <= "\u06ff" for char in word):
            counts[word] = max(counts[word], _LISTED)
    return {word: 1 + sum(count > bound for bound in NAME_BOUNDS) for word, count in counts.items()}


def _cities(path: Path) -> dict[str, str]:
    """Names of cities in Arabic letters that no other language adds, folded."""
    found: dict[str, str] = {}
    for city in json.loads(require(path).read_text(encoding="utf-8")).values():
        if city["population"] >= MIN_POPULATION:
            for name in city["alternatenames"]:
                if len(name) > 2 and "\u0600" <= name[0] <= "\u06ff" and not _OTHER_LETTERS & set(name):
                    found[_phrase(name)] = "city"
    return found
