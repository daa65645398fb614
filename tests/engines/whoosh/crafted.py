"""Index files with numbers in them that nobody wrote, and checksums that are right nevertheless."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import orjson

from indexer.engines.whoosh.codec.validity.array_directory import CHECK_BYTES, CHECKS, FOOTER, HEADER, MAGIC
from indexer.engines.whoosh.directory.manifest import manifest_name

Content = dict[str, Any]
NUMBERS = (0, 1, 2, 7, 255, 256, 65_535, 65_536, 2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**63 - 1, -1, -5, -(2**63))
VALUES: tuple[Any, ...] = (*NUMBERS, 2**70, 0.5, 1e300, "", "x", "<u4", "|O", "MAIN_x", None, True, [], {}, [1])


def read_directory(data: bytes) -> tuple[Content, int]:
    """The directory of an array file, and where it begins."""
    at, length, *_ = FOOTER.unpack_from(data, len(data) - FOOTER.size)
    found: Content = orjson.loads(data[at : at + length])
    return found, at


def array_file(data: bytes, directory: Content, at: int, *, summed: bool = True) -> bytes:
    """The file with these bytes and a directory, and checksums that are right for the arrays as `summed` finds them."""
    body = bytearray(data[:at])
    if summed:
        entries = directory["arrays"]
        checks = []
        for name, (kind, length, offset, _) in entries.items():
            if name != CHECKS:
                raw = bytes(body[offset : offset + length * np.dtype(kind).itemsize])
                checks += [zlib.crc32(raw[start : start + CHECK_BYTES]) for start in range(0, len(raw), CHECK_BYTES)]
        table = np.array(checks, "<u4").tobytes()
        start = entries[CHECKS][2]
        body[start : start + len(table)] = table
        directory = directory | {"checks": zlib.crc32(table)}
    said = orjson.dumps(directory)
    version = HEADER.unpack_from(data, 0)[1]
    return bytes(body) + said + FOOTER.pack(at, len(said), zlib.crc32(said), version, MAGIC)


def with_a_number(data: bytes, chance: Random) -> tuple[bytes, str]:
    """The file with another number in one of its arrays."""
    directory, at = read_directory(data)
    name = chance.choice([name for name, entry in directory["arrays"].items() if entry[1] and name != CHECKS])
    kind, length, offset, _ = directory["arrays"][name]
    place = chance.choice((0, length - 1, chance.randrange(length)))
    width = np.dtype(kind).itemsize
    number = chance.choice(NUMBERS) % (1 << (8 * width))
    start = offset + place * width
    crafted = data[:start] + number.to_bytes(width, "little") + data[start + width :]
    return array_file(crafted, directory, at), f"{name}[{place}] = {number}"


def with_a_claim(data: bytes, chance: Random) -> tuple[bytes, str]:
    """The file with something else in its directory."""
    directory, at = read_directory(data)
    changed, what = changed_somewhere(directory, chance)
    return array_file(data, changed, at, summed=False), what


def changed_somewhere(content: Content, chance: Random) -> tuple[Content, str]:
    """JSON with another value in one place, or without one."""
    copy: Content = orjson.loads(orjson.dumps(content))
    holder, key = chance.choice(list(_places(copy)))
    if chance.random() < 0.1:
        del holder[key]
        return copy, f"no {key}"
    value = chance.choice(VALUES)
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**64:
        value = float(value)
    holder[key] = value
    return copy, f"{key} = {value!r}"


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    keys: Any = content if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ()
    for key in keys:
        yield content, key
        yield from _places(content[key])


def read_manifest(index: Path, generation: int) -> Content:
    """What a manifest says."""
    found: Content = orjson.loads((index / manifest_name(generation)).read_bytes().splitlines()[0])
    return found


def write_manifest(index: Path, generation: int, content: object) -> None:
    """Have a manifest say something, with the checksum of it."""
    body = orjson.dumps(content)
    checksum = orjson.dumps({"checksum": hashlib.blake2b(body, digest_size=16).hexdigest()})
    (index / manifest_name(generation)).write_bytes(body + b"\n" + checksum + b"\n")


Craft = Callable[[bytes, Random], tuple[bytes, str]]
