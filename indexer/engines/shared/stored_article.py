"""An article as the JSON record an index stores, and back: `record_to_article(article_to_record(a)) == a`.

Keys of a record are the fields of `Article`; those at their default are left out. Called by the segment writer and by
whatever shows a stored article.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any

import orjson

from indexer.article import Addition, Article, Entity, Mention, Precision, Published, Revision, Translation

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# Fields whose JSON value is the value itself, and what they hold when nothing is stated.
_PLAIN: dict[str, str | None] = {
    **dict.fromkeys(("title", "summary", "body", "content_hash"), ""),
    **dict.fromkeys(("source", "category", "language", "translated_from")),
    **dict.fromkeys(("url", "archived_url", "original_url", "dateline")),
}
_plain_values = attrgetter(*_PLAIN)
_translation_values = attrgetter("language", "title", "summary", "body", "engine", "version")


def article_to_record(article: Article) -> dict[str, Any]:
    """The record of an article, ready for JSON."""
    record: dict[str, Any] = {"id": article.id}
    for (name, default), value in zip(_PLAIN.items(), _plain_values(article), strict=True):
        if value != default:
            record[name] = value
    if article.published is not None:
        published = article.published
        # Microseconds since 1970: exact, and no parsing to read it.
        record["published"] = [(published.instant - _EPOCH) // _MICROSECOND, published.precision.value, published.zone]
        if published.offset:
            record["published"].append(published.offset)
    if article.withdrawn:
        record["withdrawn"] = True
    if article.author:
        record["author"] = article.author
    if article.topic:
        record["topic"] = article.topic
    if article.collection:
        record["collection"] = article.collection
    if article.entities:
        record["entities"] = [_entity_to_record(entity) for entity in article.entities]
    if article.extra:
        record["extra"] = dict(article.extra)
    if article.revision is not None:
        revision = article.revision
        record["revision"] = [revision.number, _microseconds(revision.modified), _microseconds(revision.captured)]
    if article.added is not None:
        record["added"] = _microseconds(article.added)
    if article.changed is not None:
        record["changed"] = _microseconds(article.changed)
    if article.earlier:
        record["earlier"] = [article_to_record(version) for version in article.earlier]
    if article.translation is not None:
        record["translation"] = _translation_to_record(article.translation)
    return record


def record_to_article(record: Mapping[str, Any], *, partial: bool = False) -> Article:
    """The article of a record; `partial` where that has no body on purpose."""
    plain = {name: record[name] for name in _PLAIN if name in record}
    made = {name: make(record) for name, make in _MADE.items()}
    return Article(id=record["id"], **plain, **made, partial=partial)


def field_of_record(record: Mapping[str, Any], name: str) -> Any:
    """One field of the article of a record."""
    if name in _PLAIN:
        return record.get(name, _PLAIN[name])
    return record["id"] if name == "id" else _MADE[name](record)


def texts_of(record: Mapping[str, Any], *, translation: bool) -> list[tuple[str, str | None]]:
    """What the article of a record says, and its translation if that is wanted, each with its language."""
    texts = [("\n".join(record.get(name, "") for name in ("title", "summary", "body")), record.get("language"))]
    if translation and "translation" in record:
        made = _record_to_translation(record["translation"])
        texts.append((made.text, made.language))
    return texts


def _revision(stored: list[Any]) -> Revision:
    number, modified, captured = stored
    return Revision(number, _instant(modified), _instant(captured))


def _translation_to_record(translation: Translation) -> list[Any]:
    return [*_translation_values(translation), _microseconds(translation.made)]


def _record_to_translation(stored: list[Any]) -> Translation:
    language, title, summary, body, engine, version, made = stored
    return Translation(language, title, summary, body, engine, version, _instant(made))


def _microseconds(instant: datetime | None) -> int | None:
    return None if instant is None else (instant - _EPOCH) // _MICROSECOND


def _instant(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + microseconds * _MICROSECOND


def published_of(record: Mapping[str, Any]) -> Published | None:
    """When the article of a record was published."""
    stored = record.get("published")
    if stored is None:
        return None
    microseconds, precision, zone, *offset = stored  # articles filed under their day in UTC have no offset
    return Published(_EPOCH + microseconds * _MICROSECOND, Precision(precision), zone, *offset)


def pack_record(record: Mapping[str, Any]) -> bytes:
    """The record as JSON bytes. A lone surrogate, which JSON cannot hold, becomes U+FFFD."""
    try:
        return orjson.dumps(record, option=orjson.OPT_PASSTHROUGH_DATACLASS, default=str)
    except TypeError:
        return orjson.dumps(_mended(record), default=str)


def pack_text(text: str) -> bytes:
    """A text in UTF-8, in which a lone surrogate becomes U+FFFD, as in a record."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return str(_mended(text)).encode()


def unpack_record(data: bytes | memoryview) -> dict[str, Any]:
    """The record that `pack_record` packed."""
    record: dict[str, Any] = orjson.loads(data)
    return record


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {_mended(str(key)): _mended(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(item) for item in value]
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    return value


def _entity_to_record(entity: Entity) -> list[Any]:
    mentions = [[mention.start, mention.end, mention.field] for mention in entity.mentions] if entity.mentions else ()
    record: list[Any] = [entity.kind, entity.name, mentions, entity.given, entity.variants]
    if entity.added is not None:
        record.append([entity.added.query, entity.added.comment])
    return record


def _record_to_entity(stored: list[Any]) -> Entity:
    kind, name, mentions, given, variants, *added = stored  # of an archive that was exported with its corrections
    entity = Entity(kind, name, tuple(Mention(*mention) for mention in mentions), given, tuple(variants))
    return replace(entity, added=Addition(*added[0])) if added else entity


# The other fields, made of the record.
_MADE: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "published": published_of,
    "author": lambda record: tuple(record.get("author", ())),
    "topic": lambda record: tuple(record.get("topic", ())),
    "collection": lambda record: tuple(record.get("collection", ())),
    "entities": lambda record: tuple(map(_record_to_entity, record.get("entities", ()))),
    "withdrawn": lambda record: record.get("withdrawn", False),
    "extra": lambda record: record.get("extra", {}),
    "revision": lambda record: _revision(record["revision"]) if "revision" in record else None,
    "added": lambda record: _instant(record.get("added")),
    "changed": lambda record: _instant(record.get("changed")),
    "earlier": lambda record: tuple(map(record_to_article, record.get("earlier", ()))),
    "translation": lambda record: _record_to_translation(record["translation"]) if "translation" in record else None,
}
