"""An article as one JSON record and back: the line of an export, the answer of `show --json`.

In: an `Article`, or a record that `to_record` made. Out: the other. Called by the archive's export, the command line,
the web and the reader of JSON lines, which takes a record that is provably whole (`from_record`) as it stands and
treats every other one as a stranger's. Programs use `to_dict` and `from_dict`, which lose nothing.
"""

import difflib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from indexer.article import (
    ENTITY_KINDS,
    Addition,
    Article,
    Entity,
    Mention,
    Precision,
    Published,
    Revision,
    Translation,
    content_hash,
)
from indexer.errors import WrongType, WrongValue
from indexer.zones import as_stated

# How a WARC file of whole articles is known, and the records that hold them (`indexer.warc`).
WARC_SOFTWARE = "Broadsheet"
WARC_TYPE = "application/vnd.broadsheet.article+json"

# Article fields whose JSON form is the value itself, in the order in which a person would want to read them.
_PLAIN = ("id", "title", "summary", "body")
_STATED = ("source", "category", "language", "translated_from", "url", "archived_url", "original_url", "dateline")
# What the keys of a record hold where nothing is stated, and those that are there only where something is.
_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(_PLAIN, ""),
    **dict.fromkeys(("published", "precision", "zone", *_STATED)),
    **{"author": (), "topic": (), "collection": (), "entities": (), "extra": {}, "content_hash": ""},
}
_TRANSLATION = ("language", "title", "summary", "body", "engine", "version")
_LISTS = ("author", "topic", "collection", "entities", "earlier")
_KEYS = frozenset(_EMPTY) | frozenset(
    (
        *("withdrawn", "version", "modified", "captured", "added", "changed", "earlier", "translation"),
        *("record_hash", "partial", "published_exactly"),
    )
)


def to_dict(article: Article) -> dict[str, Any]:
    """The record of an article with all that `from_dict` needs to make an equal one."""
    record = to_record(article)
    if article.earlier:
        record["earlier"] = [to_dict(version) for version in article.earlier]
    published = article.published
    if published is not None:
        stated = _published(record)
        if stated is None or (stated.instant, stated.offset) != (published.instant, published.offset):
            record["published_exactly"] = [_written(published.instant), published.offset]
    return record


def from_dict(record: Mapping[str, Any]) -> Article:
    """The article of a record, whether or not it was changed; see `Article.from_dict`."""
    try:
        return _article(_completed(record))
    except (WrongType, WrongValue):
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WrongValue(f"The record of article {record['id']!r} cannot be read: {error}.") from error


