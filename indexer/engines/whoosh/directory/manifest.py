"""The manifest: which segments an index consists of, and the point at which a commit happens.

In: a `Manifest`, written as `manifest-<generation>.json` by temporary file, flush and rename. Out: the newest one that
is whole. Once the rename is on the disk the generation exists; until then the one before it does. No pickle is read.
"""

import hashlib
import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from indexer.engines.whoosh.codec.durable import replace_file
from indexer.engines.whoosh.codec.layout import FORMAT_VERSION
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.directory.groups import groups_name
from indexer.errors import IndexCorrupt, IndexFormatMismatch, NoIndex
from indexer.fields import FIELDS

_NAME = re.compile(r"manifest-([0-9]+)\.json")


@dataclass(frozen=True, slots=True)
class Manifest:
    """One committed generation. Generation 0 is the index before its first commit."""

    generation: int = 0
    segments: tuple[SegmentInfo, ...] = ()
    created: str = ""

    @property
    def documents(self) -> int:
        """Articles in the index, deleted ones left out."""
        return sum(segment.live for segment in self.segments)

    @property
    def files(self) -> frozenset[str]:
        """The names of all files that belong to this generation, its own included."""
        own = {manifest_name(self.generation), groups_name(self.generation)}
        return frozenset(name for segment in self.segments for name in segment.files) | own


def manifest_name(generation: int) -> str:
    """The file name of a generation's manifest."""
    return f"manifest-{generation}.json"


def generations(directory: Path) -> list[int]:
    """The generations whose manifests are there, newest first."""
    if not directory.is_dir():
        return []
    return sorted(
        (int(found[1]) for path in directory.iterdir() if (found := _NAME.fullmatch(path.name))), reverse=True
    )


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Commit a generation.

    Raises:
        OSError: the disk is full or cannot be written; the generation before stands.
    """
    content = {
        "format": FORMAT_VERSION,
        "fields": fields_fingerprint(),
        "generation": manifest.generation,
        "created": manifest.created,
        "segments": [asdict(segment) for segment in manifest.segments],
        "extra": {},  # nothing: the name belongs to the format
    }
    # The checksum covers the rest exactly as it stands in the file: one line, then the line that sums it up.
    body = orjson.dumps(content)
    checksum = orjson.dumps({"checksum": hashlib.blake2b(body, digest_size=16).hexdigest()})
    replace_file(directory / manifest_name(manifest.generation), body + b"\n" + checksum + b"\n")


def read_manifest(directory: Path, generation: int) -> Manifest:
    """The manifest of one generation.

    Raises:
        IndexCorrupt: it is missing or damaged.
        IndexFormatMismatch: it was written by a version with another format or other fields.
    """
    path = directory / manifest_name(generation)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise IndexCorrupt(f"{path} is missing. Build the index again with `indexer build`.") from None
    content = _checked(path, data)
    if content["format"] != FORMAT_VERSION or content["fields"] != fields_fingerprint():
        raise IndexFormatMismatch(
            f"The index in {directory} was built by another version of Broadsheet (format {content['format']}, fields "
            f"{content['fields']}). Build it again with `indexer build`, into another directory if you want to compare."
        )
    segments = tuple(SegmentInfo(**segment) for segment in content["segments"])
    return Manifest(content["generation"], segments, content["created"])


def no_index(directory: Path) -> NoIndex:
    """What is said where nothing was built."""
    return NoIndex(f"There is no index in {directory}. Build one with: indexer build FILES --index {directory}")


def read_newest(directory: Path) -> Manifest:
    """The newest manifest that is whole.

    Raises:
        NoIndex: there is no manifest.
        IndexCorrupt: there are some, and none is whole.
        IndexFormatMismatch: the newest whole one is of another version.
    """
    found = generations(directory)
    if not found:
        raise no_index(directory)
    damage: IndexCorrupt | None = None
    for generation in found:
        try:
            return read_manifest(directory, generation)
        except IndexCorrupt as error:
            damage = damage or error
    assert damage is not None
    raise damage


@cache
def fields_fingerprint() -> str:
    """Changes when the table of fields does: an index built with other fields must be built again."""
    table = [(f.name, f.kind.value, f.searchable, f.facet, f.many) for f in FIELDS]
    return hashlib.blake2b(orjson.dumps(table), digest_size=6).hexdigest()


def _checked(path: Path, data: bytes) -> dict[str, Any]:
    body, _, rest = data.partition(b"\n")
    try:
        stated = orjson.loads(rest)["checksum"]
        content: dict[str, Any] = orjson.loads(body)
    except (orjson.JSONDecodeError, KeyError, TypeError):
        stated, content = None, {}
    if not content or stated != hashlib.blake2b(body, digest_size=16).hexdigest():
        raise IndexCorrupt(f"{path} is damaged. Restore it from a copy, or build the index again with `indexer build`.")
    return content
