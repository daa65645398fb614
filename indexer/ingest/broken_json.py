"""JSON as templates and plug-ins write it into pages -> the values in it, read as far as they can be. Used by
`json_ld`.

What is mended: `\\'` and other escapes that JSON does not have, control characters and quotes inside strings, strings
in single quotes, commas too many and too few, comments, a text that is cut off, several values in a row. One pass over
the text and no step back, so that a hostile text costs no more than an honest one of its length.
"""

import html
import json
import re
from typing import Any

import orjson

LONGEST = 300_000  # characters of a broken text that are looked at
DEEPEST = 60  # levels; JSON-LD of articles has a dozen
MOST_VALUES = 200  # in a row

_IN_STRING = {'"': re.compile(r'[^"\\]*+'), "'": re.compile(r"[^'\"\\]*+")}
_BETWEEN = re.compile(r"[^\"'{}\[\],:/<]*+")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|//[^\n]*|<!--.*?(?:-->|\Z)", re.DOTALL)
_LITERAL = re.compile(r"true|false|null|-?\d[\d.eE+-]*+")
# What follows the quote that ends a string: the next key or value, the end of an object or a list, or nothing.
_AFTER_STRING = re.compile(
    r'\s*+(?:[:}\]]|\Z|,\s*+(?:["\x27{}\[\],\d-]|true|false|null|\Z|/[*/]|<!--)|/[*/]|<!--|-->)|[ \t\r]*+\n\s*+"'
)
_ESCAPE = re.compile(r'["\\/bfnrt]|u[0-9a-fA-F]{4}')
_START = re.compile(r"[{\[]")
_CLOSING = {"{": "}", "[": "]"}


def values_in(text: str) -> list[Any]:
    """The values that a text holds; none where nothing can be made of it."""
    try:
        return [orjson.loads(text)]
    except orjson.JSONDecodeError:
        pass
    text = text[:LONGEST]
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
    return _values(_Mending().mended(text))


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    place = 0
    while len(found) < MOST_VALUES and (start := _START.search(text, place)):
        try:
            value, place = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found


class _Mending:
    """The text being written anew: commas only between values, a value for each key, everything closed."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._opened: list[str] = []  # the signs that will close
        self._after_value = False  # a value or a key came last
        self._comma = False  # and a comma after it
        self._has_colon = False  # the member of the object has its key

    def mended(self, text: str) -> str:
        """The text as JSON has it."""
        place = 0
        while place < len(text) and len(self._opened) <= DEEPEST:
            between = _BETWEEN.match(text, place)
            if between and between.end() > place:
                self._literal(between[0])
                place = between.end()
            sign = text[place : place + 1]
            if sign == '"' or (sign == "'" and self._wants_value):
                string, place = _string(text, place + 1, sign)
                self._value(string)
                continue
            # Around the whole a comment hides it from old browsers; only inside does it hide something from us.
            comment = _COMMENT.match(text, place) if self._opened and sign in ("/", "<") else None
            place = comment.end() if comment else place + 1
            if not comment:
                self._sign(sign)
        while self._opened:
            self._close(self._opened[-1])
        return "".join(self._parts)

    @property
    def _wants_value(self) -> bool:
        return bool(self._opened) and (self._comma or not self._after_value)

    def _literal(self, text: str) -> None:
        if self._opened and (found := _LITERAL.match(text.strip())):
            self._value(found[0])

    def _sign(self, sign: str) -> None:
        if sign in _CLOSING:
            self._value(sign)
            self._opened.append(_CLOSING[sign])
            self._after_value = self._has_colon = False
        elif sign == ",":
            self._end_member()
            self._comma = self._after_value
        elif sign == ":" and self._after_value and not self._has_colon:
            self._parts.append(":")
            self._after_value, self._has_colon = False, True
        elif sign in self._opened:
            while self._opened[-1] != sign:
                self._close(self._opened[-1])
            self._close(sign)

    def _value(self, value: str) -> None:
        if self._after_value:
            self._end_member()
            self._parts.append("," if self._opened else "\n")
            self._has_colon = False
        self._parts.append(value)
        self._after_value, self._comma = True, False

    def _close(self, sign: str) -> None:
        self._end_member()
        self._parts.append(sign)
        self._opened.pop()
        self._after_value, self._has_colon, self._comma = True, True, False

    def _end_member(self) -> None:
        """Give a key its value where the text has none."""
        if self._opened and self._opened[-1] == "}":
            if self._after_value and not self._has_colon:
                self._parts.append(":null")
            elif not self._after_value and self._has_colon:
                self._parts.append("null")
            else:
                return
            self._after_value = self._has_colon = True


def _string(text: str, place: int, quote: str) -> tuple[str, int]:
    """A string from behind its first quote, as JSON has it, and the place behind its last."""
    parts = ['"']
    while place < len(text):
        if plain := _IN_STRING[quote].match(text, place):
            parts.append(plain[0])
            place = plain.end()
        sign = text[place : place + 1]
        place += 1
        if sign == quote and _AFTER_STRING.match(text, place):
            break
        if sign in ('"', "'"):
            parts.append('\\"' if sign == '"' else sign)
        elif sign == "\\":
            if escape := _ESCAPE.match(text, place):
                parts.append("\\" + escape[0])
                place = escape.end()
            elif text[place : place + 1] not in ("'", "\n", "\r", "&", "<", ">"):
                parts.append("\\\\")
    return "".join(parts) + '"', min(place, len(text))
