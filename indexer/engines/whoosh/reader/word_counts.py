"""In how many of some articles index terms are. Called by the engine for `word_counts`."""

from collections.abc import Collection
from itertools import pairwise

import numpy as np

from indexer.engines.shared.search.more_like_this import FIELDS
from indexer.engines.whoosh.kernels import Array, Docs, Mask
from indexer.engines.whoosh.reader.snapshot import SegmentView, Snapshot
from indexer.search.results import WordCounts

# Counts of terms in the whole archive that are kept for a generation: words come again.
_REMEMBERED = 50_000


def word_counts(snapshot: Snapshot, terms: Collection[str], docs: Docs) -> WordCounts:
    """Count each term in some documents, in the field that has it in more of them."""
    if not terms:
        return WordCounts(len(docs), {})
    if len(docs) < len(snapshot.everything):
        return WordCounts(len(docs), _counted(snapshot, terms, docs))
    known: dict[str, int] = snapshot.cached("word counts", dict)
    found = {term: count for term in terms if (count := known.get(term)) is not None}
    found |= _counted(snapshot, [term for term in terms if term not in found], docs)
    if len(known) + len(found) <= _REMEMBERED:
        known.update(found)
    return WordCounts(len(docs), found)


def _counted(snapshot: Snapshot, terms: Collection[str], docs: Docs) -> dict[str, int]:
    counts = np.zeros((len(FIELDS), len(terms)), np.int64)
    among = None
    if len(docs) < snapshot.size:
        among = np.zeros(snapshot.size, np.bool_)
        among[docs] = True
    for view, (first, behind) in zip(snapshot.views, pairwise(snapshot.bases), strict=True):
        wanted = None if among is None else among[first:behind]
        if wanted is not None and not wanted.any():
            continue
        for found, field in zip(counts, FIELDS, strict=True):
            _add_counts(view, field, terms, wanted, found)
    return dict(zip(terms, counts.max(axis=0).tolist(), strict=True))


def _add_counts(view: SegmentView, field: str, terms: Collection[str], wanted: Mask | None, found: Array) -> None:
    """Add to `found` in how many documents of a segment each term is: of those that are wanted, or of all."""
    dictionary = view.dictionary(field)
    held = [(at, number) for at, term in enumerate(terms) if (number := dictionary.term(term)) is not None]
    if not held:
        return
    places, numbers = np.array(held).T
    starts, stops = dictionary.postings[numbers], dictionary.postings[numbers + 1]
    if wanted is None:
        found[places] += stops - starts
        return
    for at, start, stop in zip(places.tolist(), starts.tolist(), stops.tolist(), strict=True):
        found[at] += np.count_nonzero(wanted[view.arrays.part(f"{field}.docs", start, stop)])
