"""A stream of bytes in any charset -> a stream of UTF-8, for readers that do not hold a file whole.

UTF-8 passes as it is, checked block by block. UTF-16 and UTF-32 are known by their first bytes. Of other charsets the
first block that is no UTF-8 decides for the whole file; where a file mixes charsets, lines that are UTF-8 stay so.
"""

import codecs
import io
from typing import Any, BinaryIO

from indexer.ingest.charset import damaged_utf8, decode, lenient
from indexer.ingest.guessing import guess

BLOCK = 1 << 18
# What stands for bytes that are no character.
REPLACED = "\ufffd".encode()
# A line may be longer than a block: so much is held until a place to cut comes.
MOST_HELD = 16 * BLOCK
# Never a part of a longer character, in any charset that has ASCII.
_CUTS = (b"\n", b" ", b",", b'"')


class _Recoded(io.RawIOBase):
    """What both kinds share: blocks come in, UTF-8 goes out."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            block = self._raw.read1(BLOCK)  # type: ignore[attr-defined]  # BinaryIO does not know of read1
            self._ended = not block
            self._ready = memoryview(self._recoded(block))
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _recoded(self, block: bytes) -> bytes:
        """What a block adds; an empty one is the end."""
        raise NotImplementedError


class Wide(_Recoded):
    """UTF-16 or UTF-32 as UTF-8, without the mark."""

    def __init__(self, raw: BinaryIO, name: str) -> None:
        super().__init__(raw)
        self._decoder = codecs.getincrementaldecoder(name)("replace")
        self._begun = False

    def _recoded(self, block: bytes) -> bytes:
        text = self._decoder.decode(block, final=not block)
        if text and not self._begun:
            text, self._begun = text.removeprefix("\ufeff"), True
        return text.encode("utf-8", "replace")


class Narrow(_Recoded):
    """Any charset that has ASCII as UTF-8. `replaced` says that some bytes so far were no characters."""

    def __init__(self, raw: BinaryIO, languages: tuple[str, ...] = ()) -> None:
        super().__init__(raw)
        self.replaced = False
        self._languages = languages
        self._charset: str | None = None
        self._held = b""

    def _recoded(self, block: bytes) -> bytes:
        data = self._held + block
        end = max(_place_to_cut(data), 0 if len(data) < MOST_HELD else len(data)) if block else len(data)
        data, self._held = data[:end], data[end:]
        if data.isascii():
            return decode(data)[0].encode() if b"\x1b$" in data else data
        if _is_utf8(data):
            return data
        if not damaged_utf8(data):
            return self._in_charset(data)
        lines = data.splitlines(keepends=True)
        return b"".join(line if _is_utf8(line) else self._in_charset(line) for line in lines)

    def _in_charset(self, data: bytes) -> bytes:
        if damaged_utf8(data):
            text, lost = lenient(data, "utf-8")
        else:
            self._charset = self._charset or guess(data, (), self._languages)
            text, lost = lenient(data, self._charset)
        self.replaced |= lost
        return text.encode("utf-8", "replace")


def _place_to_cut(data: bytes) -> int:
    """Behind the last line of a block, or the last word where it has no whole line."""
    return next((place + 1 for sign in _CUTS if (place := data.rfind(sign)) >= 0), 0)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
