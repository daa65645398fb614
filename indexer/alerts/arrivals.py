"""What has come to an archive since it was last asked: how far arrivals were read -> the articles after that.

All articles of a commit carry as time of arrival when their writer was opened, or last committed. It holds the lock of
the archive from then on, so nothing that is committed later came earlier: all that is newer than the newest that was
read is new. Clocks are moved, though, and a cluster is written by several machines; so an overlap of an hour before
that is looked at again. It is counted first, which costs next to nothing, and read only where there are not as many
articles in it as there were: those that were not seen before are new too.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from indexer.alerts.store import ReadState
from indexer.article import Article
from indexer.reading import Reading
from indexer.search.moments import Moment
from indexer.search.request import Arrival, SearchRequest, Sort

SECOND = 1_000_000  # microseconds
OVERLAP = 3_600 * SECOND
CHUNK = 2_000  # articles that are held against all alerts at once
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALL = SearchRequest(facets=(), snippets=False)


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article that has come: its id, when (microseconds since 1970), and the day it was published, "" of none."""

    id: str
    added: int
    day: str

    @classmethod
    def of(cls, article: Article) -> "Arrived":
        """An article of the archive."""
        day = article.published.day.isoformat() if article.published else ""
        return cls(article.id, microseconds(article.added) if article.added else 0, day)

    @property
    def key(self) -> int:
        """The id in eight bytes."""
        digest = hashlib.blake2b(self.id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big", signed=True)


def microseconds(when: datetime) -> int:
    """A time as microseconds since 1970."""
    return (when - _EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> Moment:
    """The second in which a time lies."""
    return Moment(_EPOCH + timedelta(seconds=at // SECOND), 1)


def newest(archive: Reading, now: datetime) -> int:
    """When the newest article came, but for those that a wrong clock puts into the future; 0 where there is none."""
    until = Arrival(None, moment(microseconds(now)))
    hits = archive.search(replace(_ALL, added=until, sort=Sort.ADDED, size=1)).hits
    added = hits[0].article.added if hits else None
    return microseconds(added) if added else 0


def read_until(archive: Reading, until: int) -> ReadState:
    """What is remembered when all that came until a time was read."""
    return ReadState(until, _counted(archive, until), archive.identity)


def arrivals(archive: Reading, before: ReadState, seen: set[int], after: int = 0) -> Iterator[list[Arrived]]:
    """The articles that are new since then and came after a time, some at a time."""
    again = bool(before.until) and before.counted != _counted(archive, before.until)
    start = before.until - OVERLAP if again else before.until + SECOND
    asked = replace(_ALL, added=Arrival(moment(start)) if before.until else Arrival())
    chunk: list[Arrived] = []
    for article in archive.scan(asked):
        arrived = Arrived.of(article)
        if arrived.added > after and arrived.key not in seen:
            chunk.append(arrived)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _counted(archive: Reading, until: int) -> int:
    """How many articles came in the overlap before a time."""
    if not until:
        return 0
    overlap = Arrival(moment(until - OVERLAP), moment(until))
    return archive.search(replace(_ALL, added=overlap, size=0)).total
