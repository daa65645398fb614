"""All costs of one size: a build, the classes of pages, a reader's memory, commits, the start of a new process."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import children, corpus
from benchmarks.growth.records import Measured
from benchmarks.peers.base import Taken
from benchmarks.peers.broadsheet import article_of
from benchmarks.queries import CLASSES
from benchmarks.tables import Times
from indexer import open_archive
from indexer.config import Config, EngineConfig, EntitiesConfig

LONGEST = 240  # characters of a body
COMMITTED = 100  # articles of a commit
COMMITS = 12  # so many that some have to merge what the ones before left
STARTS = 3  # of which the quickest counts
DISK = 2_500  # bytes that an article needs while it is added, at most: its index and what merges write beside it
# A process that imports, opens and answers, and says how many milliseconds each took, and of the processor in all.
START = """
import sys, time
from pathlib import Path
begun = time.perf_counter()
from benchmarks.peers.broadsheet import PEER
from benchmarks.queries import Query
imported = time.perf_counter()
handle = PEER.open(Path(sys.argv[1]))
opened = time.perf_counter()
PEER.page(handle, Query("all", ("senate",)))
ended = time.perf_counter()
print(*(1000 * s for s in (imported - begun, opened - imported, ended - opened, time.process_time())))
"""


def measure(source: Path, articles: int, processes: int, directory: Path) -> Measured:
    """All costs of one size. Raises RuntimeError where the disk is too small or a build fails."""
    free = shutil.disk_usage(directory.parent).free
    if free < articles * DISK:
        raise RuntimeError(f"{articles:,} articles need {articles * DISK / 1e9:.1f} GB, {free / 1e9:.1f} are free")
    measured: Measured = {
        "articles": articles,
        "when": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "load": round(os.getloadavg()[0], 1),
        "processes": processes,
    }
    try:
        measured |= _built(children.build("broadsheet", source, articles, processes, directory, LONGEST))
        measured |= _pages(directory)
        measured |= _started(directory)
        measured |= children.apart(_commits, source, directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    if "error" in measured:
        raise RuntimeError(measured["error"])
    return measured


def _built(built: dict[str, Any]) -> Measured:
    if "error" in built:
        raise RuntimeError(built["error"])
    (taken,) = built["runs"].values()
    return {
        "build s": taken.clock,
        "build, processor s": taken.processor,
        "index MB": built["bytes"] / 1e6,
        "releases MB": built["corpus_mb"],  # of the writer's: Python and the list that articles are resampled from
        "writer MB": built["peak_mb"],
        "worker MB": built["worker_peak_mb"],
    }


def _pages(directory: Path, repeat: int = 5, rounds: int = 2) -> Measured:
    reader = children.Reader("broadsheet", directory)
    if "error" in reader.opened:
        raise RuntimeError(reader.opened["error"])
    times = Times()
    for _ in range(rounds):
        for label, queries in CLASSES.items():
            for query in queries:
                times.add("", label, query, reader.ask(query, repeat)[0])
    found: Measured = {"reader MB": reader.close()}
    for label in CLASSES:
        cells = times.quickest("", label, "clock"), times.quickest("", label, "processor")
        found[f"{label} ms"], found[f"{label}, processor ms"] = (cell[0] for cell in cells if cell)
    return found


def _started(directory: Path) -> Measured:
    """The quickest of some new processes, whose files the system has read before."""
    runs = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", START, str(directory)], capture_output=True, text=True, check=True)
        runs.append(((time.perf_counter() - begun) * 1e3, *map(float, done.stdout.split())))
    whole, imported, opened, page, processor = min(runs)
    return {
        "start ms": whole,
        "import ms": imported,
        "open ms": opened,
        "first page ms": page,
        "start, processor ms": processor,
    }


def _commits(source: Path, directory: Path) -> Measured:
    """Commits into an open archive, each until it is searched with the new articles; the slowest had to merge."""
    releases = corpus.load(source)
    fresh = corpus.short(releases, len(releases) + COMMITS * COMMITTED, LONGEST, seed=2)
    records = list(islice(fresh, len(releases), None))
    config = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False)).with_index(directory)
    runs = []
    with open_archive(config) as archive:
        for number in range(COMMITS):
            chosen = records[number * COMMITTED :][:COMMITTED]
            articles = [article_of(record._replace(id=f"added-{record.id}")) for record in chosen]
            start, used = time.perf_counter(), time.process_time()
            archive.add(articles)
            runs.append(Taken((time.perf_counter() - start) * 1e3, (time.process_time() - used) * 1e3))
    return {
        "commit ms": statistics.median(run.clock for run in runs),
        "commit, processor ms": statistics.median(run.processor for run in runs),
        "slowest commit ms": max(run.clock for run in runs),
    }
