"""A stream of WARC or ARC records -> one record after the other, past those that are damaged. Used by `warc`.

warcio parses the records; here is what it reads lines from. Headers are bounded, a record that does not say how long it
is ends where the next one begins, and after a fault the stream is looked through for the next record.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

from indexer.ingest.streams import BLOCK, MEGABYTE
from indexer.ingest.time_limit import restart

# Bytes of a record's header, the HTTP header in it included, and of what parts it from the record before.
MOST_HEADER = MEGABYTE
_BEGINS = re.compile(rb"(?:\A|\n)(?=WARC/(?:1\.[01]|0\.1[78])\r?\n[A-Za-z-]+:)")
MOST_SAID = 300  # characters of a line that is quoted
_LONGEST_BEGIN = 64  # bytes that the beginning of a record takes, to its first colon


class HeaderTooLong(ArchiveLoadFailed):  # type: ignore[misc]  # warcio has no types
    """A header is longer than any."""


class _Patient:
    """A stream whose `read` gives what is there. A full read would lose it when damage follows."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        return bytes(self._stream.read1(size))  # type: ignore[attr-defined]  # BinaryIO does not know of read1

    def close(self) -> None:
        self._stream.close()


class _Lines(BufferedReader):  # type: ignore[misc]  # as above
    """What warcio reads records from. The bytes are not compressed any more."""

    def __init__(self, stream: _Patient) -> None:
        super().__init__(stream, block_size=BLOCK)
        self.room = MOST_HEADER

    def readline(self, length: int | None = None) -> bytes:
        """The next line of a header.

        Raises:
            HeaderTooLong: with it the header has more bytes than any.
        """
        parts: list[bytes] = []
        left = self.room + 1 if length is None else min(length, self.room + 1)
        while left > 0:
            self._fillbuff()
            if self.empty():
                break
            parts.append(self.buff.readline(left))  # type: ignore[attr-defined]  # just filled
            left -= len(parts[-1])
            self.room -= len(parts[-1])
            if parts[-1].endswith(b"\n"):
                break
        if self.room < 0:
            raise HeaderTooLong(f"A header is over {MOST_HEADER // MEGABYTE} MB")
        return b"".join(parts)

    def to_next_record(self) -> bool:
        """Pass over everything before the next record; whether there is one."""
        held = b"\n"  # where this is called a line has ended, or one that is too long goes on
        while True:
            found = _BEGINS.search(held)
            if found is not None:
                self.starting_data, self.buff = held[found.end() :], None
                return True
            held = held[-_LONGEST_BEGIN:]
            self._fillbuff()
            if self.empty():
                return False
            held += self.buff.read()  # type: ignore[attr-defined]  # just filled


class _Loader(ArcWarcRecordLoader):  # type: ignore[misc]  # as above
    """warcio's loader, for which a record without a length would reach to the end of the file."""

    def _detect_type_load_headers(self, *arguments: Any, **named: Any) -> Any:
        form, headers = super()._detect_type_load_headers(*arguments, **named)
        stated = headers.get_header("Content-Length") if form == "warc" else "0"
        if stated is None or not stated.strip().isdecimal():
            raise ArchiveLoadFailed(f"A record does not state its length ({stated or 'no Content-Length'})")
        return form, headers


class _Records(ArchiveIterator):  # type: ignore[misc]  # as above
    """warcio's iterator, which would write this remark on damaged files to the screen."""

    INC_RECORD = ""

    def __init__(self, lines: _Lines) -> None:
        super().__init__(lines.stream, arc2warc=True)
        self.reader = lines
        self.loader = _Loader(verify_http=False, arc2warc=True)

    def _next_record(self, next_line: bytes | None) -> Any:
        self.reader.room = MOST_HEADER
        return super()._next_record(next_line)

    def _consume_blanklines(self) -> Any:
        self.reader.room = MOST_HEADER
        return super()._consume_blanklines()


@dataclass(frozen=True, slots=True)
class Fault:
    """Damage between records, or a header that cannot be read. `last`: no record follows."""

    reason: str
    detail: str
    last: bool


def records(stream: BinaryIO) -> Iterator[Any]:
    """The records of a stream as warcio gives them, and a `Fault` in the place of each that cannot be read."""
    lines = _Lines(_Patient(stream))
    last = False
    while not last:
        try:
            for record in _Records(lines):
                restart()
                yield record
            last = True
        except (ArchiveLoadFailed, EOFError) as error:
            last = not lines.to_next_record()
            what = first_line(error)
            yield Fault(_reason(error), f"The records end here: {what}" if last else what, last)


def first_line(error: Exception) -> str:
    """What an error says, as a sentence."""
    return str(error).strip().partition("\n")[0][:MOST_SAID].rstrip(".") + "."


def _reason(error: Exception) -> str:
    match error:
        case HeaderTooLong():
            return "warc_header_too_large"
        case EOFError():
            return "truncated"
        case _:
            return "bad_record"
