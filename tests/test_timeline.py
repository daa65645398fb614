from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from indexer.archive import Archive
from indexer.article import Article
from indexer.search.request import MISSING, DateRange, Filter, Period, SearchRequest
from indexer.timeline import counts, days, interval_for, periods
from tests.engines.corpus import article
from tests.engines.memory import make_archive

DATES = [
    "2003-05-07", "2003-05-07", "2003-05-31", "2003-12-31", "2004-02-29", "2011", "2011-01", "2011-01-02",
    "2021-10-14T11:15:48", "2021-10-14T23:59:59", "2021-10-15", "2021-11-01", None,
]  # fmt: skip


def _articles() -> list[Article]:
    return [
        article(f"a{number}", "Lavrov" if number % 2 else "Rain", "Text.", stated)
        for number, stated in enumerate(DATES)
    ]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(_articles())


def _expected(cut: int, chosen: str = "") -> dict[Period, int]:
    filled = [(text[:10] + "-01-01")[:10] for text in DATES if text and text.startswith(chosen)]
    return {Period.parse(text): n for text, n in sorted(Counter(text[:cut] for text in filled).items())}


@pytest.mark.parametrize(("interval", "cut"), [("year", 4), ("month", 7), ("day", 10)])
def test_every_interval_over_eighteen_years(archive: Archive, interval: str, cut: int) -> None:
    assert counts(archive, SearchRequest(), interval) == _expected(cut)  # type: ignore[arg-type]


def test_a_range_a_query_and_filters_hold(archive: Archive) -> None:
    request = SearchRequest("lavrov", dates=DateRange(Period(2003, 5, 8), Period(2021, 10)))
    assert counts(archive, request, "month") == {Period(2003, 12): 1, Period(2011, 1): 2, Period(2021, 10): 1}
    assert counts(archive, replace(request, filters=(Filter("source", ("Nobody",)),)), "day") == {}


@pytest.mark.parametrize(
    ("values", "excluded", "found"),
    [
        (("2003",), (), {Period(2003): 4}),
        (("2003", "2003-05", "2021-10-14"), (), {Period(2003): 4, Period(2021): 2}),
        (("2003",), ("2003-05",), {Period(2003): 1}),
        (("2003-05",), ("2003",), {}),
        ((), ("2003", "2021-10-14", "2003-05-31"), {Period(2004): 1, Period(2011): 3, Period(2021): 2}),
        ((MISSING,), (), {}),
        ((MISSING, "2004"), (), {Period(2004): 1}),
        (("2004",), (MISSING,), {Period(2004): 1}),
    ],
)
def test_chosen_and_excluded_periods_hold(
    archive: Archive, values: tuple[str, ...], excluded: tuple[str, ...], found: dict[Period, int]
) -> None:
    request = SearchRequest(filters=(Filter("published", values, excluded),))
    assert counts(archive, request, "year") == found
    assert sum(found.values()) == sum(each.published is not None for each in archive.scan(request))


def test_all_periods_of_a_range() -> None:
    assert [str(each) for each in periods(date(2020, 2, 28), date(2020, 3, 1), "day")] == [
        "2020-02-28",
        "2020-02-29",
        "2020-03-01",
    ]
    assert [str(each) for each in periods(date(2020, 11, 30), date(2021, 2, 1), "month")] == [
        "2020-11",
        "2020-12",
        "2021-01",
        "2021-02",
    ]
    assert list(periods(date(9998, 1, 1), date(9999, 12, 31), "year")) == [Period(9998), Period(9999)]
    assert days(date(2021, 10, 1), date(2021, 10, 2)) == DateRange(Period(2021, 10, 1), Period(2021, 10, 2))


@pytest.mark.parametrize(
    ("last", "interval"),
    [
        ("2020-01-01", "day"),
        ("2020-04-01", "day"),
        ("2020-04-02", "month"),
        ("2034-12-31", "month"),
        ("2035-01-01", "year"),
    ],
)
def test_the_interval_that_suits_a_range(last: str, interval: str) -> None:
    assert interval_for(date(2020, 1, 1), date.fromisoformat(last)) == interval
