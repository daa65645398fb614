"""`python -m indexer.entities.training.caseless`: builds lists, weights and thresholds of Arabic and Chinese, and
evaluates them.

Needs the directory of corpora (`docs/entities.md` names its files) and msgpack; takes three minutes of one core for a
language. The same data and seed give the same files.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer.entities.caseless.load import LANGUAGES, caseless_tagger, lists_file
from indexer.entities.caseless.packed import write_lists
from indexer.entities.packed import DATA, Weights, weights_file, write_weights
from indexer.entities.training import train
from indexer.entities.training.caseless.corpora import Gold, read_gold
from indexer.entities.training.caseless.languages import Language, language_of
from indexer.entities.training.caseless.problem import prepare
from indexer.entities.training.caseless.thresholds import cross_judged, least_margins
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.evaluate import evaluate, line
from indexer.errors import BroadsheetError

DEFAULT_CORPORA = Path(__file__).resolve().parents[5] / "shared" / "corpora"
STEPS = ("weights", "report")
WEIGHTS = {"aqmar": 0.5}  # history and science teach less about news


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the steps that were asked for; all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m indexer.entities.training.caseless", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA, help="directory with ar/ and zh/")
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES), help="both by default")
    parser.add_argument("--target", type=Path, default=DATA, help="where the data files go")
    parser.add_argument("--seed", type=int, default=train.Settings().seed)
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS), help="what to do; all by default")
    chosen = parser.parse_args(arguments)
    try:
        for name in chosen.language:
            gold = read_gold(chosen.corpora, name)
            if "weights" in chosen.steps:
                build(language_of(name, chosen.corpora), gold, chosen.target, chosen.seed)
            if "report" in chosen.steps:
                report(name, gold, chosen.target)
    except BroadsheetError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def build(language: Language, gold: Gold, target: Path, seed: int) -> None:
    """Write lists, weights and thresholds of a language."""

    def fit(documents: Sequence[GoldDocument]) -> Weights:
        return train.fit(
            prepare(documents, language.reading, language.minimum_count, WEIGHTS), _settings(seed, language.kept)
        )

    judged = cross_judged(gold.train, language.reading, fit)
    thresholds = least_margins(judged, language.precision)
    (target / language.name).mkdir(exist_ok=True)
    write_lists(lists_file(language.name, target), language.lists, thresholds)
    write_weights(weights_file(language.name, target), fit(gold.train))
    for path in (lists_file(language.name, target), weights_file(language.name, target)):
        print(f"{language.name}, {path.name}: {path.stat().st_size:,} bytes", flush=True)


def _settings(seed: int, kept: int) -> train.Settings:
    return train.Settings(passes=4, average_from=2, dropout=0.1, miss_cost=0.0, keep=kept, seed=seed)


def report(name: str, gold: Gold, target: Path) -> None:
    """Print a row for each set that was held out."""
    tagger = caseless_tagger(name, target)
    for held, documents in gold.test.items():
        print(line(f"{name}, {held}", evaluate(tagger, documents)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
