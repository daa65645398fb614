"""The article: the one value that ingest produces, engines store and every view shows.

Also what identifies an article (`derive_id`) and what decides whether it changed (`content_hash`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, make_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from operator import attrgetter
from typing import Any, Literal, Self, cast

import orjson

from indexer.deferred import Deferred

EntityKind = Literal["person", "organisation", "place"]
ENTITY_KINDS: tuple[EntityKind, ...] = ("person", "organisation", "place")
_SHOWN = 60  # characters of a title in a `repr`


class Precision(StrEnum):
    """How exactly the publication date was stated."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def offset_text(offset: timedelta | None) -> str | None:
    """An offset from UTC as dates state it: "+03:00"."""
    if offset is None:
        return None
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published.

    `instant` is in UTC. With a precision below `SECOND` it is midnight UTC of the first day of the stated
    period, whatever the zone. `zone` is the offset or abbreviation as the source stated it ("+03:00", "EST"), or None.
    `offset` is where the archive reads the instant, in minutes east of UTC: the source's own zone or the archive's (see
    `zones.filed`). It decides the day, and is no part of what the source said: two times are equal whatever it is.
    """

    instant: datetime
    precision: Precision = Precision.SECOND
    zone: str | None = None
    offset: int = field(default=0, compare=False)

    @classmethod
    def of(cls, moment: date) -> Self:
        """A `datetime` to the second, without a zone taken as UTC; a `date` to the day."""
        if not isinstance(moment, datetime):
            return cls(datetime(moment.year, moment.month, moment.day, tzinfo=UTC), Precision.DAY)
        east = moment.utcoffset()
        if east is None:
            return cls(moment.replace(tzinfo=UTC))
        return cls(moment.astimezone(UTC), Precision.SECOND, offset_text(east), round(east.total_seconds() / 60))

    @property
    def local(self) -> datetime:
        """The instant on the clocks of the zone in which the archive reads it."""
        return self.instant.astimezone(timezone(timedelta(minutes=self.offset))) if self.offset else self.instant

    @property
    def day(self) -> date:
        """The calendar day under which the archive files the article."""
        return self.local.date()

    def isoformat(self) -> str:
        """ISO 8601 text cut to the stated precision: `2021-10-14T11:15:48Z`, `2021-10-14`, `2021-10`, `2021`."""
        match self.precision:
            case Precision.YEAR:
                return f"{self.instant.year:04d}"
            case Precision.MONTH:
                return f"{self.instant.year:04d}-{self.instant.month:02d}"
            case Precision.DAY:
                return self.instant.date().isoformat()
            case Precision.SECOND:
                return self.instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


@dataclass(frozen=True, slots=True)
class Revision:
    """What tells the versions of an article apart in time: the number that the source gave it, when the source says it
    was last changed, and when a crawler captured it (both in UTC)."""

    number: int | None = None
    modified: datetime | None = None
    captured: datetime | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place where an entity is named: character offsets `[start, end)` into `field` (title, summary or body)."""

    start: int
    end: int
    field: str = "body"


@dataclass(frozen=True, slots=True)
class Addition:
    """Why an article has a name that nobody found in it: the query of a correction, and the comment beside it."""

    query: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place under its canonical name.

    `given` marks an entity that came with the source rather than from a tagger; `variants` are the other
    surface forms under which the article names it. `added` says which correction gives it to the article; it may have
    no mentions then. `short` is the short name by which alone the article names it, where the archive knows whom that
    means (`entities.short_names`).
    """

    kind: EntityKind
    name: str
    mentions: tuple[Mention, ...] = ()
    given: bool = False
    variants: tuple[str, ...] = ()
    added: Addition | None = None
    short: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A machine's translation of an article, paragraph by paragraph: `body` has as many as the article's own.

    `engine` and `version` say what made it, `made` when (UTC). It is no part of what the source said.
    """

    language: str
    title: str = ""
    summary: str = ""
    body: str = ""
    engine: str = ""
    version: str = ""
    made: datetime | None = None

    @property
    def text(self) -> str:
        """All of it as one text, in which it is searched."""
        return "\n\n".join(filter(None, (self.title, self.summary, self.body)))

    def without_body(self) -> "Translation":
        """The translation as a hit has it."""
        return replace(self, body="")


