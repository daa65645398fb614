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
from benchmarks.peers.base import Page
from benchmarks.queries import Query

_SPAWN = mp.get_context("spawn")


def directory_bytes(directory: Path) -> int:
    """Size of all files below a directory."""
    return sum(f.stat().st_size for f in directory.rglob("*") if f.is_file())


def build(name: str, source: Path, count: int, processes: int, directory: Path) -> dict[str, Any]:
    """Build one engine's index in a fresh process: articles/s, seconds, bytes on disk, peak memory in MB."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    answer: dict[str, Any] = _ask(_build, name, source, count, processes, directory)
    if "error" not in answer:
        answer["bytes"] = directory_bytes(directory)
    return answer


def _ask(work: Any, *arguments: Any) -> Any:
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


def _build(name: str, source: Path, count: int, processes: int, directory: Path) -> dict[str, Any]:
    records = corpus.load(source, count)
    stream = list(corpus.scaled(records, count)) if count <= len(records) else corpus.scaled(records, count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    peers.load(name).build(stream, directory, processes)
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "seconds": seconds,
        "rate": count / seconds,
        "corpus_mb": before / 1024,
        "peak_mb": own / 1024,
        "worker_peak_mb": workers / 1024,
    }


class Reader:
    """One engine, open in a child process pinned to one core, that answers pages and times them itself."""

    def __init__(self, name: str, directory: Path, core: int | None = 0) -> None:
        self.name = name
        self._pipe, theirs = _SPAWN.Pipe()
        self._child = _SPAWN.Process(target=_serve, args=(theirs, name, directory, core), daemon=True)
        self._child.start()
        theirs.close()
        self.opened: dict[str, Any] = self._pipe.recv()

    def page(self, query: Query, repeat: int = 1) -> tuple[list[float], Page | None]:
        """Milliseconds of each of `repeat` runs, and the page."""
        self._pipe.send((query, repeat))
        answer = self._pipe.recv()
        if isinstance(answer, str):
            raise RuntimeError(f"{self.name}: {answer}")  # noqa: TRY004  # the child's own error
        times, page = answer
        return times, page

    def close(self) -> float:
        """End the process; returns its peak memory in MB."""
        self._pipe.send(None)
        peak: float = self._pipe.recv()
        self._child.join()
        return peak


def _serve(pipe: Connection, name: str, directory: Path, core: int | None) -> None:
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        peer = peers.load(name)
        start = time.perf_counter()
        handle = peer.open(directory)
        peer.page(handle, Query("all", ("senate",)))
        pipe.send({"cold_ms": (time.perf_counter() - start) * 1e3})
    except Exception:
        pipe.send({"error": traceback.format_exc(limit=3)})
        return
    while (wanted := pipe.recv()) is not None:
        query, repeat = wanted
        try:
            times = []
            for _ in range(repeat):
                start = time.perf_counter()
                page = peer.page(handle, query)
                times.append((time.perf_counter() - start) * 1e3)
            pipe.send((times, page))
        except Exception:
            pipe.send(traceback.format_exc(limit=3))
    pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
