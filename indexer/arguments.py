"""What a program passes to the archive, checked: ids, paths and words of a list. One string is one id, one path."""

import os
from collections.abc import Iterable
from typing import TypeVar

from indexer.errors import WrongType, WrongValue
from indexer.search.options import described, nearest

Chosen = TypeVar("Chosen", bound=str)


def id_of(value: object) -> str:
    """The id of an article.

    Raises:
        WrongType: it is no text.
    """
    if not isinstance(value, str):
        raise WrongType(f"An article's id is text, not {described(value)}.")
    return value


def ids_of(values: str | Iterable[str]) -> list[str]:
    """Several ids, or the one that a string is.

    Raises:
        WrongType: it is neither text nor several, or one of them is no text.
    """
    if isinstance(values, str):
        return [values]
    if not isinstance(values, Iterable):
        raise WrongType(f"{described(values)} is neither an id nor several. An article's id is text.")
    return [id_of(value) for value in values]


def paths_of(sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[str]:
    """Paths of files and folders, or the one that a string is.

    Raises:
        WrongType: it is neither a path nor several.
    """
    named: Iterable[object] = [sources] if isinstance(sources, str | bytes | os.PathLike) else sources
    if not isinstance(named, Iterable):
        raise WrongType(f"{described(named)} is no path. Name files and folders by text or a Path.")
    found = []
    for source in named:
        if not isinstance(source, str | os.PathLike) or not isinstance(path := os.fspath(source), str):
            raise WrongType(f"{described(source)} is no path. Name files and folders by text or a Path.")
        found.append(path)
    return found


def one_of(name: str, value: object, known: Iterable[Chosen]) -> None:
    """Check that a word is one of those that there are.

    Raises:
        WrongValue: it is not.
    """
    words = list(known)
    if value not in words:
        raise WrongValue(f"unknown {name} {value!r}{nearest(str(value), words)}")


def number_of(name: str, value: object) -> int:
    """A whole number that is not negative.

    Raises:
        WrongType, WrongValue: it is none, or negative.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongType(f"{name} is {described(value)}, not a whole number.")
    if value < 0:
        raise WrongValue(f"{name} {value} is negative; count from 0.")
    return value


def text_of(name: str, value: object) -> str:
    """A text.

    Raises:
        WrongType: it is none.
    """
    if not isinstance(value, str):
        raise WrongType(f"{name} is {described(value)}, not text.")
    return value
