import itertools
from pathlib import Path

import numpy as np
import pytest

from indexer.entities.consistency import agree
from indexer.entities.crf import FORBIDDEN, CrfTagger, forbid, read_spans, viterbi
from indexer.entities.lexicon import Lexicon
from indexer.entities.listed import keep_listed
from indexer.entities.packed import Weights, read_lexicon, read_weights, write_weights
from indexer.entities.sports import name_teams
from indexer.entities.tagger import Span
from indexer.entities.truecase import truecase
from indexer.errors import InternalError


@pytest.fixture(scope="module")
def tagger() -> CrfTagger:
    return CrfTagger()


def test_viterbi_finds_the_best_path_of_every_sentence() -> None:
    random = np.random.default_rng(7)
    transition = random.normal(size=(3, 3)).astype(np.float32)
    start = random.normal(size=3).astype(np.float32)
    end = random.normal(size=3).astype(np.float32)
    lengths = np.array([3, 1, 5, 3])
    scores = random.normal(size=(12, 3)).astype(np.float32)
    paths = viterbi(scores, lengths, transition, start, end)
    begin = 0
    for length, path in zip(lengths, paths, strict=True):
        part = scores[begin : begin + length]

        def value(labels: tuple[int, ...], part: np.ndarray = part) -> float:
            steps = sum(transition[a, b] for a, b in itertools.pairwise(labels))
            return float(
                start[labels[0]] + end[labels[-1]] + steps + sum(part[i, label] for i, label in enumerate(labels))
            )

        best = max(itertools.product(range(3), repeat=int(length)), key=value)
        assert tuple(path) == best
        begin += length


def test_label_sequences_that_make_no_entity_are_forbidden() -> None:
    labels = ("O", "B-PER", "I-PER", "L-PER", "U-LOC", "B-LOC", "L-LOC")
    allowed = forbid(labels, np.zeros((7, 7), np.float32)) > FORBIDDEN
    assert [(labels[i], labels[j]) for i, j in np.argwhere(allowed) if labels[i] in ("O", "B-PER", "L-PER")] == [
        ("O", "O"), ("O", "B-PER"), ("O", "U-LOC"), ("O", "B-LOC"),
        ("B-PER", "I-PER"), ("B-PER", "L-PER"),
        ("L-PER", "O"), ("L-PER", "B-PER"), ("L-PER", "U-LOC"), ("L-PER", "B-LOC"),
    ]  # fmt: skip


def test_labels_are_read_as_spans() -> None:
    assert read_spans(["O", "U-LOC", "B-PER", "I-PER", "L-PER", "O", "B-ORG"]) == [
        Span(1, 2, "place"),
        Span(2, 5, "person"),
    ]


def test_tagging_is_the_same_alone_and_in_company(tagger: CrfTagger) -> None:
    one = ("Angela", "Merkel", "went", "to", "Warsaw", ".")
    assert tagger.tag([one]) == [[Span(0, 2, "person"), Span(4, 5, "place")]]
    assert CrfTagger().tag([one]) == tagger.tag([one])


