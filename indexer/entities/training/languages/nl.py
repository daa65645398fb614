"""Dutch: WikiANN to learn from, as Dutch has no open gold of today; CoNLL 2002 (news) tunes and evaluates alone."""

from collections.abc import Iterator
from pathlib import Path

from indexer.entities.training.clusters import Sizes
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.readers import UNER, conllu_texts, read_columns, read_silver
from indexer.entities.training.train import Settings

SILVER = 2  # one sentence in so many
TUNING = 4  # one document in so many of the tuning set


def _gold(corpora: Path) -> Gold:
    conll = corpora / "nltk" / "conll2002"
    tuning = read_columns(conll / "ned.testa", "nl", "conll", labels=UNER, together=20, encoding="iso-8859-1")
    held = read_columns(conll / "ned.testb", "nl", "conll", labels=UNER, together=20, encoding="iso-8859-1")
    silver = read_silver(corpora / "NER-datasets/WikiANN/nl", "nl")
    return Gold(silver[::SILVER], tuning[::TUNING], {"CoNLL 2002": held})


def _texts(corpora: Path) -> Iterator[str]:
    yield from conllu_texts(sorted((corpora / "UD_Dutch-LassySmall").glob("*.conllu")))


RECIPE = Recipe(
    "nl",
    _gold,
    _texts,
    countries=("NL", "BE"),
    locales=("nl_NL", "nl_BE"),
    aims={"PER": 88.0, "LOC": 87.0},
    sizes=Sizes(vocabulary=30_000, minimum=5, grains=(512, 192, 64)),
    settings=Settings(keep=50_000, passes=4, average_from=1),
)
