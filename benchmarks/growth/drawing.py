"""Growth as a drawing: panels with two logarithmic axes, written as SVG that reads in light and dark."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

Points = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 460, 330  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 58, 118, 34, 34  # around its plot: labels of lines are on the right
HEAD = 46  # above the panels
LEADING = 13  # between two labels of lines
# Each against its own background at least 4.5 to 1, as text needs.
LIGHT = ("#0072b2", "#b34e00", "#007a59", "#a8457f", "#8a6500", "#606060", "#6a3d9a", "#111111")
DARK = ("#5fb3ea", "#ff9a57", "#35cfa2", "#ee9fcb", "#e6bc45", "#b0b0b0", "#bfa2ec", "#ffffff")


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines with one unit; every figure is above zero."""

    title: str
    lines: dict[str, Points]


def svg(title: str, description: str, panels: Sequence[Panel]) -> str:
    """Panels two in a row. A dashed line in each rises in proportion to x, from where its first line begins."""
    rows = math.ceil(len(panels) / 2)
    width, height = 2 * WIDTH, HEAD + rows * HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="12">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        f"<style>{_style()}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        f'<text class="ink" x="16" y="28" font-size="17" font-weight="600">{escape(title)}</text>',
        _label(width - 16, 28, "end", "dashed: in proportion"),
    ]
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate({number % 2 * WIDTH} {HEAD + number // 2 * HEIGHT})">')
        parts += [*_Axes(panel).drawn(number), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def short(value: float) -> str:
    """A figure as an axis shows it: 57k, 3M, 0.1."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{letter}" if value < 10 * size else f"{value / size:.0f}{letter}"
    return f"{value:g}"


def apart(places: Sequence[float], distance: float) -> list[float]:
    """Places moved down as little as keeps each so far from the one above it; in the order given."""
    moved = list(places)
    above = -math.inf
    for index in sorted(range(len(places)), key=lambda at: places[at]):
        above = moved[index] = max(places[index], above + distance)
    return moved


class _Axes:
    """Where a panel's figures are on paper."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.sizes = sorted({x for points in panel.lines.values() for x, _ in points})
        values = [y for points in panel.lines.values() for _, y in points]
        self.decades = range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)
        if len(self.decades) == 1:
            self.decades = range(self.decades[0], self.decades[0] + 2)

    def x(self, size: float) -> float:
        first, last = math.log(self.sizes[0]), math.log(self.sizes[-1])
        share = (math.log(size) - first) / (last - first) if last > first else 0.5
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        share = (math.log10(value) - self.decades[0]) / (self.decades[-1] - self.decades[0])
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def drawn(self, number: int) -> list[str]:
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        parts = [f'<text class="ink" x="16" y="18" font-weight="600">{escape(self.panel.title)}</text>']
        for decade in self.decades:
            y = self.y(10**decade)
            parts.append(f'<path class="rule" d="M{LEFT} {y}H{right}"/>')
            parts.append(
                f'<text class="faint" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{short(10.0**decade)}</text>'
            )
        for size in self.sizes:
            x = self.x(size)
            parts.append(f'<path class="rule" d="M{x} {TOP}V{bottom}"/>')
            parts.append(_label(x, bottom + 18, "middle", short(size)))
        return parts + self._proportion(number) + self._lines()

    def _proportion(self, number: int) -> list[str]:
        """What grows with the archive would follow this."""
        start, value = min(next(iter(self.panel.lines.values())))
        end = self.sizes[-1]
        path = f"M{self.x(start)} {self.y(value)}L{self.x(end)} {self.y(value * end / start)}"
        box = f'x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" height="{HEIGHT - TOP - BOTTOM}"'
        return [
            f'<clipPath id="plot{number}"><rect {box}/></clipPath>',
            f'<path class="guide" clip-path="url(#plot{number})" d="{path}"/>',
        ]

    def _lines(self) -> list[str]:
        parts = []
        ends = [self.y(max(points)[1]) for points in self.panel.lines.values()]
        for color, (name, points) in enumerate(self.panel.lines.items()):
            places = [(self.x(size), self.y(value)) for size, value in sorted(points)]
            path = "L".join(f"{x} {y}" for x, y in places)
            parts.append(f'<path class="line c{color}" d="M{path}"/>')
            parts += [f'<circle class="dot f{color}" cx="{x}" cy="{y}" r="2.5"/>' for x, y in places]
            label = apart(ends, LEADING)[color] + 4
            parts.append(f'<text class="f{color}" x="{WIDTH - RIGHT + 10}" y="{label:.1f}">{escape(name)}</text>')
        return parts


def _label(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text class="faint" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _style() -> str:
    return (
        ".line{fill:none;stroke-width:2}.rule{fill:none;stroke-width:1}.guide{fill:none;stroke-dasharray:5 4}"
        + _colours("#ffffff", "#1b1b1b", "#5f5f5f", "#e3e3e3", LIGHT)
        + "@media (prefers-color-scheme:dark){"
        + _colours("#12161c", "#ececec", "#a8a8a8", "#2b313a", DARK)
        + "}"
    )


def _colours(paper: str, ink: str, faint: str, rule: str, lines: Sequence[str]) -> str:
    fixed = (
        f".paper{{fill:{paper}}}.ink{{fill:{ink}}}.faint{{fill:{faint}}}.rule{{stroke:{rule}}}.guide{{stroke:{faint}}}"
    )
    return fixed + "".join(f".c{n}{{stroke:{c}}}.f{n}{{fill:{c}}}" for n, c in enumerate(lines))
