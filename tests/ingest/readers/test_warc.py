"""WARC, ARC and WACZ."""

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.article import Revision
from indexer.ingest.readers.warc_records import MOST_HEADER

from ..conftest import Building

CAPTURED = datetime(2022, 1, 2, 3, 4, 5, tzinfo=UTC)
PROSE = "The bridge over the strait was opened again on Thursday after two years of repairs, the ministry said. " * 6


def page(title: str) -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title} - KNA</title><meta property='og:site_name' content='KNA'>"
        f"<meta property='article:published_time' content='2021-10-14T11:15:48Z'></head>"
        f"<body><article><h1>{title}</h1><p>{PROSE}</p><p>{PROSE.replace('bridge', title)}</p></article></body></html>"
    ).encode()


def warc(*responses: tuple[str, str, bytes], compressed: bool = True, status: str = "200 OK") -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for url, content_type, body in responses:
        headers = StatusAndHeaders(status, [("Content-Type", content_type)], protocol="HTTP/1.1")
        headers_of_record = {"WARC-Date": "2022-01-02T03:04:05Z"}
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=headers_of_record
        )
        writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()


TWO = (
    ("https://kna.example/1", "text/html; charset=utf-8", page("One")),
    ("https://kna.example/pic", "image/png", b"\x89PNG"),
    ("https://kna.example/2", "text/html", page("Two")),
)


def test_html_responses_become_articles(building: Building) -> None:
    building.write("crawl.warc.gz", warc(*TWO))
    assert building.run().new == 2
    one = building.articles[0]
    assert (one.id, one.url, one.title, one.source) == ("https://kna.example/1", "https://kna.example/1", "One", "KNA")
    assert one.published is not None
    assert one.published.isoformat() == "2021-10-14T11:15:48Z"
    assert one.revision == Revision(captured=CAPTURED)
    assert one.body.startswith("The bridge over the strait")


def test_a_capture_date_is_no_publication_date(building: Building) -> None:
    undated = page("One").replace(b"2021-10-14T11:15:48Z", b"x")
    building.write("crawl.warc", warc(("https://kna.example/1", "text/html", undated), compressed=False))
    building.run()
    assert (building.articles[0].published, building.articles[0].revision) == (None, Revision(captured=CAPTURED))


def test_errors_of_the_server_are_no_articles(building: Building) -> None:
    building.write("crawl.warc.gz", warc(TWO[0], status="404 Not Found"))
    assert building.run().read == 0


def test_a_warc_cut_in_the_middle_of_a_record(building: Building, rejects: Callable[[], list[dict[str, Any]]]) -> None:
    plain = warc(*TWO, compressed=False)
    building.write("plain.warc", plain[: plain.rindex(b"<p>") + 50])
    packed = warc(*TWO)
    building.write("packed.warc.gz", packed[:-200])
    report = building.run()
    assert (report.new, report.unchanged, report.rejected_by_reason) == (1, 1, {"truncated": 2})
    assert building.titles() == ["One"]
    assert {(r["path"].rpartition("/")[2], r["reason"]) for r in rejects()} == {
        ("plain.warc", "truncated"), ("packed.warc.gz", "truncated"),
    }  # fmt: skip


def test_a_record_that_is_too_large_is_named_and_the_next_is_read(
    building: Building, rejects: Callable[[], list[dict[str, Any]]]
) -> None:
    building.limits(max_warc_record_mb=1)
    big = ("https://kna.example/big", "text/html", b"<html><body>" + b"x" * (1 << 20) + b"</body></html>")
    building.write("crawl.warc.gz", warc(big, TWO[0]))
    assert building.run().new == 1
    assert [(r["record"], r["reason"]) for r in rejects()] == [(1, "warc_record_too_large")]


def test_wacz(building: Building) -> None:
    with zipfile.ZipFile(building.folder / "site.wacz", "w") as archive:
        archive.writestr("archive/a.warc.gz", warc(TWO[0]))
        archive.writestr("archive/b.warc.gz", warc(TWO[2]))
        archive.writestr("datapackage.json", "{}")
    assert (building.run().new, building.titles()) == (2, ["One", "Two"])


def test_a_zip_of_something_else_is_skipped_and_a_broken_one_rejected(
    building: Building, rejects: Callable[[], list[dict[str, Any]]]
) -> None:
    with zipfile.ZipFile(building.folder / "other.zip", "w") as archive:
        archive.writestr("a.dat", "\0")
    building.write("broken.wacz", (building.folder / "other.zip").read_bytes()[:40])
    report = building.run()
    assert [(s.path.rpartition("/")[2], s.reason) for s in report.skipped_files] == [("a.dat", "not an article format")]
    assert [r["reason"] for r in rejects()] == ["broken_stream"]


