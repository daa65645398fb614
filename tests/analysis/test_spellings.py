"""Words without their places are those with them, and their own terms are the first of all their terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import analysis
from indexer.analysis import Token

TEXTS = [
    "Cease-fire: the U.S. and O'Brien's C++ and .NET, `quoted` AT&T, 'tis rock 'n' roll. G-20's F-16s",
    "Straße, l’homme “dit” naïve—Müller",
    "北京 2021 and Москва",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_spellings_are_those_of_the_cut_text(text: str) -> None:
    assert analysis.spellings(text) == [(token.text, token.light) for token in analysis.cut(text)]


@given(st.text(st.characters(max_codepoint=127)))
def test_so_they_are_for_any_ascii(text: str) -> None:
    assert analysis.spellings(text) == [(token.text, token.light) for token in analysis.cut(text)]


@pytest.mark.parametrize("language", ["en", "de", "ru", None])
def test_own_terms_are_the_first(language: str | None) -> None:
    words = [word for text in TEXTS for word in analysis.spellings(text)]
    alone = [Token(text, 0, 0, light) for text, light in words]
    assert analysis.own_terms(words, language) == [terms[0].text for terms in analysis.index_terms(alone, language)]
