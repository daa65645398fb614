"""The manifest: which segments an index consists of, and the point at which a commit happens.

In: a `Manifest`, written as `manifest-<generation>.json` by temporary file, flush and rename. Out: the newest one that
is whole. Once the rename is on the disk the generation exists; until then the one before it does. No pickle is read.

A manifest is never half there: one that is damaged was damaged later, and one that is missing was removed, if Whoosh's
table of contents, which is written after it, is there (`lost`).
"""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from indexer.engines.whoosh.codec.durable import replace_file
from indexer.engines.whoosh.codec.layout import FORMAT_VERSION, STORED_FORMATS, TOC_FILE
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.directory.groups import groups_name
from indexer.engines.whoosh.directory.manifest_content import generation_of, segments_of, sums_of
from indexer.errors import IndexCorrupt, IndexFormatMismatch, NoIndex
from indexer.fields import FIELDS, LATER_FIELDS

_NAME = re.compile(r"manifest-([0-9]+)\.json")
_ADVICE = "Restore it from a copy, or build the index again from its sources, in another directory."


@cache
def fields_fingerprint(without: tuple[str, ...] = ()) -> str:
    """Changes when the table of fields does: an index built with other fields must be built again. One without what
    is made of other fields is one in which no article has any."""
    table = [
        (f.name, f.kind.value, f.searchable, f.facet, f.many) for f in FIELDS if not f.made and f.name not in without
    ]
    return hashlib.blake2b(orjson.dumps(table), digest_size=6).hexdigest()


def has_our_fields(fingerprint: str) -> bool:
    """Whether segments have the columns of all fields, or lack those alone that are read as empty (`LATER_FIELDS`)."""
    return fingerprint in (fields_fingerprint(), fields_fingerprint(LATER_FIELDS))


@dataclass(frozen=True, slots=True)
class Manifest:
    """One committed generation. Generation 0 is the index before its first commit.

    `identity` is random: no other commit has it, of this index or another. `sums` say of each file what is in it
    (`ArrayFile.sum`), by name.
    """

    generation: int = 0
    segments: tuple[SegmentInfo, ...] = ()
    created: str = ""
    identity: str = ""
    sums: Mapping[str, int] = field(default_factory=dict)
    format: int = FORMAT_VERSION
    fields: str = field(default_factory=lambda: fields_fingerprint())

    @property
    def is_ours(self) -> bool:
        """Whether this version of Broadsheet wrote it, and so its segments."""
        return self.format == FORMAT_VERSION and has_our_fields(self.fields)

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
    return _numbers(_names(directory), _NAME)


def _names(directory: Path) -> list[str]:
    try:
        return os.listdir(directory)  # noqa: PTH208  # asked at every request: three times as fast as paths
    except (FileNotFoundError, NotADirectoryError):
        return []


def _numbers(names: Iterable[str], pattern: re.Pattern[str]) -> list[int]:
    return sorted((int(found[1]) for name in names if (found := pattern.fullmatch(name))), reverse=True)


# Which file the newest manifest is, and of which generation.
Stamp = tuple[int, int, int, int, int]


def stamp(directory: Path) -> Stamp | None:
    """What changes with the newest manifest, by whatever way another one comes to be the newest; None without one.

    Reads no file: cheap enough for every request.
    """
    for generation in generations(directory):
        try:
            status = os.stat(directory / manifest_name(generation))  # noqa: PTH116  # as above
        except FileNotFoundError:
            continue
        # The time of the last change of the node is nobody's to set: not even a copy that keeps times has the same.
        return generation, status.st_dev, status.st_ino, status.st_size, status.st_ctime_ns
    return None


def lost(directory: Path, manifest: Manifest) -> str:
    """What is known of newer generations than that of a manifest, which is read in their place; "" of none."""
    names = _names(directory)
    if newest := max(_numbers(names, _NAME), default=0):
        if newest > manifest.generation:
            return _older_state(manifest_name(newest), "damaged", manifest)
        newest = max(_numbers(names, TOC_FILE), default=0)
        if newest > manifest.generation:
            return _older_state(manifest_name(newest), "missing", manifest)
    return ""


