"""The tagger of one language from its recipe: lexicon, weights, tuning.

In: a `Recipe`, the data directory and the directory of corpora. Out: `lexicon.json.xz` and `weights.npz` in the
folder of the language. Called by `python -m indexer.entities.training --language`. The same inputs and seed give the
same files.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from indexer.entities.choose import around
from indexer.entities.crf import CrfTagger
from indexer.entities.gazetteer import listed_names
from indexer.entities.nominative.names import names_file, write_names
from indexer.entities.packed import lexicon_file, read_lexicon, read_weights, weights_file, write_weights
from indexer.entities.tagger import Span
from indexer.entities.tokenise import sentences
from indexer.entities.training import augment, build_lexicon, clusters, tune
from indexer.entities.training.build_lexicon import NAME_DOCUMENTS, seed_list, split_names
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.harmonise import harmonise, spans
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.places import world_cities
from indexer.entities.training.names import people_names
from indexer.entities.training.problem import prepare
from indexer.entities.training.train import Progress, fit

RETOLD = 3  # one document in so many is told again with other names
# Lists of names of things that are the same in all languages.
_WORLD = ("company", "team", "media")


def build_lexicon_of(recipe: Recipe, gold: Gold, root: Path, corpora: Path, target: Path, seed: int) -> None:
    """Write the lexicon of a language."""

    def streams() -> Iterator[list[tuple[str, ...]]]:
        for text in recipe.texts(corpora):
            yield [sentence.words for sentence in sentences(text, recipe.language)]
        for document in gold.train:
            yield [tuple(words) for words, _ in document.sentences]

    if recipe.words:
        table = recipe.words(gold.train, seed, recipe.sizes)
    else:
        table = recipe.table(corpora) if recipe.table else clusters.build(streams(), seed, recipe.sizes)
    common = {word for word, grade in table.caps.items() if grade <= build_lexicon.COMMON}
    phrases = {name: rows - common for name, rows in _phrases(recipe, root, corpora).items()}
    build_lexicon.write(lexicon_file(recipe.language, target), table, _flags(recipe, gold, corpora), phrases)
    if recipe.names:
        write_names(names_file(recipe.language, target), recipe.names())


def _flags(recipe: Recipe, gold: Gold, corpora: Path) -> dict[str, set[str]]:
    """Lower-case word lists by flag."""
    names = people_names(corpora, recipe.countries, recipe.locales)
    given = {*names.given, *recipe.seed("first_names")}
    family = {*names.family, *recipe.seed("surnames")}
    firsts: defaultdict[str, set[int]] = defaultdict(set)
    lasts: defaultdict[str, set[int]] = defaultdict(set)
    for number, document in enumerate(gold.train):
        for words, tags in document.sentences:
            for begin, end, label in spans(tags):
                if label == "PER" and 2 <= end - begin <= 3:
                    firsts[words[begin]].add(number)
                    lasts[words[end - 1]].add(number)
    given |= {name for name, where in firsts.items() if len(where) >= NAME_DOCUMENTS}
    family |= {name for name, where in lasts.items() if len(where) >= NAME_DOCUMENTS}
    seeds = {
        "TIT": "titles", "NAT": "nationalities", "ORG": "organisation_words", "PLW": "place_words", "TIM": "time_words",
    }  # fmt: skip
    flags: dict[str, Iterable[str]] = {
        **{flag: recipe.inflected(recipe.seed(name)) for flag, name in seeds.items()},
        "FN": [*given, *seed_list("first_names")], "LN": [*family, *seed_list("surnames")],
    }  # fmt: skip
    for flag, more in recipe.flags().items():
        flags[flag] = {*flags.get(flag, ()), *more}
    return {
        name: {word.lower() for word in words if " " not in word and len(word) > 1} for name, words in flags.items()
    }


def _phrases(recipe: Recipe, root: Path, corpora: Path) -> dict[str, set[str]]:
    """Lower-case names of things by class, as our tokeniser splits them."""
    if recipe.phrases:
        return recipe.phrases()
    listed = listed_names(recipe.language)
    lists: dict[str, set[str]] = {
        "COUNTRY": {name for name, (kind, _) in listed.items() if kind == "place"},
        "BODY": {name for name, (kind, _) in listed.items() if kind == "organisation"},
        "CITY": {*build_lexicon.cities(root, "name"), *world_cities(corpora), *recipe.seed("phrases_city")},
        "REGION": {*build_lexicon.cities(root, "subcountry"), *recipe.seed("phrases_area")},
    }
    for name in _WORLD:
        lists[name.upper()] = {*seed_list(f"phrases_{name}"), *recipe.seed(f"phrases_{name}")}
    for name in ("body", "party"):
        lists.setdefault(name.upper(), set()).update(recipe.seed(f"phrases_{name}"))
    return {name: set(split_names(rows)) for name, rows in lists.items()}


def build_weights_of(
    recipe: Recipe, gold: Gold, root: Path, corpora: Path, target: Path, seed: int, progress: Progress
) -> None:
    """Fit the weights of a language."""
    convention = recipe.convention()
    documents = [
        GoldDocument(d.corpus, tuple((words, harmonise(words, tags, convention)) for words, tags in d.sentences))
        for d in gold.train
    ]
    names = people_names(corpora, recipe.countries, recipe.locales)
    pool = augment.pool_of(root, names, recipe.seed("phrases_city"))
    random = np.random.default_rng(seed)
    if recipe.retold:
        documents += [augment.retell(document, pool, random) for document in documents[::RETOLD]]
    lexicon = read_lexicon(lexicon_file(recipe.language, target))
    problem = prepare(documents, lexicon, recipe.minimum_count, recipe.weight_of)
    weights = fit(problem, replace(recipe.settings, seed=seed), progress)
    write_weights(weights_file(recipe.language, target), weights)


def tune_weights_of(recipe: Recipe, gold: Gold, target: Path) -> tune.Shift:
    """Shift the labels of a language until what it finds is right often enough; returns the shift."""
    path = weights_file(recipe.language, target)
    weights, lexicon = read_weights(path), read_lexicon(lexicon_file(recipe.language, target))
    found = Found()
    whole = around(found, lexicon, recipe.language)

    def rest(words: Sequence[Sequence[str]], spans: Sequence[Sequence[Span]]) -> Sequence[Sequence[Span]]:
        found.spans = spans
        return whole.tag(words)

    trial = tune.Trial(CrfTagger(weights, lexicon), gold.development, recipe.convention(), rest)
    best = tune.search(trial.score, recipe.aims)
    write_weights(path, tune.shifted(weights, best))
    return best


class Found:
    """A tagger that finds in a document the spans it was given for it."""

    spans: Sequence[Sequence[Span]] = ()

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:  # noqa: ARG002  # the protocol's
        """The spans of the document."""
        return self.spans
