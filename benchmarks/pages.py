"""Results pages: every engine answers the same queries in turn, round after round, so that noise strikes all alike."""

import statistics
from collections import defaultdict
from pathlib import Path

from benchmarks.children import Reader
from benchmarks.peers.base import Page
from benchmarks.queries import CLASSES

ROUNDS = 5


def compare_pages(names: list[str], root: Path, repeat: int, rounds: int = ROUNDS) -> str:
    """A Markdown table of medians and 95th percentiles in ms, with ratios to the first engine named."""
    readers = [Reader(name, root / name) for name in names]
    failed = [r for r in readers if "error" in r.opened]
    for reader in failed:
        print(f"{reader.name} cannot be opened: {reader.opened['error']}")
    readers = [r for r in readers if r not in failed]
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    disagreements: list[str] = []
    for round_ in range(rounds):
        for label, queries in CLASSES.items():
            for query in queries:
                reference: tuple[str, Page] | None = None
                for reader in readers:
                    taken, page = reader.page(query, repeat)
                    if page is None:
                        continue
                    times[reader.name, label] += taken
                    if round_ == 0 and reference is None:
                        reference = reader.name, page
                    elif round_ == 0 and reference is not None:
                        disagreements += differences(reference, (reader.name, page), f"{label} {' '.join(query.words)}")
    lines = _table([r.name for r in readers], times)
    lines += ["", "| | " + " | ".join(r.name for r in readers) + " |", "|---|" + "---|" * len(readers)]
    lines.append("| cold open and first page, ms | " + " | ".join(f"{r.opened['cold_ms']:.0f}" for r in readers) + " |")
    lines.append("| peak memory, MB | " + " | ".join(f"{r.close():.0f}" for r in readers) + " |")
    lines += ["", *(disagreements or ["All engines agree on every total and every facet count."])]
    return "\n".join(lines)


def differences(left: tuple[str, Page], right: tuple[str, Page], label: str) -> list[str]:
    """Where two engines' pages differ in total or facet counts; persons are compared where both list them."""
    (left_name, a), (right_name, b) = left, right
    found = []
    if a.total != b.total:
        found.append(f"{label}: {left_name} finds {a.total}, {right_name} {b.total}")
    for name in a.facets.keys() & b.facets.keys():
        common = a.facets[name].keys() & b.facets[name].keys() if name == "person" else None
        keys = common if common is not None else a.facets[name].keys() | b.facets[name].keys()
        wrong = [k for k in keys if a.facets[name].get(k, 0) != b.facets[name].get(k, 0)]
        if wrong:
            found.append(f"{label}: facet {name} differs between {left_name} and {right_name} in {len(wrong)} values")
    return found


def _table(names: list[str], times: dict[tuple[str, str], list[float]]) -> list[str]:
    lines = ["| median (p95), ms | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for label in CLASSES:
        base = statistics.median(times[names[0], label]) if times.get((names[0], label)) else None
        cells = []
        for name in names:
            taken = sorted(times.get((name, label), []))
            if not taken:
                cells.append("–")
                continue
            middle, high = statistics.median(taken), taken[min(len(taken) - 1, int(len(taken) * 0.95))]
            ratio = f" ×{middle / base:.1f}" if base and name != names[0] else ""
            cells.append(f"{middle:.1f} ({high:.1f}){ratio}")
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return lines
