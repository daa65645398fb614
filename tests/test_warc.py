"""Articles written as a WARC file: what any reader of such files finds in it."""

import io
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator

from indexer.article import Article
from indexer.interchange import WARC_TYPE
from indexer.warc import write_warc


def test_a_page_and_the_whole_article_of_each() -> None:
    articles = [
        Article("a/1", "A <ferry>", body="It sailed.\n\nIt came back.", url="https://kna.example/1", language="en",
                extra={"fetched": "2020-01-02T03:04:05+01:00"}),
        Article("b c", "Quay", extra={"fetched": "yesterday"}),
    ]  # fmt: skip
    out = io.BytesIO()
    assert write_warc(articles, out, False, datetime(2021, 10, 14, tzinfo=UTC)) == 2
    out.seek(0)
    records = [(record, record.content_stream().read()) for record in ArchiveIterator(out, check_digests=True)]
    assert [
        (
            record.rec_type,
            record.rec_headers.get_header("WARC-Target-URI"),
            record.rec_headers.get_header("WARC-Date"),
            record.rec_headers.get_header("Content-Type"),
        )
        for record, _ in records[1:]
    ] == [
        ("resource", "https://kna.example/1", "2020-01-02T02:04:05Z", "text/html; charset=utf-8"),
        ("metadata", "https://kna.example/1", "2020-01-02T02:04:05Z", WARC_TYPE),
        ("resource", "urn:x-broadsheet:b%20c", "2021-10-14T00:00:00Z", "text/html; charset=utf-8"),
        ("metadata", "urn:x-broadsheet:b%20c", "2021-10-14T00:00:00Z", WARC_TYPE),
    ]
    assert b"<h1>A &lt;ferry&gt;</h1>\n<p>It sailed.</p>\n<p>It came back.</p>" in records[1][1]
    refers, page = records[2][0], records[1][0]
    assert refers.rec_headers.get_header("WARC-Refers-To") == page.rec_headers.get_header("WARC-Record-ID")
