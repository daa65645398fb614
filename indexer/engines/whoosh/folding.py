"""Near-duplicates folded: of each group among the matches only the first in the order of the search is shown.

Sorting all matches would cost more than everything else of a page, and so would reading ids to settle ties: the
first of each group is found by scattering the keys over the groups, and ids are read for what the page shows.

Called by the search when `SearchRequest.group` is set, and by the engine for the copies of one article.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from indexer.engines.whoosh.codec.layout import Array
from indexer.engines.whoosh.columns import column
from indexer.engines.whoosh.kernels import Docs, Mask
from indexer.engines.whoosh.order import Key, first, sort_keys
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.search.request import Sort
from indexer.search.results import Hit


def leading(snapshot: Snapshot, docs: Docs, keys: Sequence[Key]) -> Mask:
    """Which of the matching documents may stand for their group: the first of each by `keys`, then by id.

    Of a group that ties across segments, whose ids are only comparable as texts, one of each segment stays; the first
    of them in the order of the page is the one.
    """
    mask = np.ones(len(docs), np.bool_)
    left = np.flatnonzero(snapshot.copied[docs])
    groups = snapshot.groups[docs[left]]
    mask[left] = False
    for key in keys:
        kept = _largest(groups, key[left].astype(np.float64), snapshot.size)
        left, groups = left[kept], groups[kept]
    ranks = -snapshot.concatenated("id.rank")[docs[left]].astype(np.float64)
    for _, where, _ in snapshot.split(docs[left]):
        mask[left[where][_largest(groups[where], ranks[where], snapshot.size)]] = True
    return mask


def stories(snapshot: Snapshot, docs: Docs) -> int:
    """How many groups documents are of."""
    copied = snapshot.copied[docs]
    told = np.zeros(snapshot.size, np.bool_)
    told[snapshot.groups[docs[copied]]] = True
    return int(np.count_nonzero(~copied) + np.count_nonzero(told))


def first_stories(snapshot: Snapshot, docs: Docs, keys: Sequence[Key], size: int) -> list[int]:
    """The places in `docs` of the first documents in order, of each group the first, `size` in all."""
    wanted = size
    while True:
        places = first(snapshot, docs, keys, wanted)
        groups = snapshot.groups[docs[places]].tolist() if places else []
        once = list(dict(zip(reversed(groups), reversed(places), strict=True)).values())[::-1]
        if len(once) >= size or wanted >= len(docs):
            return once[:size]
        wanted *= 2


def not_told(snapshot: Snapshot, docs: Docs, later: Mask) -> Mask:
    """Of the documents behind a cursor, those of whose group none stands before it."""
    told = np.zeros(snapshot.size, np.bool_)
    told[snapshot.groups[docs[~later]]] = True
    fresh: Mask = later & ~told[snapshot.groups[docs]]
    return fresh


def _largest(groups: Array, values: Array, size: int) -> Mask:
    """Which values are the largest of their group."""
    most = np.full(size, -np.inf)
    np.maximum.at(most, groups, values)
    largest: Mask = values == most[groups]
    return largest


def with_copies(snapshot: Snapshot, matches: Docs, page: Docs, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits of a page, each with how many other matches tell its story, and in how many sources."""
    copied = matches[snapshot.copied[matches]]
    groups = snapshot.groups[copied]
    sources = column(snapshot, "source").single()
    counted = []
    for doc, hit in zip(page.tolist(), hits, strict=True):
        others = copied[groups == snapshot.groups[doc]]
        others = others[others != doc]
        named = np.unique(sources[others])  # 0 stands for none
        counted.append(replace(hit, copies=len(others), copy_sources=int(np.count_nonzero(named))))
    return tuple(counted)


def copies(snapshot: Snapshot, doc: int) -> list[Hit]:
    """All other articles of a document's group, oldest first."""
    group = snapshot.groups[doc]
    members = snapshot.everything[snapshot.groups[snapshot.everything] == group]
    members = members[members != doc]
    order = first(snapshot, members, sort_keys(snapshot, Sort.OLDEST, members, None), len(members))
    return [Hit(replace(snapshot.article(int(members[place])), body=""), 0.0) for place in order]
