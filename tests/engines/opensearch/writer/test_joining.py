"""Which names meet with a commit: what a cluster is asked is looked up in lists here, so that no cluster is needed."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from indexer.engines.opensearch.cluster.spellings import (
    SPELT,
    Group,
    Spellings,
    is_of_short_names,
    keys_and_names,
    unspelt,
)
from indexer.engines.opensearch.writer.joining import Joining
from indexer.entities.corrections import Corrections, Named
from indexer.entities.short_names import short_merges
from indexer.entities.variants import safe_merges

NAMES: list[Named] = [
    *(("person", name) for name in ("Barack Obama", "Michelle Obama", "Obama", "OBAMA", "Barack H. Obama", "Lavrov")),
    *(("person", name) for name in ("Sergei Lavrov", "Sergey Lavrov", "Sergey V. Lavrov", "Sergey D. Lavrov")),
    *(("organisation", name) for name in ("House", "House of Representatives", "House of Lords", "HOUSE")),
    ("place", "Kiev"),
    ("place", "Kyiv"),
]


@dataclass
class Held:
    """A document: its names, and the generations that it is born and dies with."""

    names: Sequence[Named]
    born: int
    died: int = 1_000

    def spelt(self) -> list[str]:
        return keys_and_names(self.names)[SPELT]


class Listed(Joining):
    """The names of the generation after `generation`, asked of documents in a list."""

    def __init__(self, documents: Sequence[Held], generation: int) -> None:
        self._documents = documents
        self._coming = generation + 1

    def _alive(self, generation: int) -> Counter[str]:
        alive = (each for each in self._documents if each.born <= generation < each.died)
        return Counter(value for each in alive for value in each.spelt())

    def _touched(self) -> dict[str, set[str]]:
        touched: dict[str, set[str]] = {}
        for each in self._documents:
            if self._coming in (each.born, each.died):
                for key, name in map(unspelt, each.spelt()):
                    touched.setdefault(key, set()).add(name)
        return touched

    def _archived(self, lone: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
        archived: dict[str, set[str]] = {}
        for key, name in map(unspelt, self._alive(self._coming - 1)):
            archived.setdefault(key, set()).add(name)
        for key in lone:
            if not archived.get(key, set()) & lone[key]:
                yield from ((key, name) for name in archived.get(key, ()))

    def _counts(self, values: Sequence[str]) -> dict[str, int]:
        alive = self._alive(self._coming)
        return {value: alive[value] for value in values if alive[value]}

    def _long_names(self, keys: Sequence[str]) -> dict[str, int]:
        return {value: count for value, count in self._alive(self._coming).items() if unspelt(value)[0] in keys}


def expected(documents: Sequence[Held], generation: int) -> dict[Named, Named]:
    """The merges of all names that are alive, by the rules alone."""
    alive = [set(each.names) for each in documents if each.born <= generation < each.died]
    counts = Counter(named for names in alive for named in names)
    safe = safe_merges(counts, Corrections())
    return {**safe, **short_merges(counts, Corrections(merges=safe))}


@pytest.mark.parametrize("seed", range(12))
def test_commits_one_after_the_other_join_as_all_at_once(seed: int) -> None:
    chance = random.Random(seed)
    documents: list[Held] = []
    groups: Mapping[str, Group] = {}
    met = 0
    for generation in range(1, 9):
        for each in documents:
            if each.died > generation and chance.random() < 0.15:
                each.died = generation
        common = chance.choices(NAMES, k=3)
        documents += [
            Held(tuple(dict.fromkeys(chance.choices([*NAMES, *common * 6], k=2))), generation) for _ in range(9)
        ]
        joining = Listed(documents, generation - 1)
        groups = joining.groups(groups, Corrections(), join=True, short_names=True, everything=False)
        assert Spellings(groups).merges == expected(documents, generation)
        met += sum(map(is_of_short_names, groups))
    assert met


def test_short_names_stay_apart_where_that_is_asked_for() -> None:
    documents = [*(Held([("person", "Barack Obama")], 1) for _ in range(9)), Held([("person", "Obama")], 1)]
    joining = Listed(documents, 0)
    known = joining.groups({}, Corrections(), join=True, short_names=False, everything=False)
    assert Spellings(known).merges == {}
    again = Listed(documents, 1).groups(known, Corrections(), join=True, short_names=True, everything=True)
    assert Spellings(again).merges == {("person", "Obama"): ("person", "Barack Obama")}
