"""What a dossier costs: `python -m benchmarks.dossier INDEX QUERY [--sizes 100 1000 10000]`.

Of each size one in a process of its own: seconds by the clock and of the processor, files, bytes, and the most memory
that the process had, which has the open archive in it. Numbers of articles are those of `indexer dossier --limit`.
"""

import argparse
import platform
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from indexer.archive import open_archive
from webui import dossier


def measured(index: str, query: str, size: int) -> tuple[int, float, float, int, int, int]:
    """Articles, seconds, seconds of processor, files, bytes and KB of memory of one dossier."""
    with tempfile.TemporaryDirectory() as place, open_archive(index) as archive:
        began, worked = time.perf_counter(), time.process_time()
        found = dossier.write(archive, query, Path(place) / "dossier", limit=size)
        seconds, processor = time.perf_counter() - began, time.process_time() - worked
        written = sum(path.stat().st_size for path in Path(place).rglob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found.held, seconds, processor, found.files, written, memory


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dossier", description=__doc__)
    parser.add_argument("index")
    parser.add_argument("query")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {options.query!r}, Python {platform.python_version()}\n")
    print("| articles | seconds | of processor | files | MB | memory, MB |\n|---|---|---|---|---|---|")
    for size in options.sizes:
        with get_context("spawn").Pool(1) as pool:
            held, seconds, processor, files, written, memory = pool.apply(
                measured, (options.index, options.query, size)
            )
        print(f"| {held:,} | {seconds:.1f} | {processor:.1f} | {files:,} | {written / 1e6:.1f} | {memory / 1024:.0f} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
