"""The numpy kernels against plain Python on random sets: set arithmetic, phrases, nearness, edits, counting, order."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.shared.edits import distance_within, distances
from indexer.engines.whoosh.columns import tally
from indexer.engines.whoosh.dates import histogram, interval_for
from indexer.engines.whoosh.kernels import bounds, distinct, expand, locate, member, nth_largest, union
from indexer.engines.whoosh.paths import upwards
from indexer.engines.whoosh.positions import in_order, near, rows_of
from indexer.engines.whoosh.postings import POSITION_BITS
from indexer.search.request import DateRange, Period
from tests.engines.matching import edit_distance
from tests.engines.matching import in_order as slow_in_order

SIZE = 600
# Few against many, and many against many, take different ways.
docs = st.one_of(
    st.sets(st.integers(0, SIZE - 1), max_size=8), st.sets(st.integers(0, SIZE - 1), min_size=150, max_size=300)
).map(lambda found: np.array(sorted(found), np.intp))
ROWS = 4
places = st.lists(st.sets(st.integers(0, 25), max_size=8).map(sorted), min_size=ROWS, max_size=ROWS)


def keys(rows: list[list[int]]) -> np.ndarray:
    return np.array([(row << POSITION_BITS) + place for row, found in enumerate(rows) for place in found], np.int64)


@given(st.lists(docs, max_size=4))
def test_union(lists: list[np.ndarray]) -> None:
    flags = np.zeros(SIZE, np.bool_)
    assert union(lists, SIZE, flags).tolist() == sorted(set().union(*(each.tolist() for each in lists)))
    assert not flags.any()


@given(docs, docs)
def test_member_and_locate(some: np.ndarray, others: np.ndarray) -> None:
    flags = np.zeros(SIZE, np.bool_)
    expected = [doc in set(others.tolist()) for doc in some.tolist()]
    assert member(some, others, flags).tolist() == expected
    found, there = locate(others, some)
    assert there.tolist() == expected
    assert others[found[there]].tolist() == some[there].tolist()
    assert not flags.any()


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=20))
def test_expand(ranges: list[tuple[int, int]]) -> None:
    starts, counts = (np.array([pair[n] for pair in ranges], np.int64) for n in (0, 1))
    assert expand(starts, counts).tolist() == [n for start, count in ranges for n in range(start, start + count)]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=2_000), st.integers(1, 2_000))
def test_nth_largest(values: list[int], n: int) -> None:
    n = min(n, len(values))
    assert nth_largest(np.array(values), n) == sorted(values, reverse=True)[n - 1]


def test_bounds_and_distinct() -> None:
    assert bounds(np.array([1, 4, 5, 9]), [0, 5, 5, 10]) == [0, 2, 2, 4]
    assert bounds(np.array([1, 4]), [0, 10]) == [0, 2]
    assert distinct(np.array([1, 1, 2, 5, 5])).tolist() == [1, 2, 5]
    assert distinct(np.array([], int)).tolist() == []


@given(st.lists(places, min_size=1, max_size=3), st.integers(0, 6))
def test_phrases(words: list[list[list[int]]], slop: int) -> None:
    first, last = in_order([keys(word) for word in words], slop)
    expected = [
        ((row << POSITION_BITS) + a, (row << POSITION_BITS) + z)
        for row in range(ROWS)
        for a, z in slow_in_order([word[row] for word in words], slop)
    ]
    assert list(zip(first.tolist(), last.tolist(), strict=True)) == expected


@given(places, places, places, st.integers(0, 4))
def test_nearness(left: list[list[int]], right: list[list[int]], more: list[list[int]], distance: int) -> None:
    phrase = in_order([keys(right), keys(more)], 2)
    found = near((keys(left), keys(left)), phrase, distance)
    expected = set()
    for row in range(ROWS):
        for at in left[row]:
            for a, z in slow_in_order([right[row], more[row]], 2):
                if 0 <= a - at - 1 <= distance or 0 <= at - z - 1 <= distance:
                    expected.add(row)
    assert set(found.tolist()) == expected
    assert rows_of((keys(left), keys(left))).tolist() == [row for row in range(ROWS) if left[row]]


@given(st.text("abcé京", max_size=6), st.lists(st.text("abcé京", max_size=6), max_size=5))
def test_edit_distances(word: str, others: list[str]) -> None:
    expected = [edit_distance(word, other) for other in others]
    assert distances(word, others).tolist() == expected
    assert [distance_within(word, other, 2) for other in others] == [distance <= 2 for distance in expected]


@given(st.lists(st.integers(0, 39), max_size=60))
def test_counting_few_and_many(numbers: list[int]) -> None:
    for size in (40, 40_000):
        counted = tally(np.array(numbers, np.uint32), size)
        assert dict(zip(counted.numbers.tolist(), counted.counts.tolist(), strict=True)) == {
            n: numbers.count(n) for n in numbers
        }
        assert [counted.of(n) for n in range(40)] == [numbers.count(n) for n in range(40)]
        rest = counted.minus(tally(np.array(numbers[::2], np.uint32), size))
        assert [rest.of(n) for n in range(40)] == [numbers[1::2].count(n) for n in range(40)]
        assert [counted.shifted().of(n) for n in range(39)] == [numbers.count(n + 1) for n in range(39)]


@pytest.mark.parametrize(
    ("days", "interval"), [(1, "day"), (62, "day"), (63, "month"), (1830, "month"), (1831, "year")]
)
def test_the_interval_suits_the_span(days: int, interval: str) -> None:
    assert interval_for(days) == interval


def test_histogram_has_the_empty_buckets() -> None:
    days = np.array([18262, 18262, 18400, np.iinfo(np.int32).min], np.int32)  # 1 January 2020 twice, 18 May 2020
    interval, buckets, undated = histogram(days, DateRange())
    assert (interval, undated) == ("month", 1)
    assert buckets == [("2020-01", 2), ("2020-02", 0), ("2020-03", 0), ("2020-04", 0), ("2020-05", 1)]
    interval, buckets, undated = histogram(days, DateRange(Period(2020, 5), Period(2021)))
    assert (interval, len(buckets), buckets[0], buckets[-1]) == ("day", 18, ("2020-05-01", 0), ("2020-05-18", 1))
    assert histogram(days, DateRange(Period(2021), None)) == ("year", [], 1)
    assert histogram(days[3:], DateRange()) == ("year", [], 1)
    # The year 1 and the year 9999 are dates like any other.
    interval, buckets, _ = histogram(np.array([-719162, 2932896], np.int32), DateRange())
    assert (interval, len(buckets), buckets[0], buckets[-1]) == ("year", 9999, ("0001", 1), ("9999", 1))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("News", ["News"]),
        ("News/Politics/EU", ["News", "News/Politics", "News/Politics/EU"]),
        ("News/", ["News"]),
        ("/News", ["/News"]),
        ("/", ["/"]),
        ("A//B", ["A", "A//B"]),
    ],
)
def test_paths_above(path: str, expected: list[str]) -> None:
    assert upwards(path) == expected
    assert all(below.startswith(above) for above, below in pairwise(expected))
