"""Numbers over time -> the coordinates of a line chart. Pure: the template draws what stands here, and decides nothing.

In: series with None where there is nothing to draw (a gap). Out: a `Chart` in the units of an SVG view box, its
origin the top left corner: lines as runs between gaps, ticks on both axes, bands where there is a gap in everything.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import floor, log10

WIDTH, HEIGHT = 720, 300
LEFT, TOP, BOTTOM = 56, 12, 32  # room for labels around the plot
STEPS = 5  # lines across the plot, about
LABELS = 8  # labels along the time axis, at most
VALUES = 44  # room for the last value of each line, beside the end of the plot
APART = 12  # between two of these, so that they can be read
# Lines are told apart without colour by their marks: SVG paths around a point, begun at it.
MARKS = (
    "m-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
    "m-3.5,-3.5h7v7h-7z",
    "m0,-5l4.5,8h-9z",
    "m0,-5l5,5l-5,5l-5,-5z",
    "m0,5l4.5,-8h-9z",
    "m-1.5,-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z",
)
MARKED = 12  # marks of a line, about, however many points it has
LEAST = 1e-9  # below any share of an archive; a scale that small cannot be told from zero
_NICE = (1, 2, 2.5, 5, 10)

Numbers = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Point:
    """A point: where it is, what it stands for."""

    x: float
    y: float
    value: float
    index: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its points, the runs of them as SVG `points`, its marks as a path, and the last value beside its end.

    `dots` are runs of one point, which have a mark always, so that they are seen. `shape` is the mark alone.
    """

    points: tuple[Point, ...]
    runs: tuple[str, ...]
    dots: tuple[Point, ...]
    marks: str
    shape: str
    end: Tick | None = None
    end_x: float = 0


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the time axis in which there is nothing at all; `first` and `last` are indexes of periods."""

    x: float
    width: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn. The plot lies between `left` and `right`, `top` and `bottom`."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    gaps: tuple[Band, ...]


def line_chart(
    labels: Sequence[str],
    series: Sequence[Numbers],
    number: Callable[[float], str] = lambda value: f"{value:g}",
    *,
    whole: bool = False,
    width: int = WIDTH,
    height: int = HEIGHT,
    rtl: bool = False,
) -> Chart:
    """Lay out a line chart that begins at zero.

    Args:
        labels: of the periods, from the first.
        series: a number for each period and series, None in a gap.
        number: how a number is written on the axis.
        whole: whether numbers are counts, so that the axis has no fractions.
        width: of the drawing.
        height: of the drawing.
        rtl: whether time runs from right to left.
    """
    left, right, top, bottom = float(LEFT), float(width - VALUES), float(TOP), float(height - BOTTOM)
    if rtl:
        left, right = float(VALUES), float(width - LEFT)
    ticks = nice_ticks(max((value for each in series for value in each if value is not None), default=0.0), whole=whole)
    step = (right - left) / max(len(labels) - 1, 1)

    def x(index: int) -> float:
        along = index * step if len(labels) > 1 else (right - left) / 2
        return round(right - along if rtl else left + along, 2)

    def y(value: float) -> float:
        return round(bottom - (bottom - top) * value / ticks[-1], 2)

    return Chart(
        width, height, left, right, top, bottom,
        lines=_with_ends([_line(each, x, y, at) for at, each in enumerate(series)], number, bottom, rtl),
        x_ticks=tuple(Tick(x(index), labels[index]) for index in _labelled(len(labels))),
        y_ticks=tuple(Tick(y(value), number(value)) for value in ticks),
        gaps=tuple(_gaps(series, [x(index) for index in range(len(labels))], step, left, right)),
    )  # fmt: skip


def nice_ticks(highest: float, steps: int = STEPS, *, whole: bool = False) -> list[float]:
    """Round numbers from zero to the first that is not below the highest: 0, 25, 50, 75, 100."""
    if highest < LEAST:
        return [0.0, 1.0]
    raw = highest / steps
    size = 10.0 ** floor(log10(raw))
    step = next(size * nice for nice in _NICE if size * nice >= raw * (1 - 1e-9))
    if whole:
        step = max(1.0, step) if step != 2.5 else 5.0
    count = -int(-(highest / step) * (1 - 1e-12) // 1)
    return [round(step * each, 12) for each in range(count + 1)]


def _line(numbers: Numbers, x: Callable[[int], float], y: Callable[[float], float], number: int) -> Line:
    points = tuple(Point(x(at), y(value), value, at) for at, value in enumerate(numbers) if value is not None)
    runs = [
        [point for _, point in run] for _, run in groupby(enumerate(points), key=lambda pair: pair[1].index - pair[0])
    ]
    dots = tuple(run[0] for run in runs if len(run) == 1)
    shape = MARKS[number % len(MARKS)]
    every = -(-len(points) // MARKED) or 1
    # Lines that lie on each other have their marks beside each other.
    marked = {*points[number % every :: every], *dots, *points[-1:]}
    return Line(
        points,
        tuple(" ".join(f"{point.x:g},{point.y:g}" for point in run) for run in runs if len(run) > 1),
        dots,
        "".join(f"M{point.x:g},{point.y:g}{shape}" for point in points if point in marked),
        shape,
    )


def _with_ends(lines: Sequence[Line], number: Callable[[float], str], bottom: float, rtl: bool) -> tuple[Line, ...]:
    """Lines with their last values beside their ends, in the order of the ends and none upon another."""
    ended = sorted((at for at, line in enumerate(lines) if line.points), key=lambda at: (-lines[at].points[-1].y, at))
    found = list(lines)
    below = bottom + APART
    for at in ended:
        last = lines[at].points[-1]
        below = min(last.y, below - APART)
        found[at] = replace(
            lines[at], end=Tick(round(below, 2), number(last.value)), end_x=round(last.x + (-9 if rtl else 9), 2)
        )
    return tuple(found)


def _labelled(count: int) -> range:
    """Which periods get a label: evenly, from the first."""
    return range(0, count, max(1, -(-count // LABELS)))


def _gaps(series: Sequence[Numbers], places: Sequence[float], step: float, left: float, right: float) -> list[Band]:
    """Bands reach half way to the neighbours, and no further than the plot."""
    bands = []
    for first, last in _runs([bool(series) and all(each[at] is None for each in series) for at in range(len(places))]):
        low, high = sorted((places[first], places[last]))
        start, end = max(low - step / 2, left), min(high + step / 2, right)
        bands.append(Band(round(start, 2), round(end - start, 2), first, last))
    return bands


def _runs(marked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of what is marked."""
    at = 0
    for holds, run in groupby(marked):
        first, at = at, at + len(list(run))
        if holds:
            yield first, at - 1
