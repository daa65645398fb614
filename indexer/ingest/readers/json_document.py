"""JSON documents: an array of articles, an object around one (`{"articles": [...]}`), one article, or several objects
one after the other. Arrays are taken apart as they stream in, whatever their length.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from indexer.ingest.aliases import ALIASES, LIST_KEYS, WRAPPERS, folded
from indexer.ingest.json_text import parse_json
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, bad
from indexer.ingest.readers.json_split import split_values
from indexer.ingest.recoding import REPLACED, Narrow
from indexer.ingest.streams import HEAD, MEGABYTE, Input
from indexer.rejection import Origin, Rejected

# The head of a wrapper whose list comes within the first kilobytes, so that it can stream.
_LIST_HEAD = re.compile(
    rb'\s*\{(?:\s*"[^"\\]{1,60}"\s*:\s*(?:"(?:[^"\\]|\\.)*+"|[\w.+-]+)\s*,)*\s*"('
    + "|".join(map(re.escape, LIST_KEYS)).encode()
    + rb')"\s*:\s*(?=\[\s*\{)'
)
# "article" and "content" may also be the object around the fields.
_BODY_FIELDS = frozenset(folded(name) for name in ("body", *ALIASES["body"])) - {"article"}
_TEXT_FIELDS = _BODY_FIELDS | {folded(name) for field in ("title", "summary") for name in (field, *ALIASES[field])}
_WHITE = b" \t\r\n,\x1e\xef\xbb\xbf"


def read_json_document(source: Input) -> Iterator[Item]:
    """The articles of one document."""
    stream, recoding = source.recoded()
    head = stream.peek(HEAD)  # type: ignore[attr-defined]  # BinaryIO does not know of peek
    if head.lstrip(_WHITE).startswith(b"["):
        yield from _elements(source, stream, recoding)
    elif found := _LIST_HEAD.match(head[:HEAD]):
        stream.read(found.end())
        yield from _elements(source, stream, recoding)
    else:
        yield from _objects(source, stream, recoding)


def _objects(source: Input, stream: BinaryIO, recoding: Narrow) -> Iterator[Item]:
    """One object that is the article or holds the list, or several objects with nothing between them."""
    for number, (data, whole) in enumerate(split_values(stream, _limit(source), in_array=False), 1):
        if not whole:
            yield bad(source, number, "too_long", _too_long(source), data)
            continue
        try:
            value, _ = parse_json(data, source.limits.max_json_depth)
            replaced = recoding.replaced and REPLACED in data
        except Rejected as reason:
            yield bad(source, number, reason.reason, reason.detail, data)
            continue
        found = articles_in(value)
        if found is None:
            yield RawArticle(Origin(source.path, number), json=data, replaced=replaced)
            continue
        for place, item in enumerate(found, 1):
            yield _item(source, place, item, replaced=replaced)


def _item(source: Input, place: int, item: Any, *, replaced: bool) -> Item:
    if isinstance(item, dict):
        return RawArticle(Origin(source.path, place), fields=item, replaced=replaced)
    return bad(source, place, "bad_record", "The list holds something that is not an object.", str(item)[:200])


def articles_in(value: Any) -> list[Any] | None:
    """The list of articles that a document holds, or None when the document itself may be one."""
    for _ in range(3):
        if isinstance(value, list):
            return value
        if not isinstance(value, dict) or _BODY_FIELDS & {folded(key) for key in value}:
            return None
        inner = next((value[key] for key in LIST_KEYS if isinstance(value.get(key), list | dict)), None)
        if inner is None:
            return _keyed(value)
        if isinstance(inner, list) and not (inner and isinstance(inner[0], dict)):
            return None
        value = inner
    return None


def _keyed(value: dict[str, Any]) -> list[Any] | None:
    """`{"a1": {...article...}, "a2": {...}}`: the keys are ids, unless they only number the articles of this file."""
    records = list(value.items())
    if not records or not all(isinstance(item, dict) and _TEXT_FIELDS & set(map(folded, item)) for _, item in records):
        return None
    if len(records) == 1 and folded(records[0][0]) in WRAPPERS:
        return None
    if [key for key, _ in records] in ([str(n + first) for n in range(len(records))] for first in (0, 1)):
        return [item for _, item in records]  # the next file would begin with the same numbers
    return [{"id": key, **item} for key, item in records]


def _elements(source: Input, stream: BinaryIO, recoding: Narrow) -> Iterator[Item]:
    """The elements of an array, each kept as the bytes it is."""
    for number, (data, whole) in enumerate(split_values(stream, _limit(source), in_array=True), 1):
        origin = Origin(source.path, number)
        if not whole:
            yield bad(source, number, "too_long", _too_long(source), data)
        elif data.startswith(b"{"):
            yield RawArticle(origin, json=data, replaced=recoding.replaced and REPLACED in data)
        else:
            yield bad(source, number, "bad_record", "The list holds something that is not an object.", data)


def _limit(source: Input) -> int:
    return source.limits.max_line_mb * MEGABYTE


def _too_long(source: Input) -> str:
    return f"More than {source.limits.max_line_mb} MB in one record."
