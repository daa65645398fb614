"""Months as tables of shaded days, and what the shades mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.config import Config
from indexer.search.request import Period
from tests.engines.memory import make_archive
from webui import create_app
from webui.presenters.time.heat import Month, heat, month, months, shades, weeks

DAYS = {Period(2021, 10, 14): 8, Period(2021, 10, 15): 1, Period(2021, 11, 2): 2}
APP = create_app(Config(), make_archive([]))


def _cells(found: Month) -> dict[str, tuple[int, str | None]]:
    return {cell.label: (cell.heat, cell.url) for week in found.weeks for cell in week if cell.url}


def test_the_days_of_a_year_are_shaded_by_one_scale() -> None:
    with APP.test_request_context("/"):
        year = months(2021, DAYS)
        assert [(each.name, each.count, each.url) for each in year if each.url] == [
            ("October", "9 articles", "/archive/2021/10"),
            ("November", "2 articles", "/archive/2021/11"),
        ]
        assert (len(year), year[0].name, year[0].count) == (12, "January", "nothing archived")
        assert _cells(year[9]) == {"14": (4, "/archive/2021/10/14"), "15": (2, "/archive/2021/10/15")}
        assert _cells(year[10]) == {"2": (2, "/archive/2021/11/02")}
        assert [(shade.heat, shade.text) for shade in shades(8)] == [(2, "1–2"), (3, "3–4"), (4, "5–8")]


def test_a_month_is_whole_weeks_and_marks_the_day_that_the_page_is_about() -> None:
    with APP.test_request_context("/"):
        found = month(Period(2021, 10), DAYS, Period(2021, 10, 15))
        assert (found.name, found.count) == ("October 2021", "9 articles")
        assert [len(week) for week in found.weeks] == [7] * 5
        assert [cell.label for cell in found.weeks[0]] == ["", "", "", "", "1", "2", "3"]
        (here,) = [cell for week in found.weeks for cell in week if cell.here]
        assert (here.label, here.count, here.title) == ("15", "1", "Friday, October 15, 2021: 1 article")


def test_alone_a_month_has_a_scale_of_its_own() -> None:
    with APP.test_request_context("/"):
        found = weeks(Period(2021, 11), DAYS)
        assert [cell.heat for week in found for cell in week if cell.url] == [4]
        assert {cell.heat for week in weeks(Period(2021, 12), DAYS) for cell in week} == {0}


@pytest.mark.parametrize(
    ("most", "texts"),
    [(0, []), (1, ["1"]), (2, ["1", "2"]), (3, ["1", "2–3"]), (99, ["1–6", "7–24", "25–55", "56–99"])],
)
def test_what_the_shades_mean(most: int, texts: list[str]) -> None:
    with APP.test_request_context("/"):
        assert [shade.text for shade in shades(most)] == texts


@given(st.integers(1, 5000).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most))))
def test_a_shade_is_the_one_that_the_scale_says(numbers: tuple[int, int]) -> None:
    count, most = numbers
    with APP.test_request_context("/"):
        said = {shade.heat: shade.text.replace(",", "").split("–") for shade in shades(most)}
    if count == 0:
        assert heat(count, most) == 0
    else:
        ends = said[heat(count, most)]
        assert int(ends[0]) <= count <= int(ends[-1])
