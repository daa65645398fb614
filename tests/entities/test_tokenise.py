import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.tokenise import sentences


def words(text: str, language: str | None = None) -> list[tuple[str, ...]]:
    return [sentence.words for sentence in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith left. He ran.", [("Mr.", "Smith", "left", "."), ("He", "ran", ".")]),
        ("Lavrov's plan", [("Lavrov", "'s", "plan")]),
        ("They don't know.", [("They", "do", "n't", "know", ".")]),
        ("a London-based firm", [("a", "London", "-", "based", "firm")]),
        ("a long-term plan", [("a", "long-term", "plan")]),
        ("Bashar al-Assad spoke", [("Bashar", "al-Assad", "spoke")]),
        ("the U.S. and U.K. envoys", [("the", "U.S.", "and", "U.K.", "envoys")]),
        ("It is in the U.S. The rest is not.", [("It", "is", "in", "the", "U.S."), ("The", "rest", "is", "not", ".")]),
        ("AT&T fell 1,234.5 points", [("AT&T", "fell", "1,234.5", "points")]),
        ("First line\nSecond line", [("First", "line"), ("Second", "line")]),
        ("他说。她走了", [("他", "说", "。"), ("她", "走", "了")]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_sentences(text: str, expected: list[tuple[str, ...]]) -> None:
    assert words(text) == expected


def test_elided_articles_stand_alone_where_the_language_elides() -> None:
    assert words("l'ONU d’Italie", "fr") == [("l'", "ONU", "d’", "Italie")]
    assert words("l'ONU", "en") == [("l'ONU",)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Пришёл В. Путин. Он сел.", [("Пришёл", "В.", "Путин", "."), ("Он", "сел", ".")]),
        ("ru", "На ул. Ленина и в г. Орле.", [("На", "ул.", "Ленина", "и", "в", "г.", "Орле", ".")]),
        ("pl", "Mówił prof. Ł. Nowak.", [("Mówił", "prof.", "Ł.", "Nowak", ".")]),
        ("pl", "To w 2020 r. Warszawa.", [("To", "w", "2020", "r.", "Warszawa", ".")]),
    ],
)
def test_shortened_words_of_a_language_end_no_sentence(
    language: str, text: str, expected: list[tuple[str, ...]]
) -> None:
    assert words(text, language) == expected


def test_long_sentences_are_cut() -> None:
    found = sentences("word " * 500)
    assert [len(sentence.words) for sentence in found] == [120, 120, 120, 120, 20]


@given(st.text(max_size=300))
def test_every_word_stands_where_it_says(text: str) -> None:
    for sentence in sentences(text):
        for word, start in zip(sentence.words, sentence.starts, strict=True):
            assert text[start : start + len(word)] == word


@given(st.text(alphabet="aB. ,'-\n!é中", max_size=120))
def test_words_come_in_order_and_hold_everything_but_space(text: str) -> None:
    joined = "".join(word for sentence in sentences(text) for word in sentence.words)
    assert joined == "".join(text.split())


def test_span_covers_words_and_what_is_between() -> None:
    text = "In New  York City today"
    sentence = sentences(text)[0]
    start, end = sentence.span(1, 4)
    assert text[start:end] == "New  York City"


def test_vowel_signs_are_part_of_an_arabic_word_and_marks_of_direction_are_skipped() -> None:
    assert words("قال مُحمّد\u200f جداً.", "ar") == [("قال", "مُحمّد", "جداً", ".")]


def test_figures_and_foreign_words_end_where_a_chinese_character_begins() -> None:
    assert words("2012年的iPhone手机，3.5万", "zh") == [
        ("2012", "年", "的", "iPhone", "手", "机", "，", "3.5", "万"),
    ]
