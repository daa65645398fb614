"""Italian: the news of KIND (Wikinews), its test set held out, beside older texts of it."""

from collections.abc import Iterator
from pathlib import Path

from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.readers import UNER, read_columns

TUNING = 3  # one document in so many of the tuning set is enough
TOGETHER = 15  # sentences that stand for a document; the corpus has them in order but marks no borders


def _part(corpora: Path, name: str) -> list[GoldDocument]:
    path = corpora / "KIND" / "evalita-2023" / f"{name}.tsv"
    return read_columns(path, "it", name.split("_")[0].lower(), labels=UNER, together=TOGETHER)


def news(corpora: Path) -> list[GoldDocument]:
    """The news that training may learn from."""
    return _part(corpora, "WN_train")


def _gold(corpora: Path) -> Gold:
    train = [*news(corpora), *_part(corpora, "ADG_train"), *_part(corpora, "FIC_train")]
    return Gold(train, _part(corpora, "WN_dev")[::TUNING], {"KIND Wikinews": _part(corpora, "WN_test")})


def _texts(corpora: Path) -> Iterator[str]:
    for document in _gold(corpora).train:
        for words, _ in document.sentences:
            yield " ".join(words)


RECIPE = Recipe(
    "it",
    _gold,
    countries=("IT", "SM"),
    locales=("it_IT",),
    weight_of={"fic": 0.5, "adg": 0.5},
    aims={"PER": 87.5, "ORG": 76.0, "LOC": 88.5},
)
