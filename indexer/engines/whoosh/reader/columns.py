"""Keyword columns over a whole snapshot: one ordinal for each label, whatever segments it stands in.

Segments number their labels each for itself; `Column` maps those numbers to global ordinals, once per snapshot and
field. The largest segment's numbers are global ordinals as they are, so a one-segment archive maps nothing. Called by
facets, filters and the keyword nodes of queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray

from indexer.article import EntityKind
from indexer.engines.whoosh.codec.layout import ENTITIES
from indexer.engines.whoosh.kernels import (
    NO_DOCS,
    Array,
    Assigned,
    Docs,
    Mask,
    count_many,
    expand,
    most_frequent,
    present_many,
    present_single,
)
from indexer.engines.whoosh.reader.conditional_columns import conditional_column
from indexer.engines.whoosh.reader.corrected_columns import corrected_column, corrected_source
from indexer.engines.whoosh.reader.segment_columns import Numbering, SegmentColumn, stored_column
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.entities.other_names import labels_for
from indexer.fields import BY_NAME

# Decoded labels kept for each field: those of frequent values are wanted again and again.
_MOST_KNOWN = 20_000


Totals = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Counted:
    """Which numbers occur, ascending, and how often each does."""

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.numbers)

    def of(self, number: int) -> int:
        """How often a number occurs."""
        offset = int(np.searchsorted(self.numbers, number))
        return int(self.counts[offset]) if offset < len(self.numbers) and self.numbers[offset] == number else 0

    def shifted(self) -> "Counted":
        """Of numbers that count from 1, 0 standing for none: the same from 0."""
        start = int(len(self.numbers) > 0 and self.numbers[0] == 0)
        return Counted(self.numbers[start:] - 1, self.counts[start:])


class Column:
    """One keyword field over the snapshot."""

    def __init__(self, snapshot: Snapshot, field: str) -> None:
        self.snapshot = snapshot
        self.field = field
        self.many = BY_NAME[field].many
        self.parts = [_segment_column(snapshot, index, field) for index in range(len(snapshot.views))]
        self.maps = self._number()
        self._single: Array | None = None
        self._known: dict[int, str] = {}

    def _number(self) -> list[Array | None]:
        """Give each label a global ordinal; returns the map of each segment and notes one segment that has it."""
        numbered = Numbering([part.table for part in self.parts])
        self._owners, self._locals, self.size = numbered.owners, numbered.locals, len(numbered.owners)
        return numbered.maps

    @property
    def by_name(self) -> bool:
        """Whether the ordinals are in the order of their labels, as they are where all stand in one segment."""
        return not self._stretches or [(0, self.size, self.size)] == self._stretches

    def globally(self, index: int, numbers: Array) -> Array:
        """The global ordinals of numbers of a segment."""
        to_global = self.maps[index]
        return numbers if to_global is None else to_global[numbers]

    def locally(self, index: int, chosen: Mask) -> Mask:
        """Of a choice of global ordinals, that of the numbers of a segment."""
        to_global = self.maps[index]
        return chosen[: len(self.parts[index].table)] if to_global is None else chosen[to_global]

    def label(self, ordinal: int) -> str:
        """The label of a global ordinal."""
        found = self._known.get(ordinal)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            table = self.parts[int(self._owners[ordinal])].table
            found = self._known[ordinal] = table.label(int(self._locals[ordinal]))
        return found

    def labels(self, ordinals: Iterable[int]) -> list[str]:
        """The labels of global ordinals."""
        found, known = list(ordinals), self._known
        try:
            return [known[ordinal] for ordinal in found]
        except KeyError:
            return [self.label(ordinal) for ordinal in found]

    def find(self, label: str) -> int | None:
        """The global ordinal of a label; of a corrected or another name, that of the name it is shown by."""
        if self.field not in ENTITIES:
            return self._find(self.snapshot.rules.source(label) if self.field == "source" else label)
        found = self.corrected(label)
        if found is not None or not self.snapshot.joins_spellings:
            return found
        others = labels_for(cast(EntityKind, self.field), label)
        return next((number for other in others if (number := self.corrected(other)) is not None), None)

    def corrected(self, label: str) -> int | None:
        """The global ordinal of a label of an entity, or of the one that corrections make of it."""
        kind = cast(EntityKind, self.field)
        named = self.snapshot.corrections.apply(kind, label)
        return self._find(named[1] if named and named[0] == kind else label)

    def _find(self, label: str) -> int | None:
        for index, part in enumerate(self.parts):
            number = part.table.find(label)
            if number is not None:
                to_global = self.maps[index]
                return number if to_global is None else int(to_global[number])
        return None

    def first_by_name(self, ordinals: Array, size: int) -> list[int]:
        """Of ascending ordinals the `size` whose labels come first A-Z, in that order."""
        runs = []
        for start, unsorted, stop in self._stretches:
            low, middle, high = np.searchsorted(ordinals, (start, unsorted, stop)).tolist()
            runs.append(ordinals[low : min(middle, low + size)].tolist())
            runs.append(ordinals[middle:high].tolist())
        filled = [run for run in runs if run]
        if len(filled) == 1 and self.by_name:
            first: list[int] = filled[0]
            return first
        found: list[int] = list(chain(*filled))
        # Nearly all of it is runs in order, of which a sort makes use.
        return [ordinal for _, ordinal in sorted(zip(self.labels(found), found, strict=True))[:size]]

    @cached_property
    def _stretches(self) -> list[tuple[int, int, int]]:
        """Of the labels that are numbered after each segment: the first ordinal, the first of which the label is not in
        order with those before it, and the end."""
        edges = np.flatnonzero(np.diff(self._owners, prepend=-1, append=-1)).tolist()
        found = []
        for start, stop in pairwise(edges):
            ordered = self.parts[int(self._owners[start])].table.sorted
            found.append((start, start + int(np.searchsorted(self._locals[start:stop], ordered)), stop))
        return found

    def single(self) -> Array:
        """Of a single-valued field: the global ordinal plus 1 of each document, 0 where it is missing."""
        assert not self.many
        if self._single is None:
            parts = [_plus_one(part, to) for part, to in zip(self.parts, self.maps, strict=True)]
            self._single = parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0, np.uint16)
        return self._single

    def count(self, docs: Docs, passing: bool = False) -> tuple[Counted, int]:
        """How many of `docs` have each label, and how many none; what is named in passing only when `passing`."""
        if not self.many:
            found = Counted(*present_single(self.single(), docs, self.size + 1))
            return found.shifted(), found.of(0)
        present, without = present_many(self._assigned(docs, passing), self.size)
        return Counted(*present), without

    def most(self, docs: Docs, passing: bool, size: int, of_all: Totals | None = None) -> tuple[Counted, int, int]:
        """Of a many-valued field: the labels that most of `docs` have, at least `size` of them or all, with their
        counts; how many labels `docs` have; and how many of them have none.

        Given `of_all`, the totals of all documents, labels are those of all but `docs`.
        """
        present, distinct, without = most_frequent(self._assigned(docs, passing), self.size, size, of_all)
        return Counted(*present), distinct, without

    def totals(self, docs: Docs, passing: bool) -> tuple[Totals, int]:
        """Of a many-valued field: for each ordinal how many of `docs` have it, and how many of them have none."""
        return count_many(self._assigned(docs, passing), self.size)

    def _assigned(self, docs: Docs, passing: bool) -> list[Assigned]:
        found = []
        for index, where in self.snapshot.parts(docs):
            part = self.parts[index]
            ends = _ends(part, passing)
            base = self.snapshot.bases[index]
            found.append(Assigned(part.ords, part.starts, ends, docs[where], base, self.maps[index]))
        return found

    def docs_with(self, chosen: Mask, passing: bool = True) -> Docs:
        """Documents that have any of the chosen ordinals."""
        if not self.many:
            return np.flatnonzero(np.concatenate(([False], chosen))[self.single()])
        found = []
        for index, part in enumerate(self.parts):
            allowed = self.locally(index, chosen)
            docs = part.documents(allowed)
            if not passing and len(docs):
                docs = docs[_not_in_passing(allowed, part, docs)]
            found.append(docs + self.snapshot.bases[index])
        return np.concatenate(found) if found else NO_DOCS

    def missing(self, passing: bool = True) -> Mask:
        """Which documents have no value (none but in passing, unless `passing`)."""
        return self.snapshot.cached(("missing", self.field, passing), lambda: self._missing(passing))

    def _missing(self, passing: bool) -> Mask:
        if not self.many:
            mask: Mask = self.single() == 0
            return mask
        parts = [_ends(part, passing) == part.starts[:-1] for part in self.parts]
        return np.concatenate(parts) if parts else np.empty(0, np.bool_)


def column(snapshot: Snapshot, field: str) -> Column:
    """The column of a keyword field, made when first asked for."""
    return snapshot.cached(("column", field), lambda: Column(snapshot, field))


def counts_of_all(snapshot: Snapshot, field: str, passing: bool = False) -> tuple[Counted, int]:
    """How many of all articles have each label, and how many none."""
    values = column(snapshot, field)
    return snapshot.cached(("counts", field, passing), lambda: values.count(snapshot.everything, passing))


def _segment_column(snapshot: Snapshot, index: int, field: str) -> SegmentColumn:
    if field == "source" and snapshot.rules.has_sources:
        return corrected_source(snapshot, index)
    if field not in ENTITIES or not snapshot.corrections:
        return stored_column(snapshot.views[index], field)

    def corrected(kind: EntityKind) -> SegmentColumn:
        return snapshot.cached(("corrected", index, kind), lambda: corrected_column(snapshot, index, kind))

    kind = cast(EntityKind, field)
    return conditional_column(snapshot, index, kind, corrected) if snapshot.rules.queries else corrected(kind)


def _ends(part: SegmentColumn, passing: bool) -> Array:
    """Where the assignments of each document end, or those that are not in passing."""
    return part.starts[1:] if passing else part.passing_starts


def _not_in_passing(allowed: Mask, part: SegmentColumn, docs: Array) -> Mask:
    """Which of the documents have an assignment among the allowed numbers that is not in passing."""
    starts = part.starts[docs].astype(np.int64)
    counts = part.passing_starts[docs] - starts
    hits = np.concatenate(([0], np.cumsum(allowed[part.ords[expand(starts, counts)]])))
    ends = np.cumsum(counts)
    found: Mask = hits[ends] > hits[ends - counts]
    return found


def _plus_one(part: SegmentColumn, to_global: Array | None) -> Array:
    if to_global is None:
        return part.ords
    numbers = np.concatenate(([0], to_global + 1))
    return numbers.astype(np.uint16 if numbers.max() < 1 << 16 else np.uint32)[part.ords]
