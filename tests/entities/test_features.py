import numpy as np

from indexer.entities.features import BOUNDARY, PADDING, Vocabulary, encode, near_capitals, shape, word_features
from indexer.entities.lexicon import Lexicon, is_headline

LEXICON = Lexicon(
    word_flags={"mr": ("TIT",), "anna": ("FN",), "ministry": ("ORG",)},
    phrase_classes={"new york": ("AREA",), "new york times": ("MEDIA",)},
    longest={"new": 3},
)


def test_shapes_are_cut_short() -> None:
    assert [shape(word) for word in ("Lavrov", "G20", "al-Assad", "U.S.", "said", "")] == [
        "Xxx", "Xdd", "xx-Xxx", "X.X.", "xx", "",
    ]  # fmt: skip


def test_a_word_form_is_worked_out_once() -> None:
    vocabulary = Vocabulary(LEXICON)
    assert vocabulary.numbers(["Anna", "met", "Anna"]) == [1, 2, 1]
    assert len(vocabulary) == 3
    assert vocabulary.features[1] == word_features("Anna", LEXICON)


def test_many_word_forms() -> None:
    vocabulary = Vocabulary(LEXICON)
    numbers = vocabulary.numbers([f"w{n}" for n in range(3000)])
    assert numbers == list(range(1, 3001))
    assert vocabulary.pair_keys(np.array([0, 0, 2999, 3000, 0, 0]), np.array([2, 3])).shape == (2, 18)


def test_sentences_do_not_see_each_other() -> None:
    vocabulary = Vocabulary(LEXICON)
    document = encode([("Anna", "ran"), ("Mr", "Lind", "saw")], vocabulary)
    assert document.forms.tolist() == [BOUNDARY] * PADDING + [1, 2] + [BOUNDARY] * PADDING + [3, 4, 5] + [BOUNDARY] * 2
    assert document.at.tolist() == [2, 3, 6, 7, 8]
    assert document.lengths.tolist() == [2, 3]


def test_stretches_around_capitals() -> None:
    vocabulary = Vocabulary(LEXICON)
    words = ("in", "all", "the", "Bank", "of", "the", "West", "said", "that", "it", "was", "not", "sold", "to", "Anna")
    cut = near_capitals(encode([("nothing", "here"), words], vocabulary), vocabulary)
    assert cut.sentence.tolist() == [1, 1]
    assert cut.offset.tolist() == [2, 13]
    assert cut.lengths.tolist() == [6, 2]
    names = dict(enumerate(vocabulary.words()))
    assert [names[form] for form in cut.forms[cut.at]] == ["the", "Bank", "of", "the", "West", "said", "to", "Anna"]


def test_a_text_without_capitals_has_no_stretch() -> None:
    vocabulary = Vocabulary(LEXICON)
    cut = near_capitals(encode([("nothing", "is", "here")], vocabulary), vocabulary)
    assert (len(cut.at), len(cut.lengths)) == (0, 0)


def test_the_longest_listed_name_counts() -> None:
    words = ("the", "New", "York", "Times", "of", "New", "York")
    assert list(LEXICON.phrases(words, [1, 2, 3, 5, 6])) == [(1, 4, ("MEDIA",)), (5, 7, ("AREA",))]


def test_headlines() -> None:
    assert is_headline(("Fire", "In", "Rome", "Kills", "Ten"), 5)
    assert not is_headline(("Anna", "Lind", "saw", "Rome", "and", "Paris", "burn"), 4)
    assert not is_headline(("Anna", "Lind"), 2)
