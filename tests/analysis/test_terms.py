"""Which terms stand at each position of a text, and which of them a word of a query looks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import analysis
from indexer.analysis.stemming import CODES, STEMMERS
from tests.analysis.test_tokens import TRICKY

LANGUAGES: tuple[str | None, ...] = (*STEMMERS, "xx", "zh", None)
WORDISH = st.text(alphabet=st.sampled_from("aeouäöüésnt19-& \n'"), max_size=30)


def terms(text: str, language: str | None) -> list[str]:
    """The terms of a text, those of one position joined by slashes."""
    found = analysis.index_terms(analysis.cut(text), language)
    return ["/".join(term.text.replace(analysis.SEPARATOR, "|") for term in position) for position in found]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ministers", "en", ["minist|en"]),
        ("ministers", "en-GB", ["minist|en"]),
        ("ministers", "xx", ["ministers"]),
        ("ministers", None, ["ministers"]),
        ("министрами", "ru", ["министр|ru"]),
        ("министрами", "en", ["министрами"]),
        ("ministrene", "nb", ["ministr|no"]),
        ("2021 G20 F16s", "en", ["2021", "g20", "f16"]),
        ("中国", "zh", ["中国"]),
        ("alemán alemanes", "es", ["aleman|es/alem|es'", "aleman|es"]),
        ("huracanes", "es", ["huracan|es"]),
        ("yıllar", "tr", ["yil|tr/yillar|tr'"]),
        ("Müller", "en", ["muller|en/mueller|en'"]),
        ("Müller", None, ["muller/mueller|'"]),
        ("Müller", "de", ["mull|de"]),
        ("cease-fires", "en", ["ceas|en/ceasefir|en2", "fire|en"]),
        ("under-\n  standable", "en", ["under|en/understand|en2", "standabl|en"]),
        ("under-\n\nstandable", "en", ["under|en", "standabl|en"]),
        ("COVID-19-led", "en", ["covid|en/covid19|2/covid19led|3", "19/19led|2", "led|en"]),
        ("F-16s of 2019-20", "en", ["f|en/f16|2", "16s", "of|en", "2019", "20"]),
        ("AT&T R & D a - b", "en", ["at|en/at&t|2", "t|en", "r|en/r&d|2", "d|en", "a|en", "b|en"]),
        ("والحكومة حكومة وزير والد", "ar", ["حكوم|ar/حكومه|ar'", "حكوم|ar/حكومه|ar'", "وزير|ar", "والد|ar"]),
        ("کتاب\u200cهای كتابها کتاب", "fa", ["كتاب|fa", "كتاب|fa", "كتاب|fa"]),
        ("सरकारों", "hi", ["सरकार|hi"]),
        ("q" * 70, "en", ["q" * 70]),
    ],
)
def test_terms_of_a_text(text: str, language: str | None, expected: list[str]) -> None:
    assert terms(text, language) == expected


def test_every_algorithm_has_one_code() -> None:
    assert set(CODES) == set(STEMMERS.values())
    assert len(set(CODES.values())) == len(CODES)


@given(TRICKY | WORDISH, st.sampled_from(LANGUAGES))
def test_every_word_is_found_by_itself_however_it_is_typed(text: str, language: str | None) -> None:
    tokens = analysis.cut(text)
    for token, position in zip(tokens, analysis.index_terms(tokens, language), strict=True):
        held = {term.text for term in position}
        written = token.text if analysis.is_unspaced(token.text) else token.light
        for typed in (written, token.text):
            (asked,) = analysis.query_words(typed, (language,))
            assert held & set(asked.terms), (typed, position)


@given(WORDISH, st.sampled_from(["en", "es", "de", "tr", None]))
def test_no_word_of_a_query_meets_two_terms_of_one_position(text: str, language: str | None) -> None:
    tokens = analysis.cut(text)
    for token, position in zip(tokens, analysis.index_terms(tokens, language), strict=True):
        for typed in {token.light, token.text}:
            for asked in analysis.query_words(typed, (language,)):
                assert len({term.text for term in position if term.width == 1} & set(asked.terms)) <= 1


@given(TRICKY | WORDISH)
def test_terms_belong_to_the_language_of_their_text_or_to_none(text: str) -> None:
    for position in analysis.index_terms(analysis.cut(text), "es"):
        found = [term.text for term in position]
        assert analysis.of_language(found, "es") == found
        assert all("\x1f" not in term or term.rstrip("'23").endswith(("\x1f", "\x1fes")) for term in found)


def test_a_query_word_has_its_terms_in_every_language_of_the_archive() -> None:
    (word,) = analysis.query_words("Putin", ("en", "cs", None))
    assert {term for term in word.terms if "'" not in term} == {"putin\x1fen", "put\x1fcs", "putin"}
    (word,) = analysis.query_words("Müller", ("en",))
    assert set(word.terms) == {"muller\x1fen", "mueller\x1fen"}
    assert analysis.query_words("cease-fire talks", ("en",))[0].text == "ceasefire"
    assert [word.text for word in analysis.query_words("state-of-the-art", ("en",))] == ["state", "of", "the", "art"]
