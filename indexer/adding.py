"""What a program hands to `Archive.add` -> the items of a writer: articles as they are to be, records of plain values.

What the program got wrong (no article at all, a hit without its body) raises `WrongType` or `WrongValue`; what is wrong
with the data raises `Rejected`. Nothing is left out in silence. Called by the archive for each item.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from operator import attrgetter
from os import PathLike
from typing import Any, ClassVar, Protocol

from indexer.article import ENTITY_KINDS, Addition, Article, Entity, Mention, Precision, Published, Revision
from indexer.errors import WrongType, WrongValue
from indexer.rejection import Rejected
from indexer.search.options import described
from indexer.search.results import Hit, SearchResults


class Dataclass(Protocol):
    """Any dataclass: its fields are named as those of files may be."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Addable = Article | Mapping[str, Any] | Dataclass

DEEPEST = 60  # levels of a record
_FIELDS = frozenset(field.name for field in fields(Article))
_TEXTS = ("id", "title", "summary", "body")
_NAMES = ("source", "category", "language", "translated_from", "url", "archived_url", "original_url", "dateline")
_LISTS = ("author", "topic")
_OF_A_HIT = frozenset({"score", "snippets", "title_spans"})
_texts, _names = attrgetter(*_TEXTS), attrgetter(*_NAMES)
# What becomes of values whose types would have to be imported to be known: pandas has `NAType` in place of a value.
_BY_NAME: Mapping[str, Callable[[Any], str | None]] = {"UUID": str, "Decimal": str, "NAType": lambda _: None}
# Types whose values a record may hold as they are.
_PLAIN = frozenset({str, int, bool, type(None)})


def items_of(articles: Iterable[Addable] | Addable) -> Iterable[Addable]:
    """The items of what was handed over, which may be a single one.

    Raises:
        WrongType: it is neither one nor several.
    """
    if isinstance(articles, Mapping) or (is_dataclass(articles) and not isinstance(articles, SearchResults | type)):
        return [articles]
    if isinstance(articles, str | bytes) or not isinstance(articles, Iterable):
        raise WrongType(f"{described(articles)} is no article. Add articles or mappings; files are read by build().")
    return articles


def item_of(item: object, number: int) -> Article | dict[str, Any]:
    """One item as a writer takes it; `number` is its place in the order given, from 1.

    Raises:
        WrongType, WrongValue: the item cannot be one at all, or was read without its body.
        Rejected: a value in it cannot be kept.
    """
    if isinstance(item, Article):
        _refuse_partial(item.partial, item.id, number)
        return exact(item)
    if isinstance(item, Hit):
        _refuse_partial(True, item.id, number)
    if not isinstance(item, Mapping):
        if not is_dataclass(item) or isinstance(item, type):
            what = described(item)
            raise WrongType(f"Item {number} is {what[:80]}. Add articles, mappings or dataclasses.")
        item = {field.name: getattr(item, field.name) for field in fields(item)}
    if "score" in item or "partial" in item:
        of_ours = item.get("partial") is True and "content_hash" in item
        _refuse_partial(of_ours or item.keys() >= _OF_A_HIT, _id_of(item), number)
    if item.keys() <= _FIELDS and _is_an_article(item):
        return exact(_article(item))
    return plain_record(item)


def _id_of(record: Mapping[str, Any]) -> object:
    """The id in a record of a hit, or in one of its article."""
    article = record.get("article")
    return article.get("id") if isinstance(article, Mapping) else record.get("id", getattr(article, "id", None))


def _refuse_partial(partial: bool, id: object, number: int) -> None:
    if partial:
        raise WrongValue(
            f"Item {number} is what a search found of article {id!r}, without its body, which adding it would wipe. "
            "Change an article with update(), or add what get() returns."
        )


def exact(article: Article) -> Article:
    """An article whose fields have the types that engines keep: lists become tuples, a `datetime` a `Published`.

    Raises:
        Rejected: a field is of a type that it cannot have.
    """
    changed: dict[str, Any] = {}
    for name, text in zip(_TEXTS, _texts(article), strict=True):
        if type(text) is not str:
            changed[name] = _text(name, text) or ""
    for name, text in zip(_NAMES, _names(article), strict=True):
        if text is not None and type(text) is not str:
            changed[name] = _text(name, text)
    published = published_of(article.published)
    if published is not article.published:
        changed["published"] = published
    for name in _LISTS:
        value = getattr(article, name)
        if type(value) is not tuple or not all(type(each) is str for each in value):
            several = [value] if isinstance(value, str) else _listed(name, value)
            changed[name] = tuple(filter(None, (_text(name, each) for each in several)))
    if article.entities and not all(isinstance(entity, Entity) for entity in article.entities):
        raise _wrong("entities", article.entities, "a list of Entity values")
    if type(article.entities) is not tuple:
        changed["entities"] = tuple(_listed("entities", article.entities))
    if not isinstance(article.extra, Mapping):
        raise _wrong("extra", article.extra, "a mapping")
    if article.extra:
        extra = plain_record(article.extra)
        if extra != article.extra:
            changed["extra"] = extra
    if type(article.withdrawn) is not bool:
        raise _wrong("withdrawn", article.withdrawn, "True or False")
    if not (changed.get("id") or article.id):
        raise Rejected("bad_record", "The id is empty.", str(article.title)[:200])
    return replace(article, **changed) if changed else article


