"""Writing files so that they are either whole on the disk or not there.

In: bytes. Out: files that were flushed to the disk before anything refers to them. Every byte the write side puts into
an index passes through `write_at`, which is where tests make a disk full.
"""

import contextlib
import errno
import os
import sys
from pathlib import Path

# Bytes as they are, and no child process inherits the file.
if sys.platform == "win32":
    _FLAGS = os.O_BINARY | os.O_NOINHERIT
else:
    _FLAGS = os.O_CLOEXEC

# Small writes are gathered to this size: a segment's arrays are many, and a system call each would show.
BUFFER_BYTES = 1 << 18


def write_at(descriptor: int, data: bytes | bytearray | memoryview, offset: int) -> None:
    """Write every byte of `data` at `offset` of an open file."""
    rest = memoryview(data).cast("B")
    while rest:
        if sys.platform == "win32":
            os.lseek(descriptor, offset, os.SEEK_SET)
            written = os.write(descriptor, rest)
        else:
            written = os.pwrite(descriptor, rest, offset)
        rest = rest[written:]
        offset += written


class Output:
    """A new file being written; `close` leaves it on the disk, `discard` removes it.

    Raises:
        OSError: the disk is full or cannot be written; the file is then not to be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._pending = bytearray()
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o644)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Append bytes."""
        size = memoryview(data).nbytes
        if size >= BUFFER_BYTES:
            self._flush()
            write_at(self._descriptor, data, self.size)
            self.size += size
            return
        self._pending += data
        self.size += size
        if len(self._pending) >= BUFFER_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._pending:
            write_at(self._descriptor, self._pending, self.size - len(self._pending))
            self._pending = bytearray()

    def reserve(self, size: int) -> int:
        """Leave room for `size` bytes that `fill` writes later; returns where it starts."""
        self._flush()
        start = self.size
        self.size += size
        return start

    def shrink(self, size: int) -> None:
        """Give back the end of room that was reserved last and not filled."""
        assert not self._pending
        self.size = size

    def fill(self, data: bytes | bytearray | memoryview, offset: int) -> None:
        """Write into room that was reserved."""
        write_at(self._descriptor, data, offset)

    def close(self) -> None:
        """Put everything on the disk and close."""
        self._flush()
        os.fsync(self._descriptor)
        os.close(self._descriptor)
        self._descriptor = -1

    def discard(self) -> None:
        """Give the file up: close and remove it, even after `close`."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        self._pending = bytearray()
        with contextlib.suppress(OSError):
            self.path.unlink()


def sync_file(path: Path) -> None:
    """Put a file on the disk that somebody else has written."""
    descriptor = os.open(path, os.O_RDWR | _FLAGS)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_directory(directory: Path) -> None:
    """Make the names of a directory durable: a rename counts only once its directory is on the disk."""
    if sys.platform == "win32":
        return  # directories cannot be opened there
    descriptor = os.open(directory, os.O_RDONLY | _FLAGS)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems have no such thing, and keep names durable by themselves.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file under its final name, all or nothing: temporary file, flush, rename, flush of the directory."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.unlink(missing_ok=True)
    output = Output(temporary)
    try:
        output.write(data)
        output.close()
        temporary.replace(path)
    except BaseException:
        output.discard()
        raise
    sync_directory(path.parent)
