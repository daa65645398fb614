"""Names of people, which a dictionary would translate ("Di María" is no "Gave María"), kept out of its way.

An engine that passes words that it does not know is given such words in place of names. In: a text, and the names in
its article. Out: the text with words for names, and what turns the translation of that back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.article import Article

# No language has words that begin so, and no dictionary.
_WORD = "Zqx"
_MASK = re.compile(rf"{_WORD}[a-z]+")
# Apertium hands the capital letter of a sentence on from a first word that it does not know: "Alcaraz Won".
_FOLLOWED = re.compile(rf"({_WORD}[a-z]+) +(\w)")
_FIRST = re.compile(rf"((?:^|[.!?…:\n«“\"(]) *({_WORD}[a-z]+) +)([^\W\d_](?!\W))")
NAME = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ' .’-]+")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without names, and the names in the order of their first place in it."""

    text: str
    names: tuple[str, ...] = ()

    def named(self, translated: str) -> str | None:
        """The translation with its names; None where one of them was lost or made up."""
        if sorted(_MASK.findall(self.text)) != sorted(_MASK.findall(translated)):
            return None
        followed = _FOLLOWED.findall(self.text)
        small = {mask for mask, _ in followed} - {mask for mask, letter in followed if not letter.islower()}
        translated = _FIRST.sub(lambda f: f[1] + (f[3].lower() if f[2] in small else f[3]), translated)
        return _MASK.sub(lambda mask: self.names[_number(mask.group())], translated)


def names_in(article: Article) -> tuple[str, ...]:
    """The names of people as an article spells them, in Latin letters, the longest first."""
    spelt = {
        getattr(article, mention.field)[mention.start : mention.end]
        for entity in article.entities
        if entity.kind == "person"
        for mention in entity.mentions
    }
    return tuple(sorted((name for name in spelt if len(name) > 1 and NAME.fullmatch(name)), key=_longest))


def masked(text: str, names: Sequence[str]) -> Masked:
    """A text with words for the names of people in it; the same names, in the same order, make the same text."""
    if not names or _WORD in text:
        return Masked(text)
    found: dict[str, str] = {}

    def mask(match: re.Match[str]) -> str:
        return found.setdefault(match.group(), _word(len(found)))

    pattern = "|".join(map(re.escape, names))
    without = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", mask, text)
    return Masked(without, tuple(found))


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def _word(number: int) -> str:
    letters = ""
    while True:
        number, letter = divmod(number, 26)
        letters = chr(ord("a") + letter) + letters
        if not number:
            return _WORD + letters
        number -= 1


def _number(word: str) -> int:
    number = -1
    for letter in word.removeprefix(_WORD):
        number = (number + 1) * 26 + ord(letter) - ord("a")
    return number
