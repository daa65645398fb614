"""Cursors: the keys and id of the last hit shown, as opaque text, so that the next page begins right after it.

A cursor belongs to a search (query, match, filters, sort), not to a generation of the index. Called by the engine.
"""

import base64
import hashlib
from dataclasses import dataclass

import orjson

from indexer.errors import UsageError
from indexer.search.request import SearchRequest

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a search goes on: after the hit with these sort keys and this id."""

    keys: tuple[float, ...]
    id: str


def write_cursor(request: SearchRequest, keys: tuple[float, ...], id: str) -> str:
    """The text of a cursor."""
    # Keys of whole numbers stay whole; those that are none are written to the last bit.
    packed = orjson.dumps([_VERSION, _search(request), list(keys), id])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def read_cursor(request: SearchRequest, text: str, keys: int) -> Cursor:
    """The cursor of a text, which must have as many keys as the sort has.

    Raises:
        UsageError: the text is no cursor, or is that of another search.
    """
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        version, search, values, id = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
        sound = version == _VERSION and isinstance(id, str) and all(type(value) in (int, float) for value in values)
    except (ValueError, TypeError):
        sound = False
    if not sound:
        raise UsageError(f"{text[:60]!r} is not a cursor. Take it from `next_cursor` of an earlier page.")
    if search != _search(request) or len(values) != keys:
        raise UsageError("The cursor belongs to another search. Keep query, match, filters and sort as they were.")
    return Cursor(tuple(values), id)


def _search(request: SearchRequest) -> str:
    filters = [(f.field, sorted(f.values), sorted(f.excluded)) for f in sorted(request.filters, key=lambda f: f.field)]
    same = [
        request.query,
        filters,
        str(request.dates),
        request.match.value,
        request.sort.value,
        request.recency,
        request.group,
        request.all_mentions,
        *([str(request.added)] if request.added else []),
        *([] if request.translation else ["own texts"]),
    ]
    return hashlib.blake2b(orjson.dumps(same), digest_size=8).hexdigest()
