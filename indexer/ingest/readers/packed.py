"""Zip and tar files, walked as the folders they are: each file in them is read as if it lay on the disk.

In: an open input. Out: its members, each an input of its own under `outer.zip/inner/name`. What limits compressed files
limits members: each may grow so many times, and all together too. Called by `files`.
"""

import io
import lzma
import posixpath
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, BinaryIO, cast

from indexer.ingest.beside import Packed
from indexer.ingest.streams import FREE_EXPANSION, Input, bunzipped
from indexer.rejection import Rejected

MOST_MEMBERS = 200_000
DEEPEST = 3  # packed files within packed files
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_MAGIC = b"ustar"
_TAR_MAGIC_AT = 257
_NAME_LENGTHS_AT = 26  # bytes into the header of a member, which ends with its name and further data
_FOR_ANOTHER_SYSTEM = "__MACOSX"
# What reading a member raises where the packed file is damaged.
DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a packed one: `open` gives its input, or raises `Rejected`."""

    path: str
    open: Callable[[], Input]


def is_zip(source: Input) -> bool:
    """Whether an input is a zip file of any kind."""
    return source.head.startswith(ZIP_MAGIC)


def is_tar(source: Input) -> bool:
    """Whether an input is a tar file."""
    return source.head[_TAR_MAGIC_AT : _TAR_MAGIC_AT + len(_TAR_MAGIC)] == _TAR_MAGIC


def zip_members(source: Input) -> Iterator[Member]:
    """The files in a zip file, in the order of their names."""
    try:
        archive = zipfile.ZipFile(source.seekable())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise Rejected("broken_stream", f"The zip file cannot be read: {error}.") from None
    with archive:
        entries = {_clean(entry.filename): entry for entry in archive.infolist() if not entry.is_dir()}
        limit = source.limits.max_expansion
        check_expansion(entries.values(), limit)
        openers = {name: partial(_zip_member, archive, entry, limit) for name, entry in entries.items()}
        yield from _members(source, openers, {name: _growth(entry) for name, entry in entries.items()})


def tar_members(source: Input) -> Iterator[Member]:
    """The files in a tar file, in the order of their names. Links and devices in it are not followed."""
    openers: dict[str, Callable[[], BinaryIO]] = {}
    try:
        archive = tarfile.open(fileobj=source.seekable(), mode="r:")  # noqa: SIM115  # it only borrows its file
        for entry in archive:
            if entry.isfile():
                openers[_clean(entry.name)] = partial(_tar_member, archive, entry)
            if len(openers) > MOST_MEMBERS:
                break
    except (tarfile.TarError, OSError, ValueError, EOFError) as error:
        # The members before the damage are whole.
        yield from _members(source, openers)
        raise Rejected("truncated", f"The tar file is damaged: {error}.") from None
    yield from _members(source, openers)


def _members(
    source: Input, openers: Mapping[str, Callable[[], BinaryIO]], growth: Mapping[str, int] | None = None
) -> Iterator[Member]:
    if len(openers) > MOST_MEMBERS:
        raise Rejected("too_large", f"More than {MOST_MEMBERS:,} files; unpack it and build from the folder.")
    folders: dict[str, Packed] = {}
    for name in sorted(openers):
        if not any(part.startswith((".", _FOR_ANOTHER_SYSTEM)) for part in name.split("/")):
            place = posixpath.dirname(name)
            folder = folders.setdefault(place, Packed(place, openers))
            grown = growth[name] if growth else 1
            yield Member(f"{source.path}/{name}", partial(_input, source, name, folder, grown))


def _input(source: Input, name: str, folder: Packed, grown: int) -> Input:
    # Packed within packed: what has grown already counts, or each level would multiply what the last one may.
    limits = replace(source.limits, max_expansion=max(1, source.limits.max_expansion // grown))
    try:
        return Input(f"{source.path}/{name}", folder.members[name](), limits, folder)
    except (*DAMAGE, NotImplementedError, RuntimeError, OSError) as error:
        raise Rejected("broken_stream", f"It cannot be unpacked: {error}.") from None


def _zip_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> BinaryIO:
    check_expansion([entry], limit)
    member = archive.open(entry)
    if entry.compress_type != zipfile.ZIP_BZIP2:
        return cast(BinaryIO, member)
    # zipfile would decompress all that 4 KB stand for at once, which may be gigabytes.
    member.close()
    return bunzipped(cast(BinaryIO, _Compressed(archive, entry)), limit)


class _Compressed(io.RawIOBase):
    """The bytes of a member as they lie in a zip file."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        assert archive.fp is not None
        self._file = archive.fp
        self._file.seek(entry.header_offset + _NAME_LENGTHS_AT)
        name, extra = struct.unpack("<HH", self._file.read(4))
        self._at = entry.header_offset + _NAME_LENGTHS_AT + 4 + name + extra
        self._left = entry.compress_size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._at)  # other members are read from the same file
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._at += len(data)
        self._left -= len(data)
        return len(data)


def _tar_member(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> BinaryIO:
    found: Any = archive.extractfile(entry)
    return cast(BinaryIO, found)


def check_expansion(entries: Collection[zipfile.ZipInfo], limit: int) -> None:
    """Raise for members that together grow more than they may."""
    size, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if size > max(FREE_EXPANSION, packed * limit):
        raise Rejected("expansion", f"{size:,} bytes in {packed:,}; the limit is {limit} times.")


def check_document(entries: Collection[zipfile.ZipInfo], limit: int) -> None:
    """Raise for a document of zipped parts that its library could not open within bounds."""
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Rejected("unsupported_compression", "A part of the document is compressed as in no such document.")
    check_expansion(entries, limit)


def _growth(entry: zipfile.ZipInfo) -> int:
    return max(1, entry.file_size // max(1, entry.compress_size))


def _clean(name: str) -> str:
    """A member's name as a path below the packed file, whatever it says about the folders above."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/")
