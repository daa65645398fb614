"""Headlines -> the words that an example of a query is made of: frequent ones that say something, and a phrase."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from indexer.analysis import fold, is_unspaced
from indexer.analysis.stop_words import primary, stop_words
from indexer.article import Article

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters
_LONG = 6  # letters: what is left of it when its end is cut off still says something
_NEAR = 5  # words
_MANY = 8  # headlines
# The script of an interface language, as Unicode names its letters begin; of all others it is Latin.
_SCRIPTS = {"ar": "ARABIC", "ru": "CYRILLIC", "zh": "CJK"}


@dataclass(frozen=True, slots=True)
class Headlines:
    """Words of headlines, "" where there is none. Of the three `words` the first two stand near each other in one, in
    this order if `forward`; `long` is a word with an end to cut off. `spaced` is whether they have spaces between them.
    """

    words: tuple[str, str, str]
    forward: bool
    phrase: str
    long: str
    spaced: bool

    @classmethod
    def of(cls, articles: Iterable[Article], names: Sequence[str]) -> Self:
        """What articles offer, of the `names` in them first. In a script without spaces the words are names."""
        titles = [list(_words(article)) for article in articles if article.title]
        titles = [title for title in titles if title]
        spaced = any(word for title in titles for word in title)
        if not spaced:
            whole = [article.title for article in articles]
            titles = [[name for name in dict.fromkeys(names) if name in title] for title in whole]
        counted = Counter(word for title in titles for word in set(title) if word)
        ranked = _ranked(counted, len(titles))
        # A word of a name is of the news more often than one that is merely frequent, such as "first".
        last = [found[-1].lower() for name in names if (found := _WORD.findall(name))]
        named = {word: at for at, word in reversed([*enumerate([*names, *last])])}
        telling = sorted(ranked, key=lambda word: (word not in named, -counted[word], named.get(word, 0)))
        one = telling[0] if telling else ""
        other, forward = _neighbour(one, titles)
        third = next((word for word in telling if word not in (one, other)), "")
        pairs = Counter(f"{a} {b}" for title in titles for a, b in pairwise(title) if a and b)
        phrase = next(iter(_ranked(pairs, len(titles))), one) if spaced else one
        long = next((word for word in ranked if len(word) >= _LONG), "")
        return cls((one, other, third), forward, phrase, long, spaced)


def is_written_in(text: str, language: str) -> bool:
    """Whether a text is in the script of a language of the interface."""
    letter = next(filter(str.isalpha, text), "a")
    return unicodedata.name(letter, "").startswith(_SCRIPTS.get(primary(language), "LATIN"))


def _words(article: Article) -> Iterator[str]:
    """The words of a headline in small letters, "" in the place of each that says nothing by itself."""
    stop = stop_words(primary(article.language)) if article.language else frozenset()
    for found in _WORD.findall(article.title):
        word = found.lower()
        folded = fold(word)
        says = len(word) >= _SHORTEST and word.isalpha() and folded not in stop and not is_unspaced(folded)
        yield word if says else ""


def _ranked(counted: Counter[str], titles: int) -> list[str]:
    """The most frequent first, but for what stands in most of the headlines and so says little."""
    ranked = sorted(counted, key=lambda word: (-counted[word], word))
    return [word for word in ranked if counted[word] * 2 <= titles or titles < _MANY] or ranked


def _neighbour(one: str, titles: Iterable[Sequence[str]]) -> tuple[str, bool]:
    """The word that most often stands near one, and whether it stands behind it."""
    near = Counter(
        (title[other], other > at)
        for title in titles
        for at, word in enumerate(title)
        if one and word == one
        for other in range(max(0, at - _NEAR), min(len(title), at + _NEAR + 1))
        if title[other] and title[other] != one
    )
    return min(near, key=lambda pair: (-near[pair], pair), default=("", True))
