"""Names of one entity that meet in an archive: which labels of a snapshot are shown under another one.

The keys by which labels are compared lie in the segments as hashes. Those that other rules made are worked out anew,
once for each segment and process: better rules need no new build. Called when a snapshot first shows an entity.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.engines.whoosh.codec.hashing import (
    KEY_VERSION,
    Hashes,
    are_bare,
    keys_name,
    keys_of,
    label_keys,
    short_keys,
)
from indexer.engines.whoosh.kernels import Array, distinct, expand
from indexer.engines.whoosh.reader.segment_columns import LabelTable, Numbering, stored_column
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot
from indexer.entities.corrections import Corrections, Named
from indexer.entities.keys import key_rules
from indexer.entities.short_names import ARTICLES, KINDS, LEAST_PART, SHARE, short_merges
from indexer.entities.variants import safe_merges

# What a holder may lack by the keys of labels and have by the labels: of those that share a key and are not joined some
# may be too rare to count.
_ROOM = 0.1
# How keys are compared: numpy 2.0 overflows where it makes a table of those that lie near 2**64.
_BY_SORTING: Final = "sort"


def with_merges(rules: Corrections, short_names: bool, snapshot: Snapshot) -> Corrections:
    """The archive's own rules and the safe merges of the labels in a snapshot; with `short_names` those of them too."""
    kinds = [
        kind for kind in ENTITY_KINDS if any(len(view.whole(f"{kind}.values.offsets")) > 1 for view in snapshot.views)
    ]
    labels = {kind: _Labels(snapshot, kind) for kind in kinds}
    counts: dict[Named, int] = {}
    for kind in kinds:
        counts.update(_meeting(labels[kind]))
    safe = replace(rules, merges=safe_merges(counts, rules))
    if not short_names:
        return safe
    called: dict[Named, int] = {}
    for kind in KINDS:
        if kind in kinds:
            called.update(_called_for_short(labels[kind], kind, rules))
    return replace(rules, merges={**safe.merges, **short_merges(called, safe)})


class _Labels:
    """The labels of a kind in all segments, one after the other, each as often as it stands there."""

    def __init__(self, snapshot: Snapshot, kind: EntityKind) -> None:
        self._kind = kind
        self._snapshot = snapshot
        self._tables = [LabelTable(view, kind) for view in snapshot.views]
        self._bases = np.cumsum([0, *(table.sorted for table in self._tables)])
        ruled = any(rule.kind == kind for rule in snapshot.rules.rules.values())
        self.keys: Hashes = np.concatenate(
            _stored_keys(snapshot, kind, ruled) or [_keys(view, kind) for view in snapshot.views]
        )

    def meeting(self) -> Array:
        """Those that share their key with another label, wherever either stands."""
        numbered = Numbering(self._tables)
        ordinals = np.concatenate([numbered.ordinals(index) for index in range(len(self._tables))])
        keys = self.keys[self._bases[numbered.owners] + numbered.locals]
        order = np.argsort(keys)
        same = np.flatnonzero(keys[order[1:]] == keys[order[:-1]])
        meet = np.zeros(len(keys), np.bool_)
        meet[order[same]] = meet[order[same + 1]] = True
        return np.flatnonzero(meet[ordinals])

    @cached_property
    def articles(self) -> Array:
        """In how many living articles of its segment each is."""
        return np.concatenate([_counts(self._snapshot, index, self._kind) for index in range(len(self._tables))])

    def counted(self, chosen: Array) -> dict[Named, int]:
        """Some of them, ascending, with their articles added up; those of none are left out."""
        articles = self.articles[chosen]
        counts: dict[Named, int] = {}
        sources = np.searchsorted(self._bases, chosen, "right") - 1
        numbers = chosen - self._bases[sources]
        for index, number, count in zip(sources.tolist(), numbers.tolist(), articles.tolist(), strict=True):
            if count:
                named = (self._kind, self._tables[index].label(number))
                counts[named] = counts.get(named, 0) + count
        return counts


def articles_with(snapshot: Snapshot, kind: EntityKind, names: Sequence[str]) -> dict[str, int]:
    """How many living articles have each of some names, as they are stored."""
    found = dict.fromkeys(names, 0)
    for index, view in enumerate(snapshot.views):
        table = LabelTable(view, kind)
        numbers = {name: number for name in names if (number := table.find(name)) is not None}
        if numbers:
            counts = _counts(snapshot, index, kind)
            for name, number in numbers.items():
                found[name] += int(counts[number])
    return found


def _meeting(labels: _Labels) -> dict[Named, int]:
    """The labels that share their key with another, with the number of articles that have them."""
    return labels.counted(labels.meeting())


def _called_for_short(labels: _Labels, kind: EntityKind, rules: Corrections) -> dict[Named, int]:
    """The labels of short forms that may go to somebody, with the number of articles that have them.

    Of most short forms the keys alone tell that nobody holds enough; their labels are not read. What a rule speaks of
    is read, since it may bring together what the keys keep apart.
    """
    articles = labels.articles
    forms, bare = short_keys(labels.keys), are_bare(labels.keys)
    shared = distinct(np.sort(forms[bare & (articles > 0)]))
    if not len(shared):
        return {}
    places = np.minimum(np.searchsorted(shared, forms), len(shared) - 1)
    members = np.flatnonzero(shared[places] == forms)
    full = members[~bare[members]]
    most = np.zeros(len(shared))
    _, firsts, inverse = np.unique(labels.keys[full], return_index=True, return_inverse=True)
    owners, together = places[full][firsts], np.bincount(inverse, articles[full], len(firsts))
    np.maximum.at(most, owners, together)
    counts = together >= LEAST_PART * most[owners]
    total = np.bincount(owners[counts], together[counts], len(shared))
    # Organisations of one key may be called by their initials or by their first word: only their labels tell.
    share = SHARE - _ROOM if kind == "person" else 0.0
    held = (most >= ARTICLES) & (most >= share * total)
    if ruled := [rule.name.encode() for rule in rules.rules.values() if rule.kind == kind]:
        held |= np.isin(shared, short_keys(label_keys(kind, ruled)), kind=_BY_SORTING)
    chosen = members[held[places[members]]]
    return labels.counted(chosen)


def _stored_keys(snapshot: Snapshot, kind: EntityKind, ruled: bool) -> list[Hashes]:
    """The keys as they are stored, where the rules of today made all of them and nothing else is compared with them;
    else nothing. Which random numbers hashed them is all one then, and numpy need not say."""
    made = {view.arrays.metadata.get(KEY_VERSION) for view in snapshot.views}
    if ruled or len(made) != 1 or not str(made.pop()).startswith(f"{key_rules()}-"):
        return []
    return [view.whole(keys_name(kind)) for view in snapshot.views]


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