def test_empty_input(tagger: CrfTagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag([()]) == [()]
    assert tagger.tag([(), ("Paris",)])[0] == ()


def test_weights_survive_packing(tmp_path: Path) -> None:
    keys = np.array([3, 900, 2**32 - 1], np.uint32)
    emission = np.array([[1.27, -0.5], [0.0, 0.5], [-1.27, 0.25]], np.float32)
    path = tmp_path / "weights.npz"
    write_weights(path, Weights(("O", "U-PER"), keys, emission, np.eye(2, dtype=np.float32)))
    read = read_weights(path)
    assert read.labels == ("O", "U-PER")
    assert read.keys.tolist() == keys.tolist()
    np.testing.assert_allclose(read.emission, emission, atol=0.005)
    np.testing.assert_array_equal(read.transition, np.eye(2))


def test_damaged_data_says_what_to_do(tmp_path: Path) -> None:
    for name, read in (("weights.npz", read_weights), ("lexicon.json.xz", read_lexicon)):
        path = tmp_path / name
        path.write_bytes(b"nothing of the kind")
        with pytest.raises(InternalError, match="reinstall Broadsheet"):
            read(path)


def test_repeats_of_a_name_agree() -> None:
    sentences = [("Anna", "Ferrari", "won"), ("Ferrari", "said"), ("The", "Ferrari", "car")]
    spans = [[Span(0, 2, "person")], [Span(0, 1, "organisation")], []]
    assert agree(sentences, spans) == [
        [Span(0, 2, "person")],
        [Span(0, 1, "organisation")],
        [Span(1, 2, "organisation")],
    ]


LEXICON = Lexicon(
    word_caps={"fire": 0, "kills": 0, "ten": 0, "near": 0, "boston": 4, "mayor": 1, "calls": 0},
    phrase_classes={"spain": ("COUNTRY",), "france": ("COUNTRY",), "boston": ("CITY",), "chicago": ("CITY",)},
    longest={"spain": 1, "france": 1, "boston": 1, "chicago": 1},
)


def test_headlines_in_capitals_are_recased_from_the_body_first() -> None:
    headline = ("FIRE", "KILLS", "TEN", "NEAR", "BOSTON", "U.S.", "HASSAN")
    body = ("A", "man", "named", "al-Hassan", "and", "HASSAN", "spoke")
    assert truecase([headline, body], LEXICON) == [
        ["fire", "kills", "ten", "near", "Boston", "U.S.", "HASSAN"],
        body,
    ]


def test_headlines_in_title_case_lose_the_capitals_of_ordinary_words() -> None:
    assert truecase([("Mayor", "Calls", "Fire", "Near", "Boston", "Bad")], LEXICON) == [
        ["Mayor", "calls", "fire", "near", "Boston", "Bad"]
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Chicago lost to Boston 98 - 91 .", ["organisation", "organisation"]),
        ("Chicago 98 Boston 91", ["organisation", "organisation"]),
        ("Boston beat the Chicago 2 - 1", ["organisation", "organisation"]),
        ("Boston edged Chicago 98-91 in overtime", ["organisation", "organisation"]),
        ("Chicago at Boston", ["organisation", "organisation"]),
        ("Boston 40 22 .645 -", ["organisation"]),
        ("Boston 5 , Chicago 3 .", ["organisation", "organisation"]),
        ("Boston has 5 , Chicago 3 of them .", ["place", "place"]),
        ("A meeting in Chicago at Boston College", ["place", "place"]),
        ("Spain beat France 2 - 1", ["place", "place"]),
        ("Chicago and Boston voted 2 - 1", ["place", "place"]),
        ("Chicago beat Boston to the contract", ["place", "place"]),
    ],
)
def test_cities_of_reported_results_are_clubs(text: str, kinds: list[str]) -> None:
    words = tuple(text.split())
    spans = [Span(place, place + 1, "place") for place, word in enumerate(words) if word.lower() in LEXICON.longest]
    assert [span.kind for span in name_teams([words], [spans], LEXICON)[0]] == kinds


def test_long_listed_names_stay_whole() -> None:
    lexicon = Lexicon(
        phrase_classes={"bank of the west": ("BODY",), "new york": ("AREA",)}, longest={"bank": 4, "new": 2}
    )
    words = ("The", "Bank", "of", "the", "West", "in", "New", "York")
    broken = [Span(1, 2, "organisation"), Span(4, 5, "place"), Span(7, 8, "place")]
    assert keep_listed([words], [broken], lexicon) == [[Span(1, 5, "organisation"), Span(7, 8, "place")]]
    wider = [Span(0, 2, "organisation")]
    assert keep_listed([words], [wider], lexicon) == [wider]
    assert keep_listed([words], [[]], lexicon) == [[]]


def test_a_score_is_no_part_of_a_club() -> None:
    words = ("Boston", "5", ",", "Chicago", "3", ".")
    spans = [Span(0, 2, "organisation"), Span(3, 5, "place")]
    assert name_teams([words], [spans], LEXICON) == [[Span(0, 1, "organisation"), Span(3, 4, "organisation")]]
