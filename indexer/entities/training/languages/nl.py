"""Dutch: WikiANN to learn from; CoNLL 2002 (news) is for tuning and evaluation alone.

Dutch has no open gold of today. What names look like from within is much the same in English, of which a part of the
gold is learned from as well.
"""

from collections.abc import Iterator
from pathlib import Path

from indexer.entities.training import build_lexicon
from indexer.entities.training.clusters import Sizes
from indexer.entities.training.corpora import GoldDocument, read_open
from indexer.entities.training.harmonise import training_document
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.readers import UNER, conllu_texts, read_columns, read_silver

ENGLISH = 8  # one document in so many


def _gold(corpora: Path) -> Gold:
    conll = corpora / "nltk" / "conll2002"
    tuning = read_columns(conll / "ned.testa", "nl", "conll", labels=UNER, together=20, encoding="iso-8859-1")
    held = read_columns(conll / "ned.testb", "nl", "conll", labels=UNER, together=20, encoding="iso-8859-1")
    silver = read_silver(corpora / "NER-datasets/WikiANN/nl", "nl")
    english = [
        training_document(document)
        for document in read_open(corpora / "train-open.tsv.gz")[::ENGLISH]
        if document.corpus not in build_lexicon.POSTS
    ]
    english = [GoldDocument("english", document.sentences) for document in english]
    return Gold([*silver, *english], tuning, {"CoNLL 2002": held})


def _texts(corpora: Path) -> Iterator[str]:
    yield from conllu_texts(sorted((corpora / "UD_Dutch-LassySmall").glob("*.conllu")))


RECIPE = Recipe(
    "nl",
    _gold,
    _texts,
    countries=("NL", "BE"),
    locales=("nl_NL", "nl_BE"),
    weight_of={"english": 0.4},
    sizes=Sizes(vocabulary=30_000, minimum=5, grains=(512, 192, 64)),
)