def published_of(value: Any) -> Published | None:
    """The date that a program states: a `Published`, a `datetime`, a `date`, or text as files state it.

    A time without a zone is taken as UTC.

    Raises:
        Rejected: it is none.
    """
    from indexer.ingest.dates import parse_date  # whoever reads alone starts sooner without

    if value is None:
        return None
    if isinstance(value, Published):
        if not isinstance(value.instant, datetime):
            raise _wrong("published", value.instant, "a datetime")
        aware = value.instant.tzinfo is not None
        return value if aware else replace(value, instant=value.instant.replace(tzinfo=UTC))
    found = Published.of(value) if isinstance(value, date) and value == value else parse_date(value)
    if found is None:
        raise _wrong("published", value, "a date, a datetime or text such as 2021-10-14")
    return found


def plain_record(record: Mapping[Any, Any]) -> dict[str, Any]:
    """A record with plain values under text keys.

    Raises:
        Rejected: a value is of a type that has no plain form.
    """
    if _is_plain((record,)):
        return record  # type: ignore[return-value]  # it is a dict
    return {_key(key): _plain(key, value, 0) for key, value in record.items()}


def _is_plain(values: Iterable[Any], depth: int = 0) -> bool:
    """Whether there is nothing to be done to some values, which takes a third of the time of copying them."""
    for value in values:
        kind = type(value)
        if kind in _PLAIN:
            continue
        if kind is list:
            inner = value
        elif kind is dict and all(type(key) is str for key in value):
            inner = value.values()
        else:
            return False
        if depth == DEEPEST or not _is_plain(inner, depth + 1):
            return False
    return True


def _key(key: object) -> str:
    if isinstance(key, Enum):
        key = key.value
    if isinstance(key, str | int | float | date):
        return str(key)
    raise Rejected("bad_record", f"A key is {described(key)}, not text.")


def _plain(name: object, value: Any, depth: int) -> Any:
    if type(value) in _PLAIN:
        return value
    if depth > DEEPEST:
        raise Rejected("too_deep", f"{name!r} is nested deeper than {DEEPEST} levels.")
    match value:
        case Published():
            return value if depth == 0 else value.isoformat()
        case Enum():
            return _plain(name, value.value, depth)
        case float() | date():  # what pandas has in place of a value is not equal to itself
            return value if value == value else None
        case str():
            return str(value)
        case int():
            return int(value)
        case PathLike():
            return str(value)
        case Mapping():
            return {_key(key): _plain(name, inner, depth + 1) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(name, each, depth + 1) for each in value]
        case Set():
            return sorted((_plain(name, each, depth + 1) for each in value), key=str)
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        return _plain(name, value.tolist(), depth + 1)
    if type(value).__name__ in _BY_NAME:
        return _BY_NAME[type(value).__name__](value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = {field.name: getattr(value, field.name) for field in fields(value)}
        return {key: _plain(name, each, depth + 1) for key, each in inner.items()}
    raise _wrong(name, value, "text, a number, a date, a list or a mapping")


def _is_an_article(record: Mapping[str, Any]) -> bool:
    """Whether a record has the attributes of an `Article`, as `dataclasses.asdict` makes it, not fields as of files."""
    published = record.get("published")
    stated = isinstance(published, Published) or (isinstance(published, Mapping) and "instant" in published)
    return "id" in record and (stated or "revision" in record or "earlier" in record)


def _article(record: Mapping[str, Any]) -> Article:
    """The article of attributes.

    Raises:
        Rejected: one of them cannot be read.
    """
    values = dict(record)
    try:
        if isinstance(values.get("published"), Mapping):
            stated = values["published"]
            values["published"] = Published(**{**stated, "precision": Precision(stated.get("precision", "second"))})
        if isinstance(values.get("revision"), Mapping):
            values["revision"] = Revision(**values["revision"])
        values["entities"] = tuple(_entity(entity) for entity in values.get("entities") or ())
        values["earlier"] = tuple(
            version if isinstance(version, Article) else _article(version) for version in values.get("earlier") or ()
        )
        return Article(**values)
    except (TypeError, ValueError, AttributeError) as error:
        raise Rejected(
            "bad_record", f"The fields are not those of an article: {error}.", str(values.get("title"))
        ) from None


def _entity(value: Entity | Mapping[str, Any]) -> Entity:
    if isinstance(value, Entity):
        return value
    if value["kind"] not in ENTITY_KINDS:
        raise ValueError(f"there are no entities of kind {value['kind']!r}")
    mentions = tuple(each if isinstance(each, Mention) else Mention(**each) for each in value.get("mentions", ()))
    added = value.get("added")
    if isinstance(added, Mapping):
        added = Addition(**added)
    return Entity(**{**value, "mentions": mentions, "variants": tuple(value.get("variants", ())), "added": added})


def _text(name: str, value: object) -> str | None:
    """A text of a field; what pandas has in place of one is None."""
    plain = _plain(name, value, 0)
    if isinstance(plain, str) or plain is None:
        return plain
    if isinstance(plain, int) and not isinstance(plain, bool):
        return str(plain)
    raise _wrong(name, value, "text")


def _listed(name: str, value: object) -> Iterator[Any]:
    if value is None:
        return
    if not isinstance(value, list | tuple | Set):
        raise _wrong(name, value, "a list")
    yield from sorted(value, key=str) if isinstance(value, Set) else value


def _wrong(name: object, value: object, wanted: str) -> Rejected:
    said = described(value)
    return Rejected("bad_record", f"{name!r} is {said[:80]}, not {wanted}.", said)
