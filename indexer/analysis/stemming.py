"""A word -> its stem in one language, by the Snowball algorithms.

A stem is made of the word with its accents (`light`), and folded afterwards. Arabic gets its article and the little
words written together with it taken off first. Called by `terms`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

from indexer.analysis.folding import fold

# Snowball algorithm of each language, by the primary subtag of its BCP 47 tag. Others are folded only.
STEMMERS: dict[str, str] = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
# One short code for each algorithm: what terms are tagged with.
CODES = {name: code for code, name in STEMMERS.items() if code not in ("nb", "nn")}

_LATIN = "a-z\u00df-\u024f\u0300-\u036f\u1e00-\u1eff"
_CYRILLIC = "\u0400-\u052f\u0300-\u036f"
_ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5\u200c"
_DEVANAGARI = "\u0900-\u097f"
_SCRIPTS = {
    "arabic": _ARABIC,
    "armenian": "\u0560-\u0588",
    "greek": "\u0370-\u03ff\u1f00-\u1fff\u0300-\u036f",
    "hindi": _DEVANAGARI,
    "nepali": _DEVANAGARI,
    "persian": _ARABIC,
    "russian": _CYRILLIC,
    "serbian": _CYRILLIC + _LATIN,
    "tamil": "\u0b80-\u0bff",
    "yiddish": "\u05b0-\u05ea\u05f0-\u05f2\ufb1d-\ufb4f",
}
# Longer words are data that lost its spaces.
LONGEST = 60

# Letters that Persian and Arabic keyboards have for one another.
_TO_ARABIC = str.maketrans("\u06cc\u06a9\u06c1\u06c3", "\u064a\u0643\u0647\u0629", "\u200c")
_TO_PERSIAN = str.maketrans("\u064a\u0649\u0643\u06c0\u0629", "\u06cc\u06cc\u06a9\u0647\u0647", "\u0654\u0655")
# And, so, by, like, for before the article, and the article; for + article is written with one letter less.
_ARTICLE = re.compile("[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)")
_AL = "\u0627\u0644"
# So many letters must be left: `الله`, `والد` and `بالغ` have no article.
_LEAST_ARABIC = 3


def algorithm(language: str | None) -> str | None:
    """The Snowball algorithm for a BCP 47 tag, or None where words of the language are only folded."""
    return STEMMERS.get(language.partition("-")[0].lower()) if language else None


@lru_cache(maxsize=64)
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name, 0)  # its own cache costs more than it saves: whoever stems in bulk has one


@lru_cache(maxsize=64)
def _alphabet(name: str) -> re.Pattern[str]:
    return re.compile(f"[{_SCRIPTS.get(name, _LATIN)}]+")


def reads(name: str, word: str) -> bool:
    """Whether an algorithm knows the letters of a light word: no number, no other script."""
    if word.isascii():
        return word.isalpha() and name not in _NO_LATIN and len(word) <= LONGEST
    return len(word) <= LONGEST and _alphabet(name).fullmatch(word) is not None


_NO_LATIN = frozenset(_SCRIPTS) - {"serbian"}


def stem_all(words: Sequence[str], name: str) -> list[str]:
    """The folded stem of each of some light words that an algorithm reads."""
    if name == "arabic":
        words = [_without_article(word.translate(_TO_ARABIC)) for word in words]
        reduced = [stem[2:] if stem.startswith(_AL) else stem for stem in _stemmer(name).stemWords(words)]
    elif name == "persian":
        reduced = _stemmer(name).stemWords([word.translate(_TO_PERSIAN) for word in words])
    else:
        reduced = _stemmer(name).stemWords(list(words))
    return [fold(short) or fold(word) for word, short in zip(words, reduced, strict=True)]


def _without_article(word: str) -> str:
    """An Arabic word with the article alone before it, whether it had one or not: Snowball takes that off, and not a
    first letter that looks like `and`, as in `وزير`."""
    found = _ARTICLE.match(word)
    bare = word[found.end() :] if found and len(word) - found.end() >= _LEAST_ARABIC else word
    return _AL + bare if len(bare) >= _LEAST_ARABIC else bare
