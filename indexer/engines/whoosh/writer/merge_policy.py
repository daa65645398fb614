"""Which segments are merged when. In: the segments there are and what is deleted of them. Out: the groups of those that
become one each. Called by the writer.

Segments are sorted into tiers, each `FAN_IN` times as large as the one below. When a tier is full, its segments become
one of the next. An article is so rewritten once for each tier it climbs: the logarithm of the archive's size, however
many small commits it was built in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.engines.whoosh.codec.layout import Array
from indexer.engines.whoosh.codec.segment import SegmentInfo

# Segments of a tier that become one. Eight: at a million articles from commits of 50,000 every article is rewritten
# at most twice, and a search meets about a dozen segments.
FAN_IN = 8
# A segment with a larger share of deleted documents is rewritten without them.
MAX_DELETED_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class MergeInput:
    """A segment to be merged, and its deleted documents, also those that no generation has yet.

    `sources` are those that it was itself merged from since the generation before, in their order.
    """

    info: SegmentInfo
    deleted: Array
    sources: "tuple[MergeInput, ...]" = ()

    @property
    def live(self) -> int:
        """Documents that are taken over."""
        return self.info.documents - len(self.deleted)


def plan(inputs: Sequence[MergeInput], processes: int = 1) -> list[list[MergeInput]]:
    """The groups of segments that become one each now; most commits merge nothing, or a few small segments."""
    tiers: dict[int, list[list[MergeInput]]] = {}
    for one in inputs:
        tiers.setdefault(_tier(one.live), []).append([one])
    tier = 0
    while tier <= max(tiers, default=-1):
        if len(tiers.get(tier, ())) >= FAN_IN:
            # What the merge makes may fill the next tier: then all are merged at once, not twice.
            merged = [one for group in tiers.pop(tier) for one in group]
            tiers.setdefault(max(_tier(sum(one.live for one in merged)), tier + 1), []).append(merged)
        tier += 1
    groups = [group for waiting in tiers.values() for group in waiting]
    parts = [part for group in groups for part in _divided(group, processes)]
    return [part for part in parts if len(part) > 1 or _thinned(part[0])]


def _divided(group: list[MergeInput], processes: int) -> list[list[MergeInput]]:
    """A group that leaves every process enough to merge, in parts of about as many documents; others whole."""
    count = min(processes, len(group) // FAN_IN)
    if count < 2:
        return [group]
    ends = np.cumsum([one.live for one in group])
    edges = np.searchsorted(ends, ends[-1] * np.arange(1, count) / count) + 1
    bounds = [0, *np.unique(edges).tolist(), len(group)]
    return [group[start:stop] for start, stop in pairwise(bounds) if stop > start]


def _tier(documents: int) -> int:
    """Powers of `FAN_IN` in a number of documents."""
    tier = 0
    while documents >= FAN_IN:
        documents //= FAN_IN
        tier += 1
    return tier


def _thinned(one: MergeInput) -> bool:
    return len(one.deleted) > MAX_DELETED_SHARE * one.info.documents
