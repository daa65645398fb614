"""Dates in words -> periods: `March 2007`, `14 octobre 2021`, `14. Oktober 2021`, `مارس 2007`, `2007年3月`.

Of the languages of the interface, whichever a reader's is; an address that names a month means the same to everyone.
Called by `dates`, for whatever is no ISO date.
"""

import re
import unicodedata
from functools import cache

from indexer.errors import UsageError
from indexer.search.request import Period

# Of Arabic also the names of the Levant: كانون الثاني.
_LOCALES = ("en", "ar", "ar_SY", "zh", "fr", "de", "ru", "es")
_LEAST = 3  # letters from which a name may be cut off: "sept", "oct"
# What may stand between the parts: "14th of October", "14 de octubre de 2021", "1er mars", "2021 г."
_BETWEEN = frozenset("the of st nd rd th de del le er den am г года год в في من عام".split())
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_CHINESE = re.compile(r"\s*(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?\s*")


def read_words(text: str) -> Period | None:
    """The year and month, or the day, that a text names; None where it is no such date."""
    plain = _folded(text)
    if found := _CHINESE.fullmatch(plain):
        return _period(*(int(part) if part else None for part in found.groups()))
    names: list[str] = []
    numbers: list[str] = []
    for word in _WORDS.findall(plain):
        (numbers if word.isdecimal() else names).append(word)
    month = _month(" ".join(name for name in names if name not in _BETWEEN))
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if month is None or len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
        return None
    return _period(int(years[0]), month, int(days[0]) if days else None)


def _month(name: str) -> int | None:
    """The month of a name, or of its beginning where only one begins so."""
    if exact := _months().get(name):
        return exact
    begun = {month for known, month in _months().items() if known.startswith(name)} if len(name) >= _LEAST else set()
    return begun.pop() if len(begun) == 1 else None


@cache
def _months() -> dict[str, int]:
    from babel.dates import get_month_names  # takes a moment to import, and most dates are numbers

    found: dict[str, int] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context=context, locale=locale).items():
                    found.setdefault(" ".join(_WORDS.findall(_folded(name))), month)
    return found


def _folded(text: str) -> str:
    """Without case and accents; digits of any script as 0-9."""
    bare = (char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return "".join(str(unicodedata.digit(char, char)) for char in bare)


def _period(year: int | None, month: int | None = None, day: int | None = None) -> Period | None:
    try:
        return Period.parse(str(Period(year or 0, month, day)))
    except UsageError:
        return None
