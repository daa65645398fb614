"""The last days of an archive that say something, and the days beside some."""

from datetime import date

import pytest

from indexer.article import Article
from indexer.browsing.window import Span, Window, beside, newest
from tests.browsing.conftest import Make
from tests.engines.corpus import article
from tests.engines.memory import make_archive


def _articles(*days: tuple[str, int]) -> list[Article]:
    return [article(f"{day}-{n}", f"Story {n}", "Of figs.", day) for day, count in days for n in range(count)]


def _window(start: str, end: str) -> Window:
    return Window(date.fromisoformat(start), date.fromisoformat(end))


BUSY = (("2021-03-01", 9), ("2021-03-08", 5), ("2021-03-09", 6), ("2021-03-10", 4), ("2021-03-12", 1))


def test_the_last_day_is_the_newest_of_the_last_seven_with_enough_articles(make: Make) -> None:
    archive = make(_articles(*BUSY))
    assert newest(archive, Span.DAY) == _window("2021-03-09", "2021-03-09")
    assert newest(archive, Span.WEEK) == _window("2021-03-06", "2021-03-12")
    assert newest(archive, Span.MONTH) == _window("2021-02-11", "2021-03-12")


def test_where_no_day_of_the_last_seven_has_enough_it_is_the_very_last(make: Make) -> None:
    archive = make(_articles(("2021-03-01", 9), ("2021-03-11", 4), ("2021-03-12", 1)))
    assert newest(archive, Span.DAY) == _window("2021-03-12", "2021-03-12")


def test_without_dates_there_are_no_last_days(make: Make) -> None:
    assert newest(make([article("a", "T", "b", None)]), Span.DAY) is None


def test_spans_at_the_beginning_of_the_calendar_are_shorter() -> None:
    assert Span.WEEK.up_to(date(1, 1, 3)) == Window(date(1, 1, 1), date(1, 1, 3))


@pytest.mark.parametrize(
    ("found", "before", "after"),
    [
        # A day: the nearest days that have articles.
        (("2021-03-09", "2021-03-09"), ("2021-03-08", "2021-03-08"), ("2021-03-10", "2021-03-10")),
        (("2021-03-10", "2021-03-10"), ("2021-03-09", "2021-03-09"), ("2021-03-12", "2021-03-12")),
        (("2021-03-12", "2021-03-12"), ("2021-03-10", "2021-03-10"), None),
        (("2021-03-01", "2021-03-01"), None, ("2021-03-08", "2021-03-08")),
        (("2030-01-01", "2030-01-01"), ("2021-03-12", "2021-03-12"), None),
        # Three days: those before begin no earlier than the archive, those after end no later.
        (("2021-03-08", "2021-03-10"), ("2021-03-01", "2021-03-03"), ("2021-03-10", "2021-03-12")),
        (("2021-03-10", "2021-03-12"), ("2021-03-07", "2021-03-09"), None),
        (("2021-03-02", "2021-03-04"), ("2021-03-01", "2021-03-03"), ("2021-03-08", "2021-03-10")),
        (("2021-03-06", "2021-03-12"), ("2021-03-01", "2021-03-07"), None),
        # A month: the months before and after that have articles.
        (("2021-03-01", "2021-03-31"), None, None),
        (("2021-01-01", "2021-01-31"), None, ("2021-03-01", "2021-03-31")),
        (("2021-04-01", "2021-04-30"), ("2021-03-01", "2021-03-31"), None),
    ],
)
def test_the_days_beside_some_stay_within_the_archive(
    found: tuple[str, str], before: tuple[str, str] | None, after: tuple[str, str] | None
) -> None:
    archive = make_archive(_articles(*BUSY))
    near = beside(archive, _window(*found))
    assert near == (_window(*before) if before else None, _window(*after) if after else None)


def test_an_archive_without_dates_has_nothing_beside_any_day() -> None:
    archive = make_archive([article("a", "T", "b", None)])
    assert beside(archive, _window("2021-03-09", "2021-03-09")) == (None, None)
    assert beside(archive, Window(date(9999, 12, 25), date(9999, 12, 31))) == (None, None)
    assert beside(archive, Window(date(1, 1, 1), date(1, 1, 7))) == (None, None)
