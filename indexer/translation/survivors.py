"""What of an original is not in its translation, though it should be: numbers, addresses, people.

Numbers are compared by their digits, whatever parts them: 1.234,5 is 1,234.5. Of names only those of people in the
letters of the translation are looked for, and by any of their words: places and organisations have other names in other
languages, and so have people in other scripts.
"""

import re
from collections import Counter
from dataclasses import dataclass

from indexer.analysis import fold
from indexer.article import Article, Translation
from indexer.translation.marks import FIXED
from indexer.translation.names import NAME

_DIGITS = re.compile(r"\d+")
_LETTERS = 3  # of a word that tells a name


@dataclass(frozen=True, slots=True)
class Lost:
    """How many numbers, addresses and names of people a translation has lost."""

    numbers: int = 0
    addresses: int = 0
    names: int = 0

    def __add__(self, other: "Lost") -> "Lost":
        return Lost(self.numbers + other.numbers, self.addresses + other.addresses, self.names + other.names)


def lost(article: Article, translation: Translation) -> Lost:
    """What a translation has lost of its article."""
    whole = bool(translation.body)
    parts = ("title", "summary", "body") if whole else ("title", "summary")
    before = "\n".join(getattr(article, part) for part in parts)
    after = "\n".join(getattr(translation, part) for part in parts)
    addresses = Counter(FIXED.findall(before)) - Counter(FIXED.findall(after))
    return Lost(_numbers(before, after), addresses.total(), _names(article, after, parts))


def _numbers(before: str, after: str) -> int:
    one, other = (Counter(map(int, _short(_DIGITS.findall(text)))) for text in (before, after))
    return (one - other).total()


def _short(digits: list[str]) -> list[str]:
    return [each[:18] for each in digits]  # longer ones are no numbers


def _names(article: Article, after: str, parts: tuple[str, ...]) -> int:
    words = set(re.findall(r"\w+", fold(after)))
    missing = 0
    for entity in article.entities:
        if entity.kind != "person" or not any(mention.field in parts for mention in entity.mentions):
            continue
        named = (getattr(article, m.field)[m.start : m.end] for m in entity.mentions if m.field in parts)
        spelt = [name for name in named if NAME.fullmatch(name)]
        telling = {word for name in spelt for word in re.findall(r"\w+", fold(name)) if len(word) >= _LETTERS}
        missing += bool(telling) and not telling & words
    return missing
