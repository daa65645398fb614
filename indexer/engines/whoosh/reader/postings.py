"""One word in one text field: its documents, frequencies and positions, over all segments of a snapshot.

A *run* is the word in one segment: a term's postings as they lie in the file, or made from them when a word stands for
several terms (its stems in several languages) or for some surface forms of a term (`=ministers`). Called by the
evaluator through `Leaf`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.codec.postings import encode, frequencies, length_bytes
from indexer.engines.whoosh.kernels import (
    LOOKUP_COST,
    NO_DOCS,
    Array,
    Docs,
    Mask,
    Posted,
    codes_at,
    expand,
    locate,
)
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot

# An occurrence is one number, `row << POSITION_BITS | position`: occurrences of many documents sort and compare as one
# array. 2**24 words are more than the largest article allowed.
POSITION_BITS = 24

Keys = NDArray[np.int64]
NO_KEYS: Keys = np.empty(0, np.int64)


class Run(Protocol):
    """A word in one segment."""

    @property
    def docs(self) -> Array:
        """Documents of the segment that hold the word, ascending."""
        ...

    @property
    def codes(self) -> Array:
        """The code of each (`codec.postings`), frequencies cut at 255."""
        ...

    def keys(self, docs: Array, rows: NDArray[np.int64], flags: Mask) -> Keys:
        """Occurrences in the given ascending documents, where `rows[i]` stands for `docs[i]`; ascending.

        `flags` is scratch as long as the segment, false before and after.
        """
        ...

    def posted(self) -> Sequence[Posted]:
        """All postings with their positions, one after the other; of several terms each apart."""
        ...


class TermRun:
    """A term's postings, read where they lie."""

    def __init__(self, view: SegmentView, field: str, term: int) -> None:
        self._arrays = view.arrays
        self._field = field
        self._view = view
        self.term = term
        self._start, self._stop = view.dictionary(field).postings[term : term + 2].tolist()

    @cached_property
    def docs(self) -> Array:
        """See `Run`."""
        return self._arrays.part(f"{self._field}.docs", self._start, self._stop)

    @cached_property
    def codes(self) -> Array:
        """See `Run`."""
        return self._arrays.part(f"{self._field}.codes", self._start, self._stop)

    @cached_property
    def frequencies(self) -> NDArray[np.uint32]:
        """Exact frequencies."""
        return self._view.overflow(self._field).exact(self.codes, self._start)

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Where the positions of each posting end, counted from the term's first."""
        return np.cumsum(self.frequencies, dtype=np.int64)

    @property
    def span(self) -> tuple[int, int]:
        """Where the term's positions start and stop."""
        start, stop = self._view.whole(f"{self._field}.positions.offsets")[self.term : self.term + 2].tolist()
        return start, stop

    def keys(self, docs: Array, rows: NDArray[np.int64], flags: Mask) -> Keys:
        """See `Run`."""
        offsets, rows = _shared(self.docs, docs, rows, flags)
        counts = self.frequencies[offsets].astype(np.int64)
        indexes = expand(self.ends[offsets] - counts, counts)
        keys = np.repeat(rows << POSITION_BITS, counts)
        keys += self._arrays.part(f"{self._field}.positions", *self.span)[indexes]
        return keys

    def posted(self) -> Sequence[Posted]:
        """See `Run`."""
        positions = self._arrays.part(f"{self._field}.positions", *self.span)
        return (Posted(self.docs, self.frequencies, positions),)


class PlacedRun:
    """Occurrences worked out beforehand: documents, how many each has and where, and the length byte of each."""

    def __init__(self, docs: Array, counts: NDArray[np.int64], positions: Array, lengths: Array) -> None:
        self.docs: Array = docs.astype(np.uint32, copy=False)
        self._counts = counts
        self.codes: Array = encode(counts, lengths)
        self._positions = positions.astype(np.uint32, copy=False)

    def keys(self, docs: Array, rows: NDArray[np.int64], flags: Mask) -> Keys:
        """See `Run`."""
        offsets, rows = _shared(self.docs, docs, rows, flags)
        counts = self._counts[offsets]
        keys = np.repeat(rows << POSITION_BITS, counts)
        keys += self._positions[expand(np.cumsum(self._counts)[offsets] - counts, counts)]
        return keys

    def posted(self) -> Sequence[Posted]:
        """See `Run`."""
        return (Posted(self.docs, self._counts.astype(np.uint32), self._positions),)


