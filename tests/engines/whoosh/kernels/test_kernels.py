"""The kernels against plain Python on random sets: set arithmetic, phrases, nearness, edits, counting, order."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.edits import distance_within, distances
from indexer.engines.shared.days import interval_for
from indexer.engines.shared.search.paths import upwards
from indexer.engines.whoosh.codec.layout import UNDATED_DAY
from indexer.engines.whoosh.kernels import (
    Assigned,
    bounds,
    codes_at,
    count_any,
    count_many,
    difference,
    distinct,
    expand,
    locate,
    member,
    most_frequent,
    nth_largest,
    present_many,
    present_single,
    union,
)
from indexer.engines.whoosh.query.positions import in_order, in_order_of_widths, near, rows_of
from indexer.engines.whoosh.reader.columns import Counted
from indexer.engines.whoosh.reader.postings import POSITION_BITS
from indexer.engines.whoosh.search.date_facet import Calendar, DayCounts, histogram
from indexer.search.request import DateRange, Period
from tests.engines.matching import edit_distance
from tests.engines.matching import in_order as slow_in_order

pytestmark = pytest.mark.usefixtures("kernels")

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
        for a, z in slow_in_order([[(at, at) for at in word[row]] for word in words], slop)
    ]
    assert list(zip(first.tolist(), last.tolist(), strict=True)) == expected


wide_places = st.dictionaries(st.integers(1, 3), places, min_size=1, max_size=3)


@given(st.lists(wide_places, min_size=1, max_size=4), st.integers(0, 4))
def test_phrases_of_compounds(words: list[dict[int, list[list[int]]]], slop: int) -> None:
    found = in_order_of_widths([{width: keys(each) for width, each in word.items()} for word in words], slop)
    expected = [
        ((row << POSITION_BITS) + a, (row << POSITION_BITS) + z)
        for row in range(ROWS)
        for a, z in slow_in_order(
            [[(at, at + width - 1) for width, each in word.items() for at in each[row]] for word in words], slop
        )
    ]
    assert list(zip(*(ends.tolist() for ends in found), strict=True)) == expected


@given(places, places, places, st.integers(0, 4))
def test_nearness(left: list[list[int]], right: list[list[int]], more: list[list[int]], distance: int) -> None:
    phrase = in_order([keys(right), keys(more)], 2)
    found = near((keys(left), keys(left)), phrase, distance)
    expected = set()
    for row in range(ROWS):
        for at in left[row]:
            for a, z in slow_in_order([[(at, at) for at in each[row]] for each in (right, more)], 2):
                if 0 <= a - at - 1 <= distance or 0 <= at - z - 1 <= distance:
                    expected.add(row)
    assert set(found.tolist()) == expected
    assert rows_of((keys(left), keys(left))).tolist() == [row for row in range(ROWS) if left[row]]


@given(st.text("abcé京", max_size=6), st.lists(st.text("abcé京", max_size=6), max_size=5))
def test_edit_distances(word: str, others: list[str]) -> None:
    expected = [edit_distance(word, other) for other in others]
    assert distances(word, others).tolist() == expected
    assert [distance_within(word, other, 2) for other in others] == [distance <= 2 for distance in expected]


@given(docs, docs)
def test_difference(some: np.ndarray, others: np.ndarray) -> None:
    flags = np.zeros(SIZE, np.bool_)
    assert difference(some, others, flags).tolist() == sorted(set(some.tolist()) - set(others.tolist()))
    assert not flags.any()


@given(st.lists(st.integers(0, 39), max_size=60), st.sampled_from([40, 1 << 20]))
def test_counting(numbers: list[int], kinds: int) -> None:
    found = Counted(*present_single(np.array(numbers, np.uint32), np.arange(len(numbers)), kinds))
    assert dict(zip(found.numbers.tolist(), found.counts.tolist(), strict=True)) == {
        n: numbers.count(n) for n in numbers
    }
    assert found.numbers.tolist() == sorted(set(numbers))
    assert [found.of(n) for n in range(40)] == [numbers.count(n) for n in range(40)]
    assert [found.shifted().of(n) for n in range(39)] == [numbers.count(n + 1) for n in range(39)]


rows_of_numbers = st.lists(st.sets(st.integers(0, 9), max_size=4), min_size=1, max_size=40)


@given(rows_of_numbers, rows_of_numbers, st.data())
def test_counting_of_several_numbers_a_document(
    first: list[set[int]], second: list[set[int]], data: st.DataObject
) -> None:
    named = np.array(data.draw(st.permutations(range(10))), np.int64)
    parts, having = [], []
    for rows, names, base in ((first, None, 0), (second, named, len(first))):
        chosen = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1))))
        edges = np.cumsum([0, *map(len, rows)]).astype(data.draw(st.sampled_from([np.uint32, np.int64])))
        numbers = np.array([n for row in rows for n in sorted(row)], np.uint32)
        parts.append(Assigned(numbers, edges[:-1], edges[1:], np.array(chosen, np.intp) + base, base, names))
        having += [{n if names is None else int(names[n]) for n in rows[doc]} for doc in chosen]
    wanted = [sum(n in row for row in having) for n in range(10)]
    counts, without = count_many(parts, 10)
    assert (counts.tolist(), without) == (wanted, sum(not row for row in having))
    for kinds in (10, 1 << 20):
        (present, often), without = present_many(parts, kinds)
        assert present.tolist() == [n for n in range(10) if wanted[n]]
        assert (often.tolist(), without) == ([n for n in wanted if n], sum(not row for row in having))
    size = data.draw(st.integers(1, 11))
    for start in (None, np.full(10, 40, np.uint32)):
        (present, often), distinct, without = most_frequent(parts, 10, size, start)
        left = wanted if start is None else [40 - n for n in wanted]
        least = max(sorted(left, reverse=True)[size - 1] if size <= 10 else 0, 1)
        assert present.tolist() == [n for n in range(10) if left[n] >= least]
        assert often.tolist() == [n for n in left if n >= least]
        assert (distinct, without) == (sum(n > 0 for n in left), sum(not row for row in having))


@given(docs, docs, st.sampled_from([0, 1000]), st.integers())
def test_codes(held: np.ndarray, asked: np.ndarray, base: int, seed: int) -> None:
    chance = random.Random(seed)
    codes = np.array([chance.randrange(1, 1 << 16) for _ in held], np.uint16)
    known = dict(zip(held.tolist(), codes.tolist(), strict=True))
    expected = [known.get(doc, 0) for doc in asked.tolist()]
    scratch = np.zeros(SIZE, np.uint16)
    term = held.astype(np.uint32), codes, asked + base, base, scratch
    found = np.full(len(asked), 9, np.uint16)
    codes_at(*term, found)
    assert found.tolist() == expected
    assert not scratch.any()


@given(st.lists(docs, min_size=1, max_size=3))
def test_count_any(lists: list[np.ndarray]) -> None:
    assert count_any([each.astype(np.uint32) for each in lists]) == len(set().union(*(each.tolist() for each in lists)))


@pytest.mark.parametrize(
    ("days", "interval"), [(1, "day"), (62, "day"), (63, "month"), (1830, "month"), (1831, "year")]
)
def test_the_interval_suits_the_span(days: int, interval: str) -> None:
    assert interval_for(days) == interval


def counted_days(*days: int) -> tuple[Calendar, DayCounts]:
    known = Calendar(np.array(days, np.int32))
    return known, known.count(np.arange(len(days)))


def test_histogram_has_the_empty_buckets() -> None:
    known, days = counted_days(18262, 18262, 18400, UNDATED_DAY)  # 1 January 2020 twice, 18 May 2020
    interval, buckets = histogram(known, days, DateRange())
    assert (interval, days.undated) == ("month", 1)
    assert buckets == [("2020-01", 2), ("2020-02", 0), ("2020-03", 0), ("2020-04", 0), ("2020-05", 1)]
    interval, buckets = histogram(known, days, DateRange(Period(2020, 5), Period(2021)))
    assert (interval, len(buckets), buckets[0], buckets[-1]) == ("day", 18, ("2020-05-01", 0), ("2020-05-18", 1))
    assert histogram(known, days, DateRange(Period(2021), None)) == ("year", [])
    assert histogram(*counted_days(UNDATED_DAY), DateRange()) == ("year", [])
    # The year 1 is a date like any other; the year 9999 is none that is believed, unless it is asked for.
    far = counted_days(-719162, 18262, 2932896)
    interval, buckets = histogram(*far, DateRange())
    assert (interval, len(buckets), buckets[0], buckets[-1]) == ("year", 2020, ("0001", 1), ("2020", 1))
    interval, buckets = histogram(*far, DateRange(None, Period(9999)))
    assert (interval, len(buckets), buckets[-1]) == ("year", 9999, ("9999", 1))


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
