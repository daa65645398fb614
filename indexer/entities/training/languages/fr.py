"""French: NewsEye (old newspapers) and WikiANN to learn from; FENEC (samples of genres) to tune and to evaluate.

French has little open gold. What names look like from within (given names, family names, cities, runs of capitals) is
the same in its neighbours, so news in Italian and Spanish is learned from as well.
"""

from collections.abc import Iterator
from pathlib import Path

from indexer.entities.training.clusters import Sizes
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.languages import it
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.cess import read_trees
from indexer.entities.training.languages.readers import (
    UNER,
    conllu_texts,
    names_alone,
    printed,
    read_columns,
    read_offsets,
    read_silver,
)

_LABELS = {"PERS": "PER", "PER": "PER", "ORG": "ORG", "LOC": "LOC"}
_HELD = ("information", "multi", "encyclopedia01")  # genres near to news
_OTHER = ("encyclopedia02", "defense", "politique", "juridique", "prose", "spoken", "mail")


def _fenec(corpora: Path, genres: tuple[str, ...]) -> list[GoldDocument]:
    paths = sorted((corpora / "FENEC" / "FENEC_2.0").glob("*.txt"))
    found = [read_offsets(path, "fr", "fenec", _LABELS) for path in paths if path.name.startswith(genres)]
    return names_alone(found)


def _gold(corpora: Path) -> Gold:
    newseye = [
        document
        for part in ("dev", "dev2", "test")
        for document in read_columns(
            corpora / f"HIPE-2022-data/data/v2.1/newseye/fr/HIPE-2022-v2.1-newseye-{part}-fr.tsv", "fr", "newseye",
            tag=1, labels=UNER, together=20, mend=printed,
        )
    ]  # fmt: skip
    silver = read_silver(corpora / "NER-datasets/WikiANN/fr", "fr")
    neighbours = [*it.news(corpora), *read_trees(corpora / "nltk" / "cess_esp")]
    return Gold(
        [*newseye, *silver, *neighbours],
        _fenec(corpora, _OTHER),
        {"FENEC, news and encyclopedia": _fenec(corpora, _HELD)},
    )


def _texts(corpora: Path) -> Iterator[str]:
    yield from conllu_texts(sorted((corpora / "UD_French-GSD").glob("*.conllu")))
    yield from conllu_texts(sorted((corpora / "UD_French-Sequoia").glob("*.conllu")))


RECIPE = Recipe(
    "fr",
    _gold,
    _texts,
    countries=("FR", "BE", "CH", "CA"),
    locales=("fr_FR", "fr_BE", "fr_CH", "fr_CA", "fr_QC"),
    aims={"PER": 89.0, "LOC": 87.0},
    weight_of={"newseye": 0.5, "wikiann": 0.8, "wn": 0.4, "cess": 0.4},
    sizes=Sizes(vocabulary=30_000, minimum=5, grains=(512, 192, 64)),
)