@dataclass(frozen=True, slots=True)
class Article(Deferred):
    """One article as it is indexed. Text fields are plain text; paragraphs are parted by blank lines.

    `extra` keeps what the source said and no field holds (the lead image, trends, boxes ...), as JSON values.

    A `withdrawn` article is one that its source has taken back: it is not found, and shown as a note.

    `added` is when the archive first held it, `changed` when it took in the newest version of it, both in UTC and None
    before it does. `earlier` are the versions before this one, oldest first, without entities. `translation` is a
    machine's, where one was made. None of these is part of what the article says: two articles are equal whatever they
    are.

    A `partial` article is that of a hit, without its body: `Archive.get` has it whole.

    `collection` names the groups that the configuration puts its source into: no part of what it says either.
    """

    id: str
    title: str = ""
    summary: str = ""
    body: str = ""
    published: Published | None = None
    source: str | None = None
    category: str | None = None
    language: str | None = None
    translated_from: str | None = None
    author: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    url: str | None = None
    archived_url: str | None = None
    original_url: str | None = None
    dateline: str | None = None
    withdrawn: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    content_hash: str = ""
    revision: Revision | None = field(default=None, compare=False)
    added: datetime | None = field(default=None, compare=False)
    changed: datetime | None = field(default=None, compare=False)
    earlier: tuple["Article", ...] = field(default=(), compare=False)
    translation: Translation | None = field(default=None, compare=False)
    partial: bool = field(default=False, compare=False)
    collection: tuple[str, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        stated = ", ".join(filter(None, (self.source, self.published.isoformat() if self.published else None)))
        return f"<Article {self.id!r}: {_cut(self.title)!r}{', ' if stated else ''}{stated}>"

    @property
    def stood(self) -> datetime | None:
        """Since when it says what it says, as far as is known: when the source changed it, or a crawler captured it, or
        the archive took it in."""
        revision = self.revision or Revision()
        return revision.modified or revision.captured or self.changed

    @property
    def versions(self) -> tuple["Article", ...]:
        """All versions, this one last."""
        return (*self.earlier, self)

    def names(self, kind: EntityKind) -> tuple[str, ...]:
        """Canonical names of the article's entities of one kind, in order of first appearance."""
        return tuple(entity.name for entity in self.entities if entity.kind == kind)

    def without_body(self) -> "Article":
        """The article as a hit has it."""
        translation = self.translation and self.translation.without_body()
        return replace(self, body="", partial=True, translation=translation)

    def text_of(self, name: str) -> str:
        """The text of a field of kind `TEXT`: the title, the summary, the body, or all of the translation."""
        if name == "translation":
            return self.translation.text if self.translation else ""
        text: str = getattr(self, name)
        return text

    def language_of(self, name: str) -> str | None:
        """The language of a field of kind `TEXT`."""
        if name == "translation":
            return self.translation.language if self.translation else None
        return self.language

    def to_dict(self) -> dict[str, Any]:
        """The article as JSON values, the record of an export; `from_dict` reads it back."""
        from indexer.interchange import to_dict  # it knows articles

        return to_dict(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Article":
        """The article of a record that `to_dict` made, or of one changed since; what it does not state is left empty.

        Raises:
            WrongType: the record, or a value in it, is of another type.
            WrongValue: a key that no record has, no id, or a date that cannot be read.
        """
        from indexer.interchange import from_dict  # as above

        return from_dict(record)

    def taken_in(self, now: datetime) -> "Article":
        """The same article as the archive first holds it."""
        added, changed = self.added or now, self.changed or now
        # Five times as fast as `replace`, which every article of a build would feel.
        since = (self.revision, added, changed, self.earlier, self.translation, self.partial, self.collection)
        return _made(*_HASHED(self), self.entities, self.content_hash, *since)

    def with_entities(self, entities: tuple[Entity, ...]) -> "Article":
        """The same article with other entities."""
        return _made(*_HASHED(self), entities, self.content_hash, *_OF_THE_ARCHIVE(self))

    def with_translation(self, translation: Translation | None) -> "Article":
        """The same article with a machine's translation, or without."""
        return self if translation is self.translation else replace(self, translation=translation)

    def with_hash(self) -> "Article":
        """The same article carrying its content hash."""
        return _made(*_HASHED(self), self.entities, content_hash(self), *_OF_THE_ARCHIVE(self))


# Setting the fields of a frozen value takes six times as long as those of another, which then becomes one.
_Open = make_dataclass("_Open", [f.name for f in fields(Article)], bases=(Deferred,), slots=True)


def _made(*values: Any) -> Article:
    """`Article(*values)`, of all fields."""
    made = _Open(*values)
    made.__class__ = Article
    return cast(Article, made)


# Derived by taggers of changing quality: a better tagger must not make an unchanged source "replaced".
_NOT_HASHED = ("entities", "content_hash")
# When it came, what was there before, and what a machine made of it: no part of what the source said.
_NOT_SAID = ("revision", "added", "changed", "earlier", "translation", "partial", "collection")
_HASHED = attrgetter(*(f.name for f in fields(Article) if f.name not in (*_NOT_HASHED, *_NOT_SAID)))
_OF_THE_ARCHIVE = attrgetter(*_NOT_SAID)

_HASH_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS


# Under these keys of `extra` stands what an article was before the configuration said who its source is (`filing`): the
# name that its source goes by, or the host of its address; and that no language was stated which it translates.
SOURCE_STATED, TRANSLATION_DECLARED = "source_stated", "translated_from_declared"


def as_stated(article: Article) -> Article:
    """An article without what the configuration has said of its source."""
    extra = article.extra
    if not article.collection and SOURCE_STATED not in extra and TRANSLATION_DECLARED not in extra:
        return article
    changed: dict[str, Any] = {"collection": (), "source": stated_source(article)}
    changed["extra"] = {key: extra[key] for key in extra if key not in (SOURCE_STATED, TRANSLATION_DECLARED)}
    if extra.get(TRANSLATION_DECLARED) is True:
        changed["translated_from"] = None
    return replace(article, **changed)


def stated_source(article: Article) -> str | None:
    """The source of an article as this one states it, whatever the configuration calls it."""
    stated = article.extra.get(SOURCE_STATED)
    return stated if isinstance(stated, str) else article.source


def content_hash(article: Article) -> str:
    """128-bit BLAKE2b (hex) over everything the source said, given entities included, tagged ones not."""
    article = as_stated(article)
    given = sorted((e.kind, e.name) for e in article.entities if e.given)
    packed = orjson.dumps((_HASHED(article), given), option=_HASH_OPTIONS, default=_plain)
    return hashlib.blake2b(packed, digest_size=16).hexdigest()


def derive_id(source: str | None, published: Published | None, title: str, body: str = "") -> str:
    """An id for an article that brings neither id nor URL: a hash of source, date and title.

    Where one of these is missing the body counts too: pages of a scanned paper begin alike.
    """
    stated = published.isoformat() if published else ""
    known = source and stated and title
    key = "\x1f".join((source or "", stated, title) if known else (source or "", stated, title, body))
    return "h-" + hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _plain(value: Any) -> Any:
    if isinstance(value, Published):
        # As it is stated: what is finer than its precision does not travel with an export.
        return value.isoformat(), value.precision, value.zone
    return dict(value) if isinstance(value, Mapping) else str(value)
