"""What happened to each id since the last commit, and what follows from it at the next.

In: events from the workers, in any order. Out: a `Verdict`: how many items were new, replaced or unchanged, and which
documents are to be deleted so that of every id the last item is left. Called by the writer.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple

# Where a document is: the name of the segment or index, and what the document is called in it.
DocumentRef = tuple[str, Any]


class Event(NamedTuple):
    """One item with an id, or the removal of an id (`hash` None).

    `sequence` orders the events. `ref` is where the item was written, None if it equals the committed article.
    `committed` and `committed_hash` are the ref and hash of the committed article with the id, if there is one.
    """

    sequence: int
    id: str
    hash: bytes | None
    ref: DocumentRef | None
    committed: DocumentRef | None
    committed_hash: bytes | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sum of all events."""

    new: int
    replaced: int
    unchanged: int
    deletes: dict[str, set[Any]]


class Ledger:
    """The events since the last commit, by id."""

    def __init__(self) -> None:
        # Nearly every id has a single event, which then stands for its list.
        self._events: dict[str, Event | list[Event]] = {}

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

    def verdict(self) -> Verdict:
        """What the events come to."""
        counts = dict.fromkeys(_Outcome, 0)
        deletes: dict[str, set[Any]] = defaultdict(set)
        for events in self._events.values():
            ordered = sorted(events, key=lambda event: event.sequence) if isinstance(events, list) else [events]
            for outcome in _outcomes(ordered):
                counts[outcome] += 1
            for segment, document in _superseded(ordered):
                deletes[segment].add(document)
        return Verdict(counts[_Outcome.NEW], counts[_Outcome.REPLACED], counts[_Outcome.UNCHANGED], dict(deletes))

    def clear(self) -> None:
        """Forget everything: it was committed."""
        self._events.clear()


class _Outcome(Enum):
    NEW = auto()
    REPLACED = auto()
    UNCHANGED = auto()


def _outcomes(events: list[Event]) -> Iterable[_Outcome]:
    """How each item of an id counts, given what the id held before it."""
    held = events[0].committed_hash
    for event in events:
        if event.hash is not None:
            if event.hash == held:
                yield _Outcome.UNCHANGED
            else:
                yield _Outcome.NEW if held is None else _Outcome.REPLACED
        held = event.hash


def _superseded(events: list[Event]) -> Iterable[DocumentRef]:
    """The documents of an id that the last event leaves behind."""
    last = events[-1]
    keep = last.ref if last.hash is not None and last.hash != last.committed_hash else None
    if last.hash is not None and keep is None:
        keep = last.committed
    refs = {event.ref for event in events} | {last.committed}
    return [ref for ref in refs if ref is not None and ref != keep]
