"""Floors that the shipped tagger must not fall below."""

import re
from collections import Counter
from pathlib import Path

import pytest

from indexer.entities.choose import TaggerChoice
from indexer.entities.crf import CrfTagger
from indexer.entities.packed import DATA
from indexer.entities.tagger import Tagger
from indexer.entities.tokenise import sentences
from indexer.entities.training.corpora import GoldDocument, read_folder, read_open
from indexer.entities.training.evaluate import Score, evaluate
from indexer.entities.training.report import RE3D, Headlines, headlines, is_post, names_alone

GOLD = Path(__file__).parent / "gold"
KINDS = {"P": "person", "O": "organisation", "L": "place"}
MARK = re.compile(r"\[([^|\]]+)\|([POL])\]")

# Strict F1. Measured when the floors were set: see docs/entities.md.
GOLD_FLOOR = 88.5
DEV_FLOORS = {"ALL": 78.0, "PER": 83.5, "ORG": 65.5, "LOC": 80.0}
CAPITALS_FLOOR = 71.5
RE3D_FLOORS = {"ALL": 64.5, "ORG": 63.5}
# Precision and recall of the kinds that the tagger of a language may give, in our own sentences.
OWN_FLOORS = {
    "ar": {"person": (90, 76), "place": (90, 90), "organisation": (85, 85)},
    "de": {"person": (95, 80), "place": (95, 90)},
    "es": {"person": (95, 90), "place": (95, 90)},
    "zh": {"person": (95, 90), "place": (95, 58), "organisation": (75, 75)},
    "fr": {"person": (95, 80), "place": (95, 90)},
    "it": {"person": (90, 90), "place": (90, 80)},
    "nl": {"person": (90, 60), "place": (95, 80)},
    "pl": {"person": (95, 75), "organisation": (95, 95), "place": (95, 90)},
    "pt": {"person": (95, 80), "place": (95, 80)},
    "ru": {"person": (95, 95), "organisation": (80, 80), "place": (95, 90)},
}
MOST_BYTES = 12 * 1024 * 1024


@pytest.fixture(scope="module")
def tagger() -> CrfTagger:
    return CrfTagger()


@pytest.fixture(scope="module")
def development(data: Path) -> list[GoldDocument]:
    return read_open(data / "entities" / "dev-open.tsv.gz")


def gold_documents(name: str) -> list[tuple[str, set[tuple[int, int, str]]]]:
    """Plain text of each document of a gold file and its names as character offsets and kind."""
    documents = []
    for block in re.split(r"\n\n+", (GOLD / f"{name}.txt").read_text(encoding="utf-8")):
        text = ""
        names = set()
        for row in filter(lambda row: row and not row.startswith("#"), block.split("\n")):
            at = 0
            for mark in MARK.finditer(row):
                text += row[at : mark.start()]
                names.add((len(text), len(text) + len(mark[1]), KINDS[mark[2]]))
                text += mark[1]
                at = mark.end()
            text += row[at:] + "\n"
        if text:
            documents.append((text, names))
    return documents


def scores_by_kind(tagger: Tagger, name: str, language: str) -> dict[str, Score]:
    """Strict scores of our own sentences by kind, and for "all"."""
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for text, names in gold_documents(name):
        parts = sentences(text, language)
        tagged = tagger.tag([part.words for part in parts])
        mine = set()
        for part, spans in zip(parts, tagged, strict=True):
            for span in spans:
                start, end = part.span(span.first, span.last)
                mine.add((start + span.skip, end, span.kind))
        for counter, group in ((right, mine & names), (found, mine), (wanted, names)):
            counter.update(kind for *_, kind in group)
            counter["all"] += len(group)
    return {kind: Score(right[kind], found[kind], count) for kind, count in wanted.items()}


def test_our_own_gold_sentences(tagger: CrfTagger) -> None:
    score = scores_by_kind(tagger, "news", "en")["all"]
    assert score.wanted == 263
    assert score.f1 >= GOLD_FLOOR


@pytest.mark.parametrize("language", OWN_FLOORS)
def test_our_own_sentences_in_other_languages(language: str) -> None:
    scores = scores_by_kind(TaggerChoice({language: "crf"}).for_language(language), language, language)
    assert {
        kind: (scores[kind].precision >= precision, scores[kind].recall >= recall)
        for kind, (precision, recall) in OWN_FLOORS[language].items()
    } == dict.fromkeys(OWN_FLOORS[language], (True, True))


@pytest.mark.data
def test_development_set(tagger: CrfTagger, development: list[GoldDocument]) -> None:
    scores = evaluate(tagger, development)
    assert {label: scores[label].f1 >= floor for label, floor in DEV_FLOORS.items()} == dict.fromkeys(DEV_FLOORS, True)


@pytest.mark.data
def test_headlines_in_capitals(tagger: CrfTagger, development: list[GoldDocument]) -> None:
    articles = [document for document in development if not is_post(document)]
    assert evaluate(Headlines(tagger), headlines(articles, shout=True))["ALL"].f1 >= CAPITALS_FLOOR


@pytest.mark.data
def test_news_of_a_corpus_that_was_never_trained_on(tagger: CrfTagger, data: Path) -> None:
    scores = evaluate(tagger, names_alone(read_folder(data / "entities" / RE3D)))
    assert {label: scores[label].f1 >= floor for label, floor in RE3D_FLOORS.items()} == {"ALL": True, "ORG": True}


def test_what_is_shipped_is_small() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) <= MOST_BYTES
