"""Groups after changes are those that grouping from scratch finds."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.near_duplicates import groups, signatures
from indexer.near_duplicates.signatures import BANDS, BINS, EMPTY, ROWS, Array

NO_ROWS = np.zeros((0, BINS), np.uint8)


@pytest.fixture(autouse=True)
def never_from_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MAX_CHANGED", 100.0)
    monkeypatch.setattr(groups, "MAX_ANEW", 1.0)
    monkeypatch.setattr(groups, "_STRETCH", 7)


def crowded(chance: random.Random, kinds: int) -> Array:
    """A signature whose bands come from few: many articles share a bucket, and many are about half alike."""
    if chance.random() < 0.05:
        return np.full(BINS, EMPTY, np.uint8)
    bands = [np.full(ROWS, chance.randrange(kinds) + 10 * column, np.uint8) for column in range(BANDS)]
    row = np.concatenate(bands)
    row[[chance.randrange(BINS) for _ in range(chance.randrange(3))]] = 200
    return row


def labels_after(known: Array, came: Sequence[int]) -> Array:
    """The groups before, by the numbers of now; `came` are the numbers before, -1 for none."""
    first: dict[int, int] = {}
    labels = [first.setdefault(int(known[old]), now) if old >= 0 else now for now, old in enumerate(came)]
    return np.array(labels, np.int64)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1 << 32), st.integers(2, 4), st.integers(1, 12))
def test_random_changes_give_the_groups_of_one_build(seed: int, kinds: int, most: int) -> None:
    chance = random.Random(seed)
    rows = [crowded(chance, kinds) for _ in range(chance.randrange(1, 60))]
    known = signatures.group([np.array(rows)])
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
        tables = [np.array(part).reshape(-1, BINS) for part in (after[:cut], after[cut:])]
        expected = signatures.group(tables)
        found = groups.regroup(
            tables,
            np.zeros(0, np.int64),
            labels_after(known, came),
            np.arange(len(kept), len(after)),
            np.array(removed, np.uint8).reshape(-1, BINS),
        )
        assert found is not None
        assert found.tolist() == expected.tolist()
        rows, known = after, found


def ladder(steps: int) -> Array:
    """Articles of which each is one story with the next and with no other: a third of the bands changes each time."""
    table = np.tile(np.arange(BINS, dtype=np.uint8), (steps, 1))
    for step in range(steps):
        for earlier in range(step):
            first = earlier * 6 % BANDS
            columns = [(first + band) % BANDS for band in range(6)]
            for column in columns:
                table[step, column * ROWS : (column + 1) * ROWS] = 70 + earlier
    return table


def test_a_removed_link_splits_a_group() -> None:
    table = ladder(3)
    assert signatures.group([table]).tolist() == [0, 0, 0]
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
    table = np.concatenate((np.repeat(ladder(1), 3, axis=0), 255 - ladder(3)[1:]))
    none = np.zeros(0, np.int64)
    assert signatures.group([table]).tolist() == [0, 0, 0, 3, 3]
    found = groups.regroup([table], np.array([4]), np.array([0, 0, 0, 3, 4]), none, table[4:])
    assert found is not None
    assert found.tolist() == [0, 0, 0, 3, 4]
    assert groups.regroup([table], np.array([2]), np.array([0, 0, 2, 3, 3]), none, table[2:3]) is None
