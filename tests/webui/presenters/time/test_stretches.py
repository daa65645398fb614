"""Ranges as whole years, months or days, and those of the same length beside them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.request import DateRange, Period
from tests.webui.strategies import date_ranges
from webui.presenters.time.stretches import Stretch


@pytest.mark.parametrize(
    ("start", "end", "interval", "length"),
    [
        ("2007", "2007", "year", 1),
        ("2007-01", "2008-12", "year", 2),
        ("2007-01-01", "2007-12-31", "year", 1),
        ("2007-02", "2007-02", "month", 1),
        ("2007-02-01", "2007-02-28", "month", 1),
        ("2008-02-01", "2008-02-28", "day", 28),
        ("2007-10-14", "2007-10-14", "day", 1),
    ],
)
def test_a_range_is_of_the_coarsest_whole_periods(start: str, end: str, interval: str, length: int) -> None:
    found = Stretch.of(DateRange(Period.parse(start), Period.parse(end)))
    assert found is not None
    assert (found.interval, found.length) == (interval, length)


def test_an_open_range_is_none() -> None:
    assert Stretch.of(DateRange(Period(2007))) is None
    assert Stretch.of(DateRange(None, Period(2007))) is None


@given(date_ranges())
def test_a_stretch_has_the_days_of_its_range(dates: DateRange) -> None:
    if stretch := Stretch.of(dates):
        assert (stretch.dates.first, stretch.dates.last) == (dates.first, dates.last)


@given(date_ranges(), st.dates())
def test_the_one_that_reaches_a_day_holds_it_and_is_as_long(dates: DateRange, day: date) -> None:
    stretch = Stretch.of(dates)
    moved = stretch.reaching(day) if stretch else None
    if stretch and moved:
        assert moved.dates.first is not None
        assert moved.dates.last is not None
        assert moved.dates.first <= day <= moved.dates.last
        assert (moved.interval, moved.length) == (stretch.interval, stretch.length)
        assert (moved.start - stretch.start) % stretch.length == 0


def test_the_neighbour_of_a_week_is_a_week() -> None:
    week = Stretch.of(DateRange(Period(2007, 10, 20), Period(2007, 10, 26)))
    assert week is not None
    before = week.reaching(date(2007, 10, 20) - timedelta(1))
    assert before is not None
    assert before.dates == DateRange(Period(2007, 10, 13), Period(2007, 10, 19))
