"""Phrases and nearness by comparing sorted arrays of occurrences; no loop over documents.

An occurrence is `row << POSITION_BITS | position` (see `postings`). An interval is a pair of occurrences, first and
last word of a phrase found. Called by the evaluator.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.kernels import LOOKUP_COST, locate
from indexer.engines.whoosh.reader.postings import POSITION_BITS, Keys

Intervals = tuple[Keys, Keys]


def in_order(words: Sequence[Keys], slop: int) -> Intervals:
    """Where the words stand in order with at most `slop` further words between them in all.

    For each occurrence of the first word, the nearest end: taking the next occurrence of each following word is best.
    """
    if slop == 0:
        return _adjacent(words)
    first = last = words[0]
    for keys in words[1:]:
        offsets = np.searchsorted(keys, last, side="right")
        inside = offsets < len(keys)
        first, offsets = first[inside], offsets[inside]
        last = keys[offsets]
        near = last - first <= slop + len(words)
        first, last = first[near], last[near]
    fits = last - first <= slop + len(words) - 1
    return first[fits], last[fits]


def _adjacent(words: Sequence[Keys]) -> Intervals:
    # From the rarest word outwards, so that the candidates are few from the start.
    order = sorted(range(len(words)), key=lambda number: len(words[number]))
    firsts = words[order[0]] - order[0]
    for number in order[1:]:
        if not len(firsts):
            break
        firsts = _common(firsts, words[number] - number)
    return firsts, firsts + (len(words) - 1)


def in_order_of_widths(words: Sequence[Mapping[int, Keys]], slop: int) -> Intervals:
    """The same for words that may be several positions wide: of each, where it begins, by its width.

    Every interval is found, so one first place may come with several ends.
    """
    first = np.concatenate(list(words[0].values()))
    last = np.concatenate([keys + width - 1 for width, keys in words[0].items()])
    room = np.full(len(first), slop, np.int64)
    for word in words[1:]:
        found = []
        for width, keys in word.items():
            offsets = np.searchsorted(keys, last, side="right")
            inside = offsets < len(keys)
            starts = keys[offsets[inside]]
            left = room[inside] - (starts - last[inside] - 1)
            fits = left >= 0
            found.append(np.stack((first[inside][fits], starts[fits] + width - 1, left[fits])))
        first, last, room = np.unique(np.concatenate(found, axis=1), axis=1)
    first, last = np.unique(np.stack((first, last)), axis=1)
    return first, last


def _common(few: Keys, many: Keys) -> Keys:
    """Numbers in both of two ascending arrays."""
    if len(few) * LOOKUP_COST < len(many) or len(many) < LOOKUP_COST:
        return few[locate(many, few)[1]]
    merged = np.concatenate((few, many))
    merged.sort(kind="stable")
    common: Keys = merged[:-1][merged[1:] == merged[:-1]]
    return common


def near(left: Intervals, right: Intervals, distance: int) -> NDArray[np.int64]:
    """Rows where an interval of one side ends at most `distance` words before one of the other begins."""
    rows = np.concatenate((_follows(left, right, distance), _follows(right, left, distance)))
    rows.sort(kind="stable")
    return rows


def _follows(left: Intervals, right: Intervals, distance: int) -> NDArray[np.int64]:
    starts = np.sort(right[0])
    if not len(starts):
        return starts
    offsets = np.searchsorted(starts, left[1], side="right")
    inside = offsets < len(starts)
    ends = left[1][inside]
    fits = starts[offsets[inside]] - ends - 1 <= distance
    return ends[fits] >> POSITION_BITS


def rows_of(intervals: Intervals) -> NDArray[np.int64]:
    """The rows that have an interval, each once, ascending."""
    rows = intervals[0] >> POSITION_BITS
    if len(rows) > 1:
        rows = rows[np.concatenate(([True], rows[1:] != rows[:-1]))]
    return rows
