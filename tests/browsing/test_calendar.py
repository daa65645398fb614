"""A search by years, months and days, and the periods beside one."""

from datetime import date

import pytest

from indexer.archive import Archive
from indexer.browsing.calendar import Calendar
from indexer.browsing.window import Window, last_day, wanted, window
from indexer.errors import NotFound, UsageError
from indexer.search.request import DateRange, Period
from tests.engines.corpus import ARTICLES, article
from tests.engines.memory import make_archive


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(ARTICLES)


def _numbers(found: Calendar) -> tuple[object, ...]:
    counts = {str(period): count for period, count in found.counts.items()}
    near = [None if period is None else str(period) for period in (found.previous, found.next)]
    return found.interval, counts, found.total, found.undated, *near


@pytest.mark.parametrize(
    ("period", "numbers"),
    [
        (None, ("year", {"2021": 5}, 6, 1, None, None)),
        ("2021", ("month", {"2021-10": 3, "2021-11": 1, "2021-12": 1}, 5, 0, None, None)),
        ("2021-10", ("day", {"2021-10-13": 1, "2021-10-14": 2}, 3, 0, None, "2021-11")),
        ("2021-10-14", (None, {}, 2, 0, "2021-10-13", "2021-11-02")),
        ("2021-10-15", (None, {}, 0, 0, "2021-10-14", "2021-11-02")),
        ("2022", ("month", {}, 0, 0, "2021", None)),
        ("0001-01-01", (None, {}, 0, 0, None, "2021-10-13")),
        ("9999", ("month", {}, 0, 0, "2021", None)),
    ],
)
def test_a_search_within_a_period(archive: Archive, period: str | None, numbers: tuple[object, ...]) -> None:
    assert _numbers(archive.calendar(period, "lavrov")) == numbers


def test_a_period_may_be_a_day_or_a_value(archive: Archive) -> None:
    assert archive.calendar(date(2021, 10, 14), "lavrov") == archive.calendar(Period(2021, 10, 14), "lavrov")
    with pytest.raises(UsageError, match="'2021-13' is not a date"):
        archive.calendar("2021-13")


def test_dates_and_filters_of_the_search_narrow_it_further(archive: Archive) -> None:
    found = archive.calendar("2021", "lavrov", from_="2021-10-14", to="2021-11")
    assert _numbers(found) == ("month", {"2021-10": 2, "2021-11": 1}, 3, 0, None, None)
    assert archive.calendar("2021-10", "lavrov", to="2021-11-30").next == Period(2021, 11)
    assert archive.calendar("2021-10", "lavrov", to="2021-10-31").next is None
    assert archive.calendar("2021-10", "lavrov", source="TASS").total == 2
    assert _numbers(archive.calendar("2020", "lavrov", from_="2021")) == ("month", {}, 0, 0, None, "2021")


def test_a_misspelt_search_is_counted_as_corrected_in_all_its_periods(archive: Archive) -> None:
    found = archive.calendar("2020", "lavrow")
    assert _numbers(found) == ("month", {}, 0, 0, None, "2021")
    record = found.to_dict()
    assert (record["query"], record["understood"], record["corrected"]) == (
        "lavrow",
        "lavrov",
        {"query": "lavrov", "total": 6},
    )
    assert archive.calendar("2021", "lavrow", spellcheck=False).total == 0


def test_the_json_form(archive: Archive) -> None:
    assert archive.calendar("2021-10", "lavrov biden", source="TASS").to_dict() == {
        "query": "lavrov biden",
        "understood": "lavrov OR biden",
        "matching": {"mode": "best", "all": 2, "best": 6},
        "corrected": None,
        "period": "2021-10",
        "parent": "2021",
        "previous": None,
        "next": None,
        "total": 2,
        "undated": 0,
        "interval": "day",
        "buckets": [{"value": "2021-10-13", "count": 1}, {"value": "2021-10-14", "count": 1}],
        "generation": 1,
        "warnings": [],
    }


def test_undated_articles_are_in_no_year() -> None:
    archive = make_archive([article("a", "T", "b", None), article("b", "T", "b", "2020")])
    assert _numbers(archive.calendar(missing="published")) == ("year", {}, 1, 1, None, None)
    assert _numbers(archive.calendar()) == ("year", {"2020": 1}, 2, 1, None, None)


def test_the_days_that_are_looked_at_for_what_rises(archive: Archive) -> None:
    newest = last_day(archive)
    assert newest == date(2022, 6, 6)
    assert window(archive, DateRange()) == Window(newest, newest)
    assert window(archive, DateRange(Period(2022, 5))) == Window(date(2022, 5, 1), newest)
    assert window(archive, DateRange(None, Period(2021))) == Window(date(2021, 12, 31), date(2021, 12, 31))
    assert window(archive, DateRange(Period(2020), Period(2021))) == Window(
        date(2021, 9, 30), date(2021, 12, 31), cut=True
    )
    empty = make_archive([article("a", "T", "b", None)])
    assert window(empty, DateRange()) is None
    with pytest.raises(NotFound, match="Say from which day to which"):
        wanted(empty, DateRange())
    assert wanted(empty, DateRange(None, Period(2021, 1, 2))) == Window(date(2021, 1, 2), date(2021, 1, 2))
