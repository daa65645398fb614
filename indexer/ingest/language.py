"""Which language a text is in: the stated one as BCP 47, or the detected one. Called by `normalise`.

Detection looks at the script first, which settles Greek, Hebrew, Thai, Korean and others at once, and asks py3langid
about the rest.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import py3langid
from babel import Locale

# The time of detection grows with the length, and so many characters name the language of a news text.
SAMPLE = 500
# Fewer letters name a language only by chance: "Obama in Berlin" is as good German as English.
ENOUGH_LETTERS = 20
# Scripts that say more in one character: three Chinese characters are a word or two.
ENOUGH_WIDE_LETTERS = 6

# Scripts that one language of news all but owns, by the word with which Unicode names their letters.
_ONE_LANGUAGE: Mapping[str, str] = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "GREEK": "el", "HEBREW": "he", "THAI": "th", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml",
    "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si", "MYANMAR": "my", "KHMER": "km", "LAO": "lo",
    "ETHIOPIC": "am", "CJK": "zh",
}  # fmt: skip
# Letters that settle the language of a script which several share: (language, letters of which it has many,
# letters that it never has). What is in no row goes to the model.
_MARKS: tuple[tuple[str, str, frozenset[str], frozenset[str]], ...] = (
    ("ARABIC", "ar", frozenset("ةأإيك"), frozenset("کگیچپژہےںٹڈڑټډړښۍۆێڕۇېۋ")),
    ("CYRILLIC", "ru", frozenset("ыэё"), frozenset("іїєґўјљњћђџќѓәғқңөұүһҳҷӣӯ")),
    ("CYRILLIC", "uk", frozenset("їє"), frozenset("ыэёўјљњћђ")),
)
ENOUGH_MARKS = 3
_WIDE = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA"})
# Names that are neither codes nor English or native names that Babel knows.
_OTHER_NAMES: Mapping[str, str] = {
    "mandarin": "zh", "chinese": "zh", "castilian": "es", "farsi": "fa", "brazilian portuguese": "pt-BR",
    "simplified chinese": "zh-Hans", "traditional chinese": "zh-Hant", "iw": "he", "in": "id", "ji": "yi",
    "mo": "ro", "no": "nb", "cn": "zh", "jp": "ja", "kr": "ko", "ua": "uk", "gr": "el", "cz": "cs", "dk": "da",
    "se": "sv",
}  # fmt: skip
# ISO 639-2 and -3 codes of languages that have a shorter one.
_THREE_LETTERS: Mapping[str, str] = dict(
    pair.split(":")
    for pair in (
        "eng:en ara:ar arb:ar zho:zh chi:zh cmn:zh fra:fr fre:fr deu:de ger:de rus:ru spa:es por:pt ita:it nld:nl "
        "dut:nl jpn:ja kor:ko tur:tr pol:pl ukr:uk ces:cs cze:cs slk:sk slo:sk slv:sl hrv:hr srp:sr bos:bs bul:bg "
        "ron:ro rum:ro hun:hu ell:el gre:el heb:he fas:fa per:fa pes:fa hin:hi urd:ur ben:bn tam:ta tel:te mar:mr "
        "guj:gu kan:kn mal:ml pan:pa ind:id msa:ms may:ms zsm:ms vie:vi tha:th swe:sv nor:nb nob:nb nno:nn dan:da "
        "fin:fi isl:is ice:is est:et lav:lv lit:lt cat:ca eus:eu baq:eu glg:gl gle:ga cym:cy wel:cy sqi:sq alb:sq "
        "mkd:mk mac:mk hye:hy arm:hy kat:ka geo:ka aze:az kaz:kk uzb:uz swa:sw amh:am som:so hau:ha yor:yo zul:zu "
        "afr:af mya:my bur:my khm:km lao:lo sin:si nep:ne mon:mn pus:ps kur:ku lat:la mlt:mt ltz:lb fil:fil tgl:tl"
    ).split()
)
_USUAL_SCRIPT: Mapping[str, str] = dict(
    pair.split(":")
    for pair in (
        "ar:Arab fa:Arab ur:Arab ps:Arab ru:Cyrl uk:Cyrl be:Cyrl bg:Cyrl mk:Cyrl sr:Cyrl kk:Cyrl ky:Cyrl mn:Cyrl "
        "tg:Cyrl ja:Jpan ko:Kore el:Grek he:Hebr hi:Deva mr:Deva ne:Deva bn:Beng th:Thai ka:Geor hy:Armn"
    ).split()
)
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?")
_UNDETERMINED = frozenset("und mul mis zxx unknown none null n/a other x-default".split())


def normalised(stated: Any) -> str | None:
    """A stated language as BCP 47 ("EN_us" -> "en-US", "eng" -> "en", "Français" -> "fr"), or None."""
    if isinstance(stated, list | tuple):
        stated = stated[0] if stated else None
    return _normalised(stated.strip()) if isinstance(stated, str) and len(stated) <= 64 else None


@lru_cache(maxsize=1024)
def _normalised(stated: str) -> str | None:
    lower = stated.lower()
    if not lower or lower in _UNDETERMINED:
        return None
    if lower in _OTHER_NAMES:
        return _OTHER_NAMES[lower]
    if found := _CODE.fullmatch(stated):
        language, script, region = found.groups()
        language = language.lower()
        language = _THREE_LETTERS.get(language, _OTHER_NAMES.get(language, language))
        if language in _known_names().values() or len(language) == 3:
            # The script is dropped where it goes without saying; "zh-Hant" keeps it.
            parts = (language, script.title() if script else None, region.upper() if region else None)
            return "-".join(part for part in parts if part)
    code = _known_names().get(lower)
    return _OTHER_NAMES.get(code, code) if code else None


def without_region(tag: str) -> str:
    """The tag under which an archive files articles: one "en" for en-US and en-GB, "zh-Hant" apart from "zh".

    A facet that splits English by the country a publishing system was set to helps nobody; another script does.
    """
    language, *rest = tag.split("-")
    if language == "zh":
        return "zh-Hant" if {"Hant", "TW", "HK", "MO"} & set(rest) else "zh"
    script = next((part for part in rest if len(part) == 4), None)
    return f"{language}-{script}" if script and script != _USUAL_SCRIPT.get(language, "Latn") else language


@lru_cache(maxsize=1)
def _known_names() -> dict[str, str]:
    """Language names in English and in themselves -> code."""
    names: dict[str, str] = {}
    for code, name in Locale("en").languages.items():
        if len(code) <= 3:
            names[name.lower()] = code
            if len(code) == 2:
                names.setdefault(code, code)
    for code in "ar zh fr de ru es it pt nl pl tr uk ja ko fa he el cs sv da fi nb hu ro bg sr hr vi th id hi".split():
        own = Locale(code).get_display_name(code)
        if own:
            names[own.lower()] = code
    return names


def detect(text: str) -> str | None:
    """The language of a text, or None when there is too little of it to tell."""
    sample = text[:SAMPLE]
    if sample.isascii():
        letters = sum(map(str.isalpha, sample[: ENOUGH_LETTERS * 4]))
        return _by_model(sample) if letters >= ENOUGH_LETTERS else None
    counts = _scripts(sample)
    total = sum(counts.values())
    wide = sum(counts.get(script, 0) for script in _WIDE)
    if total < ENOUGH_LETTERS and wide < ENOUGH_WIDE_LETTERS:
        return None
    if counts.get("HIRAGANA", 0) + counts.get("KATAKANA", 0) > 0.1 * wide and wide * 3 > total:
        return "ja"
    script, count = max(counts.items(), key=lambda item: item[1])
    # A Chinese text on computers is full of Latin names; nobody writes Latin text full of Chinese.
    if script == "LATIN" and wide * 4 > total:
        script, count = max(((s, counts.get(s, 0)) for s in _WIDE), key=lambda item: item[1])
        return _ONE_LANGUAGE[script]
    if script in _ONE_LANGUAGE and count * 2 > total:
        return _ONE_LANGUAGE[script]
    if count * 2 > total and (marked := _by_marks(script, sample.lower())):
        return marked
    return _by_model(sample)


def _by_marks(script: str, sample: str) -> str | None:
    for wanted, language, marks, strangers in _MARKS:
        if wanted == script and strangers.isdisjoint(sample) and sum(map(sample.count, marks)) >= ENOUGH_MARKS:
            return language
    return None


def _scripts(sample: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for character in sample[:: 1 if len(sample) < 300 else 3]:
        if character.isalpha():
            script = _script(character)
            counts[script] = counts.get(script, 0) + 1
    if len(sample) >= 300:
        counts = {script: count * 3 for script, count in counts.items()}
    return counts


@lru_cache(maxsize=8192)
def _script(character: str) -> str:
    return unicodedata.name(character, "?").partition(" ")[0].replace("FULLWIDTH", "LATIN")


def _by_model(sample: str) -> str | None:
    code = str(py3langid.classify(sample)[0])
    return "zh" if code in ("wuu", "yue") else _normalised(code)
