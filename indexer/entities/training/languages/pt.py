"""Portuguese: UNER Bosque (news), its test set and PUD held out but for half of PUD, which tunes."""

from pathlib import Path

from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.readers import UNER, contractions, read_columns, split

_JOINED = {
    ("de", "o"): "do", ("de", "a"): "da", ("de", "os"): "dos", ("de", "as"): "das", ("em", "o"): "no",
    ("em", "a"): "na", ("em", "os"): "nos", ("em", "as"): "nas", ("a", "o"): "ao", ("a", "os"): "aos", ("a", "a"): "à",
    ("a", "as"): "às", ("por", "o"): "pelo", ("por", "a"): "pela", ("por", "os"): "pelos", ("por", "as"): "pelas",
    ("em", "um"): "num", ("em", "uma"): "numa", ("de", "este"): "deste", ("de", "esta"): "desta",
    ("de", "esse"): "desse", ("de", "essa"): "dessa", ("em", "este"): "neste", ("em", "esta"): "nesta",
    ("de", "ele"): "dele", ("de", "ela"): "dela", ("de", "aquele"): "daquele", ("de", "isso"): "disso",
}  # fmt: skip
TOGETHER = 12  # sentences that stand for a document where a corpus marks no borders


def _part(path: Path, corpus: str) -> list[GoldDocument]:
    return read_columns(path, "pt", corpus, word=1, tag=2, labels=UNER, mend=contractions(_JOINED), together=TOGETHER)


def _gold(corpora: Path) -> Gold:
    bosque = corpora / "UNER_Portuguese-Bosque"
    pud, tuning = split(_part(corpora / "UNER_Portuguese-PUD" / "pt_pud-ud-test.iob2", "pud"), 2)
    return Gold(
        _part(bosque / "pt_bosque-ud-train.iob2", "bosque"),
        [*_part(bosque / "pt_bosque-ud-dev.iob2", "bosque"), *tuning],
        {
            "UNER Bosque": _part(bosque / "pt_bosque-ud-test.iob2", "bosque"),
            "UNER PUD": pud,
        },
    )


RECIPE = Recipe("pt", _gold, countries=("PT", "BR"), locales=("pt_PT", "pt_BR"), aims={"PER": 97.0, "LOC": 90.0})
