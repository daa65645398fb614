"""Entries -> an Atom feed (RFC 4287) with paging links (RFC 5005) and OpenSearch counts. Pure, called by the feed view.

Atom wants a date of each entry and of the feed; what has none gets `UNDATED`, so that an old article without a date is
not taken for a new one.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from indexer.article import Published
from webui.formats.feed import Entry, Feed, by, clean, language_tag, moment

ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
UNDATED = "1970-01-01T00:00:00Z"


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
    for name in by(entry):
        _text(SubElement(element, "author"), "name", name)
    _link(element, "alternate", entry.permalink, "text/html")
    _link(element, "via", entry.via)
    for term in entry.categories:
        SubElement(element, "category", {"term": clean(term)})
    if entry.summary:
        _text(element, "summary", entry.summary)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = clean(text)


def _link(parent: Element, relation: str, url: str | None, kind: str | None = None) -> None:
    if url:
        SubElement(parent, "link", {"rel": relation, "href": clean(url)} | ({"type": kind} if kind else {}))


def _language(tag: str | None) -> dict[str, str]:
    known = language_tag(tag)
    return {"xml:lang": known} if known else {}


def _instant(published: Published | None) -> str:
    """RFC 3339."""
    return f"{moment(published):%Y-%m-%dT%H:%M:%SZ}" if published else UNDATED
