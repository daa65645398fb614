"""A search in a receipt: pairs of texts, and back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from indexer.receipts.pairs import MOST, read, write
from indexer.search.moments import MINUTE, Moment
from indexer.search.request import Arrival, DateRange, Filter, Match, Period, SearchRequest
from tests.webui.strategies import REQUESTS


def test_what_decides_which_articles_are_found_is_kept() -> None:
    asked = SearchRequest(
        "lavrov", filters=(Filter("language", ("en", "")), Filter("source", (), ("TASS",))),
        dates=DateRange(Period(2021), Period(2021, 10)), match=Match.BEST, page=3, all_mentions=True,
        added=Arrival(Period(2026, 11), Moment(datetime(2026, 11, 3, 14, tzinfo=UTC), MINUTE)),
    )  # fmt: skip
    assert write(asked) == (
        ("q", "lavrov"), ("from", "2021"), ("to", "2021-10"),
        ("added_from", "2026-11"), ("added_to", "2026-11-03T14:00Z"),
        ("language", "en"), ("language", ""), ("-source", "TASS"), ("match", "best"), ("all", "1"),
    )  # fmt: skip


@given(REQUESTS)
def test_a_search_comes_back_whole(asked: SearchRequest) -> None:
    kept = SearchRequest(
        asked.query,
        asked.filters,
        asked.dates,
        match=asked.match,
        all_mentions=asked.all_mentions,
        added=asked.added,
    )
    assert read(write(kept)) == kept


@pytest.mark.parametrize(
    ("pairs", "filters", "query"),
    [
        ([("colour", "red"), ("page", "2"), ("match", "most"), ("from", "then"), ("added_to", "now")], (), ""),
        ([("lang", "en"), ("site", "TASS")], (Filter("language", ("en",)), Filter("source", ("TASS",))), ""),
        (
            [("published", "2021-1"), ("published", "x"), ("published", "")],
            (Filter("published", ("2021-01", "")),),
            "",
        ),
        ([("source", "A"), ("source", "A"), ("q", "one"), ("q", "two")], (Filter("source", ("A",)),), "one"),
    ],
)
def test_what_means_nothing_is_left_out(pairs: list[tuple[str, str]], filters: tuple[Filter, ...], query: str) -> None:
    assert read(pairs) == SearchRequest(query, filters)


def test_no_more_values_than_a_receipt_can_have() -> None:
    assert len(read([("source", str(number)) for number in range(MOST + 50)]).filter("source").values) == MOST
