"""An index directory -> the snapshot of its newest generation, with what is already open taken over.

Called by the engine when it opens and when it refreshes.
"""

from functools import partial
from pathlib import Path

from indexer.config import EntitiesConfig
from indexer.engines.whoosh.codec.segment import Segment
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.reader.spellings import with_merges
from indexer.entities.corrections import Corrections


def load(directory: Path, before: Snapshot | None, corrections: Corrections, entities: EntitiesConfig) -> Snapshot:
    """Open the newest generation, its entities shown as the corrections and the configuration want them.

    Raises:
        NoIndex, IndexCorrupt, IndexFormatMismatch: there is none, or it cannot be read.
    """
    opened = generations.open_generation(directory)
    # A segment that is open already has been verified as far as it was read, and keeps what it has decoded.
    known = {segment.info.name: segment for segment in before.segments} if before else {}
    segments = [_reused(known.get(segment.info.name), segment) for segment in opened.segments]
    shown_names = partial(with_merges, corrections, entities.join_family_names)
    manifest = opened.manifest
    return Snapshot(
        manifest.generation,
        segments,
        before,
        shown_names if entities.join_spellings else lambda _: corrections,
        opened.groups,
        entities.join_spellings,
        manifest.identity,
        opened.lost,
        entities.min_mentions,
    )


def _reused(known: Segment | None, opened: Segment) -> Segment:
    """The segment as it was open before, unless other files have come in its place, as they do from a copy."""
    if known is None or known.info != opened.info:
        return opened
    same = [file.inode for file in known.files] == [file.inode for file in opened.files]
    return known if same else opened
