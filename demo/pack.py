"""Pack the compressed files of the demonstration archive from their plain sources.

Reads `packed-sources/`, writes the `.jsonl.gz`, `.jsonl.zst` and `.warc.gz` files of `articles/`. Run it by hand
after editing a plain source: `python demo/pack.py`. Nothing in a packed file depends on the clock or on chance, so
that packing twice gives the same file; `tests/demo` holds the committed files to their sources.
"""

import argparse
import gzip
import json
import uuid
from collections.abc import Callable
from pathlib import Path

import zstandard

DEMO = Path(__file__).resolve().parent
SOURCES = DEMO / "packed-sources"
ARTICLES = DEMO / "articles"

GZIP_LEVEL = 9
ZSTD_LEVEL = 19


def gzip_lines(source: Path) -> bytes:
    """One JSON-lines file, gzipped without name or time."""
    return gzip.compress(source.read_bytes(), compresslevel=GZIP_LEVEL, mtime=0)


def zstd_lines(source: Path) -> bytes:
    """One JSON-lines file, as a single Zstandard frame."""
    return zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(source.read_bytes())


def warc_of_pages(folder: Path) -> bytes:
    """The pages listed in `records.json` of a folder, as WARC responses, each a gzip member of its own."""
    listed = json.loads((folder / "records.json").read_text("utf-8"))
    about = b"software: demo/pack.py\r\nformat: WARC File Format 1.0\r\n"
    first_fetch = min(entry["fetched"] for entry in listed)
    name = f"{folder.name}.warc.gz"
    records = [
        _warc_record("warcinfo", ("WARC-Filename", name), first_fetch, "application/warc-fields", about),
        *(
            _warc_record(
                "response",
                ("WARC-Target-URI", entry["url"]),
                entry["fetched"],
                "application/http; msgtype=response",
                _http_response(entry["content_type"], (folder / entry["file"]).read_bytes()),
            )
            for entry in listed
        ),
    ]
    return b"".join(gzip.compress(record, compresslevel=GZIP_LEVEL, mtime=0) for record in records)


def _http_response(content_type: str, page: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(page)}\r\n\r\n"
    return head.encode("ascii") + page


def _warc_record(kind: str, named: tuple[str, str], when: str, content_type: str, block: bytes) -> bytes:
    # Written out here, because a library would draw a random id; one made from the name stays the same.
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named[1])}>",
        "WARC-Date": when,
        named[0]: named[1],
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    return head.encode("utf-8") + block + b"\r\n\r\n"


PACKED: tuple[tuple[str, str, Callable[[Path], bytes]], ...] = (
    ("halyard-wire.jsonl", "halyard-wire.jsonl.gz", gzip_lines),
    ("reprints.jsonl", "reprints.jsonl.zst", zstd_lines),
    ("monsoon-herald-crawl", "monsoon-herald-crawl.warc.gz", warc_of_pages),
)


def pack(destination: Path, sources: Path = SOURCES) -> list[Path]:
    """Write every packed file into `destination`; returns the paths written."""
    destination.mkdir(parents=True, exist_ok=True)
    written = []
    for source, target, packer in PACKED:
        path = destination / target
        path.write_bytes(packer(sources / source))
        written.append(path)
    return written


def main() -> None:
    """Pack into the articles, or into another folder with `--to`."""
    arguments = argparse.ArgumentParser(description="Pack the compressed files of the demonstration archive.")
    arguments.add_argument("--to", type=Path, default=ARTICLES, help="folder to write to (default: %(default)s)")
    for path in pack(arguments.parse_args().to):
        print(path)


if __name__ == "__main__":
    main()
