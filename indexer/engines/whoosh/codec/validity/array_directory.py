"""The directory of an array file, read and held to what a directory can say.

In: the bytes of a file. Out: which arrays it has and where, or an error that names the file. What numbers in it claim
is compared with the file before anything is read by them. Called by `arrayfile`.
"""

import struct
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from indexer.engines.whoosh.codec.layout import FORMAT_VERSION
from indexer.errors import IndexCorrupt, IndexFormatMismatch

MAGIC = b"BRDSHEET"
HEADER = struct.Struct("<8sII")  # magic, version, zero
FOOTER = struct.Struct("<QQII8s")  # directory offset, length, CRC; version; magic
ALIGNMENT = 64
# One checksum for this many bytes: verifying what a query touches costs about 50 microseconds a piece.
CHECK_BYTES = 1 << 17
CHECKS = "checksums"
ADVICE = "Run `indexer check` to see what is damaged, and restore the index from a copy or build it again."
# What numbers an array may hold; none is a reference to anything.
_KINDS = {f"<{letter}{width}": width for letter in "iuf" for width in (2, 4, 8)} | {"|u1": 1, "|i1": 1}


class Entry(NamedTuple):
    """An array: its numpy type, how many elements it has, where it is and the number of its first checksum."""

    kind: str
    length: int
    offset: int
    first_check: int


class Shape(NamedTuple):
    """What an array must be: one of some types, and as long as `times` the documents, or as the array `like`, and
    `more`."""

    name: str
    kinds: tuple[str, ...]
    like: str = ""
    times: int = 1
    more: int = 0


class Directory:
    """What a file says of itself. `sum` stands for all that is in it: two files with one have the same arrays.

    Opening a file must not cost what its arrays are many, so that an array is compared with the file when it is asked
    for.
    """

    def __init__(self, path: Path, said: Mapping[str, Any], end: int, sum: int) -> None:
        self.metadata: dict[str, Any] = said["metadata"]
        self.check = said["checks"]
        self.end = end
        self.sum = sum
        self._path = path
        self._said: dict[str, Any] = said["arrays"]
        self._entries: dict[str, Entry] = {}
        if not isinstance(self.metadata, dict) or CHECKS not in self._said:
            raise ValueError(self.metadata)

    def __contains__(self, name: str) -> bool:
        return name in self._said

    def names(self) -> list[str]:
        """The arrays there are, in file order, their checksums among them."""
        return list(self._said)

    def entry(self, name: str) -> Entry:
        """Where an array is.

        Raises:
            IndexCorrupt: there is none of that name, or it would lie where no array can.
        """
        known = self._entries.get(name)
        if known is None:
            if name not in self._said:
                raise IndexCorrupt(f"{self._path} has no array {name}. {ADVICE}")
            try:
                known = Entry(*self._said[name])
                sound = self._is_possible(name, known)
            except (TypeError, KeyError):
                sound = False
            if not sound:
                raise IndexCorrupt(f"{self._path}: {name} cannot be where it is said to be. {ADVICE}")
            assert known is not None
            self._entries[name] = known
        return known

    def _is_possible(self, name: str, entry: Entry) -> bool:
        kind, length, offset, first = entry
        if not type(length) is type(offset) is type(first) is int or length < 0 or offset < 0 or first < 0:
            return False
        size = length * _KINDS[kind]
        fits = offset >= HEADER.size and offset % ALIGNMENT == 0 and offset + size <= self.end
        if name == CHECKS:  # they are checked by themselves
            return fits and kind == "<u4"
        return fits and first - (-size // CHECK_BYTES) <= self.entry(CHECKS).length

    def unlike(self, shapes: Iterable[Shape], documents: int) -> str:
        """The first array that is not what it must be; "" where all are."""
        said = self._said
        for name, kinds, like, times, more in shapes:
            try:
                kind, length = said[name][:2]
                wanted = (said[like][1] if like else documents) * times + more
            except (LookupError, TypeError, ValueError):
                return name
            if kind not in kinds or length != wanted:
                return name
        return ""


def read_directory(path: Path, buffer: memoryview, formats: Collection[int]) -> Directory:
    """The directory of a file.

    Raises:
        IndexCorrupt: it is cut, damaged, or says what cannot be.
        IndexFormatMismatch: it has another format than those.
    """
    size = len(buffer)
    if size < HEADER.size + FOOTER.size:
        raise IndexCorrupt(f"{path} is cut short ({size} bytes). {ADVICE}")
    magic, version, _ = HEADER.unpack_from(buffer, 0)
    at, length, crc, footer_version, footer_magic = FOOTER.unpack_from(buffer, size - FOOTER.size)
    if magic != MAGIC or footer_magic != MAGIC or version != footer_version:
        raise IndexCorrupt(f"{path} is not a whole Broadsheet array file. {ADVICE}")
    if version not in formats:
        raise IndexFormatMismatch(
            f"{path} has format {version}; this version of Broadsheet reads format {FORMAT_VERSION}. "
            f"Bring the archive up to date with: indexer rebuild --index {path.parent}"
        )
    if at + length != size - FOOTER.size or zlib.crc32(buffer[at : at + length]) != crc:
        raise IndexCorrupt(f"The directory of {path} is damaged. {ADVICE}")
    try:
        return Directory(path, orjson.loads(buffer[at : at + length]), at, crc)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        raise IndexCorrupt(f"The directory of {path} says what cannot be. {ADVICE}") from None
