"""A record -> the fields of an `Article`, made exact: the work behind `normalise.Preparer`.

In: a record under its source's names. Finds the fields by the alias table, and makes text, dates, language, names and
id exact; what is left over becomes `extra`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from heapq import nsmallest
from typing import Any

import orjson

from indexer.article import Article, Published, derive_id
from indexer.config import Config, IngestConfig
from indexer.ingest import blocks, values
from indexer.ingest import language as languages
from indexer.ingest.addresses import canonical
from indexer.ingest.aliases import WRAPPERS, folded, lookup
from indexer.ingest.dates import counts_from_1970, parse_date, unread_before
from indexer.ingest.given import given_entities
from indexer.ingest.images import keep_lead_image
from indexer.ingest.markup import plain_line
from indexer.ingest.notes import Notes
from indexer.ingest.notices import only_notices
from indexer.ingest.raw import Page
from indexer.ingest.rejects import excerpt
from indexer.ingest.revisions import is_change, is_withdrawn, revision_of
from indexer.ingest.topics import topics
from indexer.rejection import Rejected
from indexer.sources import Catalogue
from indexer.zones import filed

LONGEST_ID = 512
# What no field holds is kept, but an archive of articles is no place for a megabyte of layout instructions.
MOST_EXTRA_BYTES = 32_768
MOST_EXTRA_VALUE_BYTES = 8_192
_LEAST_EXTRA = 4  # bytes that a value takes besides itself and its name
# What another article may be named by that has no address: `urn:newsml:...`, `tag:...`, a number.
_ID = re.compile(r"(?:urn|tag):[\w.,;@/:=+%-]{1,200}|[\w.-]{1,200}")
_EMPTY: tuple[Any, ...] = (None, "", [], {})
# Bookkeeping of our own exports: of no use in `extra` when an edited record comes back.
_EXPORT_KEYS = frozenset(
    {"content_hash", "record_hash", "precision", "zone", "added", "changed", "earlier", "withdrawn"}
)
# What machines made of the text as it was before somebody changed the record.
_TRANSLATION_KEYS = frozenset(f"translation_{name}" for name in ("language", "engine", "title", "summary", "body"))


@lru_cache(maxsize=8)
def _table(pairs: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, int]]:
    return lookup(dict(pairs))


def _said_of(ingest: IngestConfig, sources: Catalogue, source: str | None, address: str | None) -> str | None:
    """The language that the configuration says a source writes in; a source goes by its name or its host."""
    said = ingest.source_languages
    found = (said.get(source or "") or said.get(values.host(address) or "" if address else "")) if said else None
    known = None if found else sources.of(source, address)
    return known.language if known else found


def _is_made(key: str, value: Any, record: Mapping[str, Any]) -> bool:
    """Whether a value of a record is what the archive it comes from made: collections, a machine's translation."""
    if key == "translation":
        return isinstance(value, dict) and {"language", "engine", "made"} <= value.keys()
    return key in _TRANSLATION_KEYS or (key == "collection" and "content_hash" in record)


