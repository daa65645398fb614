"""Keyword columns of one segment: the table of labels and which documents have which.

`Numbering` and `SegmentColumn` are what `columns` puts together over a snapshot; `corrected_columns` makes one that the
archive's corrections of entities were applied to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from weakref import ref

import numpy as np

from indexer.engines.whoosh.codec.layout import ENTITIES
from indexer.engines.whoosh.codec.strings import SortedStrings
from indexer.engines.whoosh.kernels import Array, Docs, Mask, distinct, expand
from indexer.engines.whoosh.kernels.labels import matched
from indexer.engines.whoosh.reader.snapshot import SegmentView
from indexer.fields import BY_NAME

_NONE = np.empty(0, np.uint32)
# Runs of documents that are verified one by one; of more of them the whole array is.
_MOST_RUNS = 1_000


class LabelTable:
    """The sorted labels of a field in one segment, followed by any `extras`."""

    def __init__(self, view: SegmentView, field: str, extras: Sequence[str] = ()) -> None:
        self._view = view
        self._field = field
        self._packed = view.whole(f"{field}.values.bytes"), view.whole(f"{field}.values.offsets")
        self._strings = SortedStrings(*self._packed)
        self.sorted = len(self._strings)
        self.extras = tuple(extras)

    def __len__(self) -> int:
        return self.sorted + len(self.extras)

    def label(self, number: int) -> str:
        """The label of a number."""
        if number >= self.sorted:
            return self.extras[number - self.sorted]
        return self._strings[number].decode()

    def find(self, label: str) -> int | None:
        """The number of a label."""
        number = self._strings.find(label.encode("utf-8", "replace"))
        if number is not None:
            return number
        return self.sorted + self.extras.index(label) if label in self.extras else None

    def extended(self, labels: Sequence[str]) -> "LabelTable":
        """The same with further labels, which it has not."""
        return LabelTable(self._view, self._field, (*self.extras, *labels)) if labels else self

    def among(self, other: "LabelTable") -> Array:
        """For each label its number in the table of another segment, -1 where that has it not."""
        found = self._sorted_among(other)
        if not self.extras and not other.extras:
            return found
        found = np.concatenate((found, np.full(len(self.extras), -1)))
        for number, label in enumerate(self.extras, self.sorted):
            at = other.find(label)
            found[number] = -1 if at is None else at
        for at, label in enumerate(other.extras, other.sorted):
            if (mine := self.find(label)) is not None:
                found[mine] = at
        return found

    def _sorted_among(self, other: "LabelTable") -> Array:
        # Of the labels as they are stored, whatever is made of them; wanted more than once for a pair of segments. The
        # file itself tells the other one: when it is gone, another may have its name, and its place on the disk.
        state = ref(other._view.arrays)
        return self._view.latest(("among", self._field), state, lambda: matched(self._packed, other._packed))


class Numbering:
    """One number for each label, whatever segments it stands in: those of the segment with most labels as they are
    there, then what each of the others adds.

    `maps` has for each segment the ordinals of its labels; None where these are the labels' own numbers. Ordinal n is
    label `locals[n]` of segment `owners[n]`.
    """

    def __init__(self, tables: Sequence[LabelTable]) -> None:
        self._tables = tables
        self.maps: list[Array | None] = [None] * len(tables)
        order = sorted(range(len(tables)), key=lambda index: -len(tables[index]))
        owners, numbers, size = [np.empty(0, np.int32)], [np.empty(0, np.int64)], 0
        for at, index in enumerate(order):
            fresh = np.arange(len(tables[index]))
            if size:
                ordinals = self._known(index, order[:at])
                fresh = np.flatnonzero(ordinals < 0)
                ordinals[fresh] = np.arange(size, size + len(fresh))
                self.maps[index] = ordinals
            owners.append(np.full(len(fresh), index, np.int32))
            numbers.append(fresh)
            size += len(fresh)
        self.owners, self.locals = np.concatenate(owners), np.concatenate(numbers)

    def _known(self, index: int, before: Sequence[int]) -> Array:
        """For each label of a segment its ordinal, if one of the segments before has it; else -1."""
        found = np.full(len(self._tables[index]), -1)
        for other in before:
            number = self._tables[index].among(self._tables[other])
            to_global = self.maps[other]
            has = number >= 0
            found[has] = number[has] if to_global is None else to_global[number[has]]
        return found

    def ordinals(self, index: int) -> Array:
        """The ordinals of a segment's labels."""
        known = self.maps[index]
        return np.arange(len(self._tables[index])) if known is None else known


