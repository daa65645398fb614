"""Segments are merged when it pays, and rarely enough that building in small commits stays cheap."""

import math

import numpy as np
import pytest

from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.writer.merge_policy import FAN_IN, MergeInput, plan


def segment_of(documents: int, deleted: int = 0) -> MergeInput:
    return MergeInput(SegmentInfo(f"MAIN_{documents}", documents), np.arange(deleted, dtype=np.uint32))


def test_full_tiers_are_merged_and_others_are_left() -> None:
    sizes = [100] * FAN_IN + [5000] * (FAN_IN - 1) + [3]
    groups = plan([segment_of(size) for size in sizes])
    assert [[one.live for one in group] for group in groups] == [[100] * FAN_IN]


def test_a_merge_that_fills_the_next_tier_is_done_at_once() -> None:
    groups = plan([segment_of(size) for size in [1] * FAN_IN + [FAN_IN] * (FAN_IN - 1)])
    assert [len(group) for group in groups] == [2 * FAN_IN - 1]


@pytest.mark.parametrize(
    ("sizes", "processes", "parts"),
    [
        ([10] * 16, 1, [16]),
        ([10] * 15, 2, [15]),  # not enough for two
        ([10] * 16, 2, [8, 8]),
        ([10] * 40, 4, [10, 10, 10, 10]),
        ([30] * 8 + [10] * 24, 2, [8, 24]),  # as many documents each
    ],
)
def test_a_group_of_many_segments_is_merged_by_all_processes(
    sizes: list[int], processes: int, parts: list[int]
) -> None:
    groups = plan([segment_of(size) for size in sizes], processes)
    assert [len(group) for group in groups] == parts


def test_segments_that_are_mostly_deleted_are_rewritten() -> None:
    groups = plan([segment_of(1000, 500), segment_of(1000, 300)])
    assert [[one.info.documents for one in group] for group in groups] == [[1000]]


def test_many_small_commits_cost_a_logarithmic_factor() -> None:
    sizes: list[int] = []
    written = 0
    most = 0
    for _ in range(4096):
        sizes.append(10)
        written += 10
        groups = plan([segment_of(size) for size in sizes])
        for group in groups:
            merged = [one.live for one in group]
            written += sum(merged)
            for size in merged:
                sizes.remove(size)
            sizes.append(sum(merged))
        most = max(most, len(sizes))
    assert sum(sizes) == 40_960
    assert written <= 40_960 * (1 + math.log(4096, FAN_IN))
    assert most <= FAN_IN * math.ceil(math.log(40_960, FAN_IN))
