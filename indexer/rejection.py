"""What cannot become an article, and why: how readers, preparation and engines speak of it."""

from dataclasses import dataclass

EXCERPT = 200  # characters of a rejected item that its report shows


class Rejected(Exception):
    """Raised for an item that cannot become an article. `reason` is a short stable slug."""

    def __init__(self, reason: str, detail: str = "", excerpt: str = "") -> None:
        super().__init__(reason, detail, excerpt)
        self.reason = reason
        self.detail = detail
        self.excerpt = excerpt

    def at(self, origin: "Origin") -> "Reject":
        """The report of an item from there."""
        return Reject(origin, self.reason, self.detail, self.excerpt[:EXCERPT])


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item came from: a path (or `-`, or a URL) and the line or record number in it, from 1."""

    path: str
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """An item that was not indexed, and why. `excerpt` is its first 200 characters."""

    origin: Origin
    reason: str
    detail: str = ""
    excerpt: str = ""
