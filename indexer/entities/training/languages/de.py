"""German: GermEval 2014 (news and encyclopedia), PUD (news) held out."""

from collections.abc import Iterator
from pathlib import Path

from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.readers import conllu_texts, read_columns

_LABELS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
_GERMEVAL = Path("NER-datasets/GermEval2014")


def _gold(corpora: Path) -> Gold:
    test = read_columns(
        corpora / _GERMEVAL / "NER-de-test.tsv", "de", "germeval", word=1, tag=2, labels=_LABELS, documents="#\t"
    )
    dev = read_columns(
        corpora / _GERMEVAL / "NER-de-dev.tsv", "de", "germeval", word=1, tag=2, labels=_LABELS, documents="#\t"
    )
    held, tuned = dev[: len(dev) // 2], dev[len(dev) // 2 :]
    pud = read_columns(corpora / "UNER_German-PUD/de_pud-ud-test.iob2", "de", "pud", word=1, tag=2, labels=_LABELS)
    return Gold(test, tuned, {"GermEval": held, "PUD": pud})


def _texts(corpora: Path) -> Iterator[str]:
    yield from conllu_texts(sorted((corpora / "UD_German-GSD").glob("*.conllu")))


RECIPE = Recipe("de", _gold, _texts, countries=("DE", "AT", "CH"))
