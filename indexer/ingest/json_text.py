"""One JSON text -> a Python value, however rough the JSON: NaN, lone surrogates, broken UTF-8 and depth are handled.

Used by `normalise` (JSON lines) and the readers of JSON documents.
"""

import json
import re
from typing import Any

import orjson

from indexer.ingest.charset import decode, without_surrogates
from indexer.ingest.rejects import excerpt
from indexer.rejection import Rejected

# A complete string, a bracket, or the quote of a string that never ends.
_NESTING = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]|"', re.DOTALL)


def parse_json(data: bytes, max_depth: int) -> tuple[Any, bool]:
    """The value and whether characters were replaced.

    Raises:
        Rejected: `bad_json` or `too_deep`.
    """
    if data.count(b"[") + data.count(b"{") > max_depth and depth(data) > max_depth:
        raise Rejected("too_deep", f"More than {max_depth} levels.", excerpt(data))
    try:
        return orjson.loads(data), False
    except orjson.JSONDecodeError as error:
        return _rough(data, str(error))


def depth(data: bytes) -> int:
    """How deep the objects and lists of a JSON text are nested; brackets in strings do not count."""
    level = deepest = 0
    for found in _NESTING.finditer(data):
        first = data[found.start()]
        if first in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif first in b"]}":
            level -= 1
        elif found.end() - found.start() == 1:
            break
    return deepest


def _rough(data: bytes, complaint: str) -> tuple[Any, bool]:
    """What the strict parser refuses and people nevertheless write."""
    text, replaced = decode(data)
    try:
        value = json.loads(text, strict=False, parse_constant=_nothing)
    except (ValueError, RecursionError):
        raise Rejected("bad_json", complaint[:1].upper() + complaint[1:], excerpt(data)) from None
    if "\\u" in text:
        # A lone surrogate may have come in by its escape. Only strings hold one, and only this dump shows them all.
        clean = without_surrogates(json.dumps(value, ensure_ascii=False))
        value = json.loads(clean)
    return value, replaced


def _nothing(_: str) -> None:
    return None