def _completed(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record with all keys.

    Raises:
        WrongType, WrongValue: it is no record of an article.
    """
    if not isinstance(record, Mapping):
        raise WrongType(f"An article is made of a mapping, not of {type(record).__name__}.")
    for name, value in record.items():
        if name not in _KEYS:
            close = difflib.get_close_matches(str(name), sorted(_KEYS), n=1)
            meant = f" Perhaps you meant {close[0]!r}?" if close else " What no field holds belongs into 'extra'."
            raise WrongValue(f"The record of an article has no {name!r}.{meant}")
        if name in _LISTS and not isinstance(value, list | tuple):
            raise WrongType(f"{name!r} is a list, not {type(value).__name__}.")
        if name in _PLAIN and not isinstance(value, str):
            raise WrongType(f"{name!r} is text, not {type(value).__name__}.")
        if name in _STATED and not isinstance(value, str | None):
            raise WrongType(f"{name!r} is text or None, not {type(value).__name__}.")
        if name == "translation" and not isinstance(value, Mapping | None):
            raise WrongType(f"{name!r} is a mapping or None, not {type(value).__name__}.")
    if "id" not in record:
        raise WrongValue("The record of an article has no 'id'.")
    whole = {**_EMPTY, **record}
    if "earlier" in whole:
        whole["earlier"] = [_completed(version) for version in whole["earlier"]]
    return whole


def to_record(article: Article) -> dict[str, Any]:
    """The record of an article: every field, in words that other programs also use."""
    record: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    published = article.published
    record["published"] = as_stated(published) if published else None
    record["precision"] = published.precision.value if published else None
    record["zone"] = published.zone if published else None
    record.update((name, getattr(article, name)) for name in _STATED)
    if article.withdrawn:
        record["withdrawn"] = True
    record["author"] = list(article.author)
    record["topic"] = list(article.topic)
    record["collection"] = list(article.collection)
    record["entities"] = [_entity_record(entity) for entity in article.entities]
    record["extra"] = dict(article.extra)
    if article.revision is not None:
        record["version"] = article.revision.number
        record["modified"] = _written(article.revision.modified)
        record["captured"] = _written(article.revision.captured)
    record["added"] = _written(article.added)
    record["changed"] = _written(article.changed)
    if article.earlier:
        record["earlier"] = [to_record(version) for version in article.earlier]
    if article.translation is not None:
        record["translation"] = translation_record(article.translation)
    if article.partial:
        record["partial"] = True
    record["content_hash"] = article.content_hash
    # A given name may have been made canonical since ("Zelensky" is filed as "Volodymyr Zelenskyy"): the record then
    # differs from what the source said, and carries a hash of its own besides.
    if article.content_hash and (own := content_hash(article)) != article.content_hash:
        record["record_hash"] = own
    return record


def translation_record(translation: Translation) -> dict[str, Any]:
    """A machine's translation of an article, as a record has it."""
    record: dict[str, Any] = {name: getattr(translation, name) for name in _TRANSLATION}
    record["made"] = _written(translation.made)
    return record


def version_records(article: Article) -> list[dict[str, Any]]:
    """The records of an article's versions, oldest first, each with its number from 1 and since when it said so."""
    return [
        {"number": number, "since": _written(version.stood)} | _alone(to_record(version))
        for number, version in enumerate(article.versions, 1)
    ]


def spans_record(matches: Mapping[str, Sequence[tuple[int, int]]]) -> dict[str, list[list[int]]]:
    """Where a query matches in the texts of an article, as JSON has it."""
    return {part: [list(span) for span in spans] for part, spans in matches.items()}


def _alone(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "earlier"}


def from_record(record: Mapping[str, Any]) -> Article | None:
    """The article a record was made from; None when the record is not one of ours, or was edited since.

    A hash decides: it is computed again from what the record says and must agree with the one it carries.
    """
    stated = record.get("content_hash")
    if not isinstance(stated, str) or not stated:
        return None
    try:
        article = _article(record)
        return article if content_hash(article) == record.get("record_hash", stated) else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _entity_record(entity: Entity) -> dict[str, Any]:
    record: dict[str, Any] = {
        "kind": entity.kind,
        "name": entity.name,
        "mentions": [[mention.start, mention.end, mention.field] for mention in entity.mentions],
        "given": entity.given,
        "variants": list(entity.variants),
    }
    if entity.added is not None:
        record["added"] = {"query": entity.added.query, "comment": entity.added.comment}
    if entity.short:
        record["short"] = entity.short
    return record


def _article(record: Mapping[str, Any]) -> Article:
    return Article(
        id=_text(record["id"]),
        title=_text(record["title"]),
        summary=_text(record["summary"]),
        body=_text(record["body"]),
        published=_published(record),
        author=tuple(_text(name) for name in record["author"]),
        withdrawn=bool(record.get("withdrawn", False)),
        topic=tuple(_text(name) for name in record["topic"]),
        collection=tuple(_text(name) for name in record.get("collection", ())),
        entities=tuple(_entity(entity) for entity in record["entities"]),
        extra=dict(record["extra"]),
        content_hash=_text(record["content_hash"]),
        revision=_revision(record),
        added=_read(record.get("added")),
        changed=_read(record.get("changed")),
        earlier=tuple(_article(version) for version in record.get("earlier", ())),
        translation=_translation(record.get("translation")),
        partial=bool(record.get("partial", False)),
        **{name: _text_or_none(record[name]) for name in _STATED},
    )


# How much of "2021-10-14T11:15:48Z" each precision states, and what completes it to the first second of the period.
_COMPLETION = {
    Precision.YEAR: "-01-01T00:00:00Z",
    Precision.MONTH: "-01T00:00:00Z",
    Precision.DAY: "T00:00:00Z",
    Precision.SECOND: "",
}
_PRECISIONS = {len("2021"): Precision.YEAR, len("2021-10"): Precision.MONTH, len("2021-10-14"): Precision.DAY}


def _published(record: Mapping[str, Any]) -> Published | None:
    stated = record["published"]
    if stated is None or isinstance(stated, Published):
        return stated
    if isinstance(stated, date):
        return Published.of(stated)
    precision = Precision(record["precision"] or _PRECISIONS.get(len(_text(stated)), Precision.SECOND))
    try:
        local = datetime.strptime(_text(stated) + _COMPLETION[precision], "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        raise ValueError(f"published {stated!r} is no date to the {precision.value}") from None
    offset = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    found = Published(local.astimezone(UTC), precision, _text_or_none(record["zone"]), offset)
    if exactly := record.get("published_exactly"):
        instant = _read(exactly[0]) or found.instant
        exact = Published(instant, precision, found.zone, int(exactly[1]))
        # Whoever changed the date need not know of this.
        return exact if exact.isoformat() == found.isoformat() else found
    return found


def _revision(record: Mapping[str, Any]) -> Revision | None:
    number, modified, captured = record.get("version"), _read(record.get("modified")), _read(record.get("captured"))
    if number is None and modified is None and captured is None:
        return None
    return Revision(None if number is None else int(number), modified, captured)


def _translation(record: Mapping[str, Any] | None) -> Translation | None:
    if record is None:
        return None
    texts = {name: _text(record.get(name, "")) for name in _TRANSLATION if name != "language"}
    return Translation(_text(record["language"]), **texts, made=_read(record.get("made")))


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat().replace("+00:00", "Z")


def _read(stated: object) -> datetime | None:
    return None if stated is None else datetime.fromisoformat(_text(stated)).astimezone(UTC)


def _entity(record: Mapping[str, Any]) -> Entity:
    kind = record["kind"]
    if kind not in ENTITY_KINDS:
        raise ValueError(kind)
    mentions = tuple(Mention(int(start), int(end), _text(field)) for start, end, field in record["mentions"])
    variants = tuple(_text(variant) for variant in record["variants"])
    # What a short name means in the archive it comes from is not known of the one that reads it.
    stated = record.get("added")
    added = Addition(_text(stated["query"]), _text(stated["comment"])) if stated is not None else None
    return Entity(kind, _text(record["name"]), mentions, bool(record["given"]), variants, added)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)
