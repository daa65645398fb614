"""Which words of a query say what it is about, in archives of several languages."""

import pytest

from indexer.analysis import fold
from indexer.analysis.stop_words import LANGUAGES, content_words, guess_language, primary, stop_words

ENGLISH = {"en": 5_000, "en-GB": 50, "de": 300, "fr": 100, "ar": 50, "es": 20, "zh": 9, "nb": 3}
GERMAN = {"de": 900, "en": 100}


def content(query: str, languages: dict[str, int]) -> str:
    words = query.split()
    return " ".join(word for word, weighs in zip(words, content_words(words, languages), strict=True) if weighs)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("what did the president say about gas prices", "president gas prices"),
        ("What's the matter with Kansas", "matter Kansas"),
        ("don't look up", "look"),
        ("who is the WHO chief", "WHO chief"),
        ("WHO vaccine", "WHO vaccine"),
        ("THE WAR ON DRUGS", "WAR DRUGS"),
        ("us elections", "us elections"),
        ("U.S. elections", "U.S. elections"),
        ("I.T. sector", "I.T. sector"),
        ("theresa may", "theresa may"),
        ("to be or not to be", "to be or not to be"),
        ("the", "the"),
        ("", ""),
        # In other languages than most of the archive.
        ("der Papst in Rom und die Kirche", "Papst Rom Kirche"),
        ("le président de la république", "président république"),
        ("d'une guerre à l'autre", "guerre"),
        ("ما هو سبب الحرب في سوريا", "سبب الحرب سوريا"),
        ("hvem er statsministeren nå", "statsministeren"),
        # What looks like a function word of another language, and is none.
        ("die hard", "die hard"),
        ("bin laden", "bin laden"),
        ("car insurance", "car insurance"),
        ("los angeles", "los angeles"),
        ("vitamin d", "vitamin d"),
        ("un council", "un council"),
        # There is no article in Polish.
        ("czym jest inflacja", "czym jest inflacja"),
    ],
)
def test_words_that_say_what_a_query_is_about(query: str, kept: str) -> None:
    assert content(query, ENGLISH) == kept


@pytest.mark.parametrize(
    ("query", "languages", "language"),
    [
        ("was war in Berlin", GERMAN, "de"),
        ("what is the war", GERMAN, "en"),
        ("die Lage", GERMAN, "de"),
        ("Lage", GERMAN, None),
        ("was ist das", ENGLISH, "de"),
        ("the war", {}, "en"),
        ("что это за закон", {}, "ru"),
        ("the war", {"zh": 10}, None),
        ("por que ele saiu", {"pt-BR": 4, "es": 9}, "pt"),
    ],
)
def test_the_language_of_a_query(query: str, languages: dict[str, int], language: str | None) -> None:
    assert guess_language(query.split(), languages) == language


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_list_is_short_and_of_folded_words(code: str) -> None:
    words = stop_words(code)
    assert 50 <= len(words) <= 210
    assert all(word == fold(word) and word for word in words)


def test_tags_go_by_one_name() -> None:
    assert [primary(tag) for tag in ("en-GB", "NB", "nn", "zh-Hant", "hr", "ms")] == [
        "en",
        "no",
        "no",
        "zh",
        "sr",
        "id",
    ]
    assert stop_words(None) == stop_words("zh") == frozenset()
