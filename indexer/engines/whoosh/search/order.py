"""The order of hits: keys for each sort, and the first so many of a set of documents by them.

A key is a number for each document, larger ones first. Equal documents go by id, so the order is total. Called by the
engine; cursors hold a document's keys.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.engines.shared.search.ranking import FUTURE_BACK, RECENCY_FLOOR, RECENCY_HALF_LIFE_DAYS, latest_second
from indexer.engines.whoosh.codec.layout import UNDATED_SECONDS, Array
from indexer.engines.whoosh.codec.strings import SortedStrings
from indexer.engines.whoosh.kernels import Docs, Mask, Scores, native, nth_largest
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.search.request import Sort

# So many documents are chosen one by one as they come; of more, whole arrays are compared.
_FEW = 200
SECONDS_PER_DAY = 86_400
FIRST_SECOND = -62_135_596_800  # of the calendar


class Looked:
    """A key that is read from a column for those documents alone that it is asked of: most searches ask for a few."""

    def __init__(self, column: Array, docs: Docs) -> None:
        self.column = column
        self._docs = docs

    def __len__(self) -> int:
        return len(self._docs)

    def __getitem__(self, offsets: Any) -> Any:
        return self.column[self._docs[offsets]]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.asarray(self.column[self._docs], dtype)


Key = Array | Looked


def sort_keys(snapshot: Snapshot, sort: Sort, docs: Docs, scores: Scores | None) -> list[Key]:
    """The keys of a sort, most important first. Undated articles are older than all in relevance and newest, and come
    last in oldest too; those of the future come before the undated."""
    seconds = believed(snapshot)
    match sort:
        case Sort.RELEVANCE:
            return [Looked(seconds, docs)] if scores is None else [scores, Looked(seconds, docs)]
        case Sort.NEWEST:
            return [Looked(seconds, docs)]
        case Sort.ADDED:
            return [Looked(snapshot.concatenated("added.seconds"), docs), Looked(seconds, docs)]
        case Sort.OLDEST:
            stated = snapshot.concatenated("published.seconds")
            backwards = snapshot.cached("backwards", lambda: np.where(stated == UNDATED_SECONDS, stated, -stated))
            return [Looked(backwards, docs)]


def believed(snapshot: Snapshot) -> Array:
    """When articles were published, those of the future before all others."""
    seconds = snapshot.concatenated("published.seconds")
    latest = latest_second()
    if snapshot.cached("last second", lambda: int(seconds.max(initial=UNDATED_SECONDS))) <= latest:
        return seconds
    return snapshot.cached(("believed", latest), lambda: np.where(seconds > latest, seconds - FUTURE_BACK, seconds))


def with_recency(snapshot: Snapshot, docs: Docs, scores: Scores) -> Scores:
    """`score * (floor + (1 - floor) * 2 ** (-age / half life))`; the undated and those of the future keep the floor."""
    seconds = believed(snapshot)
    newest = snapshot.cached(("newest second", latest_second()), lambda: int(seconds.max(initial=UNDATED_SECONDS)))
    mine = seconds[docs]
    ageless = mine < FIRST_SECOND
    age = (newest - np.where(ageless, newest, mine)) / SECONDS_PER_DAY
    kept = np.where(ageless, 0.0, 0.5 ** (age / RECENCY_HALF_LIFE_DAYS))
    weighed: Scores = scores * (RECENCY_FLOOR + (1 - RECENCY_FLOOR) * kept)
    return weighed


def first(snapshot: Snapshot, docs: Docs, keys: Sequence[Key], size: int) -> list[int]:
    """The offsets in `docs` of the first `size` documents, in order."""
    if size <= 0:
        return []
    quick = _first_by_score(snapshot, docs, keys, size)
    if quick is not None:
        return quick
    chosen: list[Array] = []
    candidates: Array | None = None  # all of them
    need = size
    for key in keys:
        values = np.asarray(key) if candidates is None else key[candidates]
        if len(values) <= need:
            break
        least = nth_largest(values, need)
        kept = np.flatnonzero(values >= least)
        values = values[kept]
        candidates = kept if candidates is None else candidates[kept]
        chosen.append(candidates[values > least])
        need -= len(chosen[-1])
        candidates = candidates[values == least]
    if candidates is None:
        candidates = np.arange(len(docs))
    if len(candidates) > need:
        candidates = _first_by_id(snapshot, docs, candidates, need)
    chosen.append(candidates)
    offsets = np.concatenate(chosen)
    ranks = snapshot.concatenated("id.rank")[docs[offsets]]
    order = np.lexsort([ranks, *(-key[offsets].astype(np.float64) for key in reversed(keys))])
    return _ties_by_id(snapshot, docs, keys, offsets[order])


def _first_by_score(snapshot: Snapshot, docs: Docs, keys: Sequence[Key], size: int) -> list[int] | None:
    """The same in one call, where the keys are scores and times, few are wanted, and no ids of different segments have
    to be compared."""
    scores, *times = keys
    if native.library is None or size > _FEW or not isinstance(scores, np.ndarray) or len(times) != 1:
        return None
    (seconds,) = times
    if not isinstance(seconds, Looked):
        return None
    ranks = snapshot.concatenated("id.rank")
    return native.first_places(docs, scores, seconds.column, ranks, snapshot.bases[:-1], min(size, len(docs)) or 1)


def _first_by_id(snapshot: Snapshot, docs: Docs, offsets: Array, size: int) -> Array:
    """Of equal documents, the `size` with the smallest ids."""
    ranks = snapshot.concatenated("id.rank")[docs[offsets]]
    kept = []
    for _, where, _ in snapshot.split(docs[offsets]):
        mine = offsets[where]
        if len(mine) > size:
            mine = mine[np.argpartition(ranks[where], size - 1)[:size]]
        kept += mine.tolist()
    if len(snapshot.segments) > 1:
        kept.sort(key=lambda offset: snapshot.id_of(int(docs[offset])))
    return np.array(kept[:size], np.intp)


def _ties_by_id(snapshot: Snapshot, docs: Docs, keys: Sequence[Key], offsets: Array) -> list[int]:
    """Places in order but for ties across segments, whose ranks of ids cannot be compared: those by the ids."""
    found: list[int] = offsets.tolist()
    if len(snapshot.segments) < 2 or len(found) < 2:
        return found
    tied = np.logical_and.reduce([key[offsets[1:]] == key[offsets[:-1]] for key in keys])
    segments = np.searchsorted(snapshot.bases, docs[offsets], side="right")
    runs = np.concatenate(([0], np.cumsum(~tied)))
    mixed = np.unique(runs[1:][tied & (segments[1:] != segments[:-1])])
    for start, stop in np.searchsorted(runs, np.stack((mixed, mixed + 1), axis=1)).tolist():
        found[start:stop] = sorted(found[start:stop], key=lambda offset: snapshot.id_of(int(docs[offset])))
    return found


def after(snapshot: Snapshot, docs: Docs, keys: Sequence[Key], values: Sequence[float], id: str) -> Mask:
    """Which documents come after one with those keys and that id."""
    later = np.zeros(len(docs), np.bool_)
    equal = np.ones(len(docs), np.bool_)
    for key, value in zip(keys, values, strict=True):
        found = np.asarray(key)
        later |= equal & (found < value)
        equal &= found == value
    offsets = np.flatnonzero(equal)
    for index, where, local in snapshot.split(docs[offsets]):
        edge = _rank_after(snapshot, index, id)
        later[offsets[where]] = snapshot.views[index].whole("id.rank")[local] >= edge
    return later


def _rank_after(snapshot: Snapshot, index: int, id: str) -> int:
    """How many ids of a segment are not after `id`."""
    view = snapshot.views[index]
    return SortedStrings(view.whole("id.bytes"), view.whole("id.offsets")).after(id.encode("utf-8", "replace"))
