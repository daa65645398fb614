"""What a reader stumbles over is damage where the index is damaged, and a bug of ours elsewhere.

Checksums find what has changed since it was written. Numbers that were never written by us, in a file whose checksums
are right, are found when they lead nowhere. Called by the engine around all that it reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.engines.whoosh.codec.validity.array_directory import ADVICE
from indexer.engines.whoosh.codec.validity.structure import impossible
from indexer.engines.whoosh.directory.groups import possible_groups
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.errors import BroadsheetError, IndexCorrupt


@contextmanager
def named_faults(snapshot: Snapshot) -> Iterator[None]:
    """Have an unexpected error within the block be one of the index, if anything in the index is impossible.

    Raises:
        IndexCorrupt: something is; the message names it.
    """
    try:
        yield
    except BroadsheetError:
        raise
    except Exception as error:
        if snapshot.groups_file is not None:
            possible_groups(snapshot.groups_file, snapshot.size)
        for segment in snapshot.segments:
            for problem in impossible(segment.arrays, segment.stored.file, segment.doc_count):
                raise IndexCorrupt(f"{problem}. {ADVICE}") from error
        raise
