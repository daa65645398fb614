"""The fields at the top of a text file: YAML between `---`, TOML between `+++`, or one JSON object.

What is none of them after all, as people write such blocks by hand, is read line by line as `key: value`.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from typing import Any

# A longer block at the top is the text itself.
LONGEST = 1 << 16
MOST_BRACKETS = 400
DEEPEST = 20
_BLOCK = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*(?P<kind>[a-z]{0,8})[ \t]*\r?\n(?P<block>.*?)^(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_LINE = re.compile(r"([^\W\d_][\w -]{0,40}?)\s*[:=]\s*(\S.*)")
# Tables within the block that only group fields (Zola, Hugo).
_GROUPS = ("taxonomies", "params", "extra")
_NOTHING: tuple[Any, ...] = (None, "", "~", "null", [], {})


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields at the top of a text and what follows them; no fields where it begins otherwise."""
    if text.startswith("{"):
        return _json(text)
    if not text.startswith(("---", "+++")):
        return {}, text
    head = text[:LONGEST]
    found = _BLOCK.match(head)
    if found is None:
        return {}, text
    toml = found["fence"] == "+++" or found["kind"] == "toml"
    fields = _parsed(found["block"], _toml if toml else json.loads if found["kind"] == "json" else _yaml)
    return (fields, text[found.end() :]) if fields else ({}, text)


def _parsed(block: str, parse: Any) -> dict[str, Any]:
    try:
        fields = _plain(parse(block))
    except (ValueError, RecursionError):  # what TOML and JSON raise are kinds of ValueError
        fields = None
    if not isinstance(fields, Mapping):
        fields = {
            found[1]: found[2].strip("\"'") for row in block.splitlines() if (found := _LINE.fullmatch(row.strip()))
        }
    grouped = {
        key: value
        for group in _GROUPS
        if isinstance(fields.get(group), Mapping)
        for key, value in fields[group].items()
    }
    kept = {key: value for key, value in (grouped | dict(fields)).items() if key not in _GROUPS}
    return {key: value for key, value in kept.items() if value not in _NOTHING}


def _toml(block: str) -> Any:
    if any(row.partition("=")[0].count(".") > DEEPEST for row in block.splitlines()):
        raise ValueError("too deep")
    return tomllib.loads(block.replace("\r\n", "\n"))


def _yaml(block: str) -> Any:
    if block.count("[") + block.count("{") > MOST_BRACKETS:
        raise ValueError("too deep")  # nested lists cost the square of their depth
    from indexer.ingest.readers.yaml_texts import read_texts

    return read_texts(block)


def _json(text: str) -> tuple[dict[str, Any], str]:
    try:
        fields, end = json.JSONDecoder().raw_decode(text[:LONGEST])
        fields = _plain(fields)
    except (ValueError, RecursionError):
        return {}, text
    return fields, text[end:]


def _plain(value: Any, depth: int = 0) -> Any:
    """A value as JSON has it: TOML knows dates."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, depth + 1) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value
