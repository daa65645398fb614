"""News sitemaps: for each address that has a headline, an article without its text. Other sitemaps hold no articles.

The text may be in another file under the same address, so these have ids of their own.
"""

from collections.abc import Iterator
from typing import Any

from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.readers.xml import all_of, first, text, tree_of, xml_bytes
from indexer.ingest.streams import Input
from indexer.rejection import Origin

ROOTS = ("urlset", "sitemapindex")


def read_sitemap(source: Input) -> Iterator[Item]:
    """The entries with a headline."""
    found = 0
    for number, entry in enumerate(all_of(tree_of(xml_bytes(source)[0]), "url"), 1):
        if fields := _fields(entry):
            found += 1
            yield RawArticle(Origin(source.path, number), fields=fields)
    if not found:
        raise NotArticles("a sitemap: it lists pages, not texts")


def _fields(entry: Any) -> dict[str, Any]:
    news, address = first(entry, "news"), text(first(entry, "loc"))
    title = text(first(news, "title"))
    if not title:
        return {}
    picture = first(entry, "image")
    fields = {
        "id": f"sitemap {address}" if address else None,
        "url": address,
        "title": title,
        "published": text(first(news, "publication_date")),
        "source": text(first(first(news, "publication"), "name")),
        "language": text(first(first(news, "publication"), "language")),
        "topics": text(first(news, "keywords")),
        "category": text(first(news, "genres")),
        "image": text(first(picture, "loc")),
        "image_caption": text(first(picture, "caption", "title")),
        "listed_in": "sitemap",
    }
    return {key: value for key, value in fields.items() if value}
