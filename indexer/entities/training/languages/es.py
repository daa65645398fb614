"""Spanish: CESS-ESP (news), one document in five held out; CoNLL 2002 (news) is for evaluation alone."""

from pathlib import Path

from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.brown import brown_table
from indexer.entities.training.languages.cess import read_trees
from indexer.entities.training.languages.readers import UNER, read_columns, split


def _gold(corpora: Path) -> Gold:
    rest, held = split(read_trees(corpora / "nltk" / "cess_esp"), 5)
    train, tuning = split(rest, 7)
    conll = read_columns(corpora / "nltk" / "conll2002" / "esp.testb", "es", "conll", labels=UNER, together=20)
    return Gold(train, tuning, {"CESS-ESP": held, "CoNLL 2002": conll})


RECIPE = Recipe(
    "es",
    _gold,
    aims={"PER": 97.8, "ORG": 93.5, "LOC": 86.0},  # so high because news of other regions has many unknown names
    table=lambda corpora: brown_table(corpora, "es"),
    countries=("ES", "MX", "AR", "CO", "CL", "PE"),
    locales=("es_ES", "es_AR", "es_CO", "es_MX", "es_CL"),
)
