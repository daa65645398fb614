"""What an archive holds, counted. Called by the engine for `stats`."""

from pathlib import Path

import numpy as np

from indexer.engines.shared.days import day_number
from indexer.engines.whoosh.codec.layout import UNDATED_DAY
from indexer.engines.whoosh.reader.columns import column
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.facets import distinct_values, unfiltered_counts
from indexer.fields import KEYWORD_FIELDS
from indexer.search.results import ArchiveStats
from indexer.zones import latest_day


def archive_stats(snapshot: Snapshot, directory: Path) -> ArchiveStats:
    """Counts over the articles of a snapshot; sizes of its files."""
    days = snapshot.concatenated("published.day")[snapshot.everything]
    dated = days[days != UNDATED_DAY]
    believed = dated[dated <= day_number(latest_day())]

    languages = column(snapshot, "language")
    spoken = unfiltered_counts(snapshot, "language")
    return ArchiveStats(
        articles=len(snapshot.everything),
        undated=len(days) - len(dated),
        first_day=_iso(dated.min()) if len(dated) else None,
        last_day=_iso((believed if len(believed) else dated).max()) if len(dated) else None,
        generation=snapshot.generation,
        segments=len(snapshot.segments),
        bytes=sum(_size(directory / name) for segment in snapshot.segments for name in segment.info.files),
        distinct={field.name: distinct_values(snapshot, field.name) for field in KEYWORD_FIELDS},
        languages={
            languages.label(int(spoken.numbers[offset])): int(spoken.counts[offset])
            for offset in np.argsort(-spoken.counts, kind="stable").tolist()
        },
        engine="whoosh",
        future=len(dated) - len(believed),
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # merged away by a later generation, which this snapshot does not see
        return 0


def _iso(day: np.int32) -> str:
    return str(np.datetime64(int(day), "D"))
