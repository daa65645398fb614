"""The compiled tagger against the one in Python: the same spans, from the same scores."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.entities import crf
from indexer.entities.crf import CrfTagger, PythonTagger
from indexer.entities.kernels import native
from indexer.entities.kernels.native import NativeTagger
from indexer.entities.kernels.settings import fits
from indexer.entities.lexicon import Lexicon
from indexer.entities.locate import tag_sentences
from indexer.entities.packed import (
    DEFAULT_LANGUAGE,
    Weights,
    has_weights,
    lexicon_file,
    read_lexicon,
    read_weights,
    weights_file,
)
from indexer.entities.tokenise import sentences
from indexer.entities.truecase import truecase

pytestmark = pytest.mark.skipif(native.library is None, reason="the tagger is not compiled here")

MOST = 60_000
DEMO = Path(__file__).resolve().parents[3] / "demo" / "articles"
Fields = dict[str, str]


class Both:
    """The two taggers of one model."""

    def __init__(self, weights: Weights, lexicon: Lexicon) -> None:
        self.compiled = CrfTagger(weights, lexicon)
        self.python = CrfTagger(weights, lexicon, compiled=False)
        assert isinstance(self.compiled._native, NativeTagger)
        assert isinstance(self.python._python, PythonTagger)

    def agree(self, fields: Fields, language: str = "en", most: int = MOST) -> int:
        """How many names both find in a document."""
        expected = tag_sentences(self.python, fields, language, most)
        assert self.compiled.locate(fields, language, most) == expected
        return len(expected)


@pytest.fixture(scope="module")
def shipped() -> Both:
    return Both(read_weights(), read_lexicon())


@pytest.fixture(scope="module")
def eager() -> Both:
    """A tagger that sees names everywhere, so that all that is done with spans is tried."""
    weights = read_weights()
    emission = np.random.default_rng(11).normal(scale=3, size=weights.emission.shape).astype(np.float32)
    return Both(
        Weights(weights.labels, weights.keys, emission, (weights.transition / 4).astype(np.float32)), read_lexicon()
    )


def few_labels() -> Weights:
    """Weights for two kinds only, so that rows are of another width."""
    weights = read_weights()
    kept = [place for place, label in enumerate(weights.labels) if not label.endswith("ORG")]
    labels = tuple(weights.labels[place] for place in kept)
    return Weights(labels, weights.keys, weights.emission[:, kept], weights.transition[kept][:, kept])


def demonstration() -> Iterator[Fields]:
    """The articles of the demonstration archive that lie there as JSON lines."""
    for path in sorted([*DEMO.glob("*.jsonl"), *DEMO.glob("*.jsonl.gz")]):
        yield from collection(path)


def strings(line: str) -> Fields:
    """What a record says in texts."""
    return {name: value for name, value in json.loads(line).items() if isinstance(value, str)}


def collection(path: Path, count: int | None = None) -> Iterator[Fields]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(strings, islice(lines, count))


def real(data: Path, count: int) -> Iterator[Fields]:
    """Articles of five collections, `count` of each or all it has."""
    return chain.from_iterable(
        collection(data / name, count)
        for name in (
            "senate-press-2004-2008.jsonl.gz",
            "digital-gov.jsonl.gz",
            "lctt-chinese-translations.jsonl.gz",
            "jawhara-fm-arabic.jsonl.gz",
            "relevance/time/docs.jsonl",
        )
    )


def test_on_the_demonstration_archive(shipped: Both, eager: Both) -> None:
    articles = list(demonstration())
    assert len(articles) > 40
    assert sum(map(shipped.agree, articles)) > 600
    assert sum(map(eager.agree, articles)) > 600


@pytest.mark.data
def test_on_some_real_articles(shipped: Both, data: Path) -> None:
    assert sum(map(shipped.agree, real(data, 100))) > 2000


@pytest.mark.data
@pytest.mark.slow
def test_on_thousands_of_real_articles(shipped: Both, data: Path) -> None:
    counted = [shipped.agree(fields) for fields in real(data, 900)]
    assert len(counted) > 3_500
    assert sum(counted) > 20_000


def test_scores_are_the_same_to_the_last_bit(shipped: Both) -> None:
    tagger = shipped.python._python
    compiled = shipped.compiled._native
    assert tagger is not None
    assert compiled is not None
    for fields in demonstration():
        cut = [each.words for text in fields.values() for each in sentences(text, "en")]
        recased = truecase(cut, tagger.lexicon)
        document = tagger.scorer.encode(recased)
        compiled.tag(list(fields.values()), False, MOST)
        rows = compiled.scores().reshape(len(document.at), -1)
        labels = len(tagger.scorer.weights.labels)
        assert rows[:, :labels].tobytes() == tagger.scorer.score(document).tobytes()
        assert not rows[:, labels:].any()


def words_of(lexicon: Lexicon) -> list[str]:
    """Words that something is known of, in all cases, and what stands between words."""
    chance = random.Random(7)
    names = [word for word, flags in lexicon.word_flags.items() if chance.random() < 0.01]
    phrases = chance.sample(sorted(lexicon.phrase_classes), 150)
    common = [word for word, caps in lexicon.word_caps.items() if caps < 2 and chance.random() < 0.002]
    listed = [form(word) for word in [*names, *phrases] for form in (str.title, str.upper, str.lower)]
    glue = "in at from near to the of and said told 's ’s beat lost at by over 98-91 98 – 91 - 5 , . .508".split()
    return [
        *listed,
        *common,
        *(word.title() for word in common),
        *glue * 8,
        "\n",
        "@",
        "#",
        "'S",
        "ΟΔΟΣ",
        "İSTANBUL",
        "ǆ",
    ]


WORDS = words_of(read_lexicon())


@settings(max_examples=400, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=60), few=st.booleans())
def test_on_words_in_any_order(shipped: Both, eager: Both, words: list[str], few: bool) -> None:
    kept = words * 3 if few else words  # repeats agree
    half = len(kept) // 2
    fields = {"title": " ".join(kept[:half]), "body": " ".join(kept[half:])}
    shipped.agree(fields)
    eager.agree(fields)


@settings(max_examples=300, deadline=None)
@given(fields=st.lists(st.text(max_size=120), max_size=3))
def test_on_any_text(eager: Both, fields: list[str]) -> None:
    eager.agree({str(number): text for number, text in enumerate(fields)})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS) | st.text(min_size=1, max_size=12), max_size=12), max_size=8))
def test_on_sentences_that_are_cut_already(eager: Both, cut: list[list[str]]) -> None:
    assert eager.compiled.tag(cut) == eager.python.tag(cut)


@pytest.mark.parametrize("weights", [few_labels()], ids=["two kinds"])
def test_with_other_weights(weights: Weights) -> None:
    both = Both(weights, read_lexicon())
    assert sum(map(both.agree, demonstration())) > 500


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[1] / "gold").glob("*.txt")), ids=lambda path: path.stem)
def test_the_tagger_of_each_language(path: Path) -> None:
    language = DEFAULT_LANGUAGE if path.stem == "news" else path.stem
    if not (has_weights(language) and lexicon_file(language).is_file()):
        pytest.skip("this language has a tagger of another making")
    both = Both(read_weights(weights_file(language)), read_lexicon(lexicon_file(language)))
    blocks = re.split(r"\n\n+", re.sub(r"\[([^|\]]+)\|[POL]\]", r"\1", path.read_text(encoding="utf-8")))
    assert sum(both.agree({"body": block}, language) for block in blocks) > 20


LEXICON = Lexicon(
    word_clusters={"said": (3, 2, 1), "Ferrari": (5, 4, 3), "": (7, 6, 5)},
    word_caps={"ferrari": 4, "the": 0, "fifa": 9},
    word_flags={"anna": ("FN", "TIT"), "corp": ("ORG",), "ferrari": ()},
    phrase_classes={"fifa": ("BODY",), "bank of the west": ("CITY", "BODY"), "the": (), "boston": ("CITY",)},
    longest={"fifa": 1, "bank": 9, "boston": 1, "the": 1, "west": 0},
)


def test_with_another_lexicon() -> None:
    both = Both(read_weights(), LEXICON)
    body = "Anna Ferrari said FIFA paid Bank of the West. Ferrari Corp. said so in Boston.\nBoston beat The West 2-1"
    assert both.agree({"title": "ANNA FERRARI OF FIFA", "body": body}) > 3
    assert sum(map(both.agree, demonstration())) > 100


def test_the_boundary_may_be_a_word(eager: Both) -> None:
    cut = [["</s>", "Paris", "</s>"], ["</s>"]]
    assert eager.compiled.tag(cut) == eager.python.tag(cut)


def test_few_forms_are_kept_and_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crf, "MAX_FORMS", 500)
    both = Both(read_weights(), read_lexicon())
    assert sum(map(both.agree, demonstration())) > 600


def test_the_rest_of_a_long_text_is_left_out(shipped: Both) -> None:
    body = "Nicolas Sarkozy spoke. Barack Obama left for Berlin. London is quiet."
    fields = {"title": "Angela Merkel in Paris", "body": body}
    found = [shipped.agree(fields, most=most) for most in (3, 4, 8, 13, 14, 18, 100)]
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] == 6


def test_elided_articles_are_cut_where_the_language_elides(eager: Both) -> None:
    fields = {"body": "Le président de l'ONU et d’Italie. L'Union l'a dit à l’Élysée, qu'Anna"}
    assert eager.agree(fields, "fr") > 0
    assert eager.agree(fields, "en") > 0


def test_empty_documents(shipped: Both) -> None:
    assert shipped.agree({}) == shipped.agree({"title": ""}) == shipped.agree({"title": "", "body": " \n "}) == 0


def test_what_does_not_fit_is_tagged_in_python() -> None:
    weights = read_weights()
    odd = Lexicon(word_clusters={"word": (1, 2)})
    assert fits(weights, Lexicon())
    assert not fits(weights, odd)
    assert not fits(weights, Lexicon(phrase_classes={"two\nlines": ("CITY",)}))
    assert not fits(weights, Lexicon(word_caps={"two\nlines": 4}))
    assert not fits(weights, Lexicon(word_flags={"word": tuple(map(str, range(31)))}))
    assert CrfTagger(weights, odd)._native is None
