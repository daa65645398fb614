"""What is likely of a language: its script, and so whether a name may be in it, and the territory it is at home in."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

# ISO 15924 code -> how Unicode's names of its letters begin. What is not here tells nothing.
_LETTERS = {
    "Arab": ("ARABIC",),
    "Armn": ("ARMENIAN",),
    "Beng": ("BENGALI",),
    "Cyrl": ("CYRILLIC",),
    "Deva": ("DEVANAGARI",),
    "Geor": ("GEORGIAN",),
    "Grek": ("GREEK",),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Hebr": ("HEBREW",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL", "CJK"),
    "Latn": ("LATIN",),
    "Thai": ("THAI",),
}


@lru_cache(maxsize=4096)
def language_of(name: str, languages: Sequence[str]) -> str | None:
    """The first of some languages (BCP 47) whose script a name is written in, from the first to the last letter."""
    letters = {unicodedata.name(each, "").partition(" ")[0] for each in name if each.isalpha()}
    if not letters:
        return None
    return next((tag for tag in languages if letters <= set(_LETTERS.get(_likely(tag)[1], ()))), None)


def with_territory(tag: str) -> str:
    """A language with the territory where it is at home, if it names none, as Open Graph writes it: fr_FR."""
    language, _, territory = _likely(tag)
    return f"{language}_{territory}" if territory else language


@lru_cache(maxsize=256)
def _likely(tag: str) -> tuple[str, str, str]:
    """Language, script and territory of a tag; what it does not say is what is likely. Empty where nobody knows."""
    try:
        known = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return "", "", ""
    likely = get_global("likely_subtags")
    for more in (known.script, known.territory):
        if found := likely.get(f"{known.language}_{more}"):
            break
    else:
        found = likely.get(known.language, "")
    parts = found.split("_")
    script = known.script or next((part for part in parts if len(part) == 4), "")
    territory = known.territory or (parts[-1] if len(parts) == 3 else "")
    return known.language, script, territory
