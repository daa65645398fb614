"""Rounds one after the other, until a signal ends them: `indexer follow` without `--once`."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from indexer.config import Config
from indexer.errors import IndexLocked
from indexer.follow.report import FollowReport
from indexer.follow.rounds import Round, Told
from indexer.ingest.stopping import Stopping
from indexer.patience import Patient
from indexer.writing import Enrich, IndexWriter, Prepare

# Seconds between two rounds at least: what is due within them is asked together, and committed together.
SHORTEST = 10.0
LONGEST = 3_600.0
LONGEST_NAP = 1.0


class Persistent:
    """A writer that is waited for as long as it takes; `waits` is told once why."""

    def __init__(self, engine: Patient, waits: Callable[[str], None]) -> None:
        self._engine = engine
        self._waits = waits

    def writer(self, prepare: Prepare, enrich: Enrich | None = None) -> IndexWriter:
        """Open the writer; see `Engine`."""
        try:
            return self._engine.writer(prepare, enrich)
        except IndexLocked as locked:
            self._waits(str(locked))
        return replace(self._engine, seconds=math.inf).writer(prepare, enrich)


def follow_on(
    config: Config,
    engine: Patient,
    enrich: Enrich | None,
    names: Sequence[str],
    *,
    now: bool,
    told: Told | None,
    finished: Callable[[FollowReport], None],
    waits: Callable[[str], None],
) -> int:
    """Rounds over what is due, until a signal comes; returns its number. `finished` is told of each round."""
    persistent = Persistent(engine, waits)
    while True:
        report = Round(config, names, now=now, told=told).run(persistent, enrich)
        now = False
        finished(report)
        if report.build.signal is not None:
            return report.build.signal
        due = report.due.timestamp() if report.due else math.inf
        if signal := rest(min(max(due - time.time(), SHORTEST), LONGEST)):
            return signal


def rest(seconds: float) -> int | None:
    """Wait; returns the signal that ended it early."""
    with Stopping() as stopping:
        for _ in stopping.items(_naps(time.monotonic() + seconds)):
            pass
        return stopping.signal


def _naps(end: float) -> Iterator[None]:
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, LONGEST_NAP))
        yield
