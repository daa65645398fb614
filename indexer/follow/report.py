"""What a round came to (`FollowReport`), and how each feed stands (`SourceStatus`)."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from indexer.follow.state import FeedState
from indexer.ingest.report import BuildReport


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How one feed, sitemap or folder of a source stands. Times are in UTC, None of none.

    `seen` is when it last brought something new, `new` how many entries that was in its last round, `waiting` how many
    are left for another. `due` is when it is asked again: None where it is gone. `failures` counts those in a row;
    `reason` says why, or what is odd about it. `moved` is the address where it is for good. `private` is what a source
    says of itself, or a folder.
    """

    source: str
    kind: str
    address: str
    tried: datetime | None = None
    succeeded: datetime | None = None
    seen: datetime | None = None
    due: datetime | None = None
    new: int = 0
    waiting: int = 0
    failures: int = 0
    reason: str = ""
    moved: str = ""
    gone: bool = False
    private: bool = False

    @classmethod
    def of(cls, state: FeedState, *, private: bool = False) -> "SourceStatus":
        """What is remembered, for people."""
        return cls(
            source=state.source,
            kind=state.kind,
            address=state.address,
            tried=_time(state.tried),
            succeeded=_time(state.succeeded),
            seen=_time(state.seen),
            due=None if state.gone else _time(state.due),
            new=state.new,
            waiting=state.waiting,
            failures=state.failures,
            reason=state.reason,
            moved=state.moved,
            gone=state.gone,
            private=private or state.kind == "folder",
        )

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _written(value) if isinstance(value, datetime) else value for name, value in found.items()}

    def to_public_dict(self) -> dict[str, Any]:
        """As JSON values, without what concerns this machine and its network: reasons, private addresses."""
        hidden = ("reason", "private")
        found = {name: value for name, value in self.to_dict().items() if name not in hidden}
        return found | ({"address": "", "moved": ""} if self.private else {})


NOTHING = BuildReport()


@dataclass(frozen=True, slots=True)
class FollowReport:
    """What became of a round. `build` counts what was given to the archive.

    `feeds` are those that were asked, as they stand now; `unchanged_feeds` of them had nothing new to read. `pages` is
    how many pages were fetched for their text, `requests` all that was asked, robots.txt included. `due` is when the
    next is due, None where nothing will be.
    """

    build: BuildReport = NOTHING
    feeds: tuple[SourceStatus, ...] = ()
    unchanged_feeds: int = 0
    pages: int = 0
    requests: int = 0
    seconds: float = 0.0
    due: datetime | None = None

    @property
    def failed(self) -> tuple[SourceStatus, ...]:
        """Those that could not be read."""
        return tuple(each for each in self.feeds if each.failures)

    @property
    def interrupted(self) -> bool:
        """Whether the round was stopped; what was read until then is in the archive."""
        return self.build.interrupted

    def to_dict(self) -> dict[str, Any]:
        """As JSON values, for `indexer follow --json`."""
        build = self.build
        return {
            "new": build.new,
            "replaced": build.replaced,
            "unchanged": build.unchanged,
            "rejected": build.rejected,
            "rejected_by_reason": dict(build.rejected_by_reason),
            "notes": dict(build.notes),
            "feeds": [each.to_dict() for each in self.feeds],
            "unchanged_feeds": self.unchanged_feeds,
            "failed_feeds": len(self.failed),
            "pages": self.pages,
            "requests": self.requests,
            "seconds": round(self.seconds, 3),
            "due": _written(self.due) if self.due else None,
            "interrupted": build.interrupted,
            "signal": build.signal,
        }


def _time(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _written(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
