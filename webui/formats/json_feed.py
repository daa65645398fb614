"""Entries -> a JSON Feed 1.1. Pure, called by the feed view."""

from collections.abc import Iterable
from typing import Any

import orjson

from webui.formats.feed import Entry, Feed, by, clean, language_tag, moment

VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as UTF-8."""
    record = {
        "version": VERSION,
        "title": clean(feed.title),
        "description": clean(feed.subtitle),
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url,
        "next_url": feed.next_url,
        "language": language_tag(feed.language),
        "authors": [{"name": clean(feed.author)}],
        "items": [_item(each) for each in entries],
    }
    return orjson.dumps(_stated(record))


def _item(entry: Entry) -> dict[str, Any]:
    return _stated(
        {
            "id": entry.permalink,
            "url": entry.permalink,
            "external_url": entry.via,
            "title": clean(entry.title),
            # A reader must be given a text; there is no more than the summary to be read without opening the article.
            "content_text": clean(entry.summary) or clean(entry.title),
            "date_published": f"{moment(entry.published):%Y-%m-%dT%H:%M:%SZ}" if entry.published else None,
            "date_modified": f"{entry.updated:%Y-%m-%dT%H:%M:%SZ}" if entry.updated else None,
            "authors": [{"name": clean(name)} for name in by(entry)] or None,
            "tags": list(map(clean, entry.categories)) or None,
            "language": language_tag(entry.language),
        }
    )


def _stated(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what is not known."""
    return {name: value for name, value in record.items() if value is not None}
