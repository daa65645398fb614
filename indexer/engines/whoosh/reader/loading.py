"""An index directory -> the snapshot of its newest generation, with what is already open taken over.

Called by the engine when it opens and when it refreshes.
"""

from pathlib import Path

from indexer.config import EntitiesConfig
from indexer.engines.whoosh.codec.segment import Segment
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.reader.snapshot import Find, Naming, Snapshot
from indexer.engines.whoosh.reader.spellings import with_merges
from indexer.entities.corrections import Corrections


def load(
    directory: Path,
    before: Snapshot | None,
    corrections: Corrections,
    entities: EntitiesConfig,
    find: Find | None = None,
) -> Snapshot:
    """Open the newest generation, its entities shown as the corrections and the configuration want them.

    `find` says which documents of a snapshot a query finds, for the corrections that have some.

    Raises:
        NoIndex, IndexCorrupt, IndexFormatMismatch: there is none, or it cannot be read.
    """
    opened = generations.open_generation(directory)
    # A segment that is open already has been verified as far as it was read, and keeps what it has decoded.
    known = {segment.info.name: segment for segment in before.segments} if before else {}
    segments = [_reused(known.get(segment.info.name), segment) for segment in opened.segments]

    def shown_names(rules: Corrections, snapshot: Snapshot) -> Corrections:
        return with_merges(rules, entities.join_family_names, snapshot) if entities.join_spellings else rules

    manifest = opened.manifest
    return Snapshot(
        manifest.generation,
        segments,
        before,
        Naming(corrections, shown_names, find),
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