def _older_state(name: str, how: str, manifest: Manifest) -> str:
    return (
        f"{name} is {how}, and with it the newest state of the archive: generation {manifest.generation} is read in "
        "its place. Restore that file from a copy, or build what was added since once more."
    )


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Commit a generation.

    Raises:
        OSError: the disk is full or cannot be written; the generation before stands.
    """
    content = {
        "format": manifest.format,
        "fields": manifest.fields,
        "generation": manifest.generation,
        "created": manifest.created,
        "identity": manifest.identity,
        "sums": dict(manifest.sums),
        "segments": [asdict(segment) for segment in manifest.segments],
        "extra": {},  # nothing: the name belongs to the format
    }
    # The checksum covers the rest exactly as it stands in the file: one line, then the line that sums it up.
    body = orjson.dumps(content)
    checksum = orjson.dumps({"checksum": hashlib.blake2b(body, digest_size=16).hexdigest()})
    replace_file(directory / manifest_name(manifest.generation), body + b"\n" + checksum + b"\n")


def read_manifest(directory: Path, generation: int, *, any_format: bool = False) -> Manifest:
    """The manifest of one generation; with `any_format` also one of another version.

    Raises:
        IndexCorrupt: it is missing or damaged.
        IndexFormatMismatch: it was written by a version with another format or other fields.
    """
    path = directory / manifest_name(generation)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise IndexCorrupt(f"{path} is missing. {_ADVICE}") from None
    content = _checked(path, data)
    format, fields = content.get("format"), content.get("fields")
    if type(format) is not int or not isinstance(fields, str):
        raise _impossible(path)
    if format not in STORED_FORMATS:
        raise IndexFormatMismatch(
            f"The index in {directory} was built by a newer version of Broadsheet (format {format}). Install that "
            "version, or export the articles with it: indexer export"
        )
    if not any_format and (format != FORMAT_VERSION or not has_our_fields(fields)):
        raise IndexFormatMismatch(
            f"The index in {directory} was built by another version of Broadsheet (format {format}, fields {fields}). "
            f"Bring it up to date with: indexer rebuild --index {directory}"
        )
    try:
        segments, sums = segments_of(content, generation), sums_of(content)
        created, identity = content["created"], content.get("identity", "")
        sound = generation_of(content) == generation and isinstance(created, str) and isinstance(identity, str)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _impossible(path) from None
    if not sound:
        raise _impossible(path)
    found = Manifest(generation, segments, created, identity, sums, format, fields)
    if found.is_ours and sums and sums.keys() != found.files - {path.name}:
        raise _impossible(path)
    return found


def no_index(directory: Path) -> NoIndex:
    """What is said where nothing was built."""
    return NoIndex(f"There is no index in {directory}. Build one with: indexer build FILES --index {directory}")


def nothing(directory: Path, *, was_there: bool = False) -> NoIndex | IndexCorrupt:
    """What is said where there is no manifest: nothing was built, or it is gone, or the manifests alone are."""
    if tocs := _numbers(_names(directory), TOC_FILE):
        return IndexCorrupt(f"{directory / manifest_name(tocs[0])} is missing. {_ADVICE}")
    if was_there:
        return NoIndex(
            f"The index in {directory} is gone. Put it back, or build one with: indexer build FILES --index {directory}"
        )
    return no_index(directory)


def read_newest(directory: Path, *, any_format: bool = False) -> Manifest:
    """The newest manifest that is whole; `lost` says whether there was a newer one.

    Raises:
        NoIndex: there is no manifest.
        IndexCorrupt: there are some, and none is whole; or there were some.
        IndexFormatMismatch: the newest whole one is of another version.
    """
    found = generations(directory)
    if not found:
        raise nothing(directory)
    damage: IndexCorrupt | None = None
    for generation in found:
        try:
            return read_manifest(directory, generation, any_format=any_format)
        except IndexCorrupt as error:
            damage = damage or error
    assert damage is not None
    raise damage


def _checked(path: Path, data: bytes) -> dict[str, Any]:
    body, _, rest = data.partition(b"\n")
    try:
        stated = orjson.loads(rest)["checksum"]
        content = orjson.loads(body)
    except (orjson.JSONDecodeError, KeyError, TypeError):
        stated, content = None, None
    if not isinstance(content, dict) or stated != hashlib.blake2b(body, digest_size=16).hexdigest():
        raise IndexCorrupt(f"{path} is damaged. {_ADVICE}")
    return content


def _impossible(path: Path) -> IndexCorrupt:
    return IndexCorrupt(f"{path} says what cannot be. {_ADVICE}")
