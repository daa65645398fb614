"""Articles as a WARC file: what `indexer export --format warc` writes. Written by warcio.

Of each article two records: a page that any player of web archives shows (`resource`), and beside it the article as
JSON (`metadata`), from which `indexer build` makes the same article again. The reader of WARC files knows such a file
by its first record.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import BinaryIO
from urllib.parse import quote

import orjson
from warcio.warcwriter import WARCWriter

from indexer.article import Article
from indexer.interchange import WARC_SOFTWARE, WARC_TYPE, to_record

_PAGE_TYPE = "text/html; charset=utf-8"
_DATE = "%Y-%m-%dT%H:%M:%SZ"


def write_warc(articles: Iterable[Article], file: BinaryIO, compressed: bool, now: datetime | None = None) -> int:
    """Write all articles; returns how many.

    Args:
        articles: what to write.
        file: where to; it is not closed.
        compressed: each record by itself with gzip, as in `.warc.gz`.
        now: the date of records whose article does not say when it was fetched.
    """
    written = (now or datetime.now(UTC)).strftime(_DATE)
    writer = WARCWriter(file, gzip=compressed, warc_version="WARC/1.1")
    facts = {"software": WARC_SOFTWARE, "format": "WARC File Format 1.1"}
    opening = writer.create_warcinfo_record("export.warc", facts)
    writer.write_record(opening)
    opening.raw_stream.close()
    count = 0
    for article in articles:
        address = article.url or f"urn:x-broadsheet:{quote(article.id, safe='')}"
        headers = {"WARC-Date": _fetched(article) or written}
        page = writer.create_warc_record(
            address, "resource", BytesIO(_page(article)), warc_content_type=_PAGE_TYPE, warc_headers_dict=dict(headers)
        )
        headers["WARC-Refers-To"] = page.rec_headers.get_header("WARC-Record-ID")
        data = BytesIO(orjson.dumps(to_record(article), default=str))
        record = writer.create_warc_record(
            address, "metadata", data, warc_content_type=WARC_TYPE, warc_headers_dict=headers
        )
        for each in (page, record):
            writer.write_record(each)
            each.raw_stream.close()  # what it was read into to be measured
        count += 1
    return count


def _fetched(article: Article) -> str | None:
    stated = article.extra.get("fetched")
    try:
        when = datetime.fromisoformat(stated) if isinstance(stated, str) else None
        return when.astimezone(UTC).strftime(_DATE) if when and when.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _page(article: Article) -> bytes:
    """The article as a page of its own, without anything that has to be fetched."""
    published = article.published.isoformat() if article.published else ""
    lines = [
        f'<!DOCTYPE html><html lang="{escape(article.language or "")}"><head><meta charset="utf-8">',
        f"<title>{escape(article.title)}</title></head><body><article><h1>{escape(article.title)}</h1>",
        f"<p>{escape(', '.join(article.author))}</p>" if article.author else "",
        f'<p><time datetime="{published}">{published}</time></p>' if published else "",
        f"<p><strong>{escape(article.summary)}</strong></p>" if article.summary else "",
        *(f"<p>{escape(paragraph)}</p>" for paragraph in article.body.split("\n\n") if paragraph),
        "</article></body></html>",
    ]
    return "\n".join(filter(None, lines)).encode("utf-8", "replace")
