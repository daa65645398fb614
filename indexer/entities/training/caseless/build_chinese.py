"""The lists of Chinese: words with their classes, characters of names, names of places and bodies.

In: the directory `zh/` of the data, cities and surnames. Out: a `ChineseLists`. Called by the steps of this package.
"""

import csv
import json
import math
from collections import Counter
from pathlib import Path

from indexer.entities.caseless.chinese import JAPANESE, ChineseLists
from indexer.entities.gazetteer import GAZETTEER
from indexer.entities.packed import DATA
from indexer.entities.training.caseless.shared import SEEDS, gazetteer_names, read_seeds
from indexer.entities.training.corpora import require

MIN_COUNT = 15  # rarer words of the list are left out
MIN_PERSON = 4  # and rarer names of people; those of two characters are mostly other words too
MAX_WORD = 6
NAME_CLASSES = {"ns": "place", "nt": "body"}
# Bounds of log ratios: how much more often a character writes names than words.
GRADES = (-1.5, 0.0, 1.5, 3.0)
COMMON_FAMILIES = 120  # of a list ordered by how many bear the name
MIN_POPULATION = 3_000


def build_chinese(root: Path) -> ChineseLists:
    """All lists, in simplified characters."""
    folder = require(root / "zh")
    simplified = read_simplified(folder / "TSCharacters.txt")
    rows = _dictionary(folder / "jieba.txt", simplified)
    total = math.log(sum(count for count, _ in rows.values()))
    signs = read_seeds("zh")
    classes = {word: label for word, (count, label) in rows.items() if _kept(word, count, label)}
    costs = {word: round(math.log(rows[word][0]) - total, 1) for word in classes}
    japanese = (SEEDS / "zh" / "japanese_families.txt").read_text(encoding="utf-8").split()
    for word, label in [*signs.items(), *((word, JAPANESE) for word in japanese)]:
        classes[word] = label
        costs.setdefault(word, round(math.log(30) - total, 1))
    general: Counter[str] = Counter()
    for word, (count, label) in rows.items():
        if not label.startswith("nr"):
            for char in word:
                general[char] += count
    family = _families(root, folder, simplified)
    names = {word: NAME_CLASSES[label] for word, label in classes.items() if label in NAME_CLASSES and len(word) > 1}
    names.update(_cities(root / "cities1000.json", simplified))
    names.update(
        (name.translate(simplified), kind)
        for name, kind in gazetteer_names(DATA / GAZETTEER.name, "zh")
        if len(name) > 1
    )
    return ChineseLists(
        costs, classes, _graded(_foreign(folder / "wd_chinese.tsv", simplified), general), family,
        _graded(_given(folder, rows, family, simplified), general), names, simplified,
    )  # fmt: skip


def read_simplified(path: Path) -> dict[int, str]:
    """Traditional characters to the simplified one that is given first, and the dots between names to one."""
    table: dict[int, str] = dict.fromkeys(map(ord, "•‧・"), "·")
    for line in require(path).read_text(encoding="utf-8").splitlines():
        traditional, _, others = line.partition("\t")
        first = others.split(" ")[0]
        if len(traditional) == len(first) == 1 and ord(traditional) < 0x10000 and traditional != first:
            table[ord(traditional)] = first
    return table


def _dictionary(path: Path, simplified: dict[int, str]) -> dict[str, tuple[int, str]]:
    """Words with count and part of speech; a word of both scripts is one."""
    rows: dict[str, tuple[int, str]] = {}
    for line in require(path).read_text(encoding="utf-8").splitlines():
        word, count, *label = line.split(" ")
        word = word.translate(simplified)
        if word >= "\u2e80" and label and (word not in rows or int(count) > rows[word][0]):
            rows[word] = (int(count), label[0])
    return rows


def _kept(word: str, count: int, label: str) -> bool:
    if len(word) > MAX_WORD:
        return False
    if label.startswith("nr"):
        return len(word) > 2 and count >= MIN_PERSON
    return len(word) == 1 or count >= MIN_COUNT


def _families(root: Path, folder: Path, simplified: dict[int, str]) -> dict[str, int]:
    """Family names of one character: 2 the hundred most common, 1 the rest; 3 what begins one of two characters."""
    ranked: list[str] = []
    with require(root / "common-surnames-by-country.csv").open(encoding="utf-8-sig", newline="") as rows:
        ranked = [row["Localized Name"].translate(simplified) for row in csv.DictReader(rows) if row["Country"] == "CN"]
    listed = [name.translate(simplified) for name in json.loads((folder / "faker.json").read_text("utf-8"))["family"]]
    grades: dict[str, int] = {}
    for place, name in enumerate(listed):
        grades.setdefault(name[0], 3 if len(name) > 1 else 2 if place < COMMON_FAMILIES else 1)
    for name in (SEEDS / "zh" / "families.txt").read_text(encoding="utf-8").strip():
        grades.setdefault(name, 1)
    grades.update((name, 2) for name in ranked if len(name) == 1)
    return grades


def _foreign(path: Path, simplified: dict[int, str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in require(path).read_text(encoding="utf-8").splitlines():
        _, name, count = line.split("\t")
        for char in name.translate(simplified).split(" "):
            counts[char] += min(int(count), 5)
    return counts


def _given(
    folder: Path, rows: dict[str, tuple[int, str]], family: dict[str, int], simplified: dict[int, str]
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in json.loads((folder / "faker.json").read_text("utf-8"))["given"]:
        counts.update(name.translate(simplified) * 5)
    for word, (_, label) in rows.items():
        if label == "nr" and len(word) == 3 and family.get(word[0]) == 2:
            counts.update(word[1:])
    return counts


def _graded(names: Counter[str], general: Counter[str]) -> dict[str, int]:
    """Grades from 1 to 5 of characters that names have, by the ratio of their shares in names and in words."""
    shift = math.log(sum(general.values()) / sum(names.values()))
    return {
        char: 1 + sum(math.log(count / (general[char] + 20)) + shift > bound for bound in GRADES)
        for char, count in names.items()
        if count > 1 and "\u3400" <= char <= "\u9fff"
    }


def _cities(path: Path, simplified: dict[int, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for city in json.loads(require(path).read_text(encoding="utf-8")).values():
        if city["population"] >= MIN_POPULATION:
            for name in city["alternatenames"]:
                if 2 <= len(name) <= 8 and all("\u4e00" <= char <= "\u9fff" for char in name):
                    found[name.translate(simplified)] = "city"
    return found
