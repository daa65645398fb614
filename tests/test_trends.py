from datetime import date, timedelta
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.archive import Archive
from indexer.article import Article, Entity, Mention
from indexer.surprise import surprise
from indexer.trends import Trends, trends, trends_between
from tests.engines.corpus import article, on
from tests.engines.memory import make_archive

DAY = date(2021, 10, 14)


def _history() -> list[Article]:
    """Four articles on each of the 28 days before: one on Damascus, every seventh of the others on oil."""
    made = []
    for back in range(1, 29):
        day = (DAY - timedelta(back)).isoformat()
        for number in range(4):
            made.append(
                article(
                    f"h{back:02d}-{number}", f"Old {back}-{number}", "Text.", day,
                    category="News/Politics" if number < 3 else "Sport",
                    places=("Damascus",) if number == 0 else (),
                    organisations=("OPEC",) if number == 1 and back % 7 == 0 else (),
                )
            )  # fmt: skip
    return made


def _today() -> list[Article]:
    day = DAY.isoformat()
    lavrov = Entity("person", "Sergei Lavrov", (Mention(0, 6, "title"), Mention(9, 15)), given=True)
    return [
        article("t1", "Lavrov lands", "b", f"{day}T08:00:00", places=("Vienna", "Damascus"), entities=(lavrov,)),
        article("t2", "Talks", "b", f"{day}T10:00:00", people=("Sergei Lavrov",), places=("Vienna",)),
        article("t3", "Talks", "b", f"{day}T11:00:00", people=("Sergei Lavrov",), places=("Vienna",)),
        article("t4", "Oil", "b", f"{day}T09:00:00", category="Economy/Oil", people=("Sergei Lavrov",)),
        article("t5", "Barrels", "b", day, category="Economy/Oil", organisations=("OPEC",)),
        article("t6", "Match", "b", day, category="Sport", places=("Damascus",)),
    ]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive([*_history(), *_today()])


@pytest.fixture(scope="module")
def found(archive: Archive) -> Trends:
    return trends(archive, DAY)


def _two_cells(count: int, total: int, history_total: int) -> float:
    """G² of something the history never had, written out."""
    everything = total + history_total
    return 2 * (
        count * log(everything / total)
        + (total - count) * log((total - count) / (total * (everything - count) / everything))
        + history_total * log(everything / (everything - count))
    )


def test_what_is_compared(found: Trends) -> None:
    assert (found.start, found.end, found.history_start) == (DAY, DAY, date(2021, 9, 16))
    assert (found.total, found.history_total, found.generation) == (6, 112, 1)
    assert found.series_start == date(2021, 9, 17)


def test_names_that_rise_and_how_much(found: Trends) -> None:
    assert [(t.field, t.value, t.count, t.history_count) for t in found.entities] == [
        ("person", "Sergei Lavrov", 4, 0),
        ("place", "Vienna", 3, 0),
    ]
    lavrov, vienna = found.entities
    assert lavrov.score == pytest.approx(_two_cells(4, 6, 112))
    assert vienna.score == pytest.approx(_two_cells(3, 6, 112))
    assert round(lavrov.score, 6) == 27.2998
    assert lavrov.expected == pytest.approx(6 * 0.5 / 113)
    assert (lavrov.category, lavrov.published) == ("News/Politics", on("2021-10-14T11:00:00"))
    assert lavrov.series == (0,) * 27 + (4,)


def test_categories_that_rise(found: Trends) -> None:
    (oil,) = found.categories
    assert (oil.value, oil.count, oil.history_count, oil.category) == ("Economy/Oil", 2, 0, "Economy/Oil")
    assert oil.score == pytest.approx(_two_cells(2, 6, 112))
    assert oil.published == on("2021-10-14T09:00:00")


def test_articles_that_stand_for_what_rises(found: Trends) -> None:
    assert [(each.article.id, each.because) for each in found.articles] == [
        ("t1", ("Sergei Lavrov", "Vienna")),
        ("t4", ("Sergei Lavrov", "Economy/Oil")),
        ("t3", ("Sergei Lavrov", "Vienna")),
        ("t5", ("Economy/Oil",)),
    ]
    lavrov, vienna = (trend.score for trend in found.entities)
    (oil,) = found.categories
    assert [each.score for each in found.articles] == pytest.approx(
        [2 * lavrov + vienna, lavrov / 2 + oil.score, lavrov / 4 + vienna / 2, oil.score / 2]
    )


def test_what_is_as_frequent_as_ever_does_not_rise(found: Trends) -> None:
    # Damascus is in 2 of 6 as it was in 28 of 112; OPEC in one article only.
    assert surprise(2, 6, 28, 112) < 1
    assert {trend.value for trend in found.entities} == {"Sergei Lavrov", "Vienna"}


def test_the_number_wanted(archive: Archive) -> None:
    one = trends(archive, DAY, size=1)
    assert ([t.value for t in one.entities], len(one.categories), [a.article.id for a in one.articles]) == (
        ["Sergei Lavrov"],
        1,
        ["t1"],
    )


def test_a_window_of_several_days(archive: Archive) -> None:
    wider = trends(archive, DAY, window_days=3, history_weeks=2)
    assert (wider.start, wider.history_start, wider.total, wider.history_total) == (
        date(2021, 10, 12),
        date(2021, 9, 28),
        14,
        56,
    )
    assert wider == trends_between(archive, date(2021, 10, 12), DAY, history_weeks=2)
    assert wider.entities[0].score == pytest.approx(_two_cells(4, 14, 56))


def test_a_thin_history_reaches_back_to_the_beginning(archive: Archive) -> None:
    thin = trends(archive, DAY, history_weeks=1)
    assert (thin.history_start, thin.history_total) == (None, 112)


def test_without_a_history_or_without_news_nothing_rises(archive: Archive) -> None:
    first = trends(archive, date(2021, 9, 16))
    assert (first.total, first.history_total, first.entities, first.articles) == (4, 0, (), ())
    empty = trends(archive, date(2021, 12, 24))
    assert (empty.total, empty.entities, empty.categories) == (0, (), ())
    begin = trends(make_archive([]), date.min)
    assert (begin.total, begin.start, begin.series_start) == (0, date.min, date.min)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 500), st.integers(0, 500))
def test_the_score_grows_with_the_share_and_has_its_sign(count: int, more: int, history: int, rest: int) -> None:
    total, history_total = count + more, history + rest
    score = surprise(count, total, history, history_total)
    if not total or not history_total or count * history_total == history * total:
        assert score == 0
    else:
        assert (score > 0) == (count / total > history / history_total)
    if total and history_total and count < total and count / total >= history / history_total:
        assert surprise(count + 1, total, history, history_total) > score


def test_no_association_scores_nothing_and_a_perfect_one_the_most() -> None:
    assert surprise(10, 20, 50, 100) == 0
    assert surprise(50, 50, 0, 50) == pytest.approx(200 * log(2))
    assert surprise(0, 50, 50, 50) == pytest.approx(-200 * log(2))
