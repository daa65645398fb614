"""Addresses near a search are those of the changed requests, written whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fields import FACET_FIELDS
from indexer.search.request import DateRange, SearchRequest, Sort
from tests.webui.strategies import BUDGET_MS, REQUESTS, TEXTS, date_ranges
from webui.addresses import params
from webui.addresses.neighbours import Nearby, asking, joined

BASE = SearchRequest(budget_ms=BUDGET_MS)
ROOT = "/press/archive"


@st.composite
def values(draw: st.DrawFn, request: SearchRequest) -> tuple[str, str]:
    """A field, and a value of it that is often one of those chosen or excluded."""
    field = draw(st.sampled_from([field.name for field in FACET_FIELDS]))
    chosen = request.filter(field)
    return field, draw(st.sampled_from([*chosen.values, *chosen.excluded, ""]) | TEXTS)


def whole(request: SearchRequest) -> str:
    """The address as a request by itself is written."""
    text = params.query_string(params.write(request, BASE))
    return f"{ROOT}/search?{text}" if text else f"{ROOT}/search"


@given(st.data(), REQUESTS)
def test_another_filter(data: st.DataObject, request: SearchRequest) -> None:
    near = Nearby(request, BASE, ROOT)
    for _ in range(3):  # the second time what stays was written already
        field, value = data.draw(values(request))
        assert near.with_filter(field, value) == whole(request.with_filter(field, value))
        assert near.with_only(field, value) == whole(request.with_only(field, value))
        assert near.with_exclusion(field, value) == whole(request.with_exclusion(field, value))
        assert near.without_filter(field, value) == whole(request.without_filter(field, value))


@given(REQUESTS, date_ranges())
def test_another_range_of_dates(request: SearchRequest, dates: DateRange) -> None:
    assert Nearby(request, BASE, ROOT).with_dates(dates) == whole(request.with_dates(dates))


@given(REQUESTS, st.integers(1, 9), st.sampled_from(Sort), st.booleans())
def test_other_options(request: SearchRequest, page: int, sort: Sort, snippets: bool) -> None:
    near = Nearby(request, BASE, ROOT)
    assert near.with_options(page=page) == whole(request.with_page(page))
    assert near.with_options(sort=sort) == whole(replace(request, sort=sort, page=1, cursor=None))
    kept = near.with_options(snippets=snippets, page=request.page, cursor=request.cursor)
    assert kept == whole(replace(request, snippets=snippets))


@given(REQUESTS)
def test_the_search_itself_from_its_first_page(request: SearchRequest) -> None:
    near = Nearby(request, BASE, ROOT)
    assert near.parameters == params.query_string(params.write(request.with_page(1), BASE))
    assert near.nothing_asked == (request == BASE)


def test_nothing_is_asked_of_the_base() -> None:
    near = Nearby(BASE, BASE, ROOT)
    assert near.nothing_asked
    assert near.with_dates(DateRange()) == "/press/archive/search"
    assert near.with_filter("source", "Al Jazeera & co") == "/press/archive/search?source=Al+Jazeera+%26+co"


@pytest.mark.parametrize(
    ("address", "parts", "expected"),
    [
        ("/search", ("", ""), "/search"),
        ("/search", ("", "q=a", "", "from=2021"), "/search?q=a&from=2021"),
        ("/article?id=a", ("q=a", "pos=3"), "/article?id=a&q=a&pos=3"),
    ],
)
def test_parameters_come_behind_what_an_address_asks(address: str, parts: tuple[str, ...], expected: str) -> None:
    assert asking(address, *parts) == expected


def test_empty_parts_leave_no_sign() -> None:
    assert joined("", "a=1", "", "b=2", "") == "a=1&b=2"
