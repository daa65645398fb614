"""Arabic gold documents told again with other names, so that lists and context are learned and not only words.

In: gold documents and lists of names. Out: the documents with people and places renamed, alike in a whole document.
Called by the steps of this package; deterministic for a seed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.entities.caseless.arabic import ArabicReading, fold_arabic
from indexer.entities.training.corpora import GoldDocument, Tagged, require
from indexer.entities.training.harmonise import spans

Name = tuple[str, ...]
Rename = Callable[[Name, str, np.random.Generator], Name]
KEPT_PLACES = 0.5  # share of places that keep their name, and of bodies all do
_PARTICLES = frozenset("بن ابن ابو ابي ام ال عبد بنت الدين الله".split())
ARAB = 0.6  # share of Arabic names that are put in; the rest are foreign


def retell(document: GoldDocument, rename: Rename, random: np.random.Generator) -> GoldDocument:
    """The document with other names."""
    known: dict[tuple[Name, str], Name] = {}
    told: list[Tagged] = []
    for words, tags in document.sentences:
        out_words: list[str] = []
        out_tags: list[str] = []
        at = 0
        for first, last, label in spans(tags):
            key = (tuple(words[first:last]), label)
            if key not in known:
                known[key] = rename(*key, random)
            name = known[key]
            out_words += [*words[at:first], *name]
            out_tags += [*tags[at:first], "B-" + label, *["I-" + label] * (len(name) - 1)]
            at = last
        told.append((out_words + list(words[at:]), out_tags + list(tags[at:])))
    return GoldDocument(document.corpus, tuple(told))


def _any(names: Sequence[str], random: np.random.Generator) -> str:
    return names[int(random.integers(len(names)))]


@dataclass(frozen=True, slots=True)
class ArabicPool:
    """Names to draw from, and the reading that parts prefixes from the word they are written with."""

    given: Sequence[str]
    families: Sequence[str]
    foreign: Sequence[str]
    cities: Sequence[str]
    reading: ArabicReading

    def __call__(self, name: Name, label: str, random: np.random.Generator) -> Name:
        """Another name of the kind, with the prefix of the first word."""
        taken = self.reading.part(name[0])[0]
        if label == "PER":
            arab = random.random() < ARAB
            result: list[str] = []
            for place, word in enumerate(name):
                if fold_arabic(word) in _PARTICLES or len(word) < 3:
                    result.append(word)
                    continue
                pool = self.foreign if not arab else self.given if place < len(name) - 1 else self.families
                other = _any(pool, random)
                result.append(_joined(taken, other) if not place else other)
            return tuple(result)
        if label == "LOC" and len(name) == 1 and random.random() > KEPT_PLACES:
            return (_joined(taken, _any(self.cities, random)),)
        return name


def _joined(prefix: str, word: str) -> str:
    """The word with what is written together before it: ل and الرئيس are للرئيس."""
    if prefix.endswith("ل") and word.startswith("ال"):
        return prefix + "ل" + word[2:]
    return prefix + word


def arabic_pool(root: Path, reading: ArabicReading, cities: Sequence[str]) -> ArabicPool:
    """The pool of Arabic."""
    listed = json.loads((require(root) / "ar" / "faker.json").read_text("utf-8"))
    foreign: list[str] = []
    for line in (root / "ar" / "wd_arabic.tsv").read_text(encoding="utf-8").splitlines():
        _, written, count = line.split("\t")
        name = written.replace(" ", "")
        if len(name) > 2 and name.isalpha():
            foreign += [name] * min(int(count), 10)
    single = [name for name in listed["given"] if " " not in name]
    families = [name for name in listed["family"] if " " not in name]
    # Family names of Arabs are as often given names, or given names with the article's adjective.
    more = ["ال" + fold_arabic(name) + "ي" for name in single if len(name) > 2 and not name.startswith("ال")]
    return ArabicPool(
        single, [*families * 3, *single, *more], foreign, [city for city in cities if " " not in city], reading
    )
