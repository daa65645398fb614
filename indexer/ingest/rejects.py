"""`rejects.jsonl`: what was not indexed and why, one JSON object a line.

Fed by the pipeline. The file belongs to the index as a whole: a build replaces the lines of the files it read again
and keeps the others, so the file always tells what is missing now. Rejected items are tried again by every build.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import orjson

from indexer.errors import StateError
from indexer.leftovers import hold, sweep
from indexer.rejection import Reject

FILE_NAME = "rejects.jsonl"
EXCERPT_CHARACTERS = 200
DETAIL_CHARACTERS = 500

# Every reason a build can give, and what it means. docs/formats.md shows the same list.
REASONS: Mapping[str, str] = {
    "bad_json": "the line or file is not valid JSON",
    "bad_record": "the record does not have the shape its format promises",
    "broken_stream": "the compressed data is damaged; what came before was read",
    "empty": "neither title nor text",
    "expansion": "the compressed file grows beyond [ingest] max_expansion; what came before was read",
    "extraction_failed": "the page could not be taken apart",
    "internal": "a fault of ours, named in the detail; please report it with the file",
    "needs_package": "the format needs a library that is not installed; the detail says how to install it",
    "no_article": "the page has no article text",
    "not_an_article_format": "the file is in no format that holds articles",
    "reader_failed": "the reader gave up on an unexpected fault in the file; what came before was read",
    "too_complex": "the page has more elements, or an element more attributes, than can be taken apart",
    "too_deep": "JSON nested deeper than [ingest] max_json_depth",
    "too_large": "the article is longer than [ingest] max_article_mb",
    "too_long": "the line or record is longer than [ingest] max_line_mb",
    "too_slow": "reading it took more processor time than [ingest] max_seconds; what came before was read",
    "truncated": "the file ends too early; what came before was read",
    "unreadable": "the file or directory cannot be opened",
    "unsupported_compression": "compressed in a way that is not supported",
    "warc_header_too_large": "the header of a WARC record is over 1 MB; the next record is read",
    "warc_record_too_large": "the record is larger than [ingest] max_warc_record_mb",
    "xml_entities": "XML that declares entities, which can be used to exhaust memory",
    "bad_xml": "the XML is not well formed",
}


def excerpt(data: bytes | str) -> str:
    """The first 200 characters, for a reject."""
    text = data[: EXCERPT_CHARACTERS * 4].decode("utf-8", "replace") if isinstance(data, bytes) else data
    return text[:EXCERPT_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def to_line(reject: Reject) -> bytes:
    """One reject as its line in the file."""
    record = {
        "path": printable(reject.origin.path),
        "record": reject.origin.record,
        "reason": reject.reason,
        "detail": printable(reject.detail)[:DETAIL_CHARACTERS],
        "excerpt": excerpt(reject.excerpt),
    }
    return orjson.dumps(record) + b"\n"


def printable(text: str) -> str:
    """Text that can be written as UTF-8: file names may hold bytes that are none."""
    return text.encode("utf-8", "replace").decode("utf-8")


def read_rejects(directory: str | Path) -> Iterator[dict[str, Any]]:
    """The rejects of an index, as dicts; none when there is no file."""
    try:
        with (Path(directory) / FILE_NAME).open("rb") as lines:
            for line in lines:
                try:
                    yield orjson.loads(line)
                except orjson.JSONDecodeError:
                    continue
    except FileNotFoundError:
        return


class RejectLog:
    """Collects the rejects of one build beside the index and puts them in place when the build ends.

    Held open during a build: rejects go to a file at once, so that their number does not cost memory.
    """

    def __init__(self, directory: str | Path) -> None:
        self._target = Path(directory) / FILE_NAME
        sweep(self._target.parent, f"{FILE_NAME}.*.part", f"{FILE_NAME}.*.new")
        self._part = self._target.with_name(f"{FILE_NAME}.{os.getpid()}.part")
        self._file: IO[bytes] | None = None

    def add(self, rejects: Iterable[Reject]) -> None:
        """Write down rejects."""
        for reject in rejects:
            if self._file is None:
                try:
                    self._target.parent.mkdir(parents=True, exist_ok=True)
                    self._file = self._part.open("w+b")
                    hold(self._file.fileno())
                except OSError as error:
                    where = f"The rejects cannot be written to {self._target.parent}: {error.strerror}."
                    raise StateError(f"{where} Choose another directory with --index.") from None
            self._file.write(to_line(reject))

    def finish(self, read_again: Callable[[str], bool]) -> None:
        """Replace the file: earlier lines whose path was not read again stay, then come those of this build."""
        if self._file is None and not self._target.exists():
            return
        merged = self._target.with_name(f"{FILE_NAME}.{os.getpid()}.new")
        with merged.open("wb") as out:
            hold(out.fileno())
            for record in read_rejects(self._target.parent):
                if not read_again(str(record.get("path", ""))):
                    out.write(orjson.dumps(record) + b"\n")
            if self._file is not None:
                self._file.seek(0)
                while block := self._file.read(1 << 20):
                    out.write(block)
            out.flush()
            os.fsync(out.fileno())
        merged.replace(self._target)
        self.discard()

    def discard(self) -> None:
        """Drop what was collected. Harmless when nothing was."""
        if self._file is not None:
            self._file.close()
            self._file = None
        with suppress(NotADirectoryError):  # the index is a file: whoever writes there says so
            self._part.unlink(missing_ok=True)
