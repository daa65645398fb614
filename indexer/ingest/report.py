"""What a build says while it runs (`ProgressEvent`) and when it is done (`BuildReport`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.ingest.walk import Skipped

# Skipped files that a report lists by name; their number is exact whatever it is.
MOST_SKIPPED_LISTED = 200
# Articles kept apart that a report lists; as above.
MOST_APART_LISTED = 200


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """How far a build is. Bytes are those of the files on disk; `bytes_total` is None with standard input."""

    items: int
    bytes_done: int
    bytes_total: int | None
    seconds: float
    path: str = ""
    committing: bool = False

    @property
    def rate(self) -> float:
        """Items a second since the start."""
        return self.items / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate by bytes, or None when the end is not known."""
        if not self.bytes_total or self.bytes_done <= 0:
            return None
        return self.seconds * max(0, self.bytes_total - self.bytes_done) / self.bytes_done


Progress = Callable[[ProgressEvent], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of everything that was read. `read == new + replaced + unchanged + rejected`, always.

    `rejected_by_reason` counts the rejects of this build (`rejects.REASONS` explains them), `notes` the remarks on
    articles that were indexed (`notes.NOTES`). `apart` counts articles whose id another one has, `kept_apart` lists
    such ids, each with the one that the article got. `interrupted` says that the build was stopped after its last
    commit, `signal` by the signal of which number. `taggers` says by which tagger names were found in each language of
    the archive; it is empty where they were not looked for.
    """

    read: int = 0
    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejected_by_reason: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    apart: int = 0
    kept_apart: tuple[tuple[str, str], ...] = ()
    files: int = 0
    skipped: int = 0
    skipped_files: tuple[Skipped, ...] = ()
    bytes_read: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    signal: int | None = None
    taggers: Mapping[str, str] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Items read a second."""
        return self.read / self.seconds if self.seconds > 0 else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values, for `indexer build --json`."""
        return {
            "read": self.read,
            "new": self.new,
            "replaced": self.replaced,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "rejected_by_reason": dict(self.rejected_by_reason),
            "notes": dict(self.notes),
            "apart": self.apart,
            "kept_apart": [{"id": id, "kept_as": kept} for id, kept in self.kept_apart],
            "files": self.files,
            "skipped": self.skipped,
            "skipped_files": [{"path": skipped.path, "reason": skipped.reason} for skipped in self.skipped_files],
            "bytes_read": self.bytes_read,
            "seconds": round(self.seconds, 3),
            "articles_per_second": round(self.rate, 1),
            "interrupted": self.interrupted,
            "signal": self.signal,
            "taggers": dict(self.taggers),
        }
