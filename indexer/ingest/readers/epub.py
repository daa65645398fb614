"""EPUB books: one article for each document in reading order that has running text, such as a chapter or an essay.

A zip file of XHTML pages with one list of them; the standard library and lxml read both.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from indexer.ingest.charset import decode
from indexer.ingest.html_limits import check_markup
from indexer.ingest.markup import plain_line
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, NotArticles, bad
from indexer.ingest.readers.packed import check_document, is_zip
from indexer.ingest.readers.xml import all_of, attribute, first, text, texts, tree_of
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin, Rejected

_MIMETYPE = b"application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
FEWEST_WORDS = 20  # a cover and a half-title have fewer


def is_epub(source: Input) -> bool:
    """Whether an input is an EPUB: by its first file, or by its name."""
    return is_zip(source) and (_MIMETYPE in source.head[:120] or source.suffix == ".epub")


def read_epub(source: Input) -> Iterator[Item]:
    """The documents of a book that have running text; navigation, covers and title pages have none."""
    try:
        with zipfile.ZipFile(source.seekable()) as archive:
            yield from _documents(source, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, OSError) as error:
        raise Rejected("broken_stream", f"The book cannot be read: {error}.") from None


def _documents(source: Input, archive: zipfile.ZipFile) -> Iterator[Item]:
    from lxml import etree

    place = attribute(first(tree_of(_member(source, archive, _CONTAINER)), "rootfile"), "full-path") or ""
    package = tree_of(_member(source, archive, place))
    manifest = {item.get("id"): item for item in all_of(package, "item")}
    book = _book(package)
    found = 0
    for number, reference in enumerate(all_of(package, "itemref"), 1):
        item = manifest.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(item.get("href") or "")))
        try:
            fields = _chapter(_member(source, archive, name))
        except (Rejected, KeyError, etree.LxmlError, ValueError) as error:
            detail = error.detail if isinstance(error, Rejected) else str(error)
            yield bad(source, number, "bad_record", f"{name}: {detail}")
            continue
        if len(fields["body"].split()) >= FEWEST_WORDS or len(fields["body"]) >= FEWEST_WORDS * 10:
            found += 1
            identity = {"id": f"{book['book_id']}#{name}"} if book.get("book_id") else {}
            yield RawArticle(Origin(source.path, number), fields={**book, **identity, **fields})
    if not found:
        raise NotArticles("a book without running text")


def _book(package: Any) -> dict[str, Any]:
    """What the book says of all its documents."""
    facts = first(package, "metadata")
    title = text(first(facts, "title"))
    fields = {
        "source": title or text(first(facts, "publisher")),
        "book_title": title,
        "book_id": text(first(facts, "identifier")),
        "publisher_stated": text(first(facts, "publisher")),
        "author": texts(all_of(facts, "creator")),
        "language": text(first(facts, "language")),
        "published": text(first(facts, "date")),
        "topics": texts(all_of(facts, "subject")),
    }
    return {key: value for key, value in fields.items() if value}


def _chapter(data: bytes) -> dict[str, Any]:
    from lxml import html as lxml_html

    markup = decode(data)[0]
    check_markup(markup)
    tree = lxml_html.document_fromstring(markup.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    body = next(iter(tree.iter("body")), tree)
    heading = next((found for name in ("h1", "h2", "h3") for found in body.iter(name)), None)
    stated = "" if heading is None else plain_line(" ".join(heading.itertext()))
    title = stated or plain_line(" ".join(found.text_content() for found in list(tree.iter("title"))[:1]))
    return {"title": title, "body": str(lxml_html.tostring(body, encoding="unicode"))}


def _member(source: Input, archive: zipfile.ZipFile, name: str) -> bytes:
    entry = archive.getinfo(name)
    check_document([entry], source.limits.max_expansion)
    if entry.file_size > source.limits.max_line_mb * MEGABYTE:
        raise Rejected("too_long", f"{name} is over {source.limits.max_line_mb} MB ([ingest] max_line_mb).")
    return archive.read(entry)
