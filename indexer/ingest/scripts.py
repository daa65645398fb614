"""Which script a text is written in, and which scripts a language is written in. Called by `language`.

Scripts go by the word with which Unicode names their letters ("CYRILLIC", "CJK"), for that is what a text shows.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from babel.core import get_global

# Fewer letters name a language only by chance: "Obama in Berlin" is as good German as English.
ENOUGH_LETTERS = 20
# Scripts that say more in one character: three Chinese characters are a word or two.
ENOUGH_WIDE_LETTERS = 6
WIDE = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA"})
# A text with fewer letters than this share in the scripts of a language is not in that language. It is little, for
# Latin names and commands stand in texts of all scripts: a Chinese manual may have no more than a tenth in Chinese.
LEAST_SHARE = 0.05
# But where another script than Latin has so many times the letters, the text is in that one, Latin headline or not.
MANY_TIMES = 2
# What a Chinese, Japanese or Korean letter counts among others.
WIDE_LETTER = 3
# Characters of which the letters are counted to see whether a language is ruled out: beyond an introduction in another.
LOOKED_AT = 2000

# ISO 15924, as CLDR names the usual script of a language -> the words of Unicode. What is not here rules nothing out.
_LETTERS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "Latn": "LATIN", "Cyrl": "CYRILLIC", "Arab": "ARABIC", "Grek": "GREEK", "Hebr": "HEBREW", "Armn": "ARMENIAN",
        "Geor": "GEORGIAN", "Deva": "DEVANAGARI", "Beng": "BENGALI", "Guru": "GURMUKHI", "Gujr": "GUJARATI",
        "Orya": "ORIYA", "Taml": "TAMIL", "Telu": "TELUGU", "Knda": "KANNADA", "Mlym": "MALAYALAM", "Sinh": "SINHALA",
        "Thai": "THAI", "Laoo": "LAO", "Mymr": "MYANMAR", "Khmr": "KHMER", "Ethi": "ETHIOPIC", "Tibt": "TIBETAN",
        "Hans": "CJK BOPOMOFO", "Hant": "CJK BOPOMOFO", "Hani": "CJK BOPOMOFO", "Jpan": "CJK HIRAGANA KATAKANA",
        "Kore": "HANGUL CJK", "Mong": "MONGOLIAN", "Thaa": "THAANA", "Syrc": "SYRIAC",
    }.items()
}  # fmt: skip
# Languages that are printed in another script besides their usual one.
_ALSO: Mapping[str, str] = {
    "sr": "Latn", "bs": "Cyrl", "sh": "Cyrl", "uz": "Cyrl Arab", "kk": "Latn Arab", "ky": "Latn Arab",
    "az": "Cyrl Arab", "tk": "Cyrl Arab", "tt": "Latn", "tg": "Latn Arab", "ba": "Latn", "crh": "Cyrl",
    "ku": "Arab Cyrl", "ug": "Cyrl Latn", "pa": "Arab", "ms": "Arab", "ha": "Arab", "ff": "Arab", "mn": "Mong",
    "ro": "Cyrl", "sd": "Deva", "ks": "Deva", "lad": "Hebr", "wo": "Arab", "ce": "Latn", "be": "Latn", "su": "Arab",
    "zgh": "Latn", "ber": "Latn Arab", "sat": "Deva Beng", "mni": "Beng", "sa": "Latn",
}  # fmt: skip


@lru_cache(maxsize=1024)
def scripts_of(tag: str) -> frozenset[str]:
    """The scripts of a language by its BCP 47 tag; none when we do not know them."""
    language, *rest = tag.split("-")
    if stated := next((part for part in rest if len(part) == 4 and part.isalpha()), None):
        return _LETTERS.get(stated.title(), frozenset())
    likely = next((part for part in get_global("likely_subtags").get(language, "").split("_") if len(part) == 4), "")
    known = [_LETTERS.get(code) for code in (likely, *_ALSO.get(language, "").split())]
    return frozenset().union(*(each for each in known if each)) if known[0] else frozenset()


def counted(text: str) -> dict[str, int]:
    """Script -> how many letters of a text are of it; of longer texts every third character is looked at."""
    step = 1 if len(text) < 300 else 3
    counts: dict[str, int] = {}
    for character, times in Counter(text[::step]).items():
        if character.isalpha():
            script = script_of(character)
            counts[script] = counts.get(script, 0) + step * times
    return counts


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """The script of a letter."""
    return (
        unicodedata.name(character, "?")
        .partition(" ")[0]
        .replace("FULLWIDTH", "LATIN")
        .replace("HALFWIDTH", "KATAKANA")
    )


def enough(counts: Mapping[str, int]) -> bool:
    """Whether so many letters tell anything."""
    wide = sum(counts.get(script, 0) for script in WIDE)
    return sum(counts.values()) >= ENOUGH_LETTERS or wide >= ENOUGH_WIDE_LETTERS


def rules_out(text: str, tag: str) -> bool:
    """Whether a text cannot be in a language, for it has next to no letters of the scripts the language is written in.

    A text of few letters rules nothing out, nor does one in a language of which we know no script.
    """
    scripts = scripts_of(tag)
    shown = text[:LOOKED_AT]
    if not scripts or (shown.isascii() and "LATIN" in scripts):
        return False
    counts = counted(shown)
    if not enough(counts):
        return False
    weighed = {script: count * (WIDE_LETTER if script in WIDE else 1) for script, count in counts.items()}
    own = sum(weighed.pop(script, 0) for script in scripts)
    latin = weighed.pop("LATIN", 0)
    others = sum(weighed.values())
    # Japanese is full of Chinese characters, and its syllables are in no Chinese text.
    times = 0.5 if {"HIRAGANA", "KATAKANA"} & weighed.keys() else MANY_TIMES
    return others > own * times or own < LEAST_SHARE * (own + latin + others)
