"""`python -m benchmarks.load INDEX`: whole results pages over HTTP, alone and under load; prints Markdown tables.

The site runs under `indexer serve`. First one client asks for each kind of page, one after another: the time a reader
waits for the last byte. Then several clients ask for pages of many different words at once: pages a second, and how
long each took; and the memory of the workers, of which they share what they map of the index.
"""

import argparse
import itertools
import statistics
import threading
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks.queries import CLASSES, Query
from benchmarks.web import WAIT, served


def address(query: Query) -> str:
    """The results page of a benchmark query."""
    dates = f"&from={query.start}&to={query.end}" if query.start else ""
    return f"/search?q={quote_plus(query.as_typed())}{dates}"


def alone(port: int, runs: int) -> list[str]:
    """Lines of the first table."""
    lines = ["| page | median, ms | p95, ms |", "|---|---|---|"]
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    taken: dict[str, list[float]] = {label: [] for label in CLASSES}
    for turn in range(runs + 1):
        for label, queries in CLASSES.items():
            for query in queries:
                milliseconds = _fetch(connection, address(query))
                if turn:  # the first has everything to read
                    taken[label].append(milliseconds)
    for label, times in taken.items():
        times.sort()
        high = times[min(len(times) - 1, int(len(times) * 0.95))]
        lines.append(f"| {label} | {statistics.median(times):.1f} | {high:.1f} |")
    return lines


def under_load(port: int, clients: int, seconds: float) -> str:
    """What several clients got in so many seconds."""
    queries = [address(query) for queries in CLASSES.values() for query in queries]
    until = time.monotonic() + seconds
    times: list[float] = []

    def ask(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
        for wanted in itertools.islice(itertools.cycle(queries), first, None):
            if time.monotonic() > until:
                return
            times.append(_fetch(connection, wanted))

    threads = [threading.Thread(target=ask, args=(number * len(queries) // clients,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return (
        f"{clients} clients, {seconds:.0f} s: {len(times) / seconds:.1f} pages a second, median "
        f"{statistics.median(times):.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms."
    )


def memory(server: int) -> str:
    """What the workers of a server hold: their own memory, and what they map of the index."""
    lines = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"\nPPid:\t{server}\n" not in (process / "status").read_text():
                continue
            held = (process / "smaps_rollup").read_text()
        except OSError:
            continue
        found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in held.splitlines()[1:]}
        private = found["Private_Clean"] + found["Private_Dirty"]
        lines.append(f"a worker: {found['Rss']:.0f} MB resident, {private:.0f} MB of them its own")
    return "; ".join(lines)


def _fetch(connection: HTTPConnection, wanted: str) -> float:
    """Milliseconds from the request to the last byte."""
    started = time.perf_counter()
    connection.request("GET", wanted)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{wanted} answers {answer.status}")
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("index", type=Path, help="a built index")
    parser.add_argument("--workers", type=int, default=2, help="of the server")
    parser.add_argument("--clients", type=int, default=4, help="that ask at once")
    parser.add_argument("--seconds", type=float, default=20, help="of load")
    parser.add_argument("--runs", type=int, default=5, help="of each page alone, after the first")
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}\n\n    python -m benchmarks.load {options.index}\n")
    with served(options.index, options.workers) as (port, server):
        print("\n".join(alone(port, options.runs)), end="\n\n", flush=True)
        print(under_load(port, options.clients, options.seconds))
        print(memory(server))


if __name__ == "__main__":
    main()
