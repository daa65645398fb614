"""Each engine in a process of its own, so that memory is its own and one engine's warm-up helps no other."""

import multiprocessing as mp
import os
import resource
import shutil
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks import corpus, peers
from benchmarks.peers.base import Best, Elsewhere, Page, Taken
from benchmarks.queries import Query

_SPAWN = mp.get_context("spawn")


def directory_bytes(directory: Path) -> int:
    """Size of all files below a directory."""
    return sum(f.stat().st_size for f in directory.rglob("*") if f.is_file())


def build(
    name: str, source: Path, count: int, processes: int, directory: Path, longest: int | None = None
) -> dict[str, Any]:
    """Build one engine's index in a fresh process.

    `longest` is of short articles' bodies, in characters. Returns what each run took in seconds (one, where the engine
    does not time itself), articles/s of the last, bytes on disk, peak memory in MB.
    """
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    answer: dict[str, Any] = apart(_build, name, source, count, processes, directory, longest)
    if "error" not in answer:
        answer["bytes"] = directory_bytes(directory)
    return answer


def apart(work: Any, *arguments: Any) -> Any:
    """What a function answers in a process of its own; `{"error": ...}` where it fails."""
    ours, theirs = _SPAWN.Pipe()
    child = _SPAWN.Process(target=_answer, args=(theirs, work, arguments))
    child.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return {"error": "the process died"}
    finally:
        child.join()


def _answer(pipe: Connection, work: Any, arguments: tuple[Any, ...]) -> None:
    try:
        pipe.send(work(*arguments))
    except Exception:
        pipe.send({"error": traceback.format_exc(limit=3)})


def _build(name: str, source: Path, count: int, processes: int, directory: Path, longest: int | None) -> dict[str, Any]:
    peer = peers.load(name)
    records = corpus.load(source, count)
    stream = corpus.short(records, count, longest) if longest else corpus.scaled(records, count)
    if count <= len(records):
        stream = iter(list(stream))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, used = time.perf_counter(), sum(os.times()[:4])
    runs = peer.build(stream, directory, processes)
    if runs is None:
        runs = {"": Taken(time.perf_counter() - start, sum(os.times()[:4]) - used)}
    return {
        "runs": runs,
        "rate": count / list(runs.values())[-1].clock,
        "corpus_mb": before / 1024,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "worker_peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


class Reader:
    """One engine, open in a child process pinned to one core, that answers and times itself.

    `what` is what it is asked for: a `page`, or the `top` ten alone.
    """

    def __init__(self, name: str, directory: Path, core: int | None = 0, what: str = "page") -> None:
        self.name = name
        self._pipe, theirs = _SPAWN.Pipe()
        self._child = _SPAWN.Process(target=_serve, args=(theirs, name, directory, core, what), daemon=True)
        self._child.start()
        theirs.close()
        self.opened: dict[str, Any] = self._pipe.recv()

    def ask(self, query: Query, repeat: int = 1) -> tuple[list[Taken], Page | Best | None]:
        """Milliseconds of each of `repeat` runs, and the answer."""
        self._pipe.send((query, repeat))
        answer = self._pipe.recv()
        if isinstance(answer, str):
            raise RuntimeError(f"{self.name}: {answer}")  # noqa: TRY004  # the child's own error
        times, found = answer
        return times, found

    def close(self) -> float:
        """End the process; returns its peak memory in MB."""
        self._pipe.send(None)
        peak: float = self._pipe.recv()
        self._child.join()
        return peak


def _serve(pipe: Connection, name: str, directory: Path, core: int | None, what: str) -> None:
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        peer = peers.load(name)
        ask = getattr(peer, what)
        start = time.perf_counter()
        handle = peer.open(directory)
        ask(handle, Query("all", ("senate",)))
        cold = (time.perf_counter() - start) * 1e3
        if isinstance(peer, Elsewhere):
            peer.warm(handle, what)
        pipe.send({"cold_ms": cold})
    except Exception:
        pipe.send({"error": traceback.format_exc(limit=3)})
        return
    while (wanted := pipe.recv()) is not None:
        query, repeat = wanted
        try:
            times = []
            for _ in range(repeat):
                start, used = time.perf_counter(), time.process_time()
                found = ask(handle, query)
                taken = Taken((time.perf_counter() - start) * 1e3, (time.process_time() - used) * 1e3)
                times.append(peer.taken(handle) if isinstance(peer, Elsewhere) else taken)
            pipe.send((times, found))
        except Exception:
            pipe.send(traceback.format_exc(limit=3))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send(peer.peak_mb(handle) if isinstance(peer, Elsewhere) else own)
