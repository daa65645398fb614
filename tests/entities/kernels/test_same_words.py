"""The compiled tokeniser against the regular expression: the same words in the same sentences, whatever the text."""

import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.entities import crf
from indexer.entities.kernels import native
from indexer.entities.kernels.native import NativeTagger
from indexer.entities.lexicon import Lexicon
from indexer.entities.packed import Weights
from indexer.entities.tokenise import (
    ABBREVIATIONS,
    CLITICS,
    CLOSERS,
    DOMAINS,
    ELISIONS,
    ENDERS,
    OPENERS,
    PARTICLES,
    STARTERS,
    sentences,
)

pytestmark = pytest.mark.skipif(native.library is None, reason="the tagger is not compiled here")

NOTHING = Weights(("O", "U-PER"), np.zeros(1, np.uint32), np.zeros((1, 2), np.float32), np.zeros((2, 2), np.float32))
# Every rule of the expression is near pieces such as these.
PIECES = (
    *(word + "." for word in ABBREVIATIONS),
    *(f"{apostrophe}{clitic}" for clitic in CLITICS for apostrophe in "'’"),
    *(f"{elision}{apostrophe}" for elision in ELISIONS for apostrophe in "'’"),
    *(f"{particle}-" for particle in PARTICLES), *(f".{domain}" for domain in DOMAINS),
    *STARTERS, *ENDERS, *CLOSERS, *OPENERS,
    *"n't can't doN't n’t U.S. U.K J. AT&T & x 12 1,234.5 12:30 ٣٤,٥ ² Ⅳ _ -".split(" "),
    *"word Word London London-based long-term A a é É ß İ Σ ǅ ϒ".split(" "),
    *"中 文 ー 한 القاهرة Москва ̈ \u200d \U000e0101 😀".split(" "),
    *" \n\t\r\x0b\x1c\x85\u2028\xa0,;:)('’\"-.&\x00_",
)  # fmt: skip


@pytest.fixture(scope="module")
def tokeniser() -> NativeTagger:
    return NativeTagger(NOTHING, Lexicon(), *crf.borders(NOTHING), crf.KINDS, crf.MAX_FORMS)


def cut(tokeniser: NativeTagger, text: str, language: str) -> list[list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for _, sentence, start, length in tokeniser.cut([text], language == "fr", sys.maxsize):
        found.setdefault(sentence, []).append((text[start : start + length], start))
    return list(found.values())


def same(tokeniser: NativeTagger, text: str, language: str) -> None:
    expected = [list(zip(each.words, each.starts, strict=True)) for each in sentences(text, language)]
    assert cut(tokeniser, text, language) == expected


languages = st.sampled_from(["en", "fr"])


@settings(max_examples=1000)
@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join), language=languages)
@example(text="He said “U.S.” The end. ”A", language="en")
@example(text="a" * 50 + " b" * 300, language="en")
def test_on_pieces_that_rules_are_about(tokeniser: NativeTagger, text: str, language: str) -> None:
    same(tokeniser, text, language)


@settings(max_examples=500)
@given(text=st.text(max_size=200), language=languages)
def test_on_any_text(tokeniser: NativeTagger, text: str, language: str) -> None:
    same(tokeniser, text, language)


@settings(max_examples=500)
@given(text=st.text(alphabet="aBn. ,'’-\n&!é中1t_", max_size=60), language=languages)
def test_on_few_characters_in_every_order(tokeniser: NativeTagger, text: str, language: str) -> None:
    same(tokeniser, text, language)


def test_on_every_character_there_is(tokeniser: NativeTagger) -> None:
    """Each between letters, so that it is known whether words go on through it. Of ideographs, syllables and what has
    no meaning, one in sixty-four."""
    few = (range(0x3400, 0xD800), range(0xD800, 0xF900), range(0x17000, 0x18D00), range(0x20000, sys.maxunicode + 1))
    codes = [code for code in range(sys.maxunicode + 1) if not code % 64 or not any(code in block for block in few)]
    assert len(codes) > 80_000
    for first in range(0, len(codes), 5000):
        same(tokeniser, " ".join(f"a{chr(code)}B" for code in codes[first : first + 5000]), "en")


def test_words_of_a_document_are_counted(tokeniser: NativeTagger) -> None:
    texts = ["One two three. Four five.", "Six seven."]
    rows = tokeniser.cut(texts, False, 6)
    assert [texts[text][start : start + length] for text, _, start, length in rows] == ["One", "two", "three", "."]
    # The second sentence has too many, and so has all that follows.
    assert len(tokeniser.cut(texts, False, 10)) == 10
    assert len(tokeniser.cut(texts, False, 9)) == 7
