"""Where each rule of `entities.toml` stands, and the comment beside it.

In: the text of a file. Out: for each key, as the path of tables that leads to it, its first and last line. A reader of
TOML gives the values but not their lines; messages name these, and the editing of the file goes by them.
"""

import re
import tomllib
from dataclasses import dataclass, replace

Path = tuple[str, ...]

_KEY = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_KEYS = rf"\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*"
_HEADER = re.compile(rf"\s*\[{_KEYS}\](.*)")
_PAIR = re.compile(rf"{_KEYS}=(.*)")
_BEFORE_COMMENT = re.compile(r"""(?:[^#"']|"(?:[^"\\]|\\.)*"|'[^']*')*""")


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of a key, from 1: one, or those of a table from its header to its last value."""

    line: int
    last: int
    comment: str = ""


def places(text: str) -> dict[Path, Place]:
    """The place of every key and table that is written on a line of its own."""
    found: dict[Path, Place] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _path(header[1])
            found.setdefault(table, Place(number, number, _comment(header[2])))
        elif pair := _PAIR.match(line):
            found.setdefault((*table, *_path(pair[1])), Place(number, number, _comment(pair[2])))
            if table:
                found[table] = replace(found[table], last=number)
    return found


def _path(keys: str) -> Path:
    return tuple(_unquoted(key) for key in re.findall(_KEY, keys))


def _unquoted(key: str) -> str:
    if not key.startswith('"'):
        return key.strip("'")
    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except tomllib.TOMLDecodeError:
        return key


def _comment(rest: str) -> str:
    """What stands behind the number sign of a line, one in a string aside."""
    before = _BEFORE_COMMENT.match(rest)
    return rest[before.end() :].lstrip("#").strip() if before else ""
