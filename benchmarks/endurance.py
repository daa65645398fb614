"""`python -m benchmarks.endurance INDEX`: the site for minutes, while the archive grows and some clients are slow.

A copy of the index is served by `indexer serve`. Readers ask for results pages of the benchmark's queries, one after
another; slow askers send a header a byte a second and never end it; slow takers download all hits of a search at
60 KB/s; a builder adds articles, commits, and begins again. Prints how long readers waited, every status, and what was
built meanwhile.
"""

import argparse
import itertools
import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.load import address, memory
from benchmarks.queries import CLASSES
from benchmarks.web import WAIT, environment, served

EXPORT = "/export.jsonl?q=energy+oil"
KB_A_SECOND = 60


@dataclass
class Seen:
    """What the clients saw. Lists grow in several threads, which appending allows."""

    until: float
    times: list[float] = field(default_factory=list)
    statuses: list[int | str] = field(default_factory=list)
    exports: list[str] = field(default_factory=list)
    builds: list[float] = field(default_factory=list)
    articles: int = 0

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.until


def reader(port: int, first: int, pause: float, seen: Seen) -> None:
    """Ask for pages until the time is up."""
    queries = [address(query) for queries in CLASSES.values() for query in queries]
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    for wanted in itertools.islice(itertools.cycle(queries), first, None):
        if seen.over:
            return
        started = time.perf_counter()
        try:
            connection.request("GET", wanted)
            answer = connection.getresponse()
            answer.read()
            seen.statuses.append(answer.status)
        except (OSError, HTTPException) as error:
            seen.statuses.append(type(error).__name__)
            connection.close()
        seen.times.append((time.perf_counter() - started) * 1000)
        time.sleep(pause)


def slow_asker(port: int, seen: Seen) -> None:
    """Begin a request again and again, and never end one."""
    while not seen.over:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=WAIT) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            while not seen.over:
                connection.sendall(b"x")
                time.sleep(1)


def slow_taker(port: int, seen: Seen) -> None:
    """Download one export after another, slowly."""
    while not seen.over:
        taken_whole = False
        with suppress(OSError), socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
            connection.settimeout(WAIT)
            connection.connect(("127.0.0.1", port))
            connection.sendall(f"GET {EXPORT} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            tail = b""
            while not seen.over and (piece := connection.recv(8192)):
                tail = (tail + piece)[-200:]
                time.sleep(len(piece) / 1000 / KB_A_SECOND)
            taken_whole = b"broadsheet_export_end" in tail
        if not seen.over:
            seen.exports.append("whole" if taken_whole else "cut")


def builder(index: Path, size: int, pause: float, seen: Seen) -> None:
    """Add articles to the archive again and again."""
    for number in itertools.count():
        if seen.over:
            return
        lines = "".join(
            json.dumps({"id": f"grown-{number}-{n}", "title": f"Senate bill {number}", "text": "The senate met. " * 50})
            + "\n"
            for n in range(size)
        )
        started = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "indexer", "build", "-", "--no-entities"],
            input=lines.encode(),
            env=environment(index, 1),
            capture_output=True,
            check=True,
        )
        seen.builds.append(time.monotonic() - started)
        seen.articles += size
        time.sleep(pause)


def report(seen: Seen, seconds: float) -> str:
    """What was seen, in a paragraph."""
    times = sorted(seen.times)

    def percentile(share: float) -> float:
        return times[min(len(times) - 1, int(len(times) * share))]

    statuses = ", ".join(f"{count:,} of {status}" for status, count in sorted(Counter(seen.statuses).items(), key=str))
    return (
        f"{len(times):,} pages in {seconds:.0f} s ({len(times) / seconds:.1f} a second): {statuses}. "
        f"Median {statistics.median(times):.0f} ms, p95 {percentile(0.95):.0f}, p99 {percentile(0.99):.0f}, "
        f"longest {times[-1]:.0f}. {len(seen.builds)} builds of {seen.articles:,} articles in all, "
        f"{statistics.median(seen.builds):.1f} s each in the median. Slow exports: {dict(Counter(seen.exports))}."
    )


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endurance", description=__doc__)
    parser.add_argument("index", type=Path, help="a built index; it is copied, not changed")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--workers", type=int, default=2, help="of the server")
    parser.add_argument("--readers", type=int, default=4, help="that ask at once")
    parser.add_argument("--pause", type=float, default=0.1, help="seconds of a reader between two pages")
    parser.add_argument("--slow-askers", type=int, default=32)
    parser.add_argument("--slow-takers", type=int, default=4)
    parser.add_argument("--build-size", type=int, default=200, help="articles of each build")
    parser.add_argument("--build-pause", type=float, default=10, help="seconds between two builds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="endurance-") as folder:
        index = Path(folder) / "index"
        shutil.copytree(options.index, index)
        with served(index, options.workers) as (port, server):
            seen = Seen(time.monotonic() + options.minutes * 60)
            work = [(reader, (port, 7 * number, options.pause, seen)) for number in range(options.readers)]
            work += [(slow_asker, (port, seen))] * options.slow_askers
            work += [(slow_taker, (port, seen))] * options.slow_takers
            work += [(builder, (index, options.build_size, options.build_pause, seen))]
            threads = [threading.Thread(target=target, args=arguments) for target, arguments in work]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            print(f"{datetime.now(UTC):%Y-%m-%d} · {' '.join(sys.argv[1:])}\n\n{report(seen, options.minutes * 60)}")
            print(memory(server))


if __name__ == "__main__":
    main()
