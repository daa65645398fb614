"""Which words of a text are a word of a query: languages, accents, scripts, compounds; and what of them is marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.base import Engine
from tests.engines.asking import found, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article


def _articles(language: str | None, **texts: str) -> list[object]:
    return [article(id, text, "", None, language=language) for id, text in texts.items()]


TEXTS: dict[str | None, dict[str, str]] = {
    "en": {
        "en1": "They put the letter into the box",
        "en2": "Putin spoke, and putting was won",
        "en3": "The envoy quits over a bid for the land",
        "en4": "Biden flew to Quito, to Lagos and to Dubai",
        "en5": "Lake and dub music of Sudanese players",
        "en6": "Mr Müller of Münster and Mueller of Hamburg",
        "en7": "The cease-fire held at the G-20 and the U.S.-led talks",
        "en8": "A ceasefire was asked for by the G20",
        "en9": "No cease fire, said F-16s and COVID-19",
        "en10": "Covid19 and the F16 and two MiG-29s",
        "en11": "AT&T hired C++ and C# writers for .NET and R & D",
        "en12": "The net gain at Tom's: grade C",
        "en13": "O`Brien, O´Brien, O′Brien and OʻBrien",
        "en14": "It was under-\nstandable, and well-\nknown",
        "en15": "A well known and understandable rule of 2019-20",
        "en16": "prime ministers meet, the prime\nministry does not",
    },
    "cs": {"cs1": "Praha a Putinova vláda", "cs2": "O Praze se psalo"},
    "tr": {"tr1": "Son yıllar ve başkanı", "tr2": "Bu yıl başkan geldi"},
    "hu": {"hu1": "Az EU-ban és Putinnal", "hu2": "Az EU tagja"},
    "es": {"es1": "Los alemanes y los huracanes", "es2": "El alemán y el huracán", "es3": "El aleman canta"},
    "de": {"de1": "Die Größe der Städte", "de2": "Eine grosse Stadt in Muenster"},
    "fr": {"fr1": "La première députée", "fr2": "Le premier député"},
    "ar": {
        "ar1": "والحكومة اجتمعت",
        "ar2": "بالحكومة الجديدة",
        "ar3": "للحكومة دور",
        "ar4": "حكومه الحكومة",
        "ar5": "وزير الدفاع",
        "ar6": "الوزير والرئيس",
        "ar7": "رئيس",
    },
    "fa": {
        "fa1": "کتاب خوب",
        "fa2": "کتاب\u200cهای تازه",
        "fa3": "كتابهاي او",
        "fa4": "خانۀ ما",
        "fa5": "خانه\u0654 او و خانه",
    },
    "ur": {"ur1": "اللہ کی رحمت", "ur2": "الله کی رحمۃ"},
    "he": {"he1": 'חיילי צה"ל בארה"ב', "he2": "צה״ל וג׳ורג׳", "he3": "ג'ורג' לבד"},
    "hi": {"hi1": "सरकार और हिन्दी", "hi2": "सरकारों की हिंदी", "hi3": "ज़मीन का सम्बन्ध", "hi4": "जमीन का संबंध"},
    "ml": {"ml1": "അവൻ വന്നു", "ml2": "അവന്\u200d വന്നു"},
    "ja": {"ja1": "ﾃﾚﾋﾞとｶﾞｽ", "ja2": "テレビとガス"},
    "zh": {"zh1": "總統在台灣", "zh2": "总统在台湾", "zh3": "中国的G-20峰会"},
    None: {"no1": "Putin put Münster in Praha", "no2": "muenster"},
}  # fmt: skip
ARTICLES = [
    article(id, text, "", None, language=language) for language, each in TEXTS.items() for id, text in each.items()
]

MATCHES = {
    "languages": [
        ("Putin", "en2 hu1 no1"),
        ("putin*", "cs1 en2 hu1 no1"),
        ("put", "en1 en2 no1"),
        ("Quito", "en4"),
        ("Biden", "en4"),
        ("Lagos", "en4"),
        ("Dubai", "en4"),
        ("Sudan", ""),
        ("quits", "en3"),
        ("Praha", "cs1 no1"),
        ("Praze", "cs2"),
        ("yıl", "tr1 tr2"),
        ("yıllar", "tr1 tr2"),
        ("yil", "tr1 tr2"),
        ("başkan", "tr1 tr2"),
        ("baskan", "tr1 tr2"),
    ],
    "accents": [
        ("alemán", "es1 es2 es3"),
        ("alemanes", "es1 es2"),
        ("aleman", "es2 es3"),
        ("huracán", "es1 es2"),
        ("huracan", "es2"),
        ("premier", "fr1 fr2"),
        ("première", "fr1 fr2"),
        ("député", "fr1 fr2"),
        ("Größe", "de1 de2"),
        ("Müller", "en6"),
        ("Mueller", "en6"),
        ("Muller", "en6"),
        ("Münster", "de2 en6 no1 no2"),
        ("Muenster", "de2 en6 no1 no2"),
        ("munster", "en6 no1 de2"),
    ],
    "scripts": [
        ("الحكومة", "ar1 ar2 ar3 ar4"),
        ("حكومة", "ar1 ar2 ar3 ar4"),
        ("والحكومة", "ar1 ar2 ar3 ar4"),
        ("وزير", "ar5 ar6"),
        ("الوزير", "ar5 ar6"),
        ("رئيس", "ar6 ar7"),
        ("زير", ""),
        ("کتاب", "fa1 fa2 fa3"),
        ("کتاب\u200cها", "fa1 fa2 fa3"),
        ("خانه", "fa4 fa5"),
        ("خانۀ", "fa4 fa5"),
        ("الله", "ur1 ur2"),
        ("اللہ", "ur1 ur2"),
        ("رحمۃ", "ur2"),
        ('צה"ל', "he1 he2"),
        ("צה״ל", "he1 he2"),
        ("צהל", "he1 he2"),
        ('צה"ל בארה"ב', "he1"),
        ('"צה"ל בארה"ב"', "he1"),
        ("ג'ורג'", "he3"),
        ("ג׳ורג׳", "he3"),
        ("וג'ורג'", "he2"),
        ("सरकार", "hi1 hi2"),
        ("हिंदी", "hi1 hi2"),
        ("हिन्दी", "hi1 hi2"),
        ("जमीन", "hi3 hi4"),
        ("ज़मीन", "hi3 hi4"),
        ("संबंध", "hi3 hi4"),
        ("അവൻ", "ml1 ml2"),
        ("テレビ", "ja1 ja2"),
        ("ﾃﾚﾋﾞ", "ja1 ja2"),
        ("ガス", "ja1 ja2"),
        ("總統", "zh1 zh2"),
        ("总统", "zh1 zh2"),
        ("台湾", "zh1 zh2"),
        ("O'Brien", "en13"),
        ("obrien", "en13"),
    ],
    "compounds": [
        ("ceasefire", "en7 en8"),
        ("cease-fire", "en7 en8 en9"),
        ("cease fire", "en7 en8 en9"),
        ('"cease fire"', "en7 en9"),
        ("cease AND fire", "en7 en9"),
        ("fire cease", "en7 en9"),
        ("covid 19", "en10 en9"),
        ('"cease-fire held"', "en7"),
        ('"the ceasefire held at"', "en7"),
        ('"ceasefire at"~1', "en7"),
        ('"ceasefire held" NEAR/1 "G20"', ""),
        ('"ceasefire held" NEAR/2 "G20"', "en7"),
        ("ceasefire NEAR/0 held", "en7"),
        ("cease", "en7 en9"),
        ("=ceasefire", "en8"),
        ("=cease-fire", "en7 en9"),
        ("ceasef*", "en8"),
        ("G20", "en7 en8 zh3"),
        ("G-20", "en7 en8 zh3"),
        ('"the G20 and"', "en7"),
        ("g-20 OR covid", "en7 en8 en9 zh3"),
        ("covid19", "en10 en9"),
        ("covid-19", "en10 en9"),
        ("F16", "en10 en9"),
        ("F-16", "en10 en9"),
        ("F16s", "en10 en9"),
        ("MiG-29", "en10"),
        ("understandable", "en14 en15"),
        ("well-known", "en14 en15"),
        ("wellknown", "en14"),
        ("EU", "hu1 hu2"),
        ("EU-ban", "hu1"),
        ('"EU-ban és"', "hu1"),
        ("AT&T", "en11"),
        ("R&D", "en11"),
        ("C++", "en11"),
        ('"C++"', "en11"),
        ("C#", "en11"),
        (".NET", "en11"),
        ("net", "en12"),
        ("C", "en12"),
        ("2019-20", "en15"),
        ("201920", ""),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def words(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = opener(Path(tmp_path_factory.mktemp("words")))
    fill(opened, ARTICLES, commits=2)
    yield opened
    opened.close()


@pytest.mark.parametrize(("query", "ids"), [case for cases in MATCHES.values() for case in cases])
def test_a_word_finds_exactly(words: Engine, query: str, ids: str) -> None:
    assert found(words, query) == " ".join(sorted(ids.split()))


@pytest.mark.parametrize(
    ("query", "id", "marked"),
    [
        ("ceasefire", "en7", ["cease-fire"]),
        ("cease-fire", "en9", ["cease fire"]),
        ("cease fire", "en8", ["ceasefire"]),
        ("cease", "en7", ["cease"]),
        ('"ceasefire held"', "en7", ["cease-fire held"]),
        ("G20", "zh3", ["G-20"]),
        ("F16", "en9", ["F-16s"]),
        ("understandable", "en14", ["under-\nstandable"]),
        ("muenster", "en6", ["Münster"]),
        ("alemanes", "es2", ["alemán"]),
        ("put", "no1", ["put"]),
        ("حكومة", "ar1", ["والحكومة"]),
        ("צהל", "he1", ['צה"ל']),
        ("テレビ", "ja1", ["ﾃﾚﾋﾞ"]),
        ("C", "en12", ["C"]),
        ("C++", "en11", ["C++"]),
        ("AT&T", "en11", ["AT&T"]),
        ("R&D", "en11", ["R & D"]),
    ],
)
def test_a_word_is_marked_whole(words: Engine, query: str, id: str, marked: list[str]) -> None:
    (hit,) = [hit for hit in search(words, query).hits if hit.id == id]
    assert [hit.article.title[start:end] for start, end in hit.title_spans] == marked


def test_an_unknown_word_is_corrected_within_the_words_of_the_archive(words: Engine) -> None:
    suggested = search(words, "Putinn").did_you_mean
    assert suggested is not None
    assert suggested.query.lower() == "putin"
    assert search(words, "ceasefire covid19").did_you_mean is None
