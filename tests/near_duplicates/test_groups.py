"""Groups after changes are those that grouping from scratch finds."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.near_duplicates import groups
from indexer.near_duplicates.grouping import BANDS, ROWS, group
from indexer.near_duplicates.signatures import BINS, COUNT, EMPTY, WIDTH, Array

NO_ROWS = np.zeros((0, WIDTH), np.uint16)


@pytest.fixture(autouse=True)
def never_from_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MAX_CHANGED", 100.0)
    monkeypatch.setattr(groups, "MAX_ANEW", 1.0)
    monkeypatch.setattr(groups, "_STRETCH", 7)


def crowded(chance: random.Random, kinds: int) -> Array:
    """A signature whose bands come from few: many articles share a bucket, and many are about half alike."""
    if chance.random() < 0.05:
        return np.full(WIDTH, EMPTY, np.uint16)
    bands = [np.full(ROWS, chance.randrange(kinds) + 10 * column, np.uint16) for column in range(BANDS)]
    bins = np.concatenate(bands)
    bins[[chance.randrange(BINS) for _ in range(chance.randrange(3))]] = 2000
    return untitled(bins)


def untitled(bins: Array) -> Array:
    """The signature of a text of 100 shingles that has neither a title nor numbers."""
    row = np.full(WIDTH, EMPTY, np.uint16)
    row[:BINS], row[COUNT] = bins, 100
    return row


def labels_after(known: Array, came: Sequence[int]) -> Array:
    """The groups before, by the numbers of now; `came` are the numbers before, -1 for none."""
    first: dict[int, int] = {}
    labels = [first.setdefault(int(known[old]), now) if old >= 0 else now for now, old in enumerate(came)]
    return np.array(labels, np.int64)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32), st.integers(2, 4), st.integers(1, 12))
def test_random_changes_give_the_groups_of_one_build(seed: int, kinds: int, most: int) -> None:
    chance = random.Random(seed)
    rows = [crowded(chance, kinds) for _ in range(chance.randrange(1, 60))]
    known = group([np.array(rows)])
    for _ in range(6):
        out = set(chance.sample(range(len(rows)), min(most, len(rows) - 1)))
        kept = [at for at in range(len(rows)) if at not in out]
        if chance.random() < 0.5:
            chance.shuffle(kept)
        new = [crowded(chance, kinds) for _ in range(chance.randrange(most))]
        removed = [rows[at] for at in out]
        came = [*kept, *(-1 for _ in new)]
        after = [*(rows[at] for at in kept), *new]
        cut = chance.randrange(len(after) + 1)
        tables = [np.array(part).reshape(-1, WIDTH) for part in (after[:cut], after[cut:])]
        expected = group(tables)
        found = groups.regroup(
            tables,
            np.zeros(0, np.int64),
            labels_after(known, came),
            np.arange(len(kept), len(after)),
            np.array(removed, np.uint16).reshape(-1, WIDTH),
        )
        assert found is not None
        assert found.tolist() == expected.tolist()
        rows, known = after, found


def ladder(steps: int, first: int = 0) -> Array:
    """Articles of which each is one story with the next and with no other: each time two fifths of the bands change."""
    table = np.tile(np.arange(first, first + BINS, dtype=np.uint16), (steps, 1))
    for step in range(steps):
        for earlier in range(step):
            for band in range(13):
                column = (earlier * 13 + band) % BANDS
                table[step, column * ROWS : (column + 1) * ROWS] = first + 70 + earlier
    return np.array([untitled(row) for row in table])


def test_a_removed_link_splits_a_group() -> None:
    table = ladder(3)
    assert group([table]).tolist() == [0, 0, 0]
    found = groups.regroup([table], np.array([1]), np.array([0, 1, 0]), np.zeros(0, np.int64), table[1:2])
    assert found is not None
    assert found.tolist() == [0, 1, 2]


def test_an_added_link_unites_two_groups() -> None:
    table = ladder(3)[[0, 2, 1]]
    found = groups.regroup([table], np.zeros(0, np.int64), np.arange(3), np.array([2]), NO_ROWS)
    assert found is not None
    assert found.tolist() == [0, 0, 0]


def test_many_changes_are_left_to_grouping_from_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MAX_CHANGED", 0.5)
    table = np.repeat(ladder(1), 4, axis=0)
    few, many = np.arange(2, 4), np.arange(1, 4)
    none = np.zeros(0, np.int64)
    found = groups.regroup([table], none, np.array([0, 0, 2, 3]), few, NO_ROWS)
    assert found is not None
    assert found.tolist() == [0, 0, 0, 0]
    assert groups.regroup([table], none, np.arange(4), many, NO_ROWS) is None


def test_large_groups_to_form_anew_are_left_to_grouping_from_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MAX_ANEW", 0.3)
    table = np.concatenate((np.repeat(ladder(1), 3, axis=0), ladder(3, 300)[1:]))
    none = np.zeros(0, np.int64)
    assert group([table]).tolist() == [0, 0, 0, 3, 3]
    found = groups.regroup([table], np.array([4]), np.array([0, 0, 0, 3, 4]), none, table[4:])
    assert found is not None
    assert found.tolist() == [0, 0, 0, 3, 4]
    assert groups.regroup([table], np.array([2]), np.array([0, 0, 2, 3, 3]), none, table[2:3]) is None
