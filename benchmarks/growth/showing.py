"""What was measured as a Markdown table and as a drawing."""

import math
from collections.abc import Sequence
from itertools import pairwise

from benchmarks.growth.drawing import Panel, Points, short, svg
from benchmarks.growth.records import CONDITIONS, Measured
from benchmarks.queries import CLASSES
from benchmarks.tables import head, row

# The lines of each panel, and the costs they are.
PANELS = {
    "Build, s": {"by the clock": "build s", "of processor": "build, processor s"},
    "Page, ms of processor": {label: f"{label}, processor ms" for label in CLASSES},
    "Memory and disk, MB": {
        "index": "index MB",
        "writer": "writer MB",
        "one worker": "worker MB",
        "reader": "reader MB",
    },
    "Commit and start, ms": {
        "commit of 100": "commit ms",
        "slowest of 12": "slowest commit ms",
        "cold start": "start ms",
        "its opening": "open ms",
        "its first page": "first page ms",
    },
}


def exponent(before: tuple[float, float], after: tuple[float, float]) -> float:
    """The power of the size that a cost grew with from one (size, cost) to the next: 1 is in proportion."""
    return math.log(after[1] / before[1]) / math.log(after[0] / before[0])


def table(sizes: Sequence[Measured]) -> str:
    """Costs down, sizes across; after a cost the power of the size that it grew with since the size before."""
    lines = head("", *(f"{each['articles']:,}" for each in sizes))
    for name in sizes[0]:
        if name in CONDITIONS:
            continue
        points = _points(sizes, name)
        cells = [f"{cost:,.1f}" for _, cost in points]
        for place, pair in enumerate(pairwise(points), 1):
            cells[place] += f" (n^{exponent(*pair):.2f})"
        lines.append(row(name, *cells))
    return "\n".join(lines)


def drawing(sizes: Sequence[Measured]) -> str:
    """The costs as SVG."""
    panels = [
        Panel(title, {label: _points(sizes, name) for label, name in lines.items()}) for title, lines in PANELS.items()
    ]
    first, last = sizes[0], sizes[-1]
    described = (
        f"Archives of {short(first['articles'])} to {short(last['articles'])} short articles, both axes logarithmic; a "
        f"dashed line grows in proportion. At {last['articles']:,}: built in {last['build s']:,.0f} s, "
        f"{last['index MB']:,.0f} MB on disk, a page of a common word {last['common word, processor ms']:.1f} ms, "
        f"a commit of 100 articles {last['commit ms']:,.0f} ms, a cold start {last['start ms']:,.0f} ms."
    )
    return svg("What an archive costs as it grows, by the number of its articles", described, panels)


def _points(sizes: Sequence[Measured], name: str) -> Points:
    return [(each["articles"], each[name]) for each in sizes]
