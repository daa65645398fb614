"""Entries -> an RSS 2.0 feed, with its own address (`atom:link`), authors (Dublin Core) and when the archive took each
in (`atom:updated`). Pure, called by the feed view."""

from collections.abc import Iterable
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from webui.formats.feed import Entry, Feed, by, clean, language_tag, moment

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:opensearch": "http://a9.com/-/spec/opensearch/1.1/",
}


def write(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as UTF-8."""
    root = Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.page_url)
    _text(channel, "description", feed.subtitle)
    if language := language_tag(feed.language):
        _text(channel, "language", language)
    _text(channel, "generator", "Broadsheet")
    for relation, url in (("self", feed.self_url), ("next", feed.next_url), ("previous", feed.previous_url)):
        if url:
            SubElement(channel, "atom:link", {"rel": relation, "href": clean(url), "type": "application/rss+xml"})
    _text(channel, "opensearch:totalResults", str(feed.total))
    for each in entries:
        _write_entry(channel, each)
    found: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _write_entry(channel: Element, entry: Entry) -> None:
    item = SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", entry.permalink)
    _text(SubElement(item, "guid", {"isPermaLink": "true"}), None, entry.permalink)
    if entry.published:
        _text(item, "pubDate", format_datetime(moment(entry.published), usegmt=True))
    if entry.updated:
        _text(item, "atom:updated", f"{entry.updated:%Y-%m-%dT%H:%M:%SZ}")
    for name in by(entry):
        _text(item, "dc:creator", name)
    if language := language_tag(entry.language):
        _text(item, "dc:language", language)
    for term in entry.categories:
        _text(item, "category", term)
    if entry.summary:
        # In RSS it is HTML: what looks like markup in a text must not become some.
        _text(item, "description", entry.summary.replace("&", "&amp;").replace("<", "&lt;"))


def _text(parent: Element, name: str | None, text: str) -> None:
    (parent if name is None else SubElement(parent, name)).text = clean(text)
