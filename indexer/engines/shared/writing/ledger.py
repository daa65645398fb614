"""What happened to each id since the last commit, and what follows from it at the next.

In: events from the workers, in any order. Out: a `Verdict`: how many items were new, replaced or unchanged, and which
documents are to be deleted so that of every id the last item is left. Called by the writer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from indexer.engines.shared.writing.versions import Outcome

# Where a document is: the name of the segment or index, and what the document is called in it.
DocumentRef = tuple[str, Any]


class Event(NamedTuple):
    """One item with an id, or the removal of an id (`hash` None).

    `sequence` orders the events. `id` is the one that the item got, `asked` the one that it came with. `hash` is that
    of the item (of the committed article, if this has the item among its earlier versions). `ref` is where it was
    written, None if the committed article says it already. `committed` and `committed_hash` are the ref and hash of the
    committed article with the id, if there is one.
    """

    sequence: int
    id: str
    asked: str
    hash: bytes | None
    ref: DocumentRef | None
    committed: DocumentRef | None
    committed_hash: bytes | None

    @property
    def is_new(self) -> bool:
        """Whether the item has its own id, and nothing had it before."""
        return self.committed is None and self.hash is not None and self.asked == self.id


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sum of all events. `apart` are the ids of items that were taken by other articles, and those they got."""

    new: int
    replaced: int
    unchanged: int
    deletes: dict[str, set[Any]]
    apart: tuple[tuple[str, str], ...] = ()


class Ledger:
    """The events since the last commit, by id."""

    def __init__(self) -> None:
        # Nearly every id has a single event, which then stands for its list.
        self._events: dict[str, Event | list[Event]] = {}
        self._settled: list[Settled] = []

    def add(self, event: Event) -> None:
        """Note an event."""
        known = self._events.setdefault(event.id, event)
        if known is event:
            return
        if isinstance(known, list):
            known.append(event)
        else:
            self._events[event.id] = [known, event]

    def holds(self, id: str) -> bool | None:
        """Whether the id would have an article if this were the end; None if nothing happened to it."""
        events = self._events.get(id)
        if events is None:
            return None
        last = max(events, key=lambda event: event.sequence) if isinstance(events, list) else events
        return last.hash is not None

    def take_contested(self) -> list[list[Event]]:
        """The events of items that came with one id and say different things, each list in order. They are the
        caller's to settle."""
        contested = {
            events[0].asked for events in self._events.values() if isinstance(events, list) and _differ(events)
        }
        if not contested:
            return []
        families: dict[str, list[Event]] = {asked: [] for asked in contested}
        for id in list(self._events):
            events = self._events[id]
            listed = events if isinstance(events, list) else [events]
            if listed[0].asked in contested:
                families[listed[0].asked] += listed
                del self._events[id]
        return [sorted(events, key=lambda event: event.sequence) for events in families.values()]

    def settle(self, settled: "Settled") -> None:
        """Note what became of contested events."""
        self._settled.append(settled)

    def verdict(self) -> Verdict:
        """What the events come to."""
        counts: Counter[Outcome] = Counter()
        deletes: dict[str, set[Any]] = defaultdict(set)
        apart: list[tuple[str, str]] = []
        for events in self._events.values():
            if not isinstance(events, list) and events.is_new:
                counts[Outcome.NEW] += 1
                continue
            ordered = sorted(events, key=lambda event: event.sequence) if isinstance(events, list) else [events]
            counts.update(_outcomes(ordered))
            apart += [(event.asked, event.id) for event in ordered if event.asked != event.id]
            for segment, document in _superseded(ordered):
                deletes[segment].add(document)
        for settled in self._settled:
            counts.update(settled.outcomes)
            apart += settled.apart
            for segment, document in settled.superseded:
                deletes[segment].add(document)
        new, replaced, unchanged = (counts[outcome] for outcome in Outcome)
        return Verdict(new, replaced, unchanged, dict(deletes), tuple(apart))

    def clear(self) -> None:
        """Forget everything: it was committed."""
        self._events.clear()
        self._settled.clear()


class Settled(NamedTuple):
    """What became of some items that came with one id: how each counts, the documents left behind, and the ids of those
    that got another one."""

    outcomes: list[Outcome]
    superseded: set[DocumentRef]
    apart: list[tuple[str, str]]


def _differ(events: list[Event]) -> bool:
    return len({event.hash for event in events if event.hash is not None}) > 1


def _outcomes(events: list[Event]) -> Iterable[Outcome]:
    """How each item of an id counts, given what the id held before it."""
    held = events[0].committed_hash
    for event in events:
        if event.hash is not None:
            if event.hash == held:
                yield Outcome.UNCHANGED
            else:
                yield Outcome.NEW if held is None else Outcome.CHANGED
        held = event.hash


def _superseded(events: list[Event]) -> Iterable[DocumentRef]:
    """The documents of an id that the last event leaves behind."""
    last = events[-1]
    keep = None if last.hash is None else last.ref or last.committed
    refs = {event.ref for event in events} | {last.committed}
    return [ref for ref in refs if ref is not None and ref != keep]
