"""The directory of an array file, read and held to what a directory can say.

In: the bytes of a file. Out: which arrays it has and where, or an error that names the file. What numbers in it claim
is compared with the file before anything is read by them. Called by `arrayfile`.
"""

import struct
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson

from indexer.engines.whoosh.codec.layout import FORMAT_VERSION, Array
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
    """An array: its numpy type, how many elements it has, place in the file and number of its first checksum."""

    kind: str
    length: int
    offset: int
    first_check: int


class Directory(NamedTuple):
    """What a file says of itself. `sum` stands for all that is in it: two files with one have the same arrays."""

    entries: dict[str, Entry]
    metadata: dict[str, Any]
    checks: int
    start: int
    sum: int


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
        said = orjson.loads(buffer[at : at + length])
        entries = {name: Entry(*entry) for name, entry in said["arrays"].items()}
        metadata, checks = said["metadata"], said["checks"]
        sound = isinstance(metadata, dict) and isinstance(checks, int) and _is_possible(entries, at)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError, OverflowError):
        sound = False
    if not sound:
        raise IndexCorrupt(f"The directory of {path} says what cannot be. {ADVICE}")
    return Directory(entries, metadata, checks, at, crc)


def _is_possible(entries: dict[str, Entry], end: int) -> bool:
    """Whether every array lies where arrays may lie, before `end`, and has its checksums."""
    widths = np.array([_KINDS[entry.kind] for entry in entries.values()], np.int64)
    numbers: Array = np.array([entry[1:] for entry in entries.values()])
    if numbers.dtype != np.int64 or (numbers < 0).any() or (numbers > end).any():
        return False
    counts, offsets, firsts = numbers.T
    checks = entries[CHECKS]
    pieces = -(-(counts * widths) // CHECK_BYTES)
    last = firsts + pieces
    last[list(entries).index(CHECKS)] = 0  # they are checked by themselves
    return bool(
        checks.kind == "<u4"
        and (offsets >= HEADER.size).all()
        and (offsets % ALIGNMENT == 0).all()
        and (offsets + counts * widths <= end).all()
        and (last <= checks.length).all()
    )
