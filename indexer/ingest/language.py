"""Which language a text is in: the stated one as BCP 47, or the detected one. Called by `normalise`.

Detection looks at the script first, which settles Greek, Hebrew, Thai, Korean and others at once, at the letters and
short words of the languages in Arabic script, and asks py3langid about the rest. How likely a language is before a line
was read counts too: news is written in few of the languages that the model knows, and fewer in one archive.

An article is judged by itself and by what the configuration says, never by what was read before it: articles are
prepared in several processes in any order, and the same files must give the same archive.
"""

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import py3langid
from babel import Locale
from babel.languages import get_official_languages

from indexer.ingest import arabic_script
from indexer.ingest.scripts import LOOKED_AT, WIDE, counted, enough, rules_out, scripts_of

__all__ = ["LOOKED_AT", "believed", "detect", "likelihood", "normalised", "without_region"]

# The time of detection grows with the length, and so many characters name the language of a news text.
SAMPLE = 500
# How likely a language is before the text is read, in the model's unit (about a natural logarithm). Chosen on 1,952
# English headlines and 4,895 lines of nine words in German, French and Dutch: without, 282 and 276 are wrong; with, 53
# and 151.
PRIOR: Mapping[str, float] = {
    "en": 0.5,
    **dict.fromkeys(
        "es fr de pt it nl pl tr id vi sv cs ro hu ar fa ur ru uk bg sr el he hi bn ja ko zh th ta te ml mr gu kn"
        " pa".split(), 0.0
    ),
    **dict.fromkeys(
        "da nb fi hr bs sk sl lt lv et sq ca is ms tl sw af az uz eu gl cy ga so ha yo ig zu xh nn ku ps be mk kk ky mn"
        " tg tt ne si my km lo am hy ka ug as or sd".split(), -1.0
    ),
}  # fmt: skip
RARE = -3.0
# What else speaks for a language, in the same unit: that the configuration says it of the source, that it is one of the
# archive's, that the address names it, that it is official where the address ends.
SAID, LISTED, ADDRESSED, OF_COUNTRY = 4.0, 2.0, 1.0, 0.5

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
    ("CYRILLIC", "ru", frozenset("ыэё"), frozenset("іїєґўјљњћђџќѓәғқңөұүһҳҷӣӯ")),
    ("CYRILLIC", "uk", frozenset("їє"), frozenset("ыэёўјљњћђ")),
)
ENOUGH_MARKS = 3
# Dead, constructed or no languages: what the model takes lists of names for.
_NEVER = frozenset("zxx grc hbo vo la ext gcf gcr".split())
# What the model tells apart and an archive does not: written, the news of Cairo and Rabat is in Arabic.
_SAME: Mapping[str, str] = {"wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar", "sdh": "ku", "no": "nb", "uzs": "uz"}
_NOTHING = -1e30  # the model's score where it knows no piece of the text
# A text whose letters are Chinese, Japanese or Korean to one part in so many is in that language.
WIDE_WEIGHT = 8
_ADDRESSES = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[#@]\w+")
_ADDRESS_SIGNS = ("://", "www.", "@", "#")
# Endings of addresses that are no country's code, or that all the world uses.
_COUNTRIES: Mapping[str, str] = {"uk": "gb"}
_NO_COUNTRIES = frozenset("eu su io co tv me ai cc fm ly to ws la gg im sh".split())
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
        if language in _known_codes():
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
def _known_codes() -> frozenset[str]:
    """Codes of languages that have a name. Not any three letters: "utf" is what a template makes of a charset."""
    return frozenset({*Locale("en").languages, *_THREE_LETTERS.values()})


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


def believed(stated: str | None, text: str) -> bool:
    """Whether a text can be in the language that is stated: one in Cyrillic letters is not English.

    Themes and feeds say "en" until somebody tells them otherwise. Only the script is held against a statement; which of
    two languages in one script a text is in, its source knows better than we.
    """
    return stated is None or not rules_out(text, stated)


def detect(text: str, likely: Mapping[str, float] | None = None) -> str | None:
    """The language of a text, or None when there is too little of it to tell.

    Args:
        text: title and body, or what there is.
        likely: what else is known: languages and how much speaks for them, see `likelihood`. A text too short to
            tell is in the language that its source is said to be in.
    """
    sample = text[: 2 * SAMPLE]
    if any(sign in sample for sign in _ADDRESS_SIGNS):
        sample = _ADDRESSES.sub(" ", sample)
    sample = sample[:SAMPLE]
    counts = {"LATIN": sum(map(str.isalpha, sample))} if sample.isascii() else counted(sample)
    if not any(counts.values()):
        return None
    if not enough(counts):
        return next((code for code, weight in (likely or {}).items() if weight >= SAID and _fits(code, counts)), None)
    script = _script_of_text(counts)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if script == "ARABIC" and (told := arabic_script.language_of(sample)):
        return told
    return _by_marks(script, sample.lower()) or _by_model(sample, script, likely or {})


def likelihood(said: str | None, archive: Iterable[str] = (), address: str | None = None) -> dict[str, float]:
    """What is known before a text is read: languages, and how much speaks for each; the likeliest first.

    Args:
        said: the language in which the source writes, as the configuration says.
        archive: the languages of the archive, as the configuration says.
        address: the URL of the article: `/ar/` in its path or before its domain, and the country it ends in.
    """
    weights: dict[str, float] = {}
    for code in archive:
        weights[without_region(code)] = LISTED
    for code, weight in _of_address(address) if address else ():
        weights[code] = weights.get(code, 0.0) + weight
    if said:
        weights[without_region(said)] = weights.get(without_region(said), 0.0) + SAID
    return dict(sorted(weights.items(), key=lambda item: -item[1]))


@lru_cache(maxsize=1024)
def _of_host(host: str) -> tuple[tuple[str, float], ...]:
    labels = host.lower().split(".")
    found: list[tuple[str, float]] = []
    if len(labels) > 2 and labels[0] in PRIOR:
        found.append((labels[0], ADDRESSED))
    if len(country := labels[-1]) == 2 and country not in _NO_COUNTRIES:
        official = get_official_languages(_COUNTRIES.get(country, country).upper())
        found += [(_OTHER_NAMES.get(code, code), OF_COUNTRY) for code in official]
    return tuple(found)


def _of_address(address: str) -> list[tuple[str, float]]:
    host, _, path = address.partition("://")[2].partition("/")
    found = list(_of_host(host.partition(":")[0]))
    first = path.partition("/")[0].lower()
    # "/uk/" and "/us/" are sections of newspapers as often as languages; the script rules Ukrainian out of those.
    if first in PRIOR:
        found.append((first, ADDRESSED))
    return found


def _fits(code: str, counts: Mapping[str, int]) -> bool:
    scripts = scripts_of(code)
    return not scripts or any(counts.get(script) for script in scripts)


def _script_of_text(counts: Mapping[str, int]) -> str:
    """The script that decides; "" for a text of several, none of which has half of the letters."""
    total = sum(counts.values())
    wide = sum(counts.get(script, 0) for script in WIDE)
    if counts.get("HIRAGANA", 0) + counts.get("KATAKANA", 0) > 0.1 * wide and wide * WIDE_WEIGHT > total:
        return "HIRAGANA"
    script, count = max(counts.items(), key=lambda item: item[1])
    # A Chinese text on computers is full of Latin names; nobody writes Latin text full of Chinese.
    if script == "LATIN" and wide * WIDE_WEIGHT > total:
        return max(WIDE, key=lambda each: (counts.get(each, 0), each))
    return script if count * 2 > total else ""


def _by_marks(script: str, sample: str) -> str | None:
    for wanted, language, marks, strangers in _MARKS:
        if wanted == script and strangers.isdisjoint(sample) and sum(map(sample.count, marks)) >= ENOUGH_MARKS:
            return language
    return None


def _by_model(sample: str, script: str, likely: Mapping[str, float]) -> str | None:
    """What the model finds likeliest of the languages of a script, given how likely each is to begin with.

    The model takes the pieces of a word for independent and is far too sure of itself; divided by the root of the
    length its scores are near to logarithms of probabilities, to which those of what is known beforehand can be added.
    """
    spread = math.sqrt(len(sample.encode("utf-8", "replace")))
    candidates = _candidates(script)
    most = max(PRIOR.values()) + max(likely.values(), default=0.0)
    found: tuple[float, str] | None = None
    for label, score in py3langid.rank(sample):
        if score < _NOTHING or (found and score / spread + most <= found[0]):
            break  # those that follow are less likely yet
        if label in candidates:
            code = _SAME.get(label, label)
            found = max(found or (-math.inf, ""), (score / spread + candidates[label] + likely.get(code, 0.0), code))
    return found[1] if found else None


@lru_cache(maxsize=64)
def _candidates(script: str) -> Mapping[str, float]:
    """What the model calls the languages written in a script ("" for any), and how likely each is to begin with."""
    codes = {label: _SAME.get(label, label) for label in _labels()}
    return {
        label: PRIOR.get(code, RARE)
        for label, code in codes.items()
        if code not in _NEVER and (not script or not scripts_of(code) or script in scripts_of(code))
    }


@lru_cache(maxsize=1)
def _labels() -> tuple[str, ...]:
    return tuple(label for label, _ in py3langid.rank("a"))
