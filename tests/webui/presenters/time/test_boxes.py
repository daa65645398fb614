"""Boxes for dates: what they show, what they take, and the ranges offered below them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.search.parser import parse
from indexer.search.request import Arrival, DateRange, Period, SearchRequest
from tests.webui.page import arguments
from tests.webui.strategies import arrivals, date_ranges
from webui.addresses import params, urls
from webui.addresses.neighbours import Nearby
from webui.i18n import INTERFACE_LANGUAGES
from webui.presenters import words
from webui.presenters.time.boxes import Offer, arrival_boxes, date_boxes, offer

BASE = SearchRequest()
SPAN = DateRange(Period(1987, 5, 1), Period(2008, 3, 31))
ANY = DateRange()
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def in_english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/?ui=en"):
        yield


def offered(dates: DateRange = ANY, query: str = "", span: DateRange = SPAN, years: int = 2) -> Offer:
    near = urls.nearby(replace(urls.base_request(), query=query, dates=dates))
    days = {Period(2004 + each, 10, 14) for each in range(years)}
    return offer(near, parse(query).tree, span, lambda day: days)


def test_the_examples_are_the_first_and_the_last_month_of_the_archive() -> None:
    assert [box.example for box in date_boxes(DateRange(), (), SPAN)] == ["May 1987", "March 2008"]


@pytest.mark.parametrize("tag", INTERFACE_LANGUAGES)
def test_the_examples_are_read_as_what_they_say(app: Flask, tag: str) -> None:
    with app.test_request_context(f"/?ui={tag}"):
        pairs = [(box.name, box.example) for box in date_boxes(DateRange(), (), SPAN)]
    assert params.read(pairs, BASE) == params.Read(BASE.with_dates(DateRange(Period(1987, 5), Period(2008, 3))))


@SHARED
@given(date_ranges(), arrivals())
def test_what_the_boxes_show_is_read_as_the_same_range(dates: DateRange, added: Arrival) -> None:
    pairs = [(box.name, box.value) for box in (*date_boxes(dates, (), SPAN), *arrival_boxes(added, ()))]
    read = params.read(pairs, BASE)
    assert (read.request.dates, read.request.added, read.warnings) == (dates, added, ())


@SHARED
@given(date_ranges(), st.sampled_from(list(INTERFACE_LANGUAGES)))
def test_a_range_in_words_has_the_address_of_the_range(app: Flask, dates: DateRange, tag: str) -> None:
    with app.test_request_context(f"/?ui={tag}"):
        pairs = [
            (name, words.dates_label(DateRange(end, end)))
            for name, end in zip(params.DATES, (dates.start, dates.end), strict=True)
            if end and end.year >= 1000
        ]
    kept = {name for name, _ in pairs}
    wanted = DateRange(dates.start if "from" in kept else None, dates.end if "to" in kept else None)
    read = params.read(pairs, BASE).request
    assert read.dates == wanted
    assert params.read(params.write(read, BASE), BASE).request == read


@pytest.mark.parametrize(
    ("start", "end", "dates"),
    [
        ("march 2007", "14 october 2007", "from=2007-03&to=2007-10-14"),
        ("Q3 2007", "Q4 2007", "from=2007-07&to=2007-12"),
        ("2005..2008", "", "from=2005&to=2008"),
        ("", "march 2007–may 2007", "from=2007-03&to=2007-05"),
        ("october 2007", "march 2007", "from=2007-03&to=2007-10"),
        (" 2007 ", "", "from=2007"),
    ],
)
def test_addresses_have_dates_in_numbers_whatever_was_typed(start: str, end: str, dates: str) -> None:
    read = params.read([("from", start), ("to", end)], BASE)
    assert Nearby(read.request, BASE).parameters == dates


def test_words_are_taken_for_arrival_too() -> None:
    read = params.read([("added_from", "march 2007"), ("added_to", "Q2 2007")], BASE)
    assert params.write(read.request, BASE) == [("added_from", "2007-03"), ("added_to", "2007-06")]


def test_what_is_no_date_stays_in_its_box_with_a_message() -> None:
    long = "some time after the war, or before it, I do not know exactly when it was"
    read = params.read([("from", "yesterday"), ("to", "2007"), ("added_to", long)], BASE)
    assert read.unread == (("from", "yesterday"), ("added_to", long))
    boxes = (*date_boxes(read.request.dates, read.unread, SPAN), *arrival_boxes(read.request.added, read.unread))
    assert [(box.name, box.value, box.error) for box in boxes] == [
        ("from", "yesterday", "This is not a date."),
        ("to", "2007", ""),
        ("added_from", "", ""),
        ("added_to", long, "This is not a date."),
    ]
    assert [warning.code for warning in read.warnings] == ["bad-date-parameter", "bad-arrival-parameter"]


def test_recent_means_recent_in_the_archive() -> None:
    found = offered()
    assert found.until == "Up to March 31, 2008, the last day of the archive"
    assert [(link.text, link.url) for link in found.recent] == [
        ("Last week", "/search?from=2008-03-25&to=2008-03-31"),
        ("Last month", "/search?from=2008-03-01&to=2008-03-31"),
        ("Last year", "/search?from=2007-04-01&to=2008-03-31"),
    ]


def test_what_would_be_the_whole_archive_is_not_offered() -> None:
    span = DateRange(Period(2008, 3, 20), Period(2008, 3, 31))
    assert [link.text for link in offered(span=span).recent] == ["Last week"]
    assert offered(span=span).decades == ()
    assert offered(span=DateRange()).recent == ()
    assert date_boxes(DateRange(), (), DateRange())[0].example == "2021"


def test_an_archive_of_several_decades_offers_them() -> None:
    found = offered(DateRange(Period(1990), Period(1999)), query="oil").decades
    assert [(link.text, link.url, link.current) for link in found] == [
        ("1980s", "/search?q=oil&from=1980&to=1989", False),
        ("1990s", "/search?q=oil&from=1990&to=1999", True),
        ("2000s", "/search?q=oil&from=2000&to=2009", False),
    ]


@pytest.mark.parametrize(
    ("query", "asked"),
    [("", "on:10-14"), ("oil", "oil AND on:10-14"), ("oil OR gas", "(oil OR gas) AND on:10-14")],
)
def test_a_chosen_day_leads_to_the_same_day_in_every_year(query: str, asked: str) -> None:
    found = offered(DateRange(Period(2004, 10, 14), Period(2004, 10, 14)), query).other_years
    assert found is not None
    assert found.text == "October 14 in every year"
    assert arguments(found.url) == [("q", asked)]


def test_a_day_that_no_other_year_has_leads_nowhere() -> None:
    day = DateRange(Period(2004, 10, 14), Period(2004, 10, 14))
    assert offered(day, years=1).other_years is None
    assert offered(DateRange(Period(2004, 10), Period(2004, 10))).other_years is None
    assert offered().other_years is None
