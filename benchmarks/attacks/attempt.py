"""One attack in a process of its own, whose memory and processor time are limited and measured."""

import multiprocessing as mp
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

MOST_MB = 1_500
MOST_SECONDS = 150  # of processor time
_SPAWN = mp.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Attack:
    """Something that is made in an empty directory, and what is then done with it; what `run` returns is the outcome.

    `cheap` ones take a few seconds at most, making included, and are tests. `expected` is their outcome.
    """

    name: str
    make: Callable[[Path], None]
    run: Callable[[Path], str]
    expected: str = ""
    cheap: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of an attack: seconds of the clock and of the processor, MB beyond what the process began with."""

    outcome: str
    seconds: float = 0.0
    processor: float = 0.0
    megabytes: float = 0.0


def attempt(attack: Attack, root: Path, megabytes: int = MOST_MB, seconds: int = MOST_SECONDS) -> Measured:
    """Make an attack in an empty directory. A process that passes a limit is killed, which is the outcome then."""
    attack.make(root)
    ours, theirs = _SPAWN.Pipe()
    child = _SPAWN.Process(target=_limited, args=(theirs, attack.run, root, megabytes, seconds))
    child.start()
    theirs.close()
    try:
        measured: Measured = ours.recv()
    except EOFError:
        child.join()
        measured = Measured(f"killed: {signal.Signals(-(child.exitcode or -9)).name}")
    child.join()
    return measured


def _limited(pipe: Connection, run: Callable[[Path], str], root: Path, megabytes: int, seconds: int) -> None:
    _warm_up()
    Path("/proc/self/clear_refs").write_text("5")  # the peak is what there is now
    before, used, began = _peak(), time.process_time(), time.perf_counter()
    resource.setrlimit(resource.RLIMIT_DATA, ((megabytes << 20) + before, (megabytes << 20) + before))
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds, int(used) + seconds + 5))
    outcome: Any
    try:
        outcome = run(root)
    except MemoryError:
        outcome = f"more than {megabytes:,} MB"
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}"
    pipe.send(
        Measured(outcome, time.perf_counter() - began, time.process_time() - used, max(_peak() - before, 0) / (1 << 20))
    )


def _warm_up() -> None:
    """Load what the first of everything loads, so that it is not counted."""
    import trafilatura.core  # noqa: F401

    import webui  # noqa: F401
    from indexer.ingest.language import detect

    detect("The committee met on Thursday to discuss the budget for the coming year.")


def _peak() -> int:
    """The most memory that this process has had, in bytes; what the system says of children counts their parents in."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) << 10
