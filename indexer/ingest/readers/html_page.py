"""Saved HTML pages: one article each. The page stays bytes; `indexer.ingest.page` takes it apart in a worker."""

import re
from collections.abc import Iterator

from indexer.ingest.raw import Page, RawArticle
from indexer.ingest.readers.base import Item
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin

# Browsers and archivers note in a saved page where it came from: "<!-- saved from url=(0023)http://example.org/ -->".
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"Page saved with SingleFile\s+url:\s*(\S+)")


def read_html(source: Input) -> Iterator[Item]:
    """The one article of a page."""
    data = source.read_all(source.limits.max_warc_record_mb * MEGABYTE, "too_long", "max_warc_record_mb")
    found = _SAVED_FROM.search(data[:4096]) or _SINGLE_FILE.search(data[:4096])
    url = found[1].decode("utf-8", "replace") if found else None
    yield RawArticle(Origin(source.path), page=Page(data, url))
