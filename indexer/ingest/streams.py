"""Files as bounded streams: bytes on disk -> decompressed bytes, lines and whole documents that cannot exhaust memory.

Readers get an `Input`. Damage is raised as `Rejected` at the place where it is met, so that what came before it has
been read already.
"""

import bz2
import io
import lzma
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, cast

import zstandard

from indexer.config import IngestConfig
from indexer.ingest.beside import NOTHING, Beside
from indexer.ingest.charset import wide_encoding
from indexer.ingest.recoding import Narrow, Wide
from indexer.ingest.time_limit import restart
from indexer.rejection import Rejected

MEGABYTE = 1 << 20
BLOCK = 1 << 18
# Enough to see past a licence comment or a long first CSV row.
HEAD = 1 << 14
# A tiny file of repeated text may well grow a thousandfold; only growth beyond this many bytes is judged by its ratio.
FREE_EXPANSION = 32 * MEGABYTE
ZSTD_WINDOW = 128 * MEGABYTE
XZ_MEMORY = 512 * MEGABYTE  # `xz -9` needs 65 MB
STEP = 8 * MEGABYTE  # what bzip2 and xz give at most at a time


class Decompressor(Protocol):
    """What zlib, bz2, lzma and zstandard objects have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed stream was seen."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What followed that end."""
        ...

    def decompress(self, data: bytes, /) -> bytes:
        """Decompress the next piece."""
        ...


@dataclass(frozen=True, slots=True)
class Compression:
    """One compression: its first bytes, its suffixes, how to open it (None: known, not supported).

    `piece` is how many bytes to feed at once so that even a bomb yields at most some 32 MB a step: gzip grows at most
    1,032 times, a zstandard block of 4 bytes can stand for 128 KB. bzip2 and xz grow more (1 KB becomes 2.8 GB), and
    give what they have in steps.
    """

    name: str
    magic: bytes
    suffixes: tuple[str, ...]
    open: Callable[[], Decompressor] | None
    piece: int = 1 << 10


def _gzip() -> Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


class _Stepwise:
    """A decompressor of bzip2 or xz that gives at most a step of what it has; `holds` says that there is more."""

    def __init__(self, decompressor: Any) -> None:
        self._decompressor = decompressor

    @property
    def eof(self) -> bool:
        return bool(self._decompressor.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._decompressor.unused_data)

    @property
    def holds(self) -> bool:
        return not self._decompressor.eof and not self._decompressor.needs_input

    def decompress(self, data: bytes, /) -> bytes:
        return bytes(self._decompressor.decompress(data, STEP))


def _bzip2() -> Any:
    return _Stepwise(bz2.BZ2Decompressor())


def _xz() -> Any:
    return _Stepwise(lzma.LZMADecompressor(memlimit=XZ_MEMORY))


def _zstd() -> Any:
    return zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()


COMPRESSIONS: tuple[Compression, ...] = (
    Compression("gzip", b"\x1f\x8b\x08", (".gz", ".gzip"), _gzip, 1 << 14),
    Compression("zstandard", b"\x28\xb5\x2f\xfd", (".zst", ".zstd"), _zstd, 1 << 8),
    Compression("bzip2", b"BZh", (".bz2",), _bzip2),
    Compression("xz", b"\xfd7zXZ\x00", (".xz",), _xz),
    Compression("lz4", b"\x04\x22\x4d\x18", (".lz4",), None),
)
_BZIP2 = next(each for each in COMPRESSIONS if each.name == "bzip2")
_DAMAGE = (zlib.error, zstandard.ZstdError, lzma.LZMAError, OSError, ValueError)


class _Decompressed(io.RawIOBase):
    """The decompressed bytes of a stream of one or more members, within the expansion limit."""

    def __init__(self, raw: BinaryIO, compression: Compression, max_expansion: int) -> None:
        assert compression.open is not None
        self._raw = raw
        self._compression = compression
        self._open = compression.open
        self._max_expansion = max_expansion
        self._member: Decompressor | None = None
        self._pending = b""
        self._ready = memoryview(b"")
        self._taken = 0
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if not self._step():
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _step(self) -> bool:
        """Decompress one piece; False at the end of the file."""
        piece = b""
        if not (isinstance(self._member, _Stepwise) and self._member.holds):
            if not self._pending:
                self._pending = self._raw.read(BLOCK)
            if not self._pending:
                if self._member is not None:
                    raise Rejected("truncated", f"The {self._compression.name} data ends before it is complete.")
                return False
            if self._member is None and not self._begins_member():
                return False
            piece, self._pending = self._pending[: self._compression.piece], self._pending[self._compression.piece :]
        if self._member is None:
            self._member = self._open()
        try:
            out = self._member.decompress(piece)
        except _DAMAGE as error:
            raise Rejected("broken_stream", f"The {self._compression.name} data is damaged: {error}.") from None
        self._taken += len(piece)
        self._given += len(out)
        if self._member.eof:
            self._pending = self._member.unused_data + self._pending
            self._taken -= len(self._member.unused_data)
            self._member = None
        if self._given > FREE_EXPANSION and self._given > self._taken * self._max_expansion:
            raise Rejected(
                "expansion",
                f"{self._taken:,} compressed bytes grew to more than {self._given:,}; "
                f"the limit is {self._max_expansion} times.",
            )
        self._ready = memoryview(out)
        return True

    def _begins_member(self) -> bool:
        """Whether another member follows; zeros after the last one are padding, as tapes leave it."""
        if len(self._pending) < 4:
            self._pending += self._raw.read(BLOCK)
        if self._pending.startswith(self._compression.magic[:2]):
            return True
        if self._taken and not self._pending.strip(b"\0"):
            return self._skip_padding()
        raise Rejected("broken_stream", f"Bytes that are not {self._compression.name} follow the compressed data.")

    def _skip_padding(self) -> bool:
        while block := self._raw.read(BLOCK):
            if block.strip(b"\0"):
                raise Rejected("broken_stream", f"Data follows the end of the {self._compression.name} data.")
        return False


