"""The trees of CESS-ESP, the first release of AnCora: words, parts of speech and names of Spanish news.

In: `.tbf` files of one document each. Out: gold documents. Names are single leaves whose words are joined with
underscores, and their tag says what they name. Called by the recipe of Spanish.
"""

import re
from pathlib import Path

from indexer.entities.training.corpora import GoldDocument, Tagged, require
from indexer.entities.training.retokenise import retokenise

_LEAF = re.compile(r"\(([\w.\-]+) (\S+) \S+\)")
_LABELS = {"np0000p": "PER", "np0000o": "ORG", "np0000l": "LOC", "np0000a": "O"}
_BRACKETS = {"-Fpa-": "(", "-Fpt-": ")"}
UNKNOWN = "np00000"  # a name of which the corpus does not say what it names


def read_trees(folder: Path) -> list[GoldDocument]:
    """One document for each file, without the sentences that have names of unknown kind."""
    found: list[GoldDocument] = []
    for path in sorted(require(folder).glob("*.tbf")):
        told: list[Tagged] = []
        for tree in path.read_text(encoding="iso-8859-1").split("\n(\n"):
            words: list[str] = []
            tags: list[str] = []
            leaves = _LEAF.findall(tree)
            if any(tag == UNKNOWN for tag, _ in leaves):
                continue
            for tag, leaf in leaves:
                if leaf.startswith("*"):
                    continue  # a subject that is not spoken
                parts = [part for part in _BRACKETS.get(leaf, leaf).split("_") if part]
                label = _LABELS.get(tag, "O")
                words += parts
                tags += ["O" if label == "O" else f"{'I' if n else 'B'}-{label}" for n in range(len(parts))]
            told += retokenise(words, tags, "es")
        if told:
            found.append(GoldDocument("cess", tuple(told)))
    return found
