"""The first documents with some words, the newest of all, and hits made of documents.

Called by `top`, and by what else wants a few of the best and no count: `related`.
"""

import numpy as np

from indexer.engines.shared.search.ranking import latest_second
from indexer.engines.whoosh.kernels import Docs, Scores
from indexer.engines.whoosh.kernels.top import Ground, Words
from indexer.engines.whoosh.query.plan import Plan
from indexer.engines.whoosh.query.top import wanted
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.order import believed, first, sort_keys
from indexer.search.request import MAX_SIZE, Sort
from indexer.search.results import Hit

# Documents in their order, and the score of each.
Found = tuple[Docs, Scores]


def best_of(snapshot: Snapshot, plan: Plan, size: int) -> Found:
    """The documents that a plan scores highest, best first."""
    want = wanted(plan)
    if want and want.plain and (found := first_with(snapshot, want.words(), size)):
        return found
    docs = live(snapshot, plan.docs())
    return _by_relevance(snapshot, docs, plan.score(docs), size)


def first_with(snapshot: Snapshot, words: Words, size: int, days: tuple[int, int] | None = None) -> Found | None:
    """The first documents with some words, of those published on some days; None where too many are alike."""
    ground: Ground = snapshot.cached(("ground", latest_second()), lambda: _ground(snapshot))
    found = ground.find(words, size, days)
    if found is None:
        return None
    docs, scores, alike = found
    if alike:
        ascending = np.argsort(docs)
        return _by_relevance(snapshot, docs[ascending], scores[ascending], size)
    return docs[:size], scores[:size]


def _ground(snapshot: Snapshot) -> Ground:
    return Ground(snapshot.norms, believed(snapshot), snapshot.live, snapshot.concatenated("published.day"))


def _by_relevance(snapshot: Snapshot, docs: Docs, scores: Scores, size: int) -> Found:
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


def hits_of(snapshot: Snapshot, docs: Docs, scores: Scores, *, translation: bool = True) -> tuple[Hit, ...]:
    """Hits of documents, in their order."""
    hits = []
    for doc, score in zip(docs.tolist(), scores.tolist(), strict=True):
        article = snapshot.without_body(doc)[0]
        if article.translation:
            article = article.without_body() if translation else article.with_translation(None)
        hits.append(Hit(article, score))
    return tuple(hits)