def bunzipped(raw: BinaryIO, max_expansion: int) -> BinaryIO:
    """The content of a bzip2 stream, in steps and within the expansion limit."""
    return io.BufferedReader(_Decompressed(raw, _BZIP2, max_expansion), BLOCK)


class _Counted(io.RawIOBase):
    """A raw file that knows how many of its bytes were read, for the progress display."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()


class Input:
    """One open input: a decompressed, buffered stream with its name, its first bytes, the limits and what is beside it.

    `path` is what rejects call it; `suffix` is lower case, without the compression's (`a.jsonl.gz` -> `.jsonl`).
    """

    def __init__(self, path: str, raw: BinaryIO, limits: IngestConfig, beside: Beside = NOTHING) -> None:
        self.path = path
        self.beside = beside
        self.limits = limits
        self._counted = _Counted(raw)
        stream: BinaryIO = io.BufferedReader(self._counted, BLOCK)
        first = stream.peek(8)[:8]  # type: ignore[attr-defined]  # BinaryIO does not know of peek
        name = path.lower()
        compression = next((c for c in COMPRESSIONS if first.startswith(c.magic)), None)
        self._compressed = compression is not None
        if compression is not None:
            if compression.open is None:
                raise Rejected(
                    "unsupported_compression",
                    f"{compression.name} is not supported; recompress the file with gzip or zstandard.",
                )
            stream = io.BufferedReader(_Decompressed(stream, compression, limits.max_expansion), BLOCK)
            name = next((name.removesuffix(s) for s in compression.suffixes if name.endswith(s)), name)
        base = name.rpartition("/")[2]
        self.suffix = "." + base.rpartition(".")[2] if "." in base.lstrip(".") else ""
        self.stem = base.removesuffix(self.suffix)
        self._damage: Rejected | None = None
        self._copy: BinaryIO | None = None
        self.head = self._read_head(stream)
        self.stream: BinaryIO = io.BufferedReader(_Prefixed(self.head, stream, self._damage), BLOCK)
        if wide := wide_encoding(self.head):
            self.stream = io.BufferedReader(Wide(self.stream, wide), BLOCK)
            self.head = self.stream.peek(HEAD)[:HEAD]

    def _read_head(self, stream: BinaryIO) -> bytes:
        """The first bytes; damage met among them is raised only after they have been read as content."""
        head = b""
        try:
            # read1, as read would throw away what it has when the next step meets damage.
            while len(head) < HEAD and (block := stream.read1(HEAD - len(head))):  # type: ignore[attr-defined]
                head += block
        except Rejected as damage:
            self._damage = damage
        return head

    @property
    def consumed(self) -> int:
        """Bytes read from the file so far, before decompression."""
        return self._counted.count

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the configuration lets expect."""
        default = self.limits.default_language
        return (default, *self.limits.languages) if default else self.limits.languages

    def recoded(self) -> tuple[BinaryIO, Narrow]:
        """The content as UTF-8, and what knows whether bytes were replaced on the way."""
        narrow = Narrow(self.stream, self.languages)
        return io.BufferedReader(narrow, BLOCK), narrow

    def seekable(self) -> BinaryIO:
        """The content as a file that can be read in any order; a stream is copied to disk, once, until `close`."""
        if self._counted.seekable() and not self._compressed:
            self._counted.seek(0)
            return cast(BinaryIO, self._counted)
        if self._copy is None:
            self._copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115  # closed with the input
            while block := self.stream.read(BLOCK):
                restart()
                self._copy.write(block)
        self._copy.seek(0)
        return self._copy

    def close(self) -> None:
        """Give back what was taken for it; the file itself belongs to who opened it."""
        if self._copy is not None:
            self._copy.close()

    def read_all(self, limit: int, reason: str, setting: str) -> bytes:
        """The whole content, or `Rejected` when it is longer than `limit` bytes."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise Rejected(reason, f"More than {limit // MEGABYTE} MB ([ingest] {setting}).")
        return data


class _Prefixed(io.RawIOBase):
    """The head that was peeked at, then the rest of the stream (or the damage that ended it)."""

    def __init__(self, head: bytes, rest: BinaryIO, damage: Rejected | None) -> None:
        self._head = memoryview(head)
        self._rest = rest
        self._damage = damage

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        if self._damage is not None:
            raise self._damage
        data = self._rest.read1(len(buffer))  # type: ignore[attr-defined]  # BinaryIO does not know of read1
        buffer[: len(data)] = data
        return len(data)


def lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes, bool]]:
    """Lines as (number from 1, bytes without the line end, whole?).

    A line longer than `limit` bytes comes cut off with `whole` false; its rest is skipped without being kept.
    """
    number = 0
    held: list[bytes] = []
    size = 0
    while block := stream.read1(BLOCK):  # type: ignore[attr-defined]  # BinaryIO does not know of read1
        first, *others = block.split(b"\n")
        if size <= limit:
            held.append(first)
        size += len(first)
        if not others:
            continue
        number += 1
        yield number, b"".join(held), size <= limit
        *complete, last = others
        for line in complete:
            number += 1
            yield number, line, True
        held, size = [last], len(last)
    if size:
        yield number + 1, b"".join(held), size <= limit
