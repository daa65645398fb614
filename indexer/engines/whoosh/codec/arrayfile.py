"""A file of named arrays: written once, front to back; read by memory map without a copy.

    magic, version | array, 64-byte aligned | ... | checksums | directory (JSON) | footer

The directory names each array with type, count and offset. Every piece of `CHECK_BYTES` of an array has a CRC-32, so
that what is read can be verified where it is read. Called by everything that stores arrays in an index.
"""

import mmap
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np
import orjson

from indexer.engines.whoosh.codec.durable import Output
from indexer.engines.whoosh.codec.layout import FORMAT_VERSION, Array
from indexer.engines.whoosh.codec.validity.array_directory import (
    ADVICE,
    ALIGNMENT,
    CHECK_BYTES,
    CHECKS,
    FOOTER,
    HEADER,
    MAGIC,
    Entry,
    Shape,
    read_directory,
)
from indexer.errors import IndexCorrupt

# Arrays up to this size are verified whole when they are first asked for (about a millisecond).
SMALL_BYTES = 1 << 20
# The byte order of every index file, whatever the machine.
_ENDIAN = "<"


class ArrayStream:
    """An array of known type that is being written in parts, checksummed as it goes."""

    def __init__(self, dtype: "np.dtype[Any]", write: Callable[[memoryview], None]) -> None:
        self.dtype = dtype
        self.bytes = 0
        self.checks: list[int] = []
        self._write = write
        self._crc = 0
        self._room = CHECK_BYTES

    @property
    def count(self) -> int:
        """Elements written so far."""
        return self.bytes // self.dtype.itemsize

    def append(self, array: Array | bytes | bytearray) -> None:
        """Add a part."""
        if isinstance(array, np.ndarray):
            if not array.size:
                return
            raw = np.ascontiguousarray(array, self.dtype).view(np.uint8).data
        else:
            raw = memoryview(array)
        self._write(raw)
        self.bytes += raw.nbytes
        while raw.nbytes:
            piece = raw[: self._room]
            self._crc = zlib.crc32(piece, self._crc)
            self._room -= piece.nbytes
            raw = raw[piece.nbytes :]
            if not self._room:
                self._close_piece()

    def _close_piece(self) -> None:
        self.checks.append(self._crc)
        self._crc = 0
        self._room = CHECK_BYTES

    def end(self) -> None:
        """Finish the last piece."""
        if self._room < CHECK_BYTES:
            self._close_piece()


