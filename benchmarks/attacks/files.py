"""Files that are small to send and costly to read. Behind each lies a good one: the outcome says that it was read."""

import bz2
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.attacks.archives import config
from benchmarks.attacks.attempt import Attack
from indexer.archive import open_archive

MEGABYTE = 1 << 20
Parts = Callable[[], Iterator[bytes]]
COMPLEX = "1 new, rejected: 1 too_complex"
HEADER = "3 new, rejected: 1 warc_header_too_large"
DAMAGED = "3 new, rejected: 1 bad_record"
PROSE = "<p>" + "The council met again on Tuesday and put off the vote on the harbour until the autumn. " * 6 + "</p>"
RECORD = b'{"title": "A good article", "text": "The quay was reopened on Monday."}\n'


def _build(root: Path) -> str:
    with open_archive(config(root)) as archive:
        report = archive.build([root / "files"], entities=False)
    rejected = ", ".join(f"{count} {reason}" for reason, count in sorted(report.rejected_by_reason.items()))
    return f"{report.new} new" + (f", rejected: {rejected}" if rejected else "")


def _file(name: str, parts: Parts, root: Path) -> None:
    folder = root / "files"
    folder.mkdir()
    with (folder / name).open("wb") as file:
        for part in parts():
            file.write(part)
    (folder / "zz.jsonl").write_bytes(RECORD)


def _bomb(megabytes: int) -> Iterator[bytes]:
    """A record, and blanks without an end."""
    compressor = bz2.BZ2Compressor()
    yield compressor.compress(RECORD.replace(b"good", b"first"))
    for _ in range(megabytes // 16):
        yield compressor.compress(b" " * (16 * MEGABYTE))
    yield compressor.flush()


def _packed_bomb(megabytes: int, root: Path) -> None:
    _file("bomb.zip", lambda: iter(()), root)
    path = root / "files" / "bomb.zip"
    first = RECORD.replace(b"good", b"first")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive, archive.open("a.jsonl", "w") as member:
        member.write(first)
        for _ in range(megabytes // 16):
            member.write(b" " * (16 * MEGABYTE))
    size = (len(first) + megabytes * MEGABYTE).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))


def _keys(count: int) -> Iterator[bytes]:
    yield b'{"title": "T", "text": "Text."' + b"".join(b', "k%d": %d' % (n, n) for n in range(count)) + b"}\n"


def _page(opening: str, middle: Callable[[], Iterator[str]], closing: str = "") -> Iterator[bytes]:
    yield f"<html><title>A title</title><body><article><h1>A title</h1>{opening}".encode()
    for part in middle():
        yield part.encode()
    yield f"{closing}{PROSE * 3}</article></body></html>".encode()


def _attributes(count: int) -> Iterator[bytes]:
    return _page("<div ", lambda: (f"a{number}=1 " for number in range(count)), ">")


def _paragraphs(count: int) -> Iterator[bytes]:
    return _page("", lambda: iter(["<p>ab" * count]))


def _record(number: int, header: bytes = b"", *, length: bool = True) -> bytes:
    """A WARC record with a page."""
    page = f"<html><title>Page {number}</title><body><h1>Page {number}</h1>{PROSE * 2}</body></html>".encode()
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/%d\r\n" % number + header
    return head + (b"Content-Length: %d\r\n" % len(body) if length else b"") + b"\r\n" + body + b"\r\n\r\n"


def _archive(damaged: Parts) -> Parts:
    """A WARC file with a record that is as given, and a good one on either side of it."""

    def parts() -> Iterator[bytes]:
        yield _record(0)
        yield from damaged()
        yield _record(2)

    return parts


def _without_length() -> Iterator[bytes]:
    yield _record(1, length=False)


def _with_no_number() -> Iterator[bytes]:
    yield _record(1, b"Content-Length: many\r\n", length=False)


def _long_line(megabytes: int) -> Iterator[bytes]:
    yield b"WARC/1.0\r\nX: "
    for _ in range(megabytes):
        yield b"x" * MEGABYTE
    yield b"\r\n\r\n"


def _many_lines(count: int) -> Iterator[bytes]:
    yield b"WARC/1.0\r\n"
    yield b"X: y\r\n" * count
    yield b"\r\n"


def _attack(name: str, file: str, parts: Parts, expected: str, *, cheap: bool = True) -> Attack:
    return Attack(name, partial(_file, file, parts), _build, expected, cheap)


ATTACKS = (
    _attack("bzip2, 1 GB in 1 KB", "a.jsonl.bz2", partial(_bomb, 1024), "2 new, rejected: 1 expansion", cheap=False),
    _attack("bzip2, 256 MB in 300 bytes", "a.jsonl.bz2", partial(_bomb, 256), "2 new, rejected: 1 expansion"),
    Attack(
        "a zip member of bzip2 that says it is small",
        partial(_packed_bomb, 256),
        _build,
        "2 new, rejected: 1 expansion",
    ),
    _attack("a JSON record of 300,000 unknown keys, 4 MB", "a.jsonl", partial(_keys, 300_000), "2 new"),
    _attack("an HTML element with 40,000 attributes", "a.html", partial(_attributes, 40_000), COMPLEX),
    _attack("an HTML element with 1,000,000 attributes", "a.html", partial(_attributes, 1_000_000), COMPLEX),
    _attack("`<p>ab` 1,000,000 times, 5 MB", "a.html", partial(_paragraphs, 1_000_000), COMPLEX),
    _attack("`<p>ab` 49,000 times", "a.html", partial(_paragraphs, 49_000), "2 new", cheap=False),
    _attack("a WARC header line of 100 MB", "a.warc", _archive(partial(_long_line, 100)), HEADER),
    _attack("5,000,000 WARC header lines", "a.warc", _archive(partial(_many_lines, 5_000_000)), HEADER),
    _attack("a WARC record without Content-Length", "a.warc", _archive(_without_length), DAMAGED),
    _attack("a WARC record whose length is no number", "a.warc", _archive(_with_no_number), DAMAGED),
)
