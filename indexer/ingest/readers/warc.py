"""WARC and ARC files: the HTML pages among their responses. Parsed by warcio.

The time of the capture is kept as `fetched`; it is not when the article was published. Also reads WARC records for the
WACZ reader. Of a file that `indexer export` wrote the articles come back as they were.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from indexer.ingest.raw import Page, RawArticle
from indexer.ingest.readers.base import Item, bad
from indexer.ingest.readers.http_body import body_of, read_up_to
from indexer.ingest.streams import MEGABYTE, Input
from indexer.interchange import WARC_SOFTWARE, WARC_TYPE
from indexer.rejection import Origin, Rejected

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*+(?>(?:<!--.*?-->|<\?xml.*?\?>)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# A page that came to its end is whole, whatever length its record claims.
_ENDS = re.compile(rb"</html\s*>", re.IGNORECASE)
# Records that hold something else; not worth a word each.
_RESPONSES = frozenset({"response", "resource"})
_MOST_INFO = 1 << 16


def read_warc(source: Input) -> Iterator[Item]:
    """The pages of one WARC or ARC file."""
    yield from pages(source, source.stream, Numbering())


@dataclass(slots=True)
class Numbering:
    """Counts the records of one input, which may be spread over several WARC files."""

    last: int = 0


def pages(source: Input, stream: BinaryIO, numbering: Numbering) -> Iterator[Item]:
    """The HTML responses with status 200 in a stream of records; what is damaged becomes a reject."""
    from indexer.ingest.readers.warc_records import Fault, records

    logging.getLogger("warcio").setLevel(logging.ERROR)
    ours = False
    for record in records(stream):
        numbering.last += 1
        if isinstance(record, Fault):
            yield bad(source, numbering.last, record.reason, record.detail)
        elif record.rec_type == "warcinfo":
            ours = f"software: {WARC_SOFTWARE}\r".encode() in read_up_to(record.raw_stream, _MOST_INFO)
        elif ours:
            if record.rec_headers.get_header("Content-Type") == WARC_TYPE:
                yield _whole_article(source, record, numbering.last)
        elif (item := _item(source, record, numbering.last)) is not None:
            yield item


def _whole_article(source: Input, record: Any, number: int) -> Item:
    """An article of an export; the page beside it says less."""
    limit = source.limits.max_warc_record_mb * MEGABYTE
    data = read_up_to(record.content_stream(), limit + 1)
    if len(data) > limit:
        return bad(source, number, "warc_record_too_large", f"The article is over {limit // MEGABYTE} MB.", data)
    return RawArticle(Origin(source.path, number), json=data)


def _item(source: Input, record: Any, number: int) -> Item | None:
    if record.rec_type not in _RESPONSES or not _is_page(record):
        return None
    limit = source.limits.max_warc_record_mb * MEGABYTE
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        body = body_of(record, limit)
    except Rejected:
        raise
    except Exception as error:  # chunked and compressed bodies fail in many ways; the next record may be whole
        from indexer.ingest.readers.warc_records import first_line

        return bad(source, number, "bad_record", f"The body of {url} cannot be decoded: {first_line(error)}")
    if len(body) > limit:
        return bad(source, number, "warc_record_too_large", f"{url} is over {limit // MEGABYTE} MB.", body)
    if not body.strip():
        return None
    if record.raw_stream.limit > 0 and not record.raw_stream.read(1) and not _ENDS.search(body[-200:]):
        return bad(source, number, "truncated", f"{url} is cut off in the middle of its record.", body)
    content_type = _header(record, "Content-Type")
    if not content_type and not _LOOKS_LIKE_HTML.match(body[:4096]):
        return None
    found = _CHARSET.search(content_type)
    fetched = record.rec_headers.get_header("WARC-Date")
    page = Page(body, url.strip().strip("<>") or None, found[1] if found else None, fetched)
    return RawArticle(Origin(source.path, number), page=page)


def _is_page(record: Any) -> bool:
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return False
    stated = _header(record, "Content-Type").partition(";")[0].strip().lower()
    return stated in _HTML or (not stated and record.http_headers is not None)


def _header(record: Any, name: str) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return headers.get_header(name) or ""
