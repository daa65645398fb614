"""What a configuration states, checked: types of values, names that are known, codes of languages."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin

from indexer.errors import ConfigError

_SENDER = re.compile(r"[!-~]+@[A-Za-z0-9.-]+|[ -~]+ <[!-~]+@[A-Za-z0-9.-]+>")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def typed(place: str, value: Any, kind: Any) -> Any:
    """A value as its type wants it: a list of strings is a tuple.

    Raises:
        ConfigError: it is of another type.
    """
    origin = get_origin(kind)
    if origin is tuple:
        if isinstance(value, list) and all(isinstance(item, get_args(kind)[0]) for item in value):
            return tuple(value)
        raise ConfigError(f"{place}: wants a list of strings, not {value!r}")
    if origin is not None and issubclass(origin, Mapping):
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return value
        raise ConfigError(f'{place}: wants a table of strings such as {{ headline = "title" }}, not {value!r}')
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    wanted = {str: "text in quotes", int: "a whole number", bool: "true or false"}[kind]
    raise ConfigError(f"{place}: wants {wanted}, not {value!r}")


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message about a name that is not known: the one that may be meant, else all."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f". Perhaps you meant {close[0]!r}?" if close else f". Known: {', '.join(known)}."


def is_language(code: str) -> bool:
    """Whether it is written as a code of a language."""
    return _LANGUAGE.fullmatch(code) is not None


def is_sender(text: str) -> bool:
    """Whether mails can be from it: `archive@news.example`, or `The archive <archive@news.example>`."""
    return _SENDER.fullmatch(text) is not None
