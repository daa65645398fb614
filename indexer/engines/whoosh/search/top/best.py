"""The first documents with some words, the newest of all, and hits made of documents.

Called by `top`, and by what else wants a few of the best and no count: `related`.
"""

from collections.abc import Sequence
from itertools import repeat

import numpy as np

from indexer.engines.shared.search.ranking import latest_second
from indexer.engines.whoosh.kernels import Docs, Mask, Scores
from indexer.engines.whoosh.kernels.top import Ground, Words
from indexer.engines.whoosh.query.filters import FieldTest
from indexer.engines.whoosh.query.plan import Context, Plan
from indexer.engines.whoosh.query.top import Wanted, wanted
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.hits import Hits
from indexer.engines.whoosh.search.order import believed, first, sort_keys
from indexer.highlight.matches import no_check
from indexer.search.request import MAX_SIZE, Sort
from indexer.search.results import Hit

# Documents in their order, and the score of each.
Found = tuple[Docs, Scores]
# Documents looked at in each round where more is asked than words.
ROUNDS = (64, 512, 4096)


def first_of(
    context: Context, plan: Plan, size: int, tests: Sequence[FieldTest] = (), days: tuple[int, int] | None = None
) -> Found | None:
    """The first documents of a plan by relevance, of those that pass some tests and were published on some days; None
    where they are better found by listing all.

    They are the same as `score` and `first` give, scores included. Where more is asked than words, documents that fail
    it make place for the next best, more of them in each round.
    """
    want = wanted(plan)
    if want is None:
        return None
    words = want.words()
    if want.plain and not tests:
        return first_with(context.snapshot, words, size, days)
    for many in ROUNDS:
        context.budget.check()
        found = first_with(context.snapshot, words, many, days) if many >= size else None
        if found is None:
            continue
        docs, scores = found
        kept = _passing(want, tests, docs)
        if len(docs) < many or np.count_nonzero(kept) >= size:
            return docs[kept][:size], scores[kept][:size]
    return None


def _passing(want: Wanted, tests: Sequence[FieldTest], docs: Docs) -> Mask:
    order = np.argsort(docs)
    ascending = docs[order]
    passing = want.mask(ascending)
    for each in tests:
        passing &= each.test(ascending)
    kept = np.empty(len(docs), np.bool_)
    kept[order] = passing
    return kept


def first_with(snapshot: Snapshot, words: Words, size: int, days: tuple[int, int] | None = None) -> Found | None:
    """The first documents with some words, of those published on some days; None where too many are wanted or
    alike."""
    if size > ROUNDS[-1]:
        return None
    ground: Ground = snapshot.cached(("ground", latest_second()), lambda: _ground(snapshot))
    found = ground.find(words, size, days)
    if found is None:
        return None
    docs, scores, alike = found
    if alike:
        ascending = np.argsort(docs)
        return by_relevance(snapshot, docs[ascending], scores[ascending], size)
    return docs[:size], scores[:size]


def _ground(snapshot: Snapshot) -> Ground:
    return Ground(snapshot.norms, believed(snapshot), snapshot.live, snapshot.concatenated("published.day"))


def by_relevance(snapshot: Snapshot, docs: Docs, scores: Scores, size: int) -> Found:
    """The first of some ascending documents."""
    offsets = first(snapshot, docs, sort_keys(snapshot, Sort.RELEVANCE, docs, scores), size)
    return docs[offsets], scores[offsets]


def newest(snapshot: Snapshot) -> Docs:
    """The newest documents, `MAX_SIZE` of them."""

    def find() -> Docs:
        docs = snapshot.everything
        return docs[first(snapshot, docs, sort_keys(snapshot, Sort.NEWEST, docs, None), MAX_SIZE)]

    return snapshot.cached(("newest", latest_second()), find)


def live(snapshot: Snapshot, docs: Docs) -> Docs:
    """Those of some documents that are neither deleted nor withdrawn."""
    return docs if snapshot.live is None or docs is snapshot.everything else docs[snapshot.live[docs]]


def hits_of(
    snapshot: Snapshot,
    docs: Docs,
    scores: Scores,
    copies: Sequence[tuple[int, int]] | None = None,
    *,
    translation: bool = True,
) -> tuple[Hit, ...]:
    """Hits of documents, in their order; `copies` are how many others each stands for, and of how many sources."""
    make = Hits(snapshot, None, translation, no_check).hit
    return tuple(map(make, docs.tolist(), scores.tolist(), repeat(()), copies or repeat((0, 0))))