def test_wacz_from_standard_input(building: Building, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/a.warc", gzip.decompress(warc(TWO[0])))
    with path.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert building.run("-").new == 1


def _encoded(coding: str, body: bytes, *, chunked: bool = False, url: str = "https://k.example/1") -> bytes:
    out = io.BytesIO()
    headers = [("Content-Type", "text/html"), ("Content-Encoding", coding)]
    if chunked:
        headers.append(("Transfer-Encoding", "chunked"))
        pieces = [body[at : at + 100] for at in range(0, len(body), 100)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    writer = WARCWriter(out, gzip=True)
    http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http)
    writer.write_record(record)
    record.raw_stream.close()
    return out.getvalue()


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "gzip": gzip.compress,
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_in_the_codings_of_browsers(building: Building, coding: str, chunked: bool) -> None:
    building.write("a.warc.gz", _encoded(coding, CODINGS[coding](page("Bridge")), chunked=chunked))
    building.write("b.warc.gz", _encoded(coding, page("Ferry"), chunked=chunked, url="https://k.example/2"))
    building.run()
    assert building.titles() == ["Bridge", "Ferry"]  # the second was undone by the crawler, which left the header


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_a_body_that_grows_beyond_the_limit_is_rejected(
    building: Building, rejects: Callable[[], list[dict[str, Any]]], coding: str
) -> None:
    building.limits(max_warc_record_mb=1)
    building.write("a.warc.gz", _encoded(coding, CODINGS[coding](page("Bridge") + b" " * 50_000_000)))
    building.run()
    assert [r["reason"] for r in rejects()] == ["warc_record_too_large"]


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_a_damaged_body_is_rejected(
    building: Building, rejects: Callable[[], list[dict[str, Any]]], coding: str
) -> None:
    whole = CODINGS[coding](page("Bridge"))
    building.write("a.warc.gz", _encoded(coding, whole[:20] + b"\xff" * 200))
    building.run()
    assert [r["reason"] for r in rejects()] == ["bad_record"]


def without(data: bytes, header: bytes) -> bytes:
    return b"".join(line for line in data.splitlines(keepends=True) if not line.startswith(header))


FIRST = warc(TWO[0], compressed=False)
LONG = "x" * MOST_HEADER
DAMAGED = [
    ("no length", without(FIRST, b"Content-Length"), "bad_record"),
    ("a length that is none", FIRST.replace(b"Content-Length: ", b"Content-Length: -"), "bad_record"),
    ("a line that begins no record", b"Not a record\r\n\r\n", "bad_record"),
    ("a long line", b"WARC/1.0\r\nX: " + LONG.encode() + b"\r\n\r\n", "warc_header_too_large"),
    ("many lines", b"WARC/1.0\r\n" + b"X: y\r\n" * (MOST_HEADER // 6 + 3) + b"\r\n", "warc_header_too_large"),
    ("blank lines", b"\r\n" * MOST_HEADER, "warc_header_too_large"),
    ("a long HTTP header", warc((TWO[0][0], LONG, TWO[0][2]), compressed=False), "warc_header_too_large"),
]


@pytest.mark.parametrize(("damaged", "reason"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip"])
def test_after_damage_the_next_record_is_read(
    building: Building,
    rejects: Callable[[], list[dict[str, Any]]],
    damaged: bytes,
    reason: str,
    compressed: bool,
) -> None:
    first, last = warc(TWO[0], compressed=compressed), warc(TWO[2], compressed=compressed)
    building.write("crawl.warc", first + (gzip.compress(damaged) if compressed else damaged) + last)
    assert building.run().new == 2
    assert building.titles() == ["One", "Two"]
    assert [(each["record"], each["reason"]) for each in rejects()] == [(2, reason)]


def test_damage_that_nothing_follows_ends_the_records(
    building: Building, rejects: Callable[[], list[dict[str, Any]]]
) -> None:
    building.write("crawl.warc", warc(TWO[0], compressed=False) + b"Not a record\r\n" + b"x" * 500_000)
    assert building.run().new == 1
    assert [each["detail"] for each in rejects()] == [
        "The records end here: Unknown archive format, first line: ['Not', 'a', 'record']."
    ]
