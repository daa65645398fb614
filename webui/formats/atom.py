"""Entries -> an Atom feed (RFC 4287) with paging links (RFC 5005) and OpenSearch counts. Pure, called by the feed view.

Text may hold anything: markup is escaped, characters that XML cannot hold are left out. Atom wants a date of each entry
and of the feed; what has none gets `UNDATED`, so that an old article without a date is not taken for a new one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from indexer.article import Article, Published
from indexer.search.results import Hit

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
UNDATED = "1970-01-01T00:00:00Z"
SUMMARY_LENGTH = 400
# What is no character of XML 1.0.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a feed. `via` is where it was published; `updated` is when the archive took it in as it is."""

    permalink: str
    title: str
    summary: str
    published: Published | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    categories: tuple[str, ...] = ()
    via: str | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed. Addresses are whole; `id` is the feed's own, without a page."""

    id: str
    title: str
    subtitle: str
    author: str
    page_url: str
    self_url: str
    next_url: str | None = None
    previous_url: str | None = None
    language: str | None = None
    total: int = 0
    start: int = 1
    size: int = 0


def entry(hit: Hit, permalink: str, untitled: str) -> Entry:
    """What a feed says of a hit; its summary is the article's own, else the first passage that matched."""
    article = hit.article
    passage = hit.snippets[0].text if hit.snippets else ""
    return Entry(
        permalink=permalink,
        title=article.title or untitled,
        summary=_cut(article.summary or passage),
        published=article.published,
        language=article.language,
        authors=article.author,
        source=article.source,
        categories=_categories(article),
        via=article.url if article.url and article.url.lower().startswith(("http://", "https://")) else None,
        updated=article.changed,
    )


def write(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as UTF-8; it is as new as its newest entry."""
    entries = list(entries)
    root = Element("feed", {"xmlns": ATOM, "xmlns:opensearch": OPENSEARCH, **_language(feed.language)})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", max(map(_updated, entries), default=UNDATED))
    _text(SubElement(root, "author"), "name", feed.author)
    _text(root, "generator", "Broadsheet")
    _link(root, "self", feed.self_url, "application/atom+xml")
    _link(root, "alternate", feed.page_url, "text/html")
    _link(root, "next", feed.next_url, "application/atom+xml")
    _link(root, "previous", feed.previous_url, "application/atom+xml")
    _text(root, "opensearch:totalResults", str(feed.total))
    _text(root, "opensearch:startIndex", str(feed.start))
    _text(root, "opensearch:itemsPerPage", str(feed.size))
    for each in entries:
        _write_entry(root, each)
    found: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _updated(entry: Entry) -> str:
    return entry.updated.strftime("%Y-%m-%dT%H:%M:%SZ") if entry.updated else _instant(entry.published)


def _write_entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry", _language(entry.language))
    _text(element, "id", entry.permalink)
    _text(element, "title", entry.title)
    _text(element, "updated", _updated(entry))
    if entry.published:
        _text(element, "published", _instant(entry.published))
    # An article without authors is by whom it came from; without that, by the feed's author.
    for name in entry.authors or filter(None, (entry.source,)):
        if clean(name).strip():
            _text(SubElement(element, "author"), "name", name)
    _link(element, "alternate", entry.permalink, "text/html")
    _link(element, "via", entry.via)
    for term in entry.categories:
        SubElement(element, "category", {"term": clean(term)})
    if entry.summary:
        _text(element, "summary", entry.summary)


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NO_XML.sub("", text)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = clean(text)


def _link(parent: Element, relation: str, url: str | None, kind: str | None = None) -> None:
    if url:
        SubElement(parent, "link", {"rel": relation, "href": clean(url)} | ({"type": kind} if kind else {}))


def _language(tag: str | None) -> dict[str, str]:
    return {"xml:lang": tag} if tag and _LANGUAGE.match(tag) else {}


def _instant(published: Published | None) -> str:
    """RFC 3339; a date that is less exact is its first moment."""
    if published is None:
        return UNDATED
    return datetime.isoformat(published.instant.astimezone(UTC).replace(microsecond=0, tzinfo=None)) + "Z"


def _categories(article: Article) -> tuple[str, ...]:
    names = [article.category, *(entity.name for entity in article.entities if entity.given)]
    return tuple(dict.fromkeys(name for name in names if name and clean(name).strip()))


def _cut(text: str) -> str:
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(maxsplit=1)[0] + "…"