class Assembly:
    """One article in the making: what was found for each field, and what is left over."""

    def __init__(self, config: Config, notes: Notes, record: Mapping[str, Any], size: int, sources: Catalogue) -> None:
        self._sources = sources
        self._ingest = config.ingest
        self._time_zone = config.archive.time_zone
        self._notes = notes
        self._size = size
        self._table = _table(tuple(self._ingest.field_aliases.items()))
        self._found: dict[str, tuple[int, str, Any]] = {}
        self._dates: list[tuple[int, str, Any]] = []
        self._topics: list[tuple[int, str, Any]] = []
        self.extra: dict[str, Any] = {}
        self._gather(record, 0)

    def _gather(self, record: Mapping[str, Any], depth: int) -> None:
        """Sort a record's keys into fields and extra; objects that only wrap fields are opened."""
        for key, value in record.items():
            if value in _EMPTY:
                continue
            known = self._table.get(key) or self._table.get(folded(key))
            if isinstance(value, dict) and depth < 2 and folded(key) in WRAPPERS:
                self._gather(value, depth + 1)
            elif known is not None and known[0] == "category" and blocks.are_sections(value):
                self._offer("body", 100 * depth + 99, key, value)
            elif known is None:
                if key == "extra" and isinstance(value, dict):
                    self.extra = value | self.extra
                elif key not in _EXPORT_KEYS and not _is_made(key, value, record):
                    self.extra.setdefault(key, value)
            elif known[0] == "published":
                self._dates.append((known[1] + 100 * depth, key, value))
            elif known[0] == "topic":
                self._topics.append((known[1] + 100 * depth, key, value))
            else:
                self._offer(known[0], known[1] + 100 * depth, key, value)

    def _offer(self, canonical: str, rank: int, key: str, value: Any) -> None:
        held = self._found.get(canonical)
        if held is None or rank < held[0]:
            self._found[canonical] = (rank, key, value)
            if held is not None:
                self.extra.setdefault(held[1], held[2])
        else:
            self.extra.setdefault(key, value)

    def _value(self, canonical: str) -> Any:
        held = self._found.get(canonical)
        return held[2] if held is not None else None

    def article(self) -> Article:
        """Everything found, made exact."""
        title, summary, body = self._texts()
        if only_notices(body) or "only_notice" in self.extra:
            self._notes.add("only_notice")
            self.extra.setdefault("only_notice", True)
        address, archived = self._addresses()
        source = values.name(self._value("source")) or (values.host(address) if address else None)
        tag = self._language(title, summary, body, source, address)
        published = self._published(tag)
        revision = revision_of(
            self._value("version"),
            (self._value("revised"), *(value for _, key, value in self._dates if is_change(key))),
            self._value("captured"),
        )
        category, categories = values.category(self._value("category"))
        entities, untyped = (
            given_entities({name: self._value(name) for name in ("person", "organisation", "place", "entities")})
            if self._has_entities()
            else ((), [])
        )
        if untyped:
            self.extra.setdefault("entities_stated", untyped)
        translated = languages.normalised(self._value("translated_from"))
        return Article(
            id=self._id(address, source, published, title, body),
            title=title,
            summary=summary,
            body=body,
            published=published,
            source=source,
            category=category,
            language=languages.without_region(tag) if tag else None,
            translated_from=languages.without_region(translated) if translated else None,
            author=values.authors(author) if (author := self._value("author")) is not None else (),
            topic=topics(self._topics, categories, self.extra) if self._topics or categories else (),
            url=address,
            archived_url=archived,
            original_url=self._original(),
            dateline=values.line(self._value("dateline")) or None,
            entities=entities,
            withdrawn=self._withdrawn,
            extra=self._bounded_extra(),
            revision=revision,
        )

    @property
    def _withdrawn(self) -> bool:
        """Whether the source takes the article back; any other status is none of ours."""
        held = self._found.get("status")
        if held is None or is_withdrawn(held[2]):
            return held is not None
        self.extra.setdefault(held[1], held[2])
        return False

    def _texts(self) -> tuple[str, str, str]:
        body = values.without_snip(self._body())
        title = values.line(self._value("title"))
        summary = values.prose(self._value("summary") or blocks.lead(self._value("body")) or None)
        if title and body.startswith(title) and body[len(title) : len(title) + 2] == "\n\n":
            body = body[len(title) + 2 :]  # the headline again, as the first paragraph
        if summary == body:
            body, summary = body, ""
        if not title and not body:
            if self._withdrawn and self._value("id") is not None:
                return title, summary, body
            if not summary:
                raise Rejected("empty", "Neither a title nor a text was found.", self._shown())
            body, summary = summary, ""
        return title, summary, body

    def _body(self) -> str:
        value = self._value("body")
        if (
            isinstance(value, str)
            and len(value) > 200
            and value.lstrip()[:15].lower().startswith(("<!doctype", "<html"))
        ):
            # A whole page under "html" or "content": its article, and what it says of itself where we know nothing.
            from indexer.ingest.page import page_fields

            address = values.url(self._value("url"))
            page = dict(page_fields(Page(value.encode("utf-8", "replace"), address, "utf-8")))
            text = str(page.pop("body", ""))
            self._gather(page, 2)
            return text
        text = values.prose(value)
        if value is not None and not text:
            self.extra.setdefault("body_stated", value)
        return text

    def _language(self, title: str, summary: str, body: str, source: str | None, address: str | None) -> str | None:
        """The stated language, the configured one, or the one the text is in: the first that its script allows."""
        stated = languages.normalised(self._value("language"))
        text = f"{title}\n{summary}\n{body}" if len(body) <= 100 else f"{title}\n{body[: languages.LOOKED_AT]}"
        if stated and not languages.believed(stated, text):
            self._notes.add("language_not_believed")
            self.extra.setdefault("language_stated", stated)
            stated = None
        default = stated or languages.normalised(self._ingest.default_language)
        if default and (stated or languages.believed(default, text)):
            return default
        said = _said_of(self._ingest, self._sources, source, address)
        likely = languages.likelihood(said, self._ingest.languages, address)
        return languages.detect(body if len(body) > 100 else text, likely)

    def _published(self, tag: str | None) -> Published | None:
        self._dates.sort(key=lambda candidate: candidate[0])
        chosen: Published | None = None
        for _, key, value in self._dates:
            if chosen is None:
                stated = parse_date(value, tag)
                if stated is not None:
                    chosen = filed(stated, self._time_zone, counted=counts_from_1970(value))
                    if (unread := unread_before(value, tag)) is not None:
                        self.extra.setdefault("date_stated", unread)
                    continue
            if not is_change(key):
                self.extra.setdefault(key, value)
        if chosen is None and self._dates:
            self._notes.add("date_not_understood")
            self.extra.setdefault("date_stated", self._dates[0][2])
        return chosen

    def _addresses(self) -> tuple[str | None, str | None]:
        held = self._value("url")
        address = values.url(held)
        if held is not None and address is None:
            self.extra.setdefault("url_stated", held)
        archived = values.url(self._value("archived_url"))
        if address and (original := values.archived(address)):
            return original, archived or address
        return address, archived

    def _original(self) -> str | None:
        """The address of what the article translates; what is an id and no address is kept under `original_id`."""
        held = self._value("original_url")
        address = values.url(held)
        if held is not None and address is None and _ID.fullmatch(text := values.string(held).strip()):
            self.extra.setdefault("original_id", text)
        return address

    def _has_entities(self) -> bool:
        found = self._found
        return "person" in found or "organisation" in found or "place" in found or "entities" in found

    def _id(self, address: str | None, source: str | None, published: Published | None, title: str, body: str) -> str:
        stated = self._value("id")
        if isinstance(stated, dict):
            stated = stated.get("$oid") or stated.get("#text") or stated.get("value")
        if isinstance(stated, str | int) and not isinstance(stated, bool):
            text = plain_line(str(stated))
            if 0 < len(text) <= LONGEST_ID:
                return text
        if address:
            key = canonical(address)
            return key if len(key) <= LONGEST_ID else derive_id(None, None, key)
        return derive_id(source, published, title, body)

    def _bounded_extra(self) -> dict[str, Any]:
        """`extra` as JSON values within the size limit; the largest values go first."""
        extra = self.extra
        if extra:
            keep_lead_image(extra)
        if not extra or self._size <= MOST_EXTRA_VALUE_BYTES:
            return extra
        kept: dict[str, Any] = {}
        total = 0
        packed = ((_packed(value), str(key)) for key, value in extra.items())
        # No more than these fit, however many there are; of the rest nothing is held.
        for data, key in nsmallest(MOST_EXTRA_BYTES // _LEAST_EXTRA + 1, packed, key=lambda item: len(item[0])):
            total += len(data) + len(key) + _LEAST_EXTRA
            if len(data) > MOST_EXTRA_VALUE_BYTES or total > MOST_EXTRA_BYTES:
                break
            kept[plain_line(key)[:200]] = orjson.loads(data)
        if len(kept) < len(extra):
            self._notes.add("extra_shortened")
        return kept

    def _shown(self) -> str:
        return excerpt(_packed({**self.extra, **{key: value for _, key, value in self._found.values()}}))


def _packed(value: Any) -> bytes:
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)
    except (TypeError, ValueError):  # an integer beyond 64 bits, a lone surrogate
        return orjson.dumps(str(value).encode("utf-8", "replace").decode())