class FormRun(PlacedRun):
    """Those occurrences of a term of several surface forms that have certain ones of them, given by number."""

    def __init__(self, term: TermRun, surfaces: Sequence[int]) -> None:
        start, stop = term.span
        chosen = term._view.variants(term._field).having(term.term, surfaces)
        ends = term.ends
        before = np.concatenate(([0], np.cumsum(chosen)))
        counts = before[ends] - before[ends - term.frequencies]
        kept = np.flatnonzero(counts)
        positions = term._arrays.part(f"{term._field}.positions", start, stop)[chosen]
        super().__init__(term.docs[kept], counts[kept], positions, length_bytes(term.codes[kept]))


class PooledRun:
    """Several runs as one word: documents united, frequencies added."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        merged = np.concatenate([run.docs for run in runs])
        codes = np.concatenate([run.codes for run in runs])
        order = np.argsort(merged, kind="stable")
        merged, codes = merged[order], codes[order]
        firsts = np.flatnonzero(np.concatenate(([True], merged[1:] != merged[:-1]))) if len(merged) else NO_DOCS
        self.docs: Array = merged[firsts]
        counts = np.add.reduceat(frequencies(codes), firsts, dtype=np.int64) if len(merged) else NO_DOCS
        self.codes: Array = encode(counts, length_bytes(codes[firsts]))

    def keys(self, docs: Array, rows: NDArray[np.int64], flags: Mask) -> Keys:
        """See `Run`."""
        keys = np.concatenate([run.keys(docs, rows, flags) for run in self._runs])
        keys.sort(kind="stable")
        return keys

    def posted(self) -> Sequence[Posted]:
        """See `Run`."""
        return [posted for run in self._runs for posted in run.posted()]


class Leaf:
    """A word in one field over the whole snapshot."""

    def __init__(self, snapshot: Snapshot, field: str, runs: Mapping[int, Run]) -> None:
        self.snapshot = snapshot
        self.field = field
        self.runs = dict(sorted(runs.items()))
        self.count = sum(len(run.docs) for run in runs.values())

    @cached_property
    def docs(self) -> Docs:
        """All documents that hold the word."""
        found = np.empty(self.count, np.intp)
        at = 0
        for held, base in self.held():
            np.add(held, base, out=found[at : at + len(held)], casting="unsafe")
            at += len(held)
        return found

    def held(self) -> list[tuple[Array, int]]:
        """Per segment that has the word: the documents there that hold it, and the segment's base."""
        return [(run.docs, self.snapshot.bases[index]) for index, run in self.runs.items()]

    def codes_at(self, docs: Docs) -> Array:
        """The code in each of `docs`, 0 where the word is not."""
        found = np.zeros(len(docs), np.uint16)
        for run, where, base in self._runs_of(docs):
            codes_at(run.docs, run.codes, docs[where], base, self.snapshot.scratch.codes, found[where])
        return found

    def _runs_of(self, docs: Docs) -> Iterator[tuple[Run, slice, int]]:
        """The run of each segment that holds any of `docs`, their slice, and where the segment begins."""
        for index, where in self.snapshot.parts(docs):
            run = self.runs.get(index)
            if run is not None:
                yield run, where, self.snapshot.bases[index]

    def keys(self, docs: Docs) -> Keys:
        """Occurrences in `docs`; the row of a document is its index there."""
        parts = []
        for index, where, local in self.snapshot.split(docs):
            run = self.runs.get(index)
            if run is not None:
                rows = np.arange(where.start, where.stop, dtype=np.int64)
                parts.append(run.keys(local, rows, self.snapshot.scratch.flags))
        return np.concatenate(parts) if parts else NO_KEYS


def _shared(
    held: Array, docs: Array, rows: NDArray[np.int64], flags: Mask
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Of documents and their rows, those in `held`: their offsets there, and their rows."""
    if len(docs) * LOOKUP_COST < len(held):
        offsets, found = locate(held, docs.astype(held.dtype))
        return offsets[found], rows[found]
    # Only a part of the postings lies between the first and the last document, when few at a time are asked for.
    low, high = np.searchsorted(held, (docs[0], docs[-1] + 1)).tolist()
    docs = docs.astype(np.intp, copy=False)
    flags[docs] = True
    offsets = np.flatnonzero(flags[held[low:high]]) + low
    flags[docs] = False
    if len(offsets) == len(docs):
        return offsets, rows
    return offsets, rows[locate(docs, held[offsets].astype(np.intp))[0]]
