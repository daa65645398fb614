"""What the lists of several languages are made of: our own seeds and the names of the gazetteer."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"


def read_seeds(language: str) -> dict[str, str]:
    """The signs beside names of a language: rows "class, tab, words" as word to class; a word's first class counts."""
    found: dict[str, str] = {}
    for line in (SEEDS / language / "signs.txt").read_text(encoding="utf-8").splitlines():
        label, _, words = line.partition("\t")
        for word in words.split():
            found.setdefault(word, label)
    return found


def read_places(language: str) -> list[str]:
    """Our own list of places that the lists of towns leave out."""
    return (SEEDS / language / "places.txt").read_text(encoding="utf-8").split("\n")[:-1]


def gazetteer_names(path: Path, language: str) -> Iterator[tuple[str, str]]:
    """Names of places and bodies of the gazetteer with their class."""
    tables = json.loads(lzma.decompress(path.read_bytes()))
    for label, names in tables[language].items():
        kind = label.partition("\t")[0]
        for name in names:
            yield name, "known-place" if kind == "place" else "known-body"
