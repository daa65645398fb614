"""Gold documents told again with other names, so that the lists and the context are learned and not only the words.

In: a gold document under our convention and the lists of names. Out: the same document with each name replaced,
alike in the whole document, by a listed one of its kind. Called by training; deterministic for a seed.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.entities.tokenise import sentences
from indexer.entities.training.build_lexicon import seed_list
from indexer.entities.training.corpora import GoldDocument, Tagged, require
from indexer.entities.training.harmonise import spans
from indexer.entities.training.names import PeopleNames

# Lists that stand in for organisations, and how many names of each are drawn from: clubs named after cities in every
# other story would teach that cities are clubs.
_ORGANISATIONS = (("media", 400), ("company", 900), ("body", 900), ("team", 150), ("party", 250))
CITIES = 24  # one city in so many of the list is drawn from, so that known places stay the most frequent
KEPT = 0.25  # share of organisations and places that keep their name


@dataclass(frozen=True, slots=True)
class NamePool:
    """Names to draw from, as words; organisations and places parted by whether they are one word or several."""

    first_names: tuple[str, ...]
    surnames: tuple[str, ...]
    organisations: tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]
    places: tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]


def read_pool(root: Path) -> NamePool:
    """The pool from our own lists and the list of cities."""
    bodies = [name for kind, size in _ORGANISATIONS for name in _spread(seed_list(f"phrases_{kind}"), size)]
    places = seed_list("phrases_area") * 3
    path = require(root / "gazetteers" / "world-cities" / "data" / "world-cities.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        places += [row["name"] for row in csv.DictReader(rows)][::CITIES]
    return NamePool(
        tuple(seed_list("first_names")), tuple(seed_list("surnames")), _by_length(bodies), _by_length(places)
    )


def pool_of(root: Path, names: PeopleNames, cities: Sequence[str]) -> NamePool:
    """The pool of another language: its names of people and cities, and organisations of all the world."""
    common = read_pool(root)
    single, several = _by_length(cities)
    places = (single or common.places[0], several or common.places[1])
    return NamePool(names.given, names.family, common.organisations, places)


def _spread(names: Sequence[str], size: int) -> list[str]:
    """So many of the names, from all over the list."""
    return [names[place * len(names) // size] for place in range(size)]


def _by_length(names: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    split = [tuple(word for part in sentences(name) for word in part.words) for name in names]
    split = [words[1:] if words[0] == "The" else words for words in split if words]
    usable = [words for words in split if words and words[0][0].isupper() and len(words) < 6]
    return tuple(w for w in usable if len(w) == 1), tuple(w for w in usable if len(w) > 1)


def retell(document: GoldDocument, pool: NamePool, random: np.random.Generator) -> GoldDocument:
    """The document with other names."""
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    told: list[Tagged] = []
    for words, tags in document.sentences:
        out_words: list[str] = []
        out_tags: list[str] = []
        at = 0
        for first, last, label in spans(tags):
            out_words += words[at:first]
            out_tags += tags[at:first]
            name = _other(tuple(words[first:last]), label, known, pool, random)
            out_words += name
            out_tags += ["B-" + label] + ["I-" + label] * (len(name) - 1)
            at = last
        out_words += words[at:]
        out_tags += tags[at:]
        told.append((out_words, out_tags))
    return GoldDocument(document.corpus, tuple(told))


def _other(
    name: tuple[str, ...],
    label: str,
    known: dict[tuple[str, str], tuple[str, ...]],
    pool: NamePool,
    random: np.random.Generator,
) -> tuple[str, ...]:
    if label == "PER":
        return _other_person(name, known, pool, random)
    key = (label, " ".join(name))
    if key not in known:
        single, several = pool.organisations if label == "ORG" else pool.places
        choices = single if len(name) == 1 else several
        known[key] = name if random.random() < KEPT else choices[int(random.integers(len(choices)))]
    return known[key]


def _other_person(
    name: tuple[str, ...],
    known: dict[tuple[str, str], tuple[str, ...]],
    pool: NamePool,
    random: np.random.Generator,
) -> tuple[str, ...]:
    """Given and family names are replaced word by word, so that "Lavrov" alone stays the same man."""
    if any(not word[0].isupper() for word in name):
        return name
    result: list[str] = []
    for place, word in enumerate(name):
        names = pool.surnames if place == len(name) - 1 else pool.first_names
        if 0 < place < len(name) - 1 or len(word) < 3 or "." in word:
            result.append(word)
            continue
        if ("PER", word) not in known:
            known["PER", word] = (names[int(random.integers(len(names)))],)
        result += known["PER", word]
    return tuple(result)
