"""German: GermEval 2014 (news and encyclopedia) beside WikiANN; half of its tuning set and half of PUD are held out."""

from pathlib import Path

from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.brown import brown_table
from indexer.entities.training.languages.readers import UNER, names_in_compounds, read_columns, read_silver, split

_GERMEVAL = Path("NER-datasets/GermEval2014")


def _germeval(corpora: Path, part: str) -> list[GoldDocument]:
    return read_columns(
        corpora / _GERMEVAL / f"NER-de-{part}.tsv", "de", "germeval", word=1, tag=2, labels=UNER,
        documents="#\t", mend=names_in_compounds,
    )  # fmt: skip


def _gold(corpora: Path) -> Gold:
    tuning = _germeval(corpora, "dev")
    silver = read_silver(corpora / "NER-datasets/WikiANN/de", "de")
    pud = read_columns(corpora / "UNER_German-PUD/de_pud-ud-test.iob2", "de", "pud", word=1, tag=2, labels=UNER)
    pud, other = split(pud, 2)
    half = len(tuning) // 2
    return Gold(
        [*_germeval(corpora, "test"), *silver], [*tuning[half:], *other], {"GermEval 2014": tuning[:half], "PUD": pud}
    )


RECIPE = Recipe(
    "de",
    _gold,
    table=lambda corpora: brown_table(corpora, "de"),
    countries=("DE", "AT", "CH"),
    locales=("de_DE", "de_AT", "de_CH"),
    weight_of={"wikiann": 0.3},
    aims={"PER": 88.0, "LOC": 88.0},
)
