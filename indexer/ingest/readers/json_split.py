"""A stream of JSON -> the byte ranges of its objects, without parsing them and without holding more than one.

Used by `json_document` for arrays of any length and for objects that follow one another.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from indexer.ingest.rejects import excerpt
from indexer.ingest.streams import BLOCK
from indexer.rejection import Rejected

# A bracket, a complete string, or the quote of a string that is still open where the buffer ends.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]|"', re.DOTALL)
_WHITE = b" \t\r\n,\x1e\xef\xbb\xbf"
_SHOWN = 1024


def split_values(stream: BinaryIO, limit: int, *, in_array: bool) -> Iterator[tuple[bytes, bool]]:
    """Yield (bytes, whole?) for each object or list: those inside the array that the stream begins with, or those at
    the top. One that is longer than `limit` comes cut off, with `whole` false.

    Raises:
        Rejected: the stream ends inside a value, or holds no JSON.
    """
    splitter = _Splitter(limit, 1 if in_array else 0)
    while block := stream.read1(BLOCK):  # type: ignore[attr-defined]  # BinaryIO does not know of read1
        yield from splitter.feed(block)
        if splitter.done:
            return
    yield from splitter.feed(b"", last=True)
    if not splitter.done:
        splitter.finish()


class _Splitter:
    """Where the scan stands: the bytes that are still needed, how deep it is and where the current value began."""

    def __init__(self, limit: int, base: int) -> None:
        self._limit = limit
        self._base = base
        self._buffer = b""
        self._waiting: list[bytes] = []
        self._due = 0
        self._level = 0
        self._start = -1
        self._scanned = 0
        self._cut: bytes | None = None
        self._values = 0
        self.done = False

    def feed(self, block: bytes, *, last: bool = False) -> Iterator[tuple[bytes, bool]]:
        # An open string is scanned again from its quote, so wait until as much again has come: linear, not quadratic.
        self._waiting.append(block)
        self._due -= len(block)
        if self._due > 0 and not last:
            return
        self._buffer += b"".join(self._waiting)
        self._waiting.clear()
        yield from self._scan()
        self._trim()
        self._due = len(self._buffer) - self._scanned

    def _scan(self) -> Iterator[tuple[bytes, bool]]:
        position = len(self._buffer)
        for found in _TOKEN.finditer(self._buffer, self._scanned):
            token, end = self._buffer[found.start()], found.end()
            if token == 0x22:
                if end - found.start() == 1:
                    position = found.start()
                    break
            elif token in b"[{":
                if self._level == self._base:
                    self._start = found.start()
                self._level += 1
            else:
                self._level -= 1
                if self._level < self._base:
                    self.done = True
                    return
                if self._level == self._base and self._start >= 0:
                    self._values += 1
                    if self._cut is None:
                        yield self._buffer[self._start : end], end - self._start <= self._limit
                    else:
                        yield self._cut, False
                    self._start, self._cut = -1, None
        self._scanned = position

    def _trim(self) -> None:
        """Forget what is no longer needed."""
        if self._start < 0:
            self._buffer, self._scanned = self._buffer[self._scanned :], 0
            return
        self._buffer, self._scanned, self._start = self._buffer[self._start :], self._scanned - self._start, 0
        if len(self._buffer) <= self._limit:
            return
        if self._cut is None:
            self._cut = self._buffer[:_SHOWN]
        tail = self._buffer[self._scanned :]
        if tail.startswith(b'"'):
            # Inside an endless string: its quote and an escape that may be half read are enough to go on.
            backslashes = len(tail) - len(tail.rstrip(b"\\"))
            tail = b'"' + b"\\" * (backslashes % 2)
        self._buffer, self._scanned = tail, 0

    def finish(self) -> None:
        """Raise `Rejected` unless the stream may end here."""
        if self._level > 0:
            raise Rejected("truncated", "The JSON ends before its last bracket is closed.", excerpt(self._buffer))
        rest = self._buffer.strip(_WHITE)
        if rest or not self._values:
            raise Rejected("bad_json", "Text that is not JSON.", excerpt(rest))
