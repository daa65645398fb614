"""What the search of a dossier reads in the browser: the words of its articles, as script files.

A page of a disk may fetch nothing, but may take in scripts; so each file calls a function of `dossier.js` with values.
`search/index.js` says how many articles there are, with which word each file of words begins, and what letters are
folded to; `search/words-….js` has words with the articles and places where they stand, in the order of UTF-16, which is
that of JavaScript; `search/articles-….js` has what is shown of an article. Only those files are read that are needed.

Words are those of `analysis.tokens`: the same as in the archive, but as they stand and not as stems.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import orjson

from indexer.analysis.folding import fold
from indexer.analysis.tokens import tokens
from indexer.article import Article
from webui import i18n, markup
from webui.dossier import names
from webui.presenters.lines import stamp, untitled

BLOCK = 250  # articles in a file
WORDS_BYTES = 96 * 1024  # of a file of words, about; a word that has more has a file to itself
LEAD = 180  # characters of an article that are shown
_GAP = 8  # places between the fields of an article, so that no phrase reaches from one into the next
_SIGNS = "'\".+#"  # that are looked at before they are dropped


class SearchData:
    """Words and places, gathered article by article. Of each word there is one text, to which every article adds."""

    def __init__(self) -> None:
        self._words: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}
        self._shown: list[list[str]] = []

    def add(self, number: int, article: Article) -> None:
        """The next article."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        at = 0
        for text in _texts(article):
            words = tokens(text)
            for place, word in enumerate(words, at):
                places[word].append(place)
            at += len(words) + _GAP
        for word, found in places.items():
            # Numbers are differences, in base 16: `article:place place place,article:place`.
            steps = f"{found[0]:x}"
            if len(found) > 1:
                steps += "".join([f" {there - before:x}" for before, there in pairwise(found)])
            entry = f"{number - self._last.get(word, 0):x}:{steps}"
            self._last[word] = number
            if word in self._words:
                self._words[word] += f",{entry}".encode()
            else:
                self._words[word] = bytearray(entry.encode())
        self._shown.append(_shown(number, article))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The script files, each with its name."""
        starts = []
        for at, words in enumerate(self._shards()):
            starts.append(words[0])
            flat = [part for word in words for part in (word, self._words[word].decode())]
            yield f"search/words-{at:04}.js", _call("words", at, flat)
        for at in range(0, len(self._shown), BLOCK):
            block = at // BLOCK
            yield f"search/articles-{block:04}.js", _call("articles", block, self._shown[at : at + BLOCK])
        about = {"total": len(self._shown), "block": BLOCK, "starts": starts, "fold": self._folds()}
        yield "search/index.js", _call("index", about)

    def _shards(self) -> Iterator[list[str]]:
        words: list[str] = []
        size = 0
        for word in sorted(self._words, key=lambda word: word.encode("utf-16-be", "surrogatepass")):
            if words and size + len(self._words[word]) > WORDS_BYTES:
                yield words
                words, size = [], 0
            words.append(word)
            size += len(self._words[word]) + len(word) + 6
        if words:
            yield words

    def _folds(self) -> list[str]:
        """What letters are folded to, where that is not their lower case and stands in any word: target, letters, …"""
        letters = {letter for word in self._words for letter in word} | set(_SIGNS)
        return [
            part
            for folded, sources in _fold_table().items()
            if letters.issuperset(folded)
            for part in (folded, sources)
        ]


@cache
def _fold_table() -> dict[str, str]:
    """Folded text -> the characters of the basic plane that are folded to it alone, but those that lower case folds."""
    found: dict[str, list[str]] = {}
    characters = [chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000]
    # In one text, each on a line of its own: ten times as fast as one by one.
    for character, folded in zip(characters, fold("\n".join(characters)).split("\n"), strict=True):
        if folded != character.lower():
            found.setdefault(folded, []).append(character)
    return {folded: "".join(sources) for folded, sources in sorted(found.items())}


def _texts(article: Article) -> tuple[str, ...]:
    made = article.translation
    own = (article.title, article.summary, article.body)
    return (*own, made.title, made.summary, made.body) if made else own


def _shown(number: int, article: Article) -> list[str]:
    """What a list of hits shows: headline, its language and direction, page, source and day, how the text begins."""
    when = stamp(article)
    begins = " ".join(markup.plain(article.summary or article.body)[: 4 * LEAD].split())
    facts = (markup.plain(article.source or ""), when.day if when else "")
    return [
        markup.plain(article.title) or untitled(),
        article.language or "",
        i18n.direction(article.language),
        names.article(number),
        " · ".join(filter(None, facts)),
        markup.shortened(begins, LEAD) if begins else "",
    ]


def _call(function: str, *values: Any) -> bytes:
    """A script that hands values over. Line and paragraph separators are written so that no parser stops at them."""
    told = b",".join(orjson.dumps(_printable(value)) for value in values)
    told = told.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029").replace(b"</", b"<\\/")
    return b"dossier." + function.encode() + b"(" + told + b");\n"


def _printable(value: Any) -> Any:
    """Texts without lone surrogates, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_printable(each) for each in value]
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    return value
