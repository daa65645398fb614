"""An index directory: opening a generation, committing the next, clearing away what no generation needs.

Called by the engine to read (`open_generation`), by the writer and the merge to commit, by `check`.
"""

import contextlib
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.durable import sync_directory
from indexer.engines.whoosh.codec.layout import FORMAT_VERSION, SEGMENT_FILE, Array, toc_name
from indexer.engines.whoosh.codec.segment import Segment, SegmentInfo, deletes_name, read_deleted
from indexer.engines.whoosh.codec.validity.array_directory import ADVICE
from indexer.engines.whoosh.directory.groups import Earlier, check_groups, groups_name, possible_groups, write_groups
from indexer.engines.whoosh.directory.manifest import (
    Manifest,
    generations,
    lost,
    manifest_name,
    read_manifest,
    read_newest,
    write_manifest,
)
from indexer.errors import IndexCorrupt, IndexFormatMismatch, NoIndex

_OTHER_FILES = re.compile(r"manifest-[0-9]+\.json(?:\.tmp)?|stories-[0-9]+\.bsx|_MAIN_[0-9]+\.toc(?:\..*)?")
# A reader that opens a generation while two commits pass finds its files gone, and takes the newest instead.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """One generation, its segments and the groups of its documents open for reading. `lost` says what is known of a
    newer one that cannot be read.
    """

    manifest: Manifest
    segments: tuple[Segment, ...]
    groups: ArrayFile
    lost: str = ""


def open_generation(directory: Path) -> OpenGeneration:
    """Open the newest generation.

    Raises:
        NoIndex: nothing was ever committed there.
        IndexCorrupt: a file is missing or damaged, or is not the one that the manifest means.
        IndexFormatMismatch: another version built it.
    """
    for attempt in range(_ATTEMPTS):
        manifest = read_newest(directory)
        try:
            segments = tuple(open_segment(directory, manifest, info) for info in manifest.segments)
            groups = _meant(ArrayFile(directory / groups_name(manifest.generation)), manifest)
            check_groups(groups, sum(info.documents for info in manifest.segments))
            return OpenGeneration(manifest, segments, groups, lost(directory, manifest))
        except IndexCorrupt:
            if attempt == _ATTEMPTS - 1 or read_newest(directory) == manifest:
                raise
    raise AssertionError("the last attempt returns or raises")


def open_segment(directory: Path, manifest: Manifest, info: SegmentInfo) -> Segment:
    """Open a segment of a generation.

    Raises:
        IndexCorrupt: a file is missing or damaged, or is not the one that the manifest means.
    """
    segment = Segment.open(directory, info)
    for file in segment.files:
        _meant(file, manifest)
    if info.lengths != segment.arrays.metadata.get("lengths"):
        raise IndexCorrupt(f"{segment.arrays.path} has other lengths than its manifest says. {ADVICE}")
    return segment


def _meant(file: ArrayFile, manifest: Manifest) -> ArrayFile:
    if manifest.sums.get(file.path.name) != file.sum:
        raise IndexCorrupt(f"{file.path} is not the file that belongs to generation {manifest.generation}. {ADVICE}")
    return file


def newest_generation(directory: Path) -> int:
    """The number of the newest manifest, whole or not; 0 where there is none. Reads names only."""
    return next(iter(generations(directory)), 0)


def current_manifest(directory: Path, *, any_format: bool = False) -> Manifest:
    """The newest whole manifest, or that of an empty index."""
    try:
        return read_newest(directory, any_format=any_format)
    except NoIndex:
        return Manifest()


def manifest_to_extend(directory: Path, *, any_format: bool = False) -> Manifest:
    """The manifest that the next generation follows.

    Raises:
        IndexCorrupt: the newest one is damaged. Readers go on with the one before; to build on that would lose what
            the damaged one held without a word.
    """
    manifest = current_manifest(directory, any_format=any_format)
    newest = newest_generation(directory)
    if newest > manifest.generation:
        path = directory / manifest_name(newest)
        raise IndexCorrupt(
            f"{path} is damaged, and with it the newest state of the index. Restore that file from a copy; or delete "
            f"it to go on from generation {manifest.generation}, and build what was added since once more."
        )
    return manifest


def publish(
    directory: Path,
    base: Manifest,
    segments: Sequence[tuple[SegmentInfo, Array]],
    merged: Mapping[str, Sequence[tuple[SegmentInfo, Array]]] | None = None,
) -> Manifest:
    """Make segments, each with all its deleted documents, the generation after `base`.

    `merged` says of segments that are new by merging from which they were merged, each with what was left out.

    A segment without live documents is left out. Stock Whoosh's table of contents follows the manifest, and files of
    generations before `base` are cleared away.

    Raises:
        OSError: the disk is full or cannot be written; `base` stands.
    """
    generation = max(base.generation, newest_generation(directory)) + 1
    written: list[Path] = []
    try:
        kept = []
        for info, gone in segments:
            if len(gone) == info.documents:
                continue
            if len(gone) != info.deleted:
                path = directory / deletes_name(info.name, generation)
                written.append(path)
                _write_deletes(path, gone)
                kept.append(replace(info, deleted=len(gone), deletes=generation))
            else:
                kept.append(info)
        living = [(info, gone) for info, gone in segments if len(gone) < info.documents]
        written.append(directory / groups_name(generation))
        earlier = Earlier(base.generation, base.segments, merged or {}) if base.is_ours else None
        write_groups(directory, generation, living, earlier)
        manifest = _manifest(directory, generation, kept, base)
        sync_directory(directory)
        write_manifest(directory, manifest)
    except BaseException:
        for path in written:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    from indexer.engines.whoosh.directory.toc import (
        write_toc,  # Whoosh itself, which no reader needs: 40 ms of its start
    )

    # The generation exists from here on: what fails now must not say otherwise. The next writer mends it.
    with contextlib.suppress(OSError):
        write_toc(directory, manifest)
    clear(directory, manifest, base)
    return manifest


def _manifest(directory: Path, generation: int, segments: Sequence[SegmentInfo], base: Manifest) -> Manifest:
    """The manifest of a generation, whose files are all there. What it has from the one before is summed up already."""
    created = datetime.now(UTC).isoformat(timespec="seconds")
    named = Manifest(generation, tuple(segments), created, secrets.token_hex(8))
    sums = {}
    for name in sorted(named.files - {manifest_name(generation)}):
        known = base.sums.get(name) if base.is_ours else None
        sums[name] = ArrayFile(directory / name).sum if known is None else known
    return replace(named, sums=sums)


def deleted_documents(directory: Path, info: SegmentInfo, formats: Collection[int] = (FORMAT_VERSION,)) -> Array:
    """The deleted documents of a segment as its generation says."""
    return read_deleted(ArrayFile(directory / deletes_name(info.name, info.deletes), formats), info)


def _write_deletes(path: Path, gone: Array) -> None:
    path.unlink(missing_ok=True)
    with ArrayFileWriter(path) as writer:
        writer.put("deleted", gone)


def clear(directory: Path, *keep: Manifest) -> list[str]:
    """Remove the files of dead builds and of generations other than those to keep; returns the names removed."""
    wanted = set().union(*(manifest.files for manifest in keep))
    wanted |= {toc_name(manifest.generation) for manifest in keep}
    removed = []
    for path in sorted(directory.iterdir()):
        ours = SEGMENT_FILE.fullmatch(path.name) or _OTHER_FILES.fullmatch(path.name)
        if ours and path.name not in wanted:
            with contextlib.suppress(OSError):
                path.unlink()
                removed.append(path.name)
    return removed


def previous_manifest(directory: Path, manifest: Manifest) -> Manifest:
    """The whole generation before this one, of any format, for a way back; the manifest itself where there is none."""
    for generation in generations(directory):
        if generation < manifest.generation:
            with contextlib.suppress(IndexCorrupt, IndexFormatMismatch):
                return read_manifest(directory, generation, any_format=True)
    return manifest


def check(directory: Path) -> list[str]:
    """Read every file of the newest generation; one line for each thing that is wrong."""
    try:
        manifest = read_newest(directory)
    except IndexCorrupt as error:
        return [str(error)]
    problems = [f"{directory}: {newer}"] if (newer := lost(directory, manifest)) else []
    try:
        groups = _meant(ArrayFile(directory / groups_name(manifest.generation)), manifest)
        if not (damage := groups.verify()):
            possible_groups(groups, sum(info.documents for info in manifest.segments))
        problems += damage
    except IndexCorrupt as error:
        problems.append(str(error))
    for info in manifest.segments:
        try:
            problems += open_segment(directory, manifest, info).verify()
        except IndexCorrupt as error:
            problems.append(str(error))
    return problems
