"""Addresses and requests: the round trip, and what becomes of nonsense."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

from indexer.search.request import DateRange, Filter, Period, SearchRequest
from tests.webui.strategies import BUDGET_MS, REQUESTS, TEXTS
from webui.addresses import params

BASE = SearchRequest(budget_ms=BUDGET_MS)


def read(*pairs: tuple[str, str]) -> params.Read:
    return params.read(pairs, BASE)


def codes(found: params.Read) -> list[str]:
    return [warning.code for warning in found.warnings]


@given(REQUESTS)
def test_what_is_written_is_read_back(request: SearchRequest) -> None:
    assert params.read(params.write(request, BASE), BASE) == params.Read(request)


@given(REQUESTS)
def test_the_round_trip_goes_through_an_address(request: SearchRequest) -> None:
    from urllib.parse import parse_qsl

    text = params.query_string(params.write(request, BASE))
    assert text == iri_to_uri(text)
    assert params.read(parse_qsl(text, keep_blank_values=True), BASE).request == request


@given(
    st.lists(st.tuples(TEXTS | st.sampled_from(["q", "from", "page", "sort", "-source", "published", "facets"]), TEXTS))
)
def test_nonsense_never_raises(pairs: list[tuple[str, str]]) -> None:
    found = params.read(pairs, BASE)
    assert params.read(params.write(found.request, BASE), BASE).request == found.request


def test_the_defaults_need_no_parameters() -> None:
    assert params.write(BASE, BASE) == []
    assert read() == params.Read(BASE)


def test_repeating_chooses_a_hyphen_excludes_and_nothing_means_missing() -> None:
    found = read(("source", "SANA"), ("source", "TASS"), ("-place", "Kyiv"), ("category", ""), ("-lang", ""))
    assert found.request.filters == (
        Filter("category", ("",)),
        Filter("language", (), ("",)),
        Filter("place", (), ("Kyiv",)),
        Filter("source", ("SANA", "TASS")),
    )
    assert found.warnings == ()


def test_other_names_of_a_field_are_understood() -> None:
    assert read(("org", "NATO"), ("language", "en"), ("site", "SANA")).request.filters == (
        Filter("language", ("en",)),
        Filter("organisation", ("NATO",)),
        Filter("source", ("SANA",)),
    )


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        (("page", "0"), "bad-number"),
        (("page", "x"), "bad-number"),
        (("page", "²"), "bad-number"),
        (("size", "101"), "bad-number"),
        (("size", "9" * 500), "bad-number"),
        (("sort", "best"), "bad-choice"),
        (("explain", "perhaps"), "bad-switch"),
        (("from", "2021-13"), "bad-date-parameter"),
        (("to", "yesterday"), "bad-date-parameter"),
        (("published", "2021-02-30"), "bad-date-parameter"),
        (("facets", "colour"), "bad-facet"),
        (("added_from", "soon"), "bad-arrival-parameter"),
        (("added_to", "2026-11-03T25:00"), "bad-arrival-parameter"),
        (("sorce", "SANA"), "perhaps-parameter"),
        (("zzz", "1"), "unknown-parameter"),
    ],
)
def test_what_makes_no_sense_is_ignored_with_a_warning(pair: tuple[str, str], code: str) -> None:
    found = read(("q", "oil"), pair)
    assert found.request == replace(BASE, query="oil")
    assert codes(found) == [code]


def test_what_others_add_to_addresses_is_no_warning() -> None:
    assert read(("utm_source", "x"), ("fbclid", "y")) == params.Read(BASE)


def test_dates_the_wrong_way_round_are_exchanged() -> None:
    found = read(("from", "2022"), ("to", "2021-10"))
    assert found.request.dates == DateRange(Period(2021, 10), Period(2022))
    assert codes(found) == ["reversed-date-parameters"]


def test_arrival_is_told_in_days_and_moments() -> None:
    found = read(("added_from", "2026-11-03 14:00 01:00"), ("added_to", "2026-12"))
    assert str(found.request.added) == "2026-11-03T14:00+01:00..2026-12"
    assert codes(found) == []
    assert params.write(found.request, BASE) == [("added_from", "2026-11-03T14:00+01:00"), ("added_to", "2026-12")]
    found = read(("added_from", "2026-12"), ("added_to", "2026-11-03T14:00Z"))
    assert str(found.request.added) == "2026-11-03T14:00Z..2026-12"
    assert codes(found) == ["reversed-date-parameters"]


def test_a_value_both_chosen_and_excluded_is_left_out() -> None:
    found = read(("source", "SANA"), ("-source", "SANA"), ("source", "TASS"))
    assert found.request.filters == (Filter("source", ("TASS",)),)
    assert codes(found) == ["chosen-and-excluded"]


def test_there_is_an_end_to_values() -> None:
    found = read(*[("source", str(n)) for n in range(params.MAX_VALUES + 1)], ("-person", "x"))
    assert sum(len(f.values) + len(f.excluded) for f in found.request.filters) == params.MAX_VALUES
    assert "too-many-values" in codes(found)


def test_the_first_of_repeated_single_parameters_counts() -> None:
    found = read(("q", "oil"), ("q", "gas"))
    assert (found.request.query, codes(found)) == ("oil", ["repeated-parameter"])


def test_addresses_stay_readable() -> None:
    request = BASE.with_filter("category", "News/Politics").with_filter("source", "Al Jazeera")
    assert params.query_string(params.write(request, BASE)) == "category=News/Politics&source=Al+Jazeera"


def test_a_multidict_can_be_read() -> None:
    assert params.read(MultiDict([("q", "a")]).items(multi=True), BASE).request.query == "a"
