"""Dates in words, of all languages of the interface."""

from datetime import UTC, date, datetime

import pytest
from babel import dates
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.dates import read_both, read_dates, read_written
from indexer.search.months import read_words
from indexer.search.query import Range
from indexer.search.request import DateRange, Period

LOCALES = ("en", "en_GB", "ar", "ar_SY", "zh_Hans", "fr", "de", "ru", "es")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("march 2007", "2007-03"),
        ("MARCH 2007", "2007-03"),
        ("2007 March", "2007-03"),
        ("Sept. 2007", "2007-09"),
        ("14 october 2021", "2021-10-14"),
        ("14th of October, 2021", "2021-10-14"),
        ("October 14, 2021", "2021-10-14"),
        ("1er mars 2007", "2007-03-01"),
        ("fevrier 2007", "2007-02"),
        ("14. Oktober 2021", "2021-10-14"),
        ("14 de octubre de 2021", "2021-10-14"),
        ("сентябрь 2021 г.", "2021-09"),
        ("14 сентября 2021 г.", "2021-09-14"),
        ("مارس ٢٠٠٧", "2007-03"),
        ("اكتوبر 2007", "2007-10"),
        ("كانون الثاني 2007", "2007-01"),
        ("2007年3月", "2007-03"),
        ("2007 年 3 月 14 日", "2007-03-14"),
    ],
)
def test_a_month_or_a_day_may_be_named(text: str, period: str) -> None:
    assert str(read_words(text)) == period


@pytest.mark.parametrize(
    "text",
    ["", "march", "2007", "yesterday", "jui 2007", "31 february 2007", "march 0000", "foo march 2007",
     "march april 2007", "march 1 2 2007", "march 2007 2008", "march 123 2007", "2007年13月", "ma 2007"],
)  # fmt: skip
def test_what_names_no_one_period_is_no_date(text: str) -> None:
    assert read_words(text) is None


@given(st.sampled_from(LOCALES), st.dates(), st.booleans())
def test_every_language_writes_dates_that_are_read_again(locale: str, day: date, whole: bool) -> None:
    at = datetime(max(day.year, 1000), day.month, min(day.day, 28), tzinfo=UTC)
    text = dates.format_date(at, "long", locale=locale) if whole else dates.format_skeleton("yMMMM", at, locale=locale)
    assert read_words(text) == Period(at.year, at.month, at.day if whole else None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", "2021", "2021"),
        ("14.10.2021", "2021-10-14", "2021-10-14"),
        ("march 2007", "2007-03", "2007-03"),
        ("2021 Q3", "2021-07", "2021-09"),
        ("q4 2021", "2021-10", "2021-12"),
    ],
)
def test_a_box_takes_periods_and_quarters(text: str, start: str, end: str) -> None:
    assert read_written(text) == DateRange(Period.parse(start), Period.parse(end))


@pytest.mark.parametrize("text", ["", "soon", "Q5 2021", "Q1 0000", "2005..2008", ">2005"])
def test_a_box_takes_nothing_else(text: str) -> None:
    assert read_written(text) is None


def test_a_range_has_both_ends() -> None:
    assert read_both("2005..2008") == DateRange(Period(2005), Period(2008))
    assert read_both("march 2007–14 may 2007") == DateRange(Period(2007, 3), Period(2007, 5, 14))
    assert [read_both(text) for text in ("2005", "2005..", "..2008", "soon..2008", "")] == [None] * 5


def test_the_query_language_takes_the_same_words() -> None:
    assert read_dates("published", "march 2007") == (Range(Period(2007, 3).first, Period(2007, 3).last), False)
    assert read_dates("after", "march 2007") == (Range(Period(2007, 3).first), False)
