"""The words of what no field holds, each under its key: how `extra.edition:morning` is found, in any engine.

In: an article, or a key and words of a query. Out: texts `key SEPARATOR word`, which an engine keeps and
looks up as they are. Words are neither stemmed nor counted.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from indexer.analysis import SEPARATOR, tokens
from indexer.article import Article
from indexer.same_work import KEY, marks_of
from indexer.search.query import folded_key

# What keeps a page of layout instructions from swelling the index. docs/query-syntax.md names the first.
MOST_WORDS = 200  # of a key
MOST_KEYS = 200
LONGEST_WORD = 80
_LOOKED_AT = 4_000  # characters of a key's texts
_DEEPEST = 8


def extra_words(article: Article) -> list[str]:
    """What an article is found by: each word of each key once, and each key by itself; and the marks of what it is in
    other languages, under a key of their own."""
    found = dict.fromkeys(word_of(KEY, mark) for mark in marks_of(article))
    for name, value in islice(article.extra.items(), MOST_KEYS):
        key = folded_key(str(name))
        if key:
            found[key + SEPARATOR] = None
            for word in islice(_words(value), MOST_WORDS):
                found[word_of(key, word)] = None
    return list(found)


def asked_words(key: str, text: str) -> list[str]:
    """What an article must have, all of it, so that the words of a query are under the key; without words, the key."""
    return [word_of(key, word) for word in dict.fromkeys(tokens(text))] or [key + SEPARATOR]


def word_of(key: str, word: str) -> str:
    """A word under its key."""
    return f"{key}{SEPARATOR}{word[:LONGEST_WORD]}"


def _words(value: Any) -> Iterator[str]:
    left = _LOOKED_AT
    for text in _texts(value, 0):
        yield from tokens(text[:left])
        left -= len(text)
        if left <= 0:
            return


def _texts(value: Any, depth: int) -> Iterator[str]:
    """Every text, number and truth value in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, Mapping | list | tuple) and depth < _DEEPEST:
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner, depth + 1)
