"""Russian: FactRuEval 2016 (news), and news of Wikinews in which another tagger found the names.

NEREL, PUD and SlavicNER are held out; the labels of NEREL and SlavicNER have no stated licence, so nothing is made from
them. Of NEREL the texts alone, which are Wikinews, are learned from, with the names that natasha finds in them.
"""

from collections.abc import Sequence
from pathlib import Path

from babel import Locale

from indexer.entities.gazetteer import listed_names, read_names
from indexer.entities.nominative import russian
from indexer.entities.nominative.names import NameLists
from indexer.entities.training.build_lexicon import split_names
from indexer.entities.training.clusters import Sizes
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.languages import russian_words
from indexer.entities.training.languages.annotated import read_factrueval, read_nerel, read_slavicner, text
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.readers import read_columns, split
from indexer.entities.training.languages.standoff import document, with_country
from indexer.entities.training.train import Settings

FAMILY_NAMES = 10_000  # of news, the most frequent
# Words that are tagged as organisations and name none: the media, and what the news of a time are about.
_NO_NAMES = frozenset({"СМИ", "Brexit", "Брексит", "Брекзит", "SARS", "COVID", "Covid", "ВИЧ"})
_LABELS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def _silver(folder: Path) -> list[GoldDocument]:
    """The texts of a folder with the names that another tagger finds."""
    texts = map(text, sorted(folder.glob("*.txt")))
    return [document("wikinews", words, russian_words.names_in(words), "ru") for words in texts]


def _owned(documents: Sequence[GoldDocument]) -> list[GoldDocument]:
    """Documents of a corpus that parts a body from its country, joined as the others have it: "МИД России"."""
    return [with_country(document, _NO_NAMES) for document in documents]


def _gold(corpora: Path) -> Gold:
    nerel, fact = corpora / "NEREL" / "NEREL-v1.1", corpora / "factRuEval-2016"
    learned, rest = split(_owned(read_factrueval(fact / "testset")), 2)
    held_out = {
        "FactRuEval": rest[::2],
        "NEREL": read_nerel(nerel / "test"),
        "PUD": read_columns(
            corpora / "UNER_Russian-PUD" / "ru_pud-ud-test.iob2", "ru", "pud", word=1, tag=2, labels=_LABELS
        ),
        "SlavicNER": read_slavicner(corpora / "SlavicNER", "ru"),
    }
    train = [*_owned(read_factrueval(fact / "devset")), *learned, *_owned(_silver(nerel / "train"))]
    return Gold(train, rest[1::2], held_out)


def _cities() -> set[str]:
    return {zone["city"] for zone in Locale("ru").time_zones.values() if "city" in zone}


def _phrases() -> dict[str, set[str]]:
    """Listed places and institutions in all their cases, and the cities that name time zones."""
    entries = read_names("ru").entries
    lists = {
        "COUNTRY": {name for name, (kind, _) in entries.items() if kind == "place"},
        "CITY": russian_words.declined(_cities()),
        "REGION": russian_words.declined(RECIPE.seed("phrases_area")),
        "BODY": {name for name, (kind, _) in entries.items() if kind == "organisation"}
        | russian_words.declined(RECIPE.seed("phrases_body")),
    }
    return {name: set(split_names(rows)) for name, rows in lists.items()}


def _names() -> NameLists:
    heads = [*RECIPE.seed("organisation_words"), *RECIPE.seed("place_words")]
    return NameLists(
        russian_words.given_names(RECIPE.seed("given_men"), RECIPE.seed("given_women")),
        russian_words.family_names(russian.family, FAMILY_NAMES),
        russian_words.things(
            [*heads, *RECIPE.seed("phrases_area"), *RECIPE.seed("phrases_body"), *_cities(), *listed_names("ru")]
        ),
    )


RECIPE = Recipe(
    "ru",
    _gold,
    weight_of={"wikinews": 0.6},
    sizes=Sizes(vocabulary=40_000, grains=(1024, 256, 64)),
    settings=Settings(keep=100_000, passes=7),
    inflected=russian_words.inflected,
    flags=russian_words.flags,
    words=russian_words.table,
    aims={"PER": 88.0, "ORG": 88.0, "LOC": 88.0},
    phrases=_phrases,
    names=_names,
    retold=False,
)