class PostedDocs:
    """The documents of a column's labels as a segment has them: verified where they are read, which most never are."""

    def __init__(self, view: SegmentView, field: str) -> None:
        self._arrays = view.arrays
        self._name = f"{field}.docs"

    def __getitem__(self, wanted: slice) -> Array:
        return self._arrays.part(self._name, int(wanted.start), int(wanted.stop))

    def runs(self, starts: Array, counts: Array) -> Array:
        """Several runs, one after the other."""
        if len(starts) > _MOST_RUNS:
            return self._arrays.whole(self._name)[expand(starts, counts)]
        edges = zip(starts.tolist(), (starts + counts).tolist(), strict=True)
        parts = [self._arrays.part(self._name, start, end) for start, end in edges]
        return np.concatenate(parts) if parts else _NONE


@dataclass(frozen=True, slots=True)
class Patch:
    """Documents that have a label no more, and some that have it now, whatever the postings of the column say."""

    lost: Docs
    gained: Docs


@dataclass(frozen=True, slots=True)
class SegmentColumn:
    """A column in one segment. `ords` are numbers of labels.

    Single-valued: `ords[doc]` is the number plus 1, 0 where missing. Many-valued: those of a document are
    `ords[starts[doc]:starts[doc + 1]]`, of which those from `passing_starts[doc]` on are named in passing,
    and `docs[postings[number]:postings[number + 1]]` are the documents of a label. `moved`, where there is one, gives
    the number that stands for each sorted label of the segment now, -1 for none. Where the column is
    `renumbered`, `postings` still go by the stored numbers. `documents` knows all that, and the `patches` of labels
    that queries give and take.
    """

    table: LabelTable
    ords: Array
    starts: Array
    passing_starts: Array
    postings: Array
    docs: "Array | PostedDocs"
    moved: Array | None = None
    renumbered: bool = False
    patches: Mapping[int, Patch] = field(default_factory=dict)

    def posted(self, numbers: Array) -> Array:
        """The documents of numbers by which `postings` go, those of one after those of another."""
        starts = self.postings[numbers]
        counts = self.postings[numbers + 1] - starts
        return (
            self.docs.runs(starts, counts) if isinstance(self.docs, PostedDocs) else self.docs[expand(starts, counts)]
        )

    def documents(self, chosen: Mask) -> Docs:
        """The documents that have any of a choice of numbers, ascending."""
        patched = [number for number in self.patches if chosen[number]]
        if not patched:
            return self._posted(chosen)
        alone = np.zeros(len(chosen), np.bool_)
        plain = chosen.copy()
        plain[patched] = False
        found = [self._posted(plain)]
        for number in patched:
            patch = self.patches[number]
            alone[number] = True
            found += [np.setdiff1d(self._posted(alone), patch.lost, assume_unique=True), patch.gained]
            alone[number] = False
        return distinct(np.sort(np.concatenate(found)))

    def _posted(self, chosen: Mask) -> Docs:
        """The same by the postings."""
        numbers = self._by_postings(chosen)
        docs: Docs = self.posted(numbers).astype(np.intp)
        if len(numbers) > 1:
            docs.sort(kind="stable")
            docs = distinct(docs)
        return docs

    def _by_postings(self, chosen: Mask) -> Array:
        """The numbers by which `postings` go of a choice of numbers."""
        if not self.renumbered or self.moved is None:
            return np.flatnonzero(chosen[: len(self.postings) - 1])
        return np.flatnonzero((self.moved >= 0) & chosen[self.moved])


def stored_column(view: SegmentView, field: str) -> SegmentColumn:
    """A column as it is stored."""
    return view.cached(("column", field), lambda: _stored(view, field))


def _stored(view: SegmentView, field: str) -> SegmentColumn:
    table, ords = LabelTable(view, field), view.whole(f"{field}.ords")
    if not BY_NAME[field].many:
        return SegmentColumn(table, ords, _NONE, _NONE, _NONE, _NONE)
    starts, postings = view.whole(f"{field}.starts"), view.whole(f"{field}.postings")
    return SegmentColumn(table, ords, starts, _passing_starts(view, field, starts), postings, PostedDocs(view, field))


def _passing_starts(view: SegmentView, field: str, starts: Array) -> Array:
    """Where the assignments in passing of each document start; they come last."""
    passing = view.whole(f"{field}.weak") if field in ENTITIES else _NONE
    if not passing.any():
        return starts[1:]
    before = np.concatenate(([0], np.cumsum(passing == 0)))
    ends: Array = (starts[:-1] + (before[starts[1:]] - before[starts[:-1]])).astype(starts.dtype)
    return ends
