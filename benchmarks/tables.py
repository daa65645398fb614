"""What readers took, as Markdown tables: classes of queries down, engines across, ratios to the first engine."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from benchmarks.peers.base import Taken
from benchmarks.queries import CLASSES, Query

Cell = tuple[float, str]  # what is compared, and how it is shown


class Times:
    """What every run of every query took, in milliseconds."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, str], dict[Query, list[Taken]]] = defaultdict(lambda: defaultdict(list))

    def add(self, engine: str, label: str, query: Query, taken: Iterable[Taken]) -> None:
        """Note runs of a query of a class."""
        self._runs[engine, label][query] += taken

    def median(self, engine: str, label: str, of: str) -> Cell | None:
        """The median of all runs of a class, with the 95th percentile; `of` is `clock` or `processor`."""
        queries = self._runs.get((engine, label), {})
        taken = sorted(getattr(run, of) for runs in queries.values() for run in runs)
        if not taken:
            return None
        middle = statistics.median(taken)
        return middle, f"{middle:.1f} ({taken[min(len(taken) - 1, int(len(taken) * 0.95))]:.1f})"

    def quickest(self, engine: str, label: str, of: str) -> Cell | None:
        """The median, over the queries of a class, of each query's quickest run: what a busy machine disturbs least."""
        best = [min(getattr(run, of) for run in runs) for runs in self._runs.get((engine, label), {}).values()]
        return (statistics.median(best), f"{statistics.median(best):.2f}") if best else None

    def report(self, engines: Sequence[str]) -> list[str]:
        """Four tables: medians and quickest runs, by the clock and of the processor."""
        lines = []
        for title, figure in (("median (p95), ms", self.median), ("quickest, ms", self.quickest)):
            for of, said in (("clock", "by the clock"), ("processor", "of processor")):
                lines += _table(f"{title} {said}", engines, partial(figure, of=of))
        return lines


def row(*cells: object) -> str:
    """A line of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def head(*cells: object) -> list[str]:
    """The first two lines of a table."""
    return [row(*cells), "|" + "---|" * len(cells)]


def _table(title: str, engines: Sequence[str], cell: Callable[[str, str], Cell | None]) -> list[str]:
    lines = head(title, *engines)
    for label in CLASSES:
        found = [cell(engine, label) for engine in engines]
        base = found[0]
        cells = [each[1] if each else "–" for each in found]
        for place, each in enumerate(found):
            if place and each and base:
                cells[place] += f" ×{each[0] / base[0]:.2f}"
        lines.append(row(label, *cells))
    return [*lines, ""]
