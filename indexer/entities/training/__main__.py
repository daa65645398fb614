"""`python -m indexer.entities.training`: builds the lexicon, the lists of names and the weights, and evaluates them.

Needs the data directory, scipy and Babel; takes a few minutes of one core. Languages other than English need the
directory of corpora too (`training/languages/` says which corpora). The same data and seed give the same files.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.entities import packed
from indexer.entities.crf import CrfTagger
from indexer.entities.gazetteer import GAZETTEER
from indexer.entities.packed import DATA, read_lexicon, read_weights, write_weights
from indexer.entities.training import augment, build_gazetteer, build_language, build_lexicon, corpora, train
from indexer.entities.training.harmonise import training_document
from indexer.entities.training.languages import languages, recipe
from indexer.entities.training.languages.base import Recipe
from indexer.entities.training.problem import prepare
from indexer.entities.training.report import print_language, print_report
from indexer.errors import BroadsheetError

DEFAULT_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
DEFAULT_CORPORA = DEFAULT_DATA.parent / "corpora"
STEPS = ("lexicon", "names", "weights", "tune", "report")
RETOLD = 4  # one document in so many is told again with other names
WEIGHTS = {"btc": 0.5, "wnut": 0.5}  # posts teach little about news
MINIMUM_COUNT = 2  # features of training seen less often are left out


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the steps that were asked for; all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m indexer.entities.training", description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="directory with entities/ and gazetteers/")
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA, help="directory with a folder for each corpus")
    parser.add_argument(
        "--language",
        nargs="+",
        default=["en"],
        metavar="CODE",
        choices=["en", *languages()],
        help="whose tagger; en by default",
    )
    parser.add_argument("--target", type=Path, default=DATA, help="where the data files go")
    parser.add_argument("--seed", type=int, default=train.Settings().seed)
    parser.add_argument("--passes", type=int, default=train.Settings().passes)
    parser.add_argument(
        "--hold-out", nargs="+", default=(), metavar="CORPUS", help="leave these corpora out and evaluate on them"
    )
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS), help="what to do; all by default")
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen)
    except BroadsheetError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def _run(chosen: argparse.Namespace) -> int:
    root = corpora.require(chosen.data)
    if "names" in chosen.steps:
        build_gazetteer.build(root, chosen.target / GAZETTEER.name)
        print(f"names: {(chosen.target / GAZETTEER.name).stat().st_size:,} bytes", flush=True)
    for language in chosen.language:
        if language == "en":
            _english(chosen, root)
        else:
            _other(chosen, root, recipe(language))
    return 0


def _other(chosen: argparse.Namespace, root: Path, made: Recipe) -> None:
    """The steps for a language that has a recipe."""
    gold = made.read(corpora.require(chosen.corpora))
    if "lexicon" in chosen.steps:
        build_language.build_lexicon_of(made, gold, root, chosen.corpora, chosen.target, chosen.seed)
        print(f"{made.language}, lexicon: {_size(packed.lexicon_file(made.language, chosen.target))}", flush=True)
    if "weights" in chosen.steps:
        build_language.build_weights_of(made, gold, root, chosen.corpora, chosen.target, chosen.seed, _progress())
        print(f"{made.language}, weights: {_size(packed.weights_file(made.language, chosen.target))}", flush=True)
    if "tune" in chosen.steps:
        shift = build_language.tune_weights_of(made, gold, chosen.target)
        told = ", ".join(f"{kind or 'no name'} {value:+.2f}" for kind, value in shift.items())
        print(f"{made.language}, labels shifted: {told}", flush=True)
    if "report" in chosen.steps:
        print_language(made, gold, chosen.target)


def _size(path: Path) -> str:
    return f"{path.stat().st_size:,} bytes"


def _progress() -> train.Progress:
    began = time.monotonic()

    def progress(number: int, loss: float) -> None:
        print(f"pass {number + 1}: loss {loss:,.0f}, {time.monotonic() - began:.0f} s", flush=True)

    return progress


def _english(chosen: argparse.Namespace, root: Path) -> None:
    lexicon_file = packed.lexicon_file("en", chosen.target)
    if "lexicon" in chosen.steps:
        build_lexicon.build(root, lexicon_file, chosen.seed, chosen.hold_out)
        print(f"lexicon: {_size(lexicon_file)}", flush=True)
    gold = corpora.read_open(root / "entities" / "train-open.tsv.gz")
    weights_file = packed.weights_file("en", chosen.target)
    if "weights" in chosen.steps:
        _train(chosen, root, [document for document in gold if document.corpus not in chosen.hold_out], weights_file)
    if "report" in chosen.steps:
        tagger = CrfTagger(read_weights(weights_file), read_lexicon(lexicon_file))
        print_report(tagger, root, [document for document in gold if document.corpus in chosen.hold_out])


def _train(chosen: argparse.Namespace, root: Path, gold: Sequence[corpora.GoldDocument], target: Path) -> None:
    documents = [training_document(document, number) for number, document in enumerate(gold)]
    documents += retold(documents, root, chosen.seed)
    problem = prepare(documents, read_lexicon(packed.lexicon_file("en", chosen.target)), MINIMUM_COUNT, WEIGHTS)
    print(f"{len(problem.labels):,} words, {problem.size:,} features", flush=True)
    weights = train.fit(problem, train.Settings(seed=chosen.seed, passes=chosen.passes), _progress())
    write_weights(target, weights)
    print(f"weights: {len(weights.keys):,} features, {target.stat().st_size:,} bytes", flush=True)


def retold(documents: Sequence[corpora.GoldDocument], root: Path, seed: int) -> list[corpora.GoldDocument]:
    """Some of the documents again, with other names."""
    pool = augment.read_pool(root)
    random = np.random.default_rng(seed)
    return [
        augment.retell(document, pool, random)
        for document in documents[::RETOLD]
        if document.corpus not in build_lexicon.POSTS
    ]


if __name__ == "__main__":
    sys.exit(main())
