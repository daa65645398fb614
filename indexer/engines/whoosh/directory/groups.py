"""Groups of near-duplicates of one generation: a file beside the manifest that gives each document its group.

Written by the commit, from the signatures in the segments and the groups of the generation before; read by searches
that collapse copies. Documents are numbered through the segments in the manifest's order, and a group is known by its
smallest number (`indexer.near_duplicates.grouping`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.layout import ARRAYS_SUFFIX, SIGNATURES, Array
from indexer.engines.whoosh.codec.segment import Segment, SegmentInfo
from indexer.engines.whoosh.codec.validity.array_directory import ADVICE
from indexer.errors import IndexCorrupt
from indexer.near_duplicates.grouping import group
from indexer.near_duplicates.groups import regroup
from indexer.near_duplicates.signatures import WIDTH, rows_of

GROUPS = "groups"


def groups_name(generation: int) -> str:
    """The file name of a generation's groups."""
    return f"stories-{generation}.bsx"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The generation before, whose groups are carried on.

    `merged` says of segments of now that it did not have from which they were merged, each with the documents left out.
    """

    generation: int
    segments: Sequence[SegmentInfo]
    merged: Mapping[str, Sequence[tuple[SegmentInfo, Array]]] = field(default_factory=dict)


def write_groups(
    directory: Path, generation: int, segments: Sequence[tuple[SegmentInfo, Array]], earlier: Earlier | None = None
) -> Path:
    """Find the groups among the live documents of the segments, each given with its deleted ones.

    Only what changed since the `earlier` generation is compared, where that is little.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    files = [ArrayFile(directory / (info.name + ARRAYS_SUFFIX)) for info, _ in segments]
    tables = [_signatures(file) for file in files]
    bases = np.cumsum([0, *(info.documents for info, _ in segments)])
    gone = [deleted.astype(np.int64) + base for (_, deleted), base in zip(segments, bases, strict=False)]
    absent = np.concatenate([np.zeros(0, np.int64), *gone])
    groups = _carried_on(directory, earlier, segments, tables, absent) if earlier and earlier.generation else None
    if groups is None:
        groups = group(tables, absent)
    path = directory / groups_name(generation)
    path.unlink(missing_ok=True)
    with ArrayFileWriter(path) as writer:
        writer.put(GROUPS, groups.astype(np.uint32))
    return path


def _signatures(file: ArrayFile) -> Array:
    return file[SIGNATURES].reshape(-1, WIDTH)


def _carried_on(
    directory: Path,
    earlier: Earlier,
    segments: Sequence[tuple[SegmentInfo, Array]],
    tables: Sequence[Array],
    gone: Array,
) -> Array | None:
    """The groups, from those of the generation before; None where too much changed or those cannot be read."""
    try:
        opened = [Segment.open(directory, info) for info in earlier.segments]
        bases = np.cumsum([0, *(info.documents for info in earlier.segments)])
        groups = possible_groups(ArrayFile(directory / groups_name(earlier.generation)), int(bases[-1]))
    except IndexCorrupt:
        return None
    if not len(groups):
        return None
    places = {info.name: int(base) for info, base in zip(earlier.segments, bases, strict=False)}
    came = np.concatenate([np.zeros(0, np.int64), *(_came(info, earlier, places) for info, _ in segments)])
    live = np.ones(len(came), np.bool_)
    live[gone] = False
    left = np.ones(len(groups), np.bool_)
    for segment, base in zip(opened, bases, strict=False):
        left[segment.deleted.astype(np.int64) + base] = False
    known = np.flatnonzero(live & (came >= 0) & left[came])
    left[came[known]] = False
    removed = rows_of([_signatures(segment.arrays) for segment in opened], np.flatnonzero(left))
    # The smallest number of a group is written last.
    firsts = np.zeros(len(groups), np.int64)
    firsts[groups[came[known[::-1]]]] = known[::-1]
    labels = np.arange(len(came))
    labels[known] = firsts[groups[came[known]]]
    live[known] = False
    return regroup(tables, gone, labels, np.flatnonzero(live), removed)


def _came(info: SegmentInfo, earlier: Earlier, places: Mapping[str, int]) -> Array:
    """The number that each document of a segment had in the generation before, -1 where it is new."""
    if info.name in places:
        return places[info.name] + np.arange(info.documents)
    parts = [np.zeros(0, np.int64)]
    for source, gone in earlier.merged.get(info.name, ()):
        live = np.delete(np.arange(source.documents), gone.astype(np.int64))
        parts.append(live + places[source.name] if source.name in places else np.full(len(live), -1))
    came = np.concatenate(parts)
    return came if len(came) == info.documents else np.full(info.documents, -1)


def check_groups(file: ArrayFile, documents: int) -> None:
    """Raise IndexCorrupt unless a file has a group for each of so many documents. Reads none of them."""
    entry = file.entry(GROUPS)
    if entry.length != documents or entry.kind != "<u4":
        raise IndexCorrupt(f"{file.path} has groups of {entry.length} documents, not of {documents}. {ADVICE}")


def read_groups(file: ArrayFile, documents: int) -> Array:
    """The group of each document, verified whole.

    Raises:
        IndexCorrupt: the file is damaged.
    """
    check_groups(file, documents)
    return file.whole(GROUPS)


def possible_groups(file: ArrayFile, documents: int) -> Array:
    """The same, held to what groups can be, which takes longer than reading them.

    Raises:
        IndexCorrupt: the file is damaged, or says what cannot be.
    """
    groups = read_groups(file, documents)
    # A group is known by its smallest number, which is of that group itself.
    if (groups > np.arange(documents, dtype=np.uint32)).any() or not np.array_equal(groups[groups], groups):
        raise IndexCorrupt(f"{file.path} has groups that cannot be. {ADVICE}")
    return groups
