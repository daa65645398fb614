"""Folding, and cutting into words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import analysis

ASCII_LIKE = st.text(alphabet=st.sampled_from("abcXYZ019.'' -_,;\"\n()+#&`netNET"), max_size=60)
# Letters that only together with those beside them are one, of many scripts.
TRICKY = st.text(
    alphabet=st.sampled_from(
        "aéßİIı \u0301\u0308'`ʻ\u200b\u200c\u200d\u00ad-&\n\"צלהא״׳ﾃﾚﾋﾞﾟヒ\u3099\u309aنْدةهٔۀـرွးေက한ᄒ\u1161\u11ab"
        "हिन्द\u093cീम्बങനൻ\u0d4dบี่總国C#+.9"
    ),
    max_size=40,
)


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
        ("اللہ رحمۃ خانۀ خانهٔ خانە", "الله رحمه خانه خانه خانه"),
        ("ﾋﾞｶﾞ ビガ ヒ\u3099カ\u3099", "ビガ ビガ ビガ"),
        ("हिन्दी हिंदी ज़मीन जमीन हँसी हंसी", "हिंदी हिंदी जमीन जमीन हंसी हंसी"),
        ("അവൻ അവന്\u200d", "അവൻ അവൻ"),
        ("總統 总统", "总统 总统"),
        ("한국 \u1112\u1161\u11ab\u1100\u116e\u11a8", "한국 한국"),
        ("O'Brien O’Brien O`Brien O´Brien O′Brien OʻBrien", "obrien obrien obrien obrien obrien obrien"),
    ],
)
def test_folding_makes_spellings_equal(text: str, expected: str) -> None:
    assert analysis.tokens(text) == analysis.tokens(expected)
    assert analysis.fold(expected) == expected


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
        ("हिन्दी", ["हिंदी"]),
        ("C++ C++17, C#; .NET asp.net C+ x_c#", ["c++", "c++", "17", "c#", ".net", "asp", "net", "c", "x", "c#"]),
        ('חיילי צה"ל "שלום" צה״ל ג\'ורג\'', ["חיילי", "צהל", "שלום", "צהל", "גורג"]),
        ("کتاب\u200cها", ["كتابها"]),
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


@given(st.text(max_size=80) | TRICKY)
def test_folding_is_idempotent_and_maps_back(text: str) -> None:
    folded, offsets = analysis.fold_map(text)
    assert analysis.fold(folded) == folded == analysis.fold(text)
    if offsets is not None:
        assert len(offsets) == len(folded) + 1
        assert list(offsets) == sorted(offsets)
    else:
        assert len(folded) == len(text)


@given(st.text(max_size=80) | TRICKY)
def test_spans_and_tokens_agree_on_any_text(text: str) -> None:
    spans = analysis.token_spans(text)
    assert [token for token, _, _ in spans] == analysis.tokens(text)
    assert all(0 <= start < end <= len(text) for _, start, end in spans)


@given(TRICKY)
def test_a_word_is_made_of_whole_characters(text: str) -> None:
    for _, start, end in analysis.token_spans(text):
        assert start == 0 or not analysis.is_combining(text[start])
        assert end == len(text) or not analysis.is_combining(text[end])


@given(TRICKY)
def test_what_a_word_is_cut_from_gives_the_word(text: str) -> None:
    for token in analysis.cut(text):
        if not analysis.is_unspaced(token.text):
            assert token.text in analysis.tokens(text[token.start : token.end])
            assert analysis.fold(token.light) == token.text


@given(st.text(max_size=40))
def test_a_token_is_a_token_of_itself(text: str) -> None:
    for token in analysis.tokens(text):
        assert analysis.tokens(token) == [token]
