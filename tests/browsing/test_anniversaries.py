"""What was published on the same day of earlier years."""

from datetime import date

import pytest

from indexer.browsing.anniversaries import MOST_SEARCHES, same_day
from tests.browsing.conftest import Make
from tests.engines.asking import searches_of
from tests.engines.corpus import article
from tests.engines.memory import make_archive

DATES = {
    "now": "2021-10-14", "later": "2022-10-14", "near": "2020-10-14", "nearer": "2020-10-14T12:00:00",
    "far": "2009-10-14", "farther": "2001-10-14", "farthest": "1999-10-14", "beside": "2019-10-13",
}  # fmt: skip


def test_the_nearest_years_come_first_with_their_newest_article_first(make: Make) -> None:
    archive = make(article(id, f"Story {id}", f"Of {id}.", day) for id, day in DATES.items())
    found = same_day(archive, date(2021, 10, 14), 3)
    assert [(str(each.day), [hit.id for hit in each.hits]) for each in found] == [
        ("2020-10-14", ["nearer", "near"]),
        ("2009-10-14", ["far"]),
        ("2001-10-14", ["farther"]),
    ]
    assert same_day(archive, date(1999, 10, 14), 3) == ()
    assert same_day(archive, date(2021, 3, 5), 3) == ()


def test_a_year_or_a_month_is_no_article_of_its_first_day(make: Make) -> None:
    days = {"year": "2020", "month": "2019-01", "day": "2018-01-01"}
    archive = make(article(id, f"Story {id}", f"Of {id}.", day) for id, day in days.items())
    assert [hit.id for each in same_day(archive, date(2021, 1, 1), 3) for hit in each.hits] == ["day"]


def test_the_day_that_a_leap_year_has_more(make: Make) -> None:
    archive = make(
        article(day, f"Story {day}", f"Of {day}.", day) for day in ("2020-02-29", "2023-02-28", "2016-02-29")
    )
    assert [str(each.day) for each in same_day(archive, date(2024, 2, 29), 3)] == ["2020-02-29", "2016-02-29"]


def test_years_without_days_are_not_searched_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = make_archive(article(str(year), f"Story {year}", "Of figs.", str(year)) for year in range(1900, 2000))
    asked = searches_of(archive, monkeypatch)
    assert same_day(archive, date(2021, 1, 1), 3) == ()
    assert len(asked) <= MOST_SEARCHES


def test_there_is_no_year_before_the_first() -> None:
    archive = make_archive([article("a", "T", "b", "0001-10-14")])
    assert same_day(archive, date(1, 10, 14), 3) == ()
