"""Items that came with one id within one commit, taken in one after the other.

Workers compare an item with what is committed, not with each other's. In: the events of such items, in order. Out: what
is to be written for them, and how each counts. Called by the writer before a commit.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from indexer.article import Article
from indexer.engines.shared.writing.ledger import DocumentRef, Event, Settled
from indexer.engines.shared.writing.versions import Outcome, place

Read = Callable[[Sequence[DocumentRef]], list[Article]]
Find = Callable[[Sequence[str]], list[tuple[DocumentRef | None, bytes | None]]]


class Replay:
    """The outcome of some events, worked out when it is made."""

    def __init__(self, events: Sequence[Event], read: Read, find: Find, now: datetime, *, keep: bool) -> None:
        self._read = read
        self._find = find
        # By id: where the committed article is and what it says, and what is to be held.
        self._committed: dict[str, tuple[DocumentRef | None, Article | None]] = {}
        self._held: dict[str, Article | None] = {}
        self._keep = keep
        outcomes: list[Outcome] = []
        apart: list[tuple[str, str]] = []
        refs = [event.ref for event in events if event.ref is not None]
        written = dict(zip(refs, read(refs), strict=True))
        for event in events:
            if event.hash is None:
                self._look_up(event.id)
                self._held[event.id] = None
                continue
            placed = place(self._came(event, written), self._holding, now, keep=keep)
            self._held[placed.id] = placed.article
            outcomes.append(placed.outcome)
            if placed.id != event.asked:
                apart.append((event.asked, placed.id))
        left = set(refs)
        self.written: list[Article] = []
        for id, article in self._held.items():
            ref, before = self._committed[id]
            if article is before:
                continue
            if article is not None:
                self.written.append(article)
            if ref is not None:
                left.add(ref)
        self.settled = Settled(outcomes, left, apart)

    def _came(self, event: Event, written: dict[DocumentRef, Article]) -> Article:
        """The item of an event, under the id that it came with."""
        if event.ref is None:
            article = self._look_up(event.id)
            assert article is not None
        else:
            assert event.hash is not None
            said = event.hash.hex()
            article = next(each for each in written[event.ref].versions if each.content_hash == said)
            article = replace(article, earlier=()) if article.earlier else article
        return article if article.id == event.asked else replace(article, id=event.asked).with_hash()

    def _holding(self, id: str) -> Article | None:
        return self._held[id] if id in self._held else self._look_up(id)

    def _look_up(self, id: str) -> Article | None:
        """The committed article of an id."""
        if id not in self._committed:
            ((ref, _),) = self._find([id])
            self._committed[id] = ref, self._read([ref])[0] if ref is not None else None
        return self._committed[id][1]