class ArrayFileWriter:
    """Writes an array file. Nothing may refer to it before `close` returned; `discard` removes it.

    Arrays are put whole (`put`), one at a time in parts (`begin`, then `end`), or side by side in parts when their
    lengths are known beforehand (`reserve`), of the last one at most (`shrink`).

    Raises:
        OSError: the disk is full or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.metadata: dict[str, Any] = {}
        self._output = Output(path)
        self._entries: dict[str, tuple[int, ArrayStream]] = {}
        self._open: ArrayStream | None = None
        self._output.write(HEADER.pack(MAGIC, FORMAT_VERSION, 0))

    @property
    def size(self) -> int:
        """Bytes written or reserved so far."""
        return self._output.size

    def put(self, name: str, array: Array | bytes | bytearray, dtype: Any = None) -> None:
        """Store a whole one-dimensional array."""
        stream = self.begin(name, array.dtype if isinstance(array, np.ndarray) else dtype)
        stream.append(array)
        self.end()

    def begin(self, name: str, dtype: Any) -> ArrayStream:
        """Start an array that comes in parts and whose length is not known; one at a time."""
        assert self._open is None, f"{name} begins before the array before it ended"
        self._open = self._entry(name, dtype, self._output.write)
        return self._open

    def end(self) -> None:
        """Finish the array begun."""
        assert self._open is not None
        self._open.end()
        self._open = None

    def reserve(self, name: str, dtype: Any, count: int) -> ArrayStream:
        """Room for an array of `count` elements; as many must be appended before `close`."""
        assert self._open is None
        stream = self._entry(name, dtype, self._output.write)
        start = self._output.reserve(count * stream.dtype.itemsize)
        fill = self._output.fill

        def write(data: memoryview) -> None:
            assert stream.bytes + data.nbytes <= count * stream.dtype.itemsize, f"{name} is longer than announced"
            fill(data, start + stream.bytes)

        stream._write = write
        return stream

    def shrink(self, name: str) -> None:
        """Give back the room that the array reserved last did not need; nothing else may have been written since."""
        offset, stream = self._entries[name]
        self._output.shrink(offset + stream.bytes)

    def _entry(self, name: str, dtype: Any, write: Callable[[memoryview], None]) -> ArrayStream:
        assert name not in self._entries, f"{name} is there already"
        self._output.write(b"\0" * (-self._output.size % ALIGNMENT))
        stream = ArrayStream(np.dtype(dtype).newbyteorder(_ENDIAN), write)
        self._entries[name] = (self._output.size, stream)
        return stream

    def close(self) -> None:
        """Write the directory and put the file on the disk."""
        entries: dict[str, list[Any]] = {}
        checks: list[int] = []
        for name, (offset, stream) in self._entries.items():
            stream.end()
            entries[name] = [stream.dtype.str, stream.count, offset, len(checks)]
            checks += stream.checks
        table = np.array(checks, np.dtype("<u4"))
        self.put(CHECKS, table)
        entries[CHECKS] = [table.dtype.str, len(table), self._entries[CHECKS][0], len(table)]
        directory = orjson.dumps({"arrays": entries, "metadata": self.metadata, "checks": zlib.crc32(table.tobytes())})
        at = self._output.size
        self._output.write(directory)
        self._output.write(FOOTER.pack(at, len(directory), zlib.crc32(directory), FORMAT_VERSION, MAGIC))
        self._output.close()

    def discard(self) -> None:
        """Give the file up and remove it."""
        self._output.discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()


class ArrayFile:
    """An array file, memory-mapped. `file[name]` is a read-only view that stays valid as long as it is referenced.

    Arrays of up to `SMALL_BYTES` are verified when first asked for; of larger ones, `part` verifies what it hands out.

    `sum` stands for all that is in the file, `inode` for the file itself: another one in its place has another.

    Raises:
        IndexCorrupt: the file is cut, damaged or lacks the array; the message names it.
        IndexFormatMismatch: it has none of the formats.
    """

    def __init__(self, path: Path, formats: Collection[int] = (FORMAT_VERSION,)) -> None:
        self.path = path
        self._map, self.inode = _map_file(path)
        self._buffer = memoryview(self._map)
        directory = read_directory(path, self._buffer, formats)
        self.sum = directory.sum
        self.metadata: dict[str, Any] = directory.metadata
        self._directory = directory
        self._views: dict[str, Array] = {}
        # Arrays whose single elements are asked for, and their first checksums.
        self._items: dict[str, tuple[memoryview, int]] = {}
        self._stand_ins: dict[str, Array] = {}
        self._checks = self._view(CHECKS)
        if zlib.crc32(self._checks.tobytes()) != directory.check:
            raise IndexCorrupt(f"The checksums of {path} are damaged. {ADVICE}")
        self._verified = bytearray(len(self._checks))  # 1 for each piece found sound

    def __contains__(self, name: str) -> bool:
        return name in self._directory or name in self._stand_ins

    def stand_in(self, arrays: Mapping[str, Array]) -> None:
        """Have arrays that the file lacks read as these."""
        lacking = {name: array for name, array in arrays.items() if name not in self._directory}
        self._stand_ins |= lacking
        self._views |= lacking

    def names(self) -> list[str]:
        """The arrays there are, in file order."""
        return [name for name in self._directory.names() if name != CHECKS]

    def __getitem__(self, name: str) -> Array:
        """The whole array, without a copy; verified first if it is small."""
        view = self._views.get(name)
        if view is None:
            view = self._view(name)
            if view.nbytes <= SMALL_BYTES:
                self._verify_bytes(name, 0, view.nbytes)
            self._views[name] = view
        return view

    def whole(self, name: str) -> Array:
        """The whole array, verified however large it is."""
        view = self[name]
        self._verify_bytes(name, 0, view.nbytes)
        return view

    def part(self, name: str, start: int, stop: int) -> Array:
        """`file[name][start:stop]`, verified: each piece of the file is read and compared once for each open file."""
        view = self._views.get(name)
        if view is None:
            view = self._views[name] = self._view(name)
        if not 0 <= start <= stop <= len(view):
            raise self._beyond(name)
        self._verify_bytes(name, start * view.itemsize, stop * view.itemsize)
        return view[start:stop]

    def item(self, name: str, place: int) -> int:
        """One element of an array of integers, verified; a sixth of the time of a part of one element."""
        known = self._items.get(name)
        if known is None:
            known = self._items[name] = memoryview(self._view(name).data), self.entry(name).first_check
        data, first = known
        if not 0 <= place < len(data):
            raise self._beyond(name)
        at = place * data.itemsize
        if not self._verified[first + at // CHECK_BYTES]:
            self._verify_bytes(name, at, at + data.itemsize)
        found: int = data[place]
        return found

    def _beyond(self, name: str) -> IndexCorrupt:
        return IndexCorrupt(f"{self.path}: another array points beyond {name}. {ADVICE}")

    def release(self) -> None:
        """Let go of the memory into which the file was read; views stay valid and are read again when asked."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def verify(self) -> list[str]:
        """Read everything; one line for each thing that is wrong."""
        problems = []
        end = HEADER.size
        if HEADER.unpack_from(self._buffer, 0)[2] != 0:
            problems.append(f"{self.path}: the header is damaged")
        for name in self._directory.names():
            offset, size = self.entry(name).offset, self._view(name).nbytes
            if any(self._buffer[end:offset]):
                problems.append(f"{self.path}: the space before {name} is damaged")
            end = offset + size
            if name != CHECKS and not self._sound(name, 0, size):
                problems.append(f"{self.path}: {name} is damaged")
        if end != self._directory.end:
            problems.append(f"{self.path}: bytes that belong to no array")
        return problems

    def entry(self, name: str) -> Entry:
        """Where an array is; see `Directory.entry`."""
        return self._directory.entry(name)

    def check_shapes(self, shapes: Iterable[Shape], documents: int) -> None:
        """Raise IndexCorrupt unless arrays are what they must be in a file of so many documents. Reads none of them."""
        if name := self._directory.unlike(shapes, documents):
            raise IndexCorrupt(f"{self.path}: {name} is not as it must be. {ADVICE}")

    def length(self, name: str) -> int:
        """How many elements an array has, without a look at it."""
        return len(self._stand_ins[name]) if name in self._stand_ins else self.entry(name).length

    def _view(self, name: str) -> Array:
        entry = self.entry(name)
        return np.frombuffer(self._buffer, np.dtype(entry.kind), entry.length, entry.offset)

    def _verify_bytes(self, name: str, start: int, stop: int) -> None:
        if stop <= start or name in self._stand_ins:
            return
        first = self._directory.entry(name).first_check
        low, high = first + start // CHECK_BYTES, first + (stop - 1) // CHECK_BYTES + 1
        if self._verified.find(0, low, high) < 0:
            return
        if not self._sound(name, start, stop):
            raise IndexCorrupt(f"{self.path}: {name} is damaged. {ADVICE}")
        self._verified[low:high] = b"\1" * (high - low)

    def _sound(self, name: str, start: int, stop: int) -> bool:
        kind, length, offset, first = self.entry(name)
        end = offset + length * np.dtype(kind).itemsize
        for piece in range(start // CHECK_BYTES, -(-stop // CHECK_BYTES)):
            at = offset + piece * CHECK_BYTES
            crc = zlib.crc32(self._buffer[at : min(at + CHECK_BYTES, end)])
            if crc != int(self._checks[first + piece]):
                return False
        return True


def _map_file(path: Path) -> tuple[mmap.mmap, tuple[int, int]]:
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_size == 0:
                raise IndexCorrupt(f"{path} is empty. {ADVICE}")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), (status.st_dev, status.st_ino)
    except FileNotFoundError:
        raise IndexCorrupt(f"{path} is missing. {ADVICE}") from None
