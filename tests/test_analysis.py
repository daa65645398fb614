"""Folding, cutting into words, stemming."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import analysis

ASCII_LIKE = st.text(alphabet=st.sampled_from("abcXYZ019.'' -_,;\"\n()"), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café CAFÉ cafe", "cafe cafe cafe"),
        ("Straße, STRASSE", "strasse strasse"),
        ("أحمد احمد مُحَمَّد", "احمد احمد محمد"),
        ("２０２１ ٢٠٢١", "2021 2021"),
        ("Йод ёлка", "йод елка"),
        ("İstanbul", "istanbul"),
        ("ＦＵＬＬ ﬁne", "full fine"),
    ],
)
def test_folding_makes_spellings_equal(text: str, expected: str) -> None:
    assert analysis.tokens(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lavrov's visit", ["lavrov", "visit"]),
        ("l'homme d’État", ["homme", "etat"]),
        ("O'Brien don't", ["obrien", "dont"]),
        ("'quoted' words''", ["quoted", "words"]),
        ("the U.S. and (U.S) U.S.-led", ["the", "us", "and", "us", "us", "led"]),
        ("end.Next 3.5 www.example.com", ["end", "next", "3", "5", "www", "example", "com"]),
        ("G-20 AT&T snake_case", ["g", "20", "at", "t", "snake", "case"]),
        ("中国人民 东", ["中国", "国人", "人民", "东"]),
        ("在Ubuntu上安装", ["在", "ubuntu", "上安", "安装"]),
        ("한국어", ["한국", "국어"]),
        ("हिन्दी", ["हिन्दी"]),
        ("... '' - \u200b", []),
    ],
)
def test_cutting_into_words(text: str, expected: list[str]) -> None:
    assert analysis.tokens(text) == expected


def test_spans_point_at_the_words_as_written() -> None:
    text = "“Café” in the U.S. — Lavrov’s ﬁne 中国人 Straße"
    assert [text[start:end] for _, start, end in analysis.token_spans(text)] == [
        "Café", "in", "the", "U.S.", "Lavrov", "ﬁne", "中国", "国人", "Straße",
    ]  # fmt: skip


@given(ASCII_LIKE)
def test_the_fast_path_for_ascii_equals_the_general_one(text: str) -> None:
    assert analysis.tokens(text) == [token for token, _, _ in analysis.token_spans(text)]


@given(ASCII_LIKE)
def test_pieces_make_up_the_tokens(text: str) -> None:
    pieces = analysis.ascii_pieces(text)
    assert [token for piece in pieces for token in analysis.piece_tokens(piece)] == analysis.tokens(text)


@given(st.text(max_size=80))
def test_folding_is_idempotent_and_maps_back(text: str) -> None:
    folded, offsets = analysis.fold_map(text)
    assert analysis.fold(folded) == folded == analysis.fold(text)
    if offsets is not None:
        assert len(offsets) == len(folded) + 1
        assert list(offsets) == sorted(offsets)
    else:
        assert len(folded) == len(text)


@given(st.text(max_size=80))
def test_spans_and_tokens_agree_on_any_text(text: str) -> None:
    spans = analysis.token_spans(text)
    assert [token for token, _, _ in spans] == analysis.tokens(text)
    assert all(0 <= start < end <= len(text) for _, start, end in spans)


@given(st.text(max_size=40))
def test_a_token_is_a_token_of_itself(text: str) -> None:
    for token in analysis.tokens(text):
        assert analysis.tokens(token) == [token]


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("ministers", "en", "minist"),
        ("ministers", "en-GB", "minist"),
        ("ministeres", "fr", "minister"),
        ("министрами", "ru", "министр"),
        ("2021", "en", "2021"),
        ("running", None, "running"),
        ("running", "xx", "running"),
        ("中国", "zh", "中国"),
    ],
)
def test_stemming_by_language(word: str, language: str | None, expected: str) -> None:
    assert analysis.stem(word, language) == expected


def test_a_word_is_stemmed_in_every_language_of_the_archive() -> None:
    assert analysis.stems("national", ("en", "fr", "zh")) == ("nation", "national")
    assert analysis.stems("lavrov", ("en", "de")) == ("lavrov",)
    assert analysis.stems("lavrov", ()) == ("lavrov",)


def test_words_stemmed_together_are_stemmed_alike() -> None:
    words = ["national", "3", "u2", "elections", "größe", "lavrov"]
    for language in ("en", "de", "zh", None):
        assert analysis.stem_all(words, language) == [analysis.stem(word, language) for word in words]
