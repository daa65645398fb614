"""Groups of near-duplicates of one generation: a file beside the manifest that gives each document its group.

Written by the commit, from the signatures in the segments; read by searches that fold copies. Documents are numbered
through the segments in the manifest's order, and a group is known by its smallest number (`indexer.stories`).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.codec.layout import ARRAYS_SUFFIX, SIGNATURES, Array
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.stories import BINS, group

GROUPS = "groups"


def groups_name(generation: int) -> str:
    """The file name of a generation's groups."""
    return f"stories-{generation}.bsx"


def write_groups(directory: Path, generation: int, segments: Sequence[tuple[SegmentInfo, Array]]) -> Path:
    """Find the groups among the live documents of the segments, each given with its deleted ones.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    files = [ArrayFile(directory / (info.name + ARRAYS_SUFFIX)) for info, _ in segments]
    bases = np.cumsum([0, *(info.documents for info, _ in segments)])
    gone = [deleted.astype(np.int64) + base for (_, deleted), base in zip(segments, bases, strict=False)]
    groups = group([file[SIGNATURES].reshape(-1, BINS) for file in files], np.concatenate([*gone, [0][:0]]).astype(int))
    path = directory / groups_name(generation)
    path.unlink(missing_ok=True)
    with ArrayFileWriter(path) as writer:
        writer.put(GROUPS, groups.astype(np.uint32))
    return path


def read_groups(path: Path) -> Array:
    """The group of each document.

    Raises:
        IndexCorrupt: the file is missing or damaged.
    """
    return ArrayFile(path)[GROUPS]
