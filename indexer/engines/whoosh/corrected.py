"""The archive's corrections of entities, applied to columns as they are read.

Merging, renaming, ignoring or retyping a label touches no file of the index: the columns of the segments that have the
label are made anew in memory when a snapshot first needs them. Called by `columns`.
"""

from dataclasses import dataclass

import numpy as np

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.engines.whoosh.codec.layout import unpack_strings
from indexer.engines.whoosh.kernels import Array
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.engines.whoosh.tables import LabelTable, SegmentColumn, stored_column
from indexer.entities.corrections import Named


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
    names = {name for found in incoming.values() for name in found.values()}
    table = LabelTable(view, kind, sorted(name for name in names if stored.table.find(name) is None))
    parts = []
    moved = np.arange(stored.table.sorted)
    for each, found in incoming.items():
        source = stored_column(view, each)
        to = np.full(source.table.sorted, -1)
        if each == kind:
            to = moved
            to[list(changes[kind].targets)] = -1
        for number, name in found.items():
            place = table.find(name)
            assert place is not None
            to[number] = place
        parts.append(_assignments(source, to))
    docs, ords, weak = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    return _column(table, docs, ords, weak, len(stored.starts) - 1, moved)


def _changes(snapshot: Snapshot, index: int, kind: EntityKind) -> _Changes:
    return snapshot.keep(("changes", index, kind), lambda: _find_changes(snapshot, index, kind))


def _find_changes(snapshot: Snapshot, index: int, kind: EntityKind) -> _Changes:
    view = snapshot.views[index]
    strings = unpack_strings(view.whole(f"{kind}.values.bytes"), view.whole(f"{kind}.values.offsets"))
    named: list[Named] = [(kind, string.decode()) for string in strings]
    after = snapshot.corrections.map_labels(named)
    return _Changes({at: to for at, (was, to) in enumerate(zip(named, after, strict=True)) if to != was})


def _assignments(source: SegmentColumn, to: Array) -> tuple[Array, Array, Array]:
    """Documents, new numbers and weakness of all assignments of a column whose label has a new number."""
    starts = source.starts.astype(np.int64)
    docs = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    ords = to[source.ords]
    weak = np.arange(len(ords)) >= source.strong[docs]
    kept = ords >= 0
    return docs[kept], ords[kept], weak[kept]


def _column(table: LabelTable, docs: Array, ords: Array, weak: Array, size: int, moved: Array) -> SegmentColumn:
    """A column from assignments in any order; of a document's assignments to one label the strongest counts."""
    order = np.lexsort((weak, ords, docs))
    docs, ords, weak = docs[order], ords[order], weak[order]
    firsts = np.ones(len(docs), np.bool_)
    firsts[1:] = (docs[1:] != docs[:-1]) | (ords[1:] != ords[:-1])
    docs, ords, weak = docs[firsts], ords[firsts], weak[firsts]
    order = np.lexsort((ords, weak, docs))
    docs, ords, weak = docs[order], ords[order], weak[order]
    starts = np.concatenate(([0], np.cumsum(np.bincount(docs, minlength=size))))
    strong = starts[:-1] + np.bincount(docs[~weak], minlength=size)
    postings = np.concatenate(([0], np.cumsum(np.bincount(ords, minlength=len(table)))))
    inverted = docs[np.argsort(ords, kind="stable")].astype(np.uint32)
    return SegmentColumn(table, ords.astype(np.uint32), starts, strong, postings, inverted, moved)
