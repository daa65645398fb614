"""Keyword options become the one request; what cannot be meant is refused with the nearest right thing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from indexer.errors import UsageError, WrongType, WrongValue
from indexer.fields import FACET_FIELDS
from indexer.search.moments import MINUTE, Moment
from indexer.search.options import SearchOptions, build_request, parse_facets
from indexer.search.request import DEFAULT_FACETS, MISSING, Arrival, DateRange, Filter, Period, SearchRequest, Sort


def test_every_facet_field_is_an_option() -> None:
    assert {field.name for field in FACET_FIELDS} <= set(SearchOptions.__annotations__)


def test_no_options_give_the_base() -> None:
    base = SearchRequest(size=7, facet_size=3, budget_ms=50, sort=Sort.NEWEST)
    assert build_request("", {}, base) == base


def test_values_exclusions_and_missing_meet_in_filters_sorted_by_field() -> None:
    request = build_request(
        "lavrov",
        {
            "source": ["SANA", "TASS", "SANA"],
            "person": "Biden",
            "exclude": {"source": "AP", "org": ["UN"]},
            "missing": ["category", "author"],
        },
    )
    assert request.filters == (
        Filter("author", (MISSING,)),
        Filter("category", (MISSING,)),
        Filter("organisation", (), ("UN",)),
        Filter("person", ("Biden",)),
        Filter("source", ("SANA", "TASS"), ("AP",)),
    )


def test_options_build_what_with_filter_builds() -> None:
    stepwise = SearchRequest("q").with_filter("source", "SANA").with_exclusion("place", "Rome")
    assert build_request("q", {"source": "SANA", "exclude": {"place": "Rome"}}) == stepwise


def test_dates_may_be_text_or_days() -> None:
    expected = DateRange(Period(2021, 10), Period(2021, 10, 14))
    assert build_request("", {"from_": "2021-10", "to": "2021-10-14"}).dates == expected
    assert build_request("", {"to": date(2021, 10, 14)}).dates == DateRange(None, Period(2021, 10, 14))


def test_arrival_may_be_text_a_day_or_a_moment() -> None:
    expected = Arrival(Period(2026, 11), Moment(datetime(2026, 11, 14, 14, 0), MINUTE))
    assert build_request("", {"added_from": "2026-11", "added_to": "2026-11-14T14:00"}).added == expected
    assert build_request("", {"added_from": date(2026, 11, 3)}).added == Arrival(Period(2026, 11, 3))
    precise = datetime(2026, 11, 3, 14, 0, 5, 678, tzinfo=UTC)
    assert build_request("", {"added_to": precise}).added == Arrival(None, Moment(precise.replace(microsecond=0)))


def test_a_moment_means_its_day_and_a_number_a_year() -> None:
    late = datetime(2021, 10, 14, 23, 59, tzinfo=UTC)
    assert build_request("", {"from_": late, "to": Period(2022, 3)}).dates == DateRange(
        Period(2021, 10, 14), Period(2022, 3)
    )
    assert build_request("", {"from_": 2021}).dates == DateRange(Period(2021), None)  # type: ignore[typeddict-item]
    chosen = build_request("", {"published": [late, Period(2022), "2023-1"]}).filters
    assert chosen == (Filter("published", ("2021-10-14", "2022", "2023-01")),)
    assert build_request("", {"published": date(2021, 1, 2)}).filters == (Filter("published", ("2021-01-02",)),)


def test_periods_are_written_in_one_way() -> None:
    assert build_request("", {"published": "2021-3"}).filters == (Filter("published", ("2021-03",)),)


def test_everything_else_goes_where_it_belongs() -> None:
    request = build_request(
        "q", {"sort": "oldest", "size": 0, "page": 2, "cursor": "c", "explain": True, "facets": "source", "group": True}
    )
    assert request == SearchRequest(
        "q", sort=Sort.OLDEST, size=0, page=2, cursor="c", explain=True, facets=("source",), group=True
    )


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ("none", ()),
        ("", ()),
        ((), ()),
        ("source, org ,source", ("source", "organisation")),
        (["date"], ("published",)),
        ("translated-from", ("translated_from",)),
        ("all", tuple(field.name for field in FACET_FIELDS)),
    ],
)
def test_facets_are_named_freely(facets: str | list[str], expected: tuple[str, ...]) -> None:
    assert parse_facets(facets) == expected


def test_without_a_word_on_facets_the_usual_ones_are_counted() -> None:
    assert build_request("", {"facets": None}).facets == DEFAULT_FACETS


def test_bytes_that_are_no_text_do_not_travel_on() -> None:
    assert build_request("caf\udce9", {}).query == "caf?"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sources": "a"}, "unknown search option 'sources'. Perhaps you meant 'source'?"),
        ({"sort": "newst"}, "unknown sort 'newst'. Perhaps you meant 'newest'?"),
        ({"facets": "sauce"}, "unknown facet 'sauce'. Perhaps you meant 'source'?"),
        ({"facets": "title"}, "unknown facet 'title'. Known: published, "),
        ({"exclude": {"zzzz": "a"}}, "unknown facet 'zzzz'. Known: published, "),
        ({"missing": "titel"}, "unknown facet 'titel'."),
        ({"size": 101}, "size 101 is out of range: a page has 0 to 100 hits."),
        ({"size": -1}, "size -1 is out of range"),
        ({"page": 0}, "page 0 does not exist: pages count from 1."),
        ({"facet_size": 0}, "facet_size 0 is out of range"),
        ({"from_": "2022", "to": "2021"}, "the range from 2022 to 2021 is empty: its end lies before its start."),
        ({"added_from": "2026-11", "added_to": "2026-10"}, "the time of arrival from 2026-11 to 2026-10 is empty: its"),
        ({"added_from": "soon"}, "'soon' is not a date. Write 2021, 2021-10 or 2021-10-14."),
        ({"added_to": "2026-02-30T10:00"}, "'2026-02-30T10:00' is not a moment. Write 2026-11-03T14:00, or"),
        ({"from_": "soon"}, "'soon' is not a date."),
        ({"source": "a", "exclude": {"source": "a"}}, "source 'a' is both chosen and excluded."),
        ({"source": [1]}, "1 is not a filter value. Write text, or a list of texts."),
        ({"source": 1}, "1 is not a filter value."),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(options: SearchOptions, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        build_request("", options)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": "10"}, "size is '10', not a whole number."),
        ({"page": 1.0}, "page is 1.0, not a whole number."),
        ({"facet_size": True}, "facet_size is True, not a whole number."),
        ({"budget_ms": "x"}, "budget_ms is 'x', not a whole number."),
        ({"snippets": "no"}, "snippets is 'no', neither True nor False."),
        ({"cursor": 3}, "cursor is 3, not the next_cursor of an earlier answer."),
        ({"exclude": "source"}, "exclude is 'source'. Write it so: exclude={'source': 'SANA'}."),
        ({"exclude": {7: "x"}}, "A facet is named by text, not by 7."),
        ({"facets": 7}, "facets is 7. Write names: 'source,person', a list, 'all' or 'none'."),
        ({"facets": [7]}, "A facet is named by text, not by 7."),
        ({"source": 7}, "7 is not a filter value. Write text, or a list of texts."),
        ({"from_": 1.5}, "1.5 is not a date. Write 2021, 2021-10 or 2021-10-14, or pass a date."),
        ({"to": False}, "False is not a date. Write 2021, 2021-10 or 2021-10-14, or pass a date."),
        ({"sauce": "x"}, "unknown search option 'sauce'. Perhaps you meant 'source'?"),
    ],
    ids=str,
)
def test_options_of_another_type_are_refused(options: Any, message: str) -> None:
    with pytest.raises(WrongType) as why:
        build_request("", options)
    assert str(why.value) == message


def test_a_query_is_text() -> None:
    for wrong, named in ((None, "None"), (["x"], "a list"), (b"x", "bytes")):
        with pytest.raises(WrongType, match=f"The query is {named}, not text"):
            build_request(wrong, {})  # type: ignore[arg-type]


def test_a_choice_that_there_is_not_names_those_that_there_are() -> None:
    with pytest.raises(WrongValue, match=r"unknown sort 'newst'\. Perhaps you meant 'newest'"):
        build_request("", {"sort": "newst"})
    assert issubclass(WrongValue, UsageError)
