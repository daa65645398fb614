"""A request is a value: changes give new requests, periods are what the calendar says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UsageError
from indexer.search.request import MISSING, DateRange, Filter, Period, SearchRequest, Sort


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-10", date(2021, 10, 1), date(2021, 10, 31)),
        ("2020-2", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-10-14", date(2021, 10, 14), date(2021, 10, 14)),
        (" 2021-1-4 ", date(2021, 1, 4), date(2021, 1, 4)),
    ],
)
def test_a_period_covers_its_days(text: str, first: date, last: date) -> None:
    period = Period.parse(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "21", "2021-13", "2021-02-30", "2021-00", "0000", "2021-10-14T00:00", "yesterday"]
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError, match=r"is not a date. Write 2021, 2021-10 or 2021-10-14.$"):
        Period.parse(text)


@given(st.dates(min_value=date(1, 1, 1)), st.sampled_from(["year", "month", "day"]))
def test_a_period_prints_as_it_is_read(day: date, kind: str) -> None:
    period = Period(day.year, day.month if kind != "year" else None, day.day if kind == "day" else None)
    assert Period.parse(str(period)) == period
    assert period.first <= day <= period.last


def test_a_day_lies_in_a_month_and_a_month_in_a_year() -> None:
    assert Period.parse("2021-10-14").parent == Period(2021, 10)
    assert Period(2021, 10).parent == Period(2021)
    assert Period(2021).parent is None


def test_an_open_range_is_no_range() -> None:
    assert not DateRange()
    assert (DateRange().first, DateRange().last) == (None, None)
    half = DateRange(end=Period(2021, 10))
    assert half
    assert (half.first, half.last) == (None, date(2021, 10, 31))


def test_choosing_a_value_gives_a_new_request_on_its_first_page() -> None:
    old = SearchRequest("lavrov", page=3, cursor="c")
    new = old.with_filter("source", "SANA")
    assert old.filters == ()
    assert (new.filters, new.page, new.cursor) == ((Filter("source", ("SANA",)),), 1, None)
    assert new.with_filter("source", "SANA") == new


def test_choosing_and_excluding_are_opposites() -> None:
    request = SearchRequest().with_filter("source", "SANA").with_filter("source", "TASS")
    assert request.with_exclusion("source", "SANA").filter("source") == Filter("source", ("TASS",), ("SANA",))
    assert request.with_exclusion("source", "SANA").with_filter("source", "SANA").filter("source") == Filter(
        "source", ("TASS", "SANA")
    )


def test_letting_go_of_a_value_or_of_the_whole_field() -> None:
    request = (
        SearchRequest().with_filter("source", "SANA").with_exclusion("source", "TASS").with_filter("place", MISSING)
    )
    assert request.without_filter("source", "SANA").filter("source") == Filter("source", (), ("TASS",))
    assert request.without_filter("source").filters == (Filter("place", (MISSING,)),)
    assert request.without_filter("source").without_filter("place") == SearchRequest()


def test_filters_stand_in_one_order_whatever_the_order_of_choosing() -> None:
    one = SearchRequest().with_filter("source", "a").with_filter("place", "b")
    other = SearchRequest().with_filter("place", "b").with_filter("source", "a")
    assert one == other


def test_other_dates_start_at_the_first_page_and_other_pages_drop_the_cursor() -> None:
    request = SearchRequest(page=4, cursor="c", sort=Sort.NEWEST)
    assert request.with_dates(DateRange(Period(2021))) == SearchRequest(dates=DateRange(Period(2021)), sort=Sort.NEWEST)
    assert request.with_page(2) == SearchRequest(page=2, sort=Sort.NEWEST)
