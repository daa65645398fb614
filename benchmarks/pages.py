"""All engines answer the same queries in turn, round after round, so that noise strikes all alike."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import fmean

from benchmarks.children import Reader
from benchmarks.peers.base import TOP, Best, Page
from benchmarks.queries import CLASSES, Query
from benchmarks.tables import Times, head, row

ROUNDS = 5
UNSCORED = ("everything", "prefix")  # kinds whose matches have one score for all, or each engine its own rule

Answers = dict[str, Page | Best]  # by engine


def compare_pages(names: list[str], root: Path, repeat: int, rounds: int = ROUNDS) -> str:
    """Results pages: tables of what they took, with ratios to the first engine named, and where engines disagree."""
    readers = _opened(names, root, "page")
    times = Times()
    disagreements: list[str] = []
    for label, query, answers in _asked(readers, times, repeat, rounds):
        pages = [(name, page) for name, page in answers.items() if isinstance(page, Page)]
        for other in pages[1:]:
            disagreements += differences(pages[0], other, f"{label} {' '.join(query.words)}")
    lines = times.report([r.name for r in readers]) + _processes(readers)
    lines += ["", *(disagreements or ["All engines agree on every total and every facet count."])]
    return "\n".join(lines)


def compare_top(names: list[str], root: Path, repeat: int, rounds: int = ROUNDS) -> str:
    """The ten best alone: tables as of pages, and how many of the ten each two engines have in common."""
    readers = _opened(names, root, "top")
    times = Times()
    alike: dict[tuple[str, tuple[str, str]], list[int]] = defaultdict(list)
    for label, query, answers in _asked(readers, times, repeat, rounds):
        if query.kind not in UNSCORED:
            found = {name: {id for id, _ in best} for name, best in answers.items() if isinstance(best, tuple)}
            for pair in combinations(found, 2):
                alike[label, pair].append(len(found[pair[0]] & found[pair[1]]))
    engines = [r.name for r in readers]
    pairs = list(combinations(engines, 2))
    lines = times.report(engines) + _processes(readers)
    lines += ["", *head(f"of the {TOP} best, the same", *(" and ".join(pair) for pair in pairs))]
    for label in CLASSES:
        if any((label, pair) in alike for pair in pairs):
            lines.append(row(label, *(f"{fmean(alike[label, pair]):.1f}" for pair in pairs)))
    return "\n".join(lines)


def _opened(names: list[str], root: Path, what: str) -> list[Reader]:
    readers = []
    for name in names:
        reader = Reader(name, root / name, what=what)
        if "error" in reader.opened:
            print(f"{name} is left out: {reader.opened['error'].strip().splitlines()[-1]}\n", flush=True)
        else:
            readers.append(reader)
    return readers


def _asked(readers: list[Reader], times: Times, repeat: int, rounds: int) -> Iterator[tuple[str, Query, Answers]]:
    """Ask all in turn, and note what each run took; gives the answers of the first round."""
    for round_ in range(rounds):
        for label, queries in CLASSES.items():
            for query in queries:
                answers: Answers = {}
                for reader in readers:
                    taken, answer = reader.ask(query, repeat)
                    if answer is not None:
                        times.add(reader.name, label, query, taken)
                        answers[reader.name] = answer
                if round_ == 0:
                    yield label, query, answers


def _processes(readers: list[Reader]) -> list[str]:
    """What the processes took at first and in all; ends them."""
    return [
        *head("", *(r.name for r in readers)),
        row("cold open and first answer, ms", *(f"{r.opened['cold_ms']:.0f}" for r in readers)),
        row("peak memory, MB", *(f"{r.close():.0f}" for r in readers)),
    ]


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
