"""What a source says an article is about (topics, keywords, tags) -> the values of the field `topic`.

Unlike the other fields, all that was stated counts: a page has keywords for search engines and tags of its own. Used
by `normalise`.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from indexer.ingest.markup import plain_line
from indexer.ingest.values import string

MOST_TOPICS = 100
LONGEST_TOPIC = 120
LONGEST_LIST = 8_000
# What parts topics that were written as one text, the surest sign first. A comma may also be part of a topic.
_PARTING = (";", "|", "\n", "、", "，", "،", ",")
_NAME_KEYS = ("webTitle", "nom", "slug", "tag", "keyword", "topic", "key")
# What a list looks like after it passed through a CSV file: "['Oil', 'Gas']".
_WRITTEN_LIST = "[]"


def topics(stated: Sequence[tuple[int, str, Any]], categories: Sequence[str], extra: dict[str, Any]) -> tuple[str, ...]:
    """Each topic once, without regard to case.

    Args:
        stated: what stood under the names of the field, as (rank, name, value); a value is a text, a list, an object.
        categories: those beyond the first, which is the category.
        extra: what no field holds; gets the values that say more than names.
    """
    found: dict[str, str] = {}
    in_order = sorted(stated, key=itemgetter(0))
    for _, key, value in in_order:
        if _says_more(value):
            extra.setdefault(key, value)
    for topic in (*(text for _, _, value in in_order for text in _texts(value)), *categories):
        clean = plain_line(topic).strip(" #,;\"'")
        if clean and len(clean) <= LONGEST_TOPIC and not clean.startswith(("http://", "https://")):
            found.setdefault(clean.casefold(), clean)
            if len(found) == MOST_TOPICS:
                break
    return tuple(found.values())


def _says_more(value: Any) -> bool:
    """Whether something is lost when only names are kept: other keys, numbers for names."""
    if isinstance(value, Mapping):
        return len(value) > 1 or not _name(value)
    if isinstance(value, list | tuple):
        return any(map(_says_more, value))
    return isinstance(value, int | float)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _parts(value[:LONGEST_LIST])
    elif isinstance(value, Mapping):
        yield _name(value)
    elif isinstance(value, list | tuple):
        if len(value) == 1 and isinstance(value[0], str):
            yield from _texts(value[0])
            return
        for item in value:
            if isinstance(item, str):
                yield item
            elif isinstance(item, Mapping):
                yield _name(item)


def _parts(text: str) -> list[str]:
    text = text.strip()
    if text[:1] + text[-1:] == _WRITTEN_LIST:
        text = text[1:-1]
    sign = next((sign for sign in _PARTING if sign in text), None)
    return text.split(sign) if sign else [text]


def _name(value: Mapping[str, Any]) -> str:
    name = string(value)
    if not name or name in (value.get("id"), value.get("@id"), value.get("url"), value.get("uri")):
        name = next((value[key] for key in _NAME_KEYS if isinstance(value.get(key), str)), name)
    return name
