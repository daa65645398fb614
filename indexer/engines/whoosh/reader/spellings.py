"""Spellings of one entity that meet in an archive: which labels of a snapshot are shown under another one.

The keys by which labels are compared lie in the segments as hashes. Those that other rules made are worked out anew,
once for each segment and process: better rules need no new build. Called when a snapshot first shows an entity.
"""

from dataclasses import replace

import numpy as np

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.engines.whoosh.codec.hashing import Hashes, keys_of
from indexer.engines.whoosh.kernels import Array, expand
from indexer.engines.whoosh.reader.segment_columns import LabelTable, stored_column
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot
from indexer.entities.corrections import Corrections, Named
from indexer.entities.variants import safe_merges


def with_merges(rules: Corrections, snapshot: Snapshot) -> Corrections:
    """The archive's own rules and the safe merges of the labels in a snapshot."""
    counts: dict[Named, int] = {}
    for kind in ENTITY_KINDS:
        views = [view for view in snapshot.views if len(view.whole(f"{kind}.values.offsets")) > 1]
        if views:
            counts.update(_meeting(snapshot, kind))
    return replace(rules, merges=safe_merges(counts, rules))


def _meeting(snapshot: Snapshot, kind: EntityKind) -> dict[Named, int]:
    """Labels of a kind that share their key with another, with the number of articles that have them."""
    tables = [LabelTable(view, kind) for view in snapshot.views]
    key = np.concatenate([_keys(view, kind) for view in snapshot.views])
    label = np.concatenate([table.hashes() for table in tables])
    order = np.argsort(key, kind="stable")
    key, label = key[order], label[order]
    same = key[1:] == key[:-1]
    group = np.concatenate(([0], np.cumsum(~same)))
    meets = np.zeros(len(order), np.bool_)
    meets[group[1:][same & (label[1:] != label[:-1])]] = True
    chosen = np.sort(order[meets[group]])
    bases = np.cumsum([0, *(table.sorted for table in tables)])
    sources = np.searchsorted(bases, chosen, "right") - 1
    counted = {index: _counts(snapshot, index, kind) for index in np.unique(sources).tolist()}
    counts: dict[Named, int] = {}
    for index, number in zip(sources.tolist(), (chosen - bases[sources]).tolist(), strict=True):
        if counted[index][number]:
            named = (kind, tables[index].label(number))
            counts[named] = counts.get(named, 0) + int(counted[index][number])
    return counts


def _keys(view: SegmentView, kind: EntityKind) -> Hashes:
    """A hash of the key of each label. An alias has that of the name it stands for."""
    return view.cached(("safe keys", kind), lambda: keys_of(view.arrays.metadata, view.whole, kind))


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
