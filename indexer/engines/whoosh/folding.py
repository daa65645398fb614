"""Near-duplicates folded: of each group among the matches only the first in the order of the search is shown.

Called by the search when `SearchRequest.group` is set, and by the engine for the copies of one article.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from indexer.engines.whoosh.codec.layout import Array
from indexer.engines.whoosh.columns import column
from indexer.engines.whoosh.kernels import Docs, Mask
from indexer.engines.whoosh.order import first, sort_keys
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.search.request import Sort
from indexer.search.results import Hit


def shown(snapshot: Snapshot, docs: Docs, keys: Sequence[Array]) -> Mask:
    """Which of the matching documents stand for their group: the first of each by `keys`, then by id."""
    mask = np.ones(len(docs), np.bool_)
    places = np.flatnonzero(snapshot.copied[docs])
    if len(places) > 1:
        mine, my_keys = docs[places], [key[places] for key in keys]
        ordered = places[first(snapshot, mine, my_keys, len(mine))]
        _, leading = np.unique(snapshot.groups[docs[ordered]], return_index=True)
        mask[places] = False
        mask[ordered[leading]] = True
    return mask


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
