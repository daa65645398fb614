"""Word clusters and capitalisation from published tables instead of text.

In: the tables `<language>_lexeme_cluster` and `<language>_lexeme_prob` of spacy-lookups-data (MIT): for a million words
of web text the path in a tree of Brown clusters, as a number whose lowest bit is the first branch, and the logarithm of
the probability. Out: a `WordTable`. Called by the recipes of German and Spanish.
"""

import gzip
import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from indexer.entities.training.clusters import CAPS_BOUNDS, WordTable
from indexer.entities.training.corpora import require

WORDS = 60_000
_FOLDER = "spacy-lookups-data"
_BRANCHES = (8, 5)  # how many branches of a path make a middle and a coarse cluster


def brown_table(corpora: Path, language: str) -> WordTable:
    """The most frequent words with their clusters, and how often they are capitalised."""
    paths = _read(corpora, language, "cluster")
    chances: dict[str, float] = _read(corpora, language, "prob")
    usable = [word for word in chances if word[:1].isalnum() and word in paths and " " not in word]
    words = sorted(usable, key=lambda word: (-chances[word], word))[:WORDS]
    finest = {path: number for number, path in enumerate(sorted({paths[word] for word in words}))}
    rows = [[finest[paths[word]], *(paths[word] & ((1 << bits) - 1) for bits in _BRANCHES)] for word in words]
    return WordTable(tuple(words), np.asarray(rows, np.int32), _caps(words, chances))


def _read(corpora: Path, language: str, table: str) -> Any:
    path = require(corpora / _FOLDER / f"{language}_lexeme_{table}.json.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def _caps(words: list[str], chances: dict[str, float]) -> dict[str, int]:
    result: dict[str, int] = {}
    for low in sorted({word.lower() for word in words}):
        upper = sum(math.exp(chances[form]) for form in {low.capitalize(), low.upper()} - {low} if form in chances)
        lower = math.exp(chances[low]) if low in chances else 0.0
        if upper + lower:
            result[low] = int(np.searchsorted(CAPS_BOUNDS, upper / (upper + lower), side="right"))
    return result
