"""Entities that came with the article: loose lists and objects -> `Entity` values marked `given`. Used by `normalise`.

Names are only cleaned here; `indexer.entities` types and merges them with those it finds by itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from indexer.article import ENTITY_KINDS, Entity, EntityKind
from indexer.ingest.markup import plain_line
from indexer.ingest.values import string

MOST_ENTITIES = 500
LONGEST_NAME = 120

# What sources call the three kinds, without case; what is in no row is no named entity of ours (events, topics).
_KIND_WORDS: tuple[tuple[EntityKind, str], ...] = (
    ("person", "person persons people pers per human politician athlete actor cpnat:person"),
    (
        "organisation",
        "organisation organisations organization organizations org orgs company companies corporation institution "
        "newsmediaorganization governmentorganization sportsteam ngo cpnat:organisation",
    ),
    (
        "place",
        "place places location locations loc gpe country countries city cities state region administrativearea geo "
        "geoarea poi landmark facility fac cpnat:geoarea cpnat:poi",
    ),
)
KINDS: Mapping[str, EntityKind] = {word: kind for kind, words in _KIND_WORDS for word in words.split()}
_TYPE_KEYS = ("type", "kind", "label", "entity_type", "entitytype", "category", "tag", "@type", "class", "ner")
_NAME_KEYS = ("name", "text", "entity", "value", "surface", "word", "mention", "title", "literal", "label")


def given_entities(found: Mapping[str, Any]) -> tuple[tuple[Entity, ...], Any]:
    """The entities stated under `person`, `organisation`, `place` and `entities`, and what of the last had no kind."""
    names: dict[tuple[EntityKind, str], None] = {}
    for kind in ENTITY_KINDS:
        for name in _names(found.get(kind)):
            names[kind, name] = None
    unknown: list[Any] = []
    for kind_or_none, name, stated in _typed(found.get("entities")):
        if kind_or_none is None:
            unknown.append(stated)
        elif name:
            names[kind_or_none, name] = None
    entities = tuple(Entity(kind, name, given=True) for kind, name in list(names)[:MOST_ENTITIES])
    return entities, unknown


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        parts = value.split(";") if ";" in value else [value]
        yield from filter(None, map(_clean, parts))
    elif isinstance(value, Mapping):
        if name := _clean(_name_of(value)):
            yield name
        else:
            yield from filter(None, map(_clean, value))  # {"Angela Merkel": 3}: names with their counts
    elif isinstance(value, list | tuple):
        for item in value:
            if name := _clean(_name_of(item) if isinstance(item, Mapping) else string(item)):
                yield name


def _typed(value: Any) -> Iterator[tuple[EntityKind | None, str, Any]]:
    """(kind, name, as stated) from {"persons": [...]}, [{"type": "PER", "name": ...}] and [["Rome", "GPE"]]."""
    if isinstance(value, Mapping):
        kind = _kind_of(value)
        if kind and _name_of(value):
            yield kind, _clean(_name_of(value)), value
            return
        for key, inner in value.items():
            known = KINDS.get(str(key).casefold())
            if known is None:
                yield None, "", {key: inner}
                continue
            for name in _names(inner):
                yield known, name, inner
    elif isinstance(value, list | tuple):
        for item in value:
            if isinstance(item, Mapping):
                yield _kind_of(item), _clean(_name_of(item)), item
            elif isinstance(item, list | tuple) and len(item) == 2 and all(isinstance(part, str) for part in item):
                first, second = (KINDS.get(part.casefold()) for part in item)
                yield first or second, _clean(item[1] if first else item[0]), item
            else:
                yield None, "", item
    elif value is not None:
        yield None, "", value


def _kind_of(item: Mapping[str, Any]) -> EntityKind | None:
    for key in _TYPE_KEYS:
        stated = item.get(key)
        for word in stated if isinstance(stated, list) else [stated]:
            if isinstance(word, str) and (kind := KINDS.get(word.rpartition("/")[2].casefold().removeprefix("b-"))):
                return kind
    return None


def _name_of(item: Mapping[str, Any]) -> str:
    return next((string(item[key]) for key in _NAME_KEYS if item.get(key)), "")


def _clean(text: str) -> str:
    name = plain_line(text)
    return name if len(name) <= LONGEST_NAME and any(map(str.isalpha, name)) else ""
