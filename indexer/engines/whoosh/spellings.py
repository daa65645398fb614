"""Spellings of one entity that meet in an archive: which labels of a snapshot are shown under another one.

The keys by which labels are compared are worked out once for each segment and kept as hashes, so that a commit costs
what it added. Nothing is stored: better rules need no new build. Called when a snapshot first shows an entity.
"""

import numpy as np

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.engines.whoosh.codec.layout import pack_strings, unpack_strings
from indexer.engines.whoosh.kernels import Array, expand
from indexer.engines.whoosh.snapshot import SegmentView, Snapshot
from indexer.engines.whoosh.tables import Hashes, LabelTable, hash_strings, stored_column
from indexer.entities.corrections import Corrections, Named
from indexer.entities.variants import joining_key, safe_merges


def with_merges(rules: Corrections, snapshot: Snapshot) -> Corrections:
    """The archive's own rules and the safe merges of the labels in a snapshot."""
    counts: dict[Named, int] = {}
    for kind in ENTITY_KINDS:
        views = [view for view in snapshot.views if len(view.whole(f"{kind}.values.offsets")) > 1]
        if views:
            counts.update(_meeting(snapshot, kind))
    return Corrections(rules.rules, safe_merges(counts, rules))


def _meeting(snapshot: Snapshot, kind: EntityKind) -> dict[Named, int]:
    """Labels of a kind that share their key with another, with the number of articles that have them."""
    keys, hashes, sources, numbers = [], [], [], []
    for index, view in enumerate(snapshot.views):
        table = LabelTable(view, kind)
        keys.append(_keys(view, kind))
        hashes.append(table.hashes())
        sources.append(np.full(table.sorted, index))
        numbers.append(np.arange(table.sorted))
    key, label = np.concatenate(keys), np.concatenate(hashes)
    source, number = np.concatenate(sources), np.concatenate(numbers)
    _, group = np.unique(key, return_inverse=True)
    order = np.lexsort((label, group))
    distinct = np.ones(len(order), np.bool_)
    distinct[1:] = (label[order][1:] != label[order][:-1]) | (group[order][1:] != group[order][:-1])
    spellings = np.bincount(group[order], distinct)
    chosen = np.flatnonzero(spellings[group] > 1)
    tables = [LabelTable(view, kind) for view in snapshot.views]
    counted = [_counts(snapshot, index, kind) if index in source[chosen] else None for index in range(len(tables))]
    counts: dict[Named, int] = {}
    for at in chosen.tolist():
        index, place = int(source[at]), int(number[at])
        per_label = counted[index]
        assert per_label is not None
        if per_label[place]:
            named = (kind, tables[index].label(place))
            counts[named] = counts.get(named, 0) + int(per_label[place])
    return counts


def _keys(view: SegmentView, kind: EntityKind) -> Hashes:
    """A hash of the key of each label. An alias has that of the name it stands for."""
    return view.keep(("safe keys", kind), lambda: _find_keys(view, kind))


def _find_keys(view: SegmentView, kind: EntityKind) -> Hashes:
    strings = unpack_strings(view.whole(f"{kind}.values.bytes"), view.whole(f"{kind}.values.offsets"))
    return hash_strings(*pack_strings([joining_key(kind, string.decode()).encode() for string in strings]))


def _counts(snapshot: Snapshot, index: int, kind: EntityKind) -> Array:
    """How many living articles of a segment have each of its labels."""
    column = stored_column(snapshot.views[index], kind)
    deleted = snapshot.segments[index].deleted.astype(np.intp)
    counts = np.diff(column.postings.astype(np.int64))
    if len(deleted):
        starts = column.starts.astype(np.int64)
        gone = column.ords[expand(starts[deleted], starts[deleted + 1] - starts[deleted])]
        counts = counts - np.bincount(gone, minlength=len(counts))
    return counts
