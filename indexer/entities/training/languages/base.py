"""What a recipe is: everything that training needs to make the tagger of one language.

In: the directory of corpora. Out: gold documents in three parts, plain text, lists. Called by `build_language`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.entities.gazetteer import read_names
from indexer.entities.nominative.names import NameLists
from indexer.entities.normalise import fold
from indexer.entities.training.build_lexicon import SEEDS, read_list
from indexer.entities.training.clusters import Sizes, WordTable
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.harmonise import Convention, spans
from indexer.entities.training.train import Settings

# Kinds of a language are shipped from this precision on; tuning aims a little higher, to have it on other texts too.
PRECISION = 85.0
AIM = 90.0


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold in parts that share no document: to learn from, to tune on, and never looked at before the report."""

    train: Sequence[GoldDocument]
    development: Sequence[GoldDocument]
    held_out: Mapping[str, Sequence[GoldDocument]]


def _nothing(_: Path) -> Iterator[str]:
    return iter(())


def _as_they_are(words: Iterable[str]) -> set[str]:
    return set(words)


def _no_flags() -> dict[str, set[str]]:
    return {}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the tagger of a language is made. `gold` and `texts` are given the directory of corpora."""

    language: str
    gold: Callable[[Path], Gold]
    texts: Callable[[Path], Iterable[str]] = _nothing  # plain text for clusters and capitalisation
    table: Callable[[Path], WordTable] | None = None  # clusters and capitalisation that are known without a text
    countries: Sequence[str] = ()  # ISO codes of the countries whose common names are listed
    locales: Sequence[str] = ()  # and locales of further lists of names
    weight_of: Mapping[str, float] = field(default_factory=dict)  # weight of corpora whose labels are less sure
    # Precision on the tuning set that tuning aims at, by kind; a kind that will not be shipped is left out, so that the
    # others need not suffer for it.
    aims: Mapping[str, float] = field(default_factory=lambda: {"PER": AIM, "ORG": AIM, "LOC": AIM})
    minimum_count: int = 2  # features of training seen less often are left out
    sizes: Sizes = field(default_factory=lambda: Sizes(vocabulary=30_000, minimum=6, grains=(768, 256, 64)))
    settings: Settings = field(default_factory=lambda: Settings(keep=55_000, passes=6, average_from=2))

    # Of languages with cases: words to all their forms, lists of names in them, and a table of words made otherwise.
    inflected: Callable[[Iterable[str]], set[str]] = _as_they_are
    flags: Callable[[], dict[str, set[str]]] = _no_flags
    words: Callable[[Sequence[GoldDocument], int, Sizes], WordTable] | None = None
    names: Callable[[], NameLists] | None = None  # from which names are given in the nominative
    retold: bool = True  # whether documents may be told again with names in the nominative
    phrases: Callable[[], dict[str, set[str]]] | None = None  # names of things instead of those in Latin letters

    def read(self, corpora: Path) -> Gold:
        """The gold of the language under our convention: a listed country or city is a place whatever it does.

        Corpora differ in this: "Russia has protested" and "Spain lost" have organisations in some of them.
        """
        gold = self.gold(corpora)
        places = frozenset(
            fold(name)
            for name, (kind, _) in read_names(self.language).entries.items()
            if kind == "place" and len(name) > 2
        )
        held = {name: _places(documents, places) for name, documents in gold.held_out.items()}
        return Gold(_places(gold.train, places), _places(gold.development, places), held)

    def seed(self, name: str) -> list[str]:
        """One of our own lists of this language, `seeds/<language>/<name>.txt`; empty where there is none."""
        path = SEEDS / self.language / f"{name}.txt"
        return read_list(path) if path.exists() else []

    def convention(self) -> Convention:
        """What is no part of a name in this language."""
        names = ("articles", "titles", "nationalities", "organisation_words")
        return Convention(*(frozenset(map(str.lower, self.seed(name))) for name in names))


def _places(documents: Sequence[GoldDocument], places: frozenset[str]) -> list[GoldDocument]:
    return [
        GoldDocument(
            document.corpus, tuple((words, _as_places(words, tags, places)) for words, tags in document.sentences)
        )
        for document in documents
    ]


def _as_places(words: Sequence[str], tags: Sequence[str], places: frozenset[str]) -> list[str]:
    result = list(tags)
    for first, last, label in spans(tags):
        if label == "ORG" and " ".join(map(fold, words[first:last])) in places:
            result[first:last] = ["B-LOC"] + ["I-LOC"] * (last - first - 1)
    return result
