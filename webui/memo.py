"""What is costly to compute and the same for everyone until the next commit: kept for one commit of the archive."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from flask import current_app

from indexer.archive import Archive

Value = TypeVar("Value")
MOST = 64  # values; the first that came goes first
MOST_OF_ARTICLES = 512  # the same of what is kept of single articles, so that these drive out nothing else
_EXTENSION, _OF_ARTICLES = "memo", "memo-of-articles"


class Memo:
    """Values of one commit, by key."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._identity: str | None = None
        self._values: dict[Hashable, Any] = {}

    def get(self, identity: str, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made where it is not known. Two threads may make one at the same time."""
        with self._lock:
            if identity == self._identity and key in self._values:
                return cast("Value", self._values[key])
        value = make()
        with self._lock:
            if identity != self._identity:
                self._identity, self._values = identity, {}
            while len(self._values) >= self._most:
                del self._values[next(iter(self._values))]
            self._values[key] = value
        return value


def init(extensions: dict[str, Any]) -> None:
    """Give an application its memory, among its extensions."""
    extensions[_EXTENSION] = Memo()
    extensions[_OF_ARTICLES] = Memo(MOST_OF_ARTICLES)


def remembered(archive: Archive, key: Hashable, make: Callable[[], Value]) -> Value:
    """A value that depends on the archive and the key alone."""
    memo: Memo = current_app.extensions[_EXTENSION]
    return memo.get(archive.identity, key, make)


def remembered_of_article(archive: Archive, key: Hashable, make: Callable[[], Value]) -> Value:
    """The same for what belongs to one article, whose id is in the key."""
    memo: Memo = current_app.extensions[_OF_ARTICLES]
    return memo.get(archive.identity, key, make)
