"""The archive's corrections of entities and the safe merges of spellings, applied to columns as they are read.

Merging, renaming, ignoring or retyping a label touches no file of the index: the columns of the segments that have the
label are made anew in memory when a snapshot first needs them. Merging and ignoring, which every archive has, only
renumber; retyping brings assignments from another column and sorts everything anew. Called by `columns`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.engines.whoosh.kernels import Array, distinct, expand
from indexer.engines.whoosh.reader.segment_columns import LabelTable, SegmentColumn, stored_column
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot
from indexer.entities.corrections import Named

# Where of so many values one goes, what lies between is copied in runs.
_FEW = 500


@dataclass(frozen=True, slots=True)
class _Changes:
    """What becomes of the labels of one kind in one segment: by number, those that do not stay what they are."""

    targets: dict[int, Named | None]


def corrected_column(snapshot: Snapshot, index: int, kind: EntityKind) -> SegmentColumn:
    """The column of a kind in a segment, corrected; as stored where no rule touches it."""
    view = snapshot.views[index]
    stored = stored_column(view, kind)
    changes = {each: _changes(snapshot, index, each) for each in ENTITY_KINDS}
    incoming = {
        each: {number: target[1] for number, target in found.targets.items() if target and target[0] == kind}
        for each, found in changes.items()
    }
    if not changes[kind].targets and not any(incoming.values()):
        return stored
    # A commit leaves most of what a segment shows as it was before.
    state = changes[kind].targets, incoming, snapshot.min_mentions
    return view.latest(("corrected", kind), state, lambda: _corrected(snapshot, index, kind, changes[kind], incoming))


def _corrected(
    snapshot: Snapshot,
    index: int,
    kind: EntityKind,
    changes: _Changes,
    incoming: Mapping[EntityKind, Mapping[int, str]],
) -> SegmentColumn:
    """The column, given what becomes of its labels and which labels, those of other kinds too, become which of its."""
    view = snapshot.views[index]
    stored = stored_column(view, kind)
    names = {name for found in incoming.values() for name in found.values()}
    numbers = {name: stored.table.find(name) for name in names}
    table = LabelTable(view, kind, sorted(name for name, number in numbers.items() if number is None))
    places = {name: number for name, number in numbers.items() if number is not None}
    places |= {name: table.sorted + at for at, name in enumerate(table.extras)}
    moved = np.arange(stored.table.sorted)
    if not any(found for each, found in incoming.items() if each != kind):
        moved[list(changes.targets)] = -1
        for number, name in incoming[kind].items():
            moved[number] = places[name]
        return _renumbered(stored, table, moved, _mentions(view, kind), snapshot.min_mentions)
    parts = []
    for each, found in incoming.items():
        source = stored_column(view, each)
        to = np.full(source.table.sorted, -1)
        if each == kind:
            to = moved
            to[list(changes.targets)] = -1
        for number, name in found.items():
            to[number] = places[name]
        parts.append(_assignments(source, to, _mentions(view, each)))
    docs, ords, mentions = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    order = np.lexsort((mentions, ords, docs))
    docs, ords, mentions = docs[order], ords[order], mentions[order]
    heads, passing = _joined(docs, ords, mentions, snapshot.min_mentions)
    return _column(table, docs[heads], ords[heads], passing, len(stored.starts) - 1, moved)


def corrected_source(snapshot: Snapshot, index: int) -> SegmentColumn:
    """The column of sources in a segment, under the names they are shown by."""
    view = snapshot.views[index]
    stored = stored_column(view, "source")
    labels = [stored.table.label(number) for number in range(stored.table.sorted)]
    shown = [snapshot.rules.source(label) for label in labels]
    if shown == labels:
        return stored
    table = stored.table.extended(sorted({name for name in shown if stored.table.find(name) is None}))
    moved = np.array([_number(table, name) for name in shown])
    ords = np.concatenate(([0], moved + 1)).astype(np.uint32)[stored.ords]
    return replace(stored, table=table, ords=ords, moved=moved)


def _number(table: LabelTable, name: str) -> int:
    number = table.find(name)
    assert number is not None
    return number


def _mentions(view: SegmentView, kind: EntityKind) -> Array:
    """How often each assignment of a kind is named in passing; 0 for one that counts."""
    return view.whole(f"{kind}.weak")


def _joined(docs: Array, ords: Array, mentions: Array, min_mentions: int) -> tuple[Array, Array]:
    """Where runs of equal assignments of a document begin, and whether they are in passing together.

    An entity counts if one of its names does, or if an article has several that name it often enough together. The
    assignments are in order; of equal ones those that count come first.
    """
    first = np.ones(len(docs), np.bool_)
    first[1:] = (docs[1:] != docs[:-1]) | (ords[1:] != ords[:-1])
    heads = np.flatnonzero(first)
    if not len(heads):
        return heads, np.empty(0, np.bool_)
    together = np.add.reduceat(mentions, heads, dtype=np.int64)
    several = np.diff(heads, append=len(docs)) > 1
    return heads, (mentions[heads] > 0) & ~(several & (together >= min_mentions))


def _renumbered(
    stored: SegmentColumn, table: LabelTable, moved: Array, mentions: Array, min_mentions: int
) -> SegmentColumn:
    """A column whose labels only meet or go: its assignments stay where they are, but for those that are double now,
    and those that count now, which come before the ones in passing."""
    changed = np.flatnonzero(moved != np.arange(len(moved)))
    aims = moved[changed]
    touched = distinct(np.sort(np.concatenate((changed, aims[(aims >= 0) & (aims < len(moved))]))))
    docs = distinct(np.sort(stored.posted(touched)))
    sizes, counted = np.diff(stored.starts), stored.passing_starts - stored.starts[:-1]
    offsets = expand(stored.starts[docs], sizes[docs])
    owners = np.repeat(np.arange(len(docs)), sizes[docs])
    numbers = moved[stored.ords[offsets]]
    # Of a document those that count stand first, and so do they among equal ones.
    order = np.argsort(owners * (len(table) + 1) + numbers + 1, kind="stable")
    heads, passing = _joined(owners[order], numbers[order], mentions[offsets[order]], min_mentions)
    stays, behind = np.zeros(len(offsets), np.bool_), np.zeros(len(offsets), np.bool_)
    stays[order[heads]] = numbers[order[heads]] >= 0
    behind[order[heads]] = passing
    ords = _without(stored.ords, offsets[~stays])
    owners, numbers, behind = owners[stays], numbers[stays], behind[stays]
    sizes[docs] = np.bincount(owners, minlength=len(docs))
    counted[docs] = np.bincount(owners[~behind], minlength=len(docs))
    starts = np.zeros_like(stored.starts)
    np.cumsum(sizes, dtype=starts.dtype, out=starts[1:])
    ords[expand(starts[docs], sizes[docs])] = numbers[np.argsort(owners * 2 + behind, kind="stable")]
    return SegmentColumn(table, ords, starts, starts[:-1] + counted, stored.postings, stored.docs, moved, True)


def _without(values: Array, gone: Array) -> Array:
    """A copy without the values at some ascending offsets, which are mostly few."""
    if len(gone) * _FEW > len(values):
        kept = np.ones(len(values), np.bool_)
        kept[gone] = False
        return values[kept]
    edges = pairwise([-1, *gone.tolist(), len(values)])
    return np.concatenate([values[before + 1 : after] for before, after in edges])


def _changes(snapshot: Snapshot, index: int, kind: EntityKind) -> _Changes:
    return snapshot.cached(("changes", index, kind), lambda: _find_changes(snapshot, index, kind))


def _find_changes(snapshot: Snapshot, index: int, kind: EntityKind) -> _Changes:
    corrections = snapshot.corrections
    table = LabelTable(snapshot.views[index], kind)
    found: dict[int, Named | None] = {}
    for each, name in corrections.merges:
        if each == kind and (number := table.find(name)) is not None:
            found[number] = corrections.apply(kind, name)
    if any(rule.kind == kind for rule in corrections.rules.values()):
        for number in range(table.sorted):
            named: Named = (kind, table.label(number))
            if corrections.touches(*named) and (after := corrections.apply(*named)) != named:
                found[number] = after
    return _Changes({number: to for number, to in found.items() if to != (kind, table.label(number))})


def _assignments(source: SegmentColumn, to: Array, mentions: Array) -> tuple[Array, Array, Array]:
    """Documents, new numbers and mentions in passing of all assignments of a column whose label has a new number."""
    starts = source.starts.astype(np.int64)
    docs = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    ords = to[source.ords]
    kept = ords >= 0
    return docs[kept], ords[kept], mentions[kept]


def _column(table: LabelTable, docs: Array, ords: Array, passing: Array, size: int, moved: Array) -> SegmentColumn:
    """A column from distinct assignments in any order."""
    order = np.lexsort((ords, passing, docs))
    docs, ords, passing = docs[order], ords[order], passing[order]
    starts = np.concatenate(([0], np.cumsum(np.bincount(docs, minlength=size))))
    passing_starts = starts[:-1] + np.bincount(docs[~passing], minlength=size)
    postings = np.concatenate(([0], np.cumsum(np.bincount(ords, minlength=len(table)))))
    inverted = docs[np.argsort(ords, kind="stable")].astype(np.uint32)
    return SegmentColumn(table, ords.astype(np.uint32), starts, passing_starts, postings, inverted, moved)
