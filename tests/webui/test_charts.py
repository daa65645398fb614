from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.charts import APART, MARKED, MARKS, Band, Chart, Point, Tick, line_chart, nice_ticks

LABELS = ["a", "b", "c", "d", "e"]


def _chart(*series: list[float | None], rtl: bool = False) -> Chart:
    # A plot of 100 by 100.
    return line_chart(LABELS[: len(series[0])], series, width=200, height=144, rtl=rtl)


def test_a_line_from_the_left_to_the_right() -> None:
    chart = _chart([0, 5, 10, 5, 0])
    assert (chart.left, chart.right, chart.top, chart.bottom) == (56, 156, 12, 112)
    assert chart.lines[0].runs == ("56,112 81,62 106,12 131,62 156,112",)
    assert chart.lines[0].points[2] == Point(106, 12, 10, 2)
    assert chart.y_ticks == (
        Tick(112, "0"),
        Tick(92, "2"),
        Tick(72, "4"),
        Tick(52, "6"),
        Tick(32, "8"),
        Tick(12, "10"),
    )
    assert chart.x_ticks == (Tick(56, "a"), Tick(81, "b"), Tick(106, "c"), Tick(131, "d"), Tick(156, "e"))
    assert chart.gaps == ()


def test_gaps_part_a_line_and_are_bands_where_nothing_is_drawn() -> None:
    chart = _chart([1, None, 1, None, None], [None, None, 2, 2, None])
    first, second = chart.lines
    assert (first.runs, [dot.index for dot in first.dots]) == ((), [0, 2])
    assert (second.runs, second.dots) == (("106,12 131,12",), ())
    assert chart.gaps == (Band(68.5, 25, 1, 1), Band(143.5, 12.5, 4, 4))
    assert (first.shape, second.shape) == (MARKS[0], MARKS[1])
    assert first.marks == f"M56,62{MARKS[0]}M106,62{MARKS[0]}"


def test_from_right_to_left() -> None:
    chart = _chart([0, 5, 10], rtl=True)
    assert (chart.left, chart.right) == (44, 144)
    assert chart.lines[0].runs == ("144,112 94,62 44,12",)
    assert chart.x_ticks[0] == Tick(144, "a")
    assert (chart.lines[0].end, chart.lines[0].end_x) == (Tick(12, "10"), 35)


def test_one_period_and_none() -> None:
    one = line_chart(["a"], [[3]])
    assert (one.lines[0].runs, one.lines[0].dots[0].x, one.x_ticks) == ((), 366, (Tick(366, "a"),))
    nothing = line_chart([], [[]])
    assert (nothing.lines[0].points, nothing.x_ticks, nothing.gaps) == ((), (), ())
    assert line_chart(["a", "b"], [[None, None]]).gaps == (Band(56, 620, 0, 1),)


def test_no_more_labels_than_there_is_room_for() -> None:
    labels = [str(number) for number in range(100)]
    assert [tick.label for tick in line_chart(labels, [[0.0] * 100]).x_ticks] == [str(n) for n in range(0, 100, 13)]


@pytest.mark.parametrize(
    ("highest", "whole", "ticks"),
    [
        (0, False, [0, 1]),
        (1, True, [0, 1]),
        (3, True, [0, 1, 2, 3]),
        (12, True, [0, 5, 10, 15]),
        (12, False, [0, 2.5, 5, 7.5, 10, 12.5]),
        (97, True, [0, 20, 40, 60, 80, 100]),
        (100, True, [0, 20, 40, 60, 80, 100]),
        (101, True, [0, 25, 50, 75, 100, 125]),
        (0.037, False, [0, 0.01, 0.02, 0.03, 0.04]),
    ],
)
def test_round_numbers_on_the_axis(highest: float, whole: bool, ticks: list[float]) -> None:
    assert nice_ticks(highest, whole=whole) == ticks


@given(st.floats(1e-6, 1e9), st.booleans())
def test_the_axis_covers_the_highest_number_with_few_lines(highest: float, whole: bool) -> None:
    ticks = nice_ticks(highest, whole=whole)
    assert ticks[-1] >= highest * (1 - 1e-9)
    assert ticks[-2] < highest
    assert 2 <= len(ticks) <= 7


@given(st.lists(st.lists(st.none() | st.floats(0, 1e6), min_size=7, max_size=7), min_size=1, max_size=6), st.booleans())
def test_every_number_is_drawn_once_within_the_plot(series: list[list[float | None]], rtl: bool) -> None:
    chart = line_chart([str(n) for n in range(7)], series, rtl=rtl)
    for line, numbers in zip(chart.lines, series, strict=True):
        assert sum(len(run.split()) for run in line.runs) + len(line.dots) == sum(n is not None for n in numbers)
        for point in line.points:
            assert chart.left <= point.x <= chart.right
            assert chart.top <= point.y <= chart.bottom


def test_last_values_stand_beside_the_ends_and_none_upon_another() -> None:
    chart = _chart([0, 5, 10], [1, 2, 9.9], [3, 4, 0], [5, 5, 0], [6, 6, None], [None, None, None])
    ends = [(line.end.at, line.end.label) if line.end else None for line in chart.lines]
    assert ends == [(1, "10"), (13, "9.9"), (112, "0"), (100, "0"), (52, "6"), None]
    assert [line.end_x for line in chart.lines] == [165, 165, 165, 165, 115, 0]


def test_a_long_line_has_few_marks_and_its_last_point_has_one() -> None:
    (line,) = line_chart([str(n) for n in range(100)], [[float(n) for n in range(100)]]).lines
    assert MARKED <= line.marks.count("M") <= MARKED + 1
    assert line.marks.split("M")[-1].startswith(f"{line.points[-1].x:g},{line.points[-1].y:g}m")


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=6))
def test_there_is_room_for_every_last_value(values: list[float]) -> None:
    chart = line_chart(["a", "b"], [[0.0, value] for value in values])
    heights = sorted(line.end.at for line in chart.lines if line.end)
    assert all(lower - higher >= APART - 0.02 for higher, lower in pairwise(heights))
    assert heights[-1] <= chart.bottom
