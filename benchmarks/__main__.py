"""`python -m benchmarks [build|pages|top|all]`: prints Markdown tables and asserts nothing."""

import argparse
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import children, corpus, peers
from benchmarks.pages import compare_pages, compare_top
from benchmarks.tables import head, row


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["build", "pages", "top", "all"], default="all")
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT, help="JSON lines, gzipped")
    parser.add_argument("--articles", type=int, default=57_436, help="more than the corpus has: scaled by resampling")
    parser.add_argument("--engines", help="the first is the measure of the rest; without, those that need no cluster")
    parser.add_argument("--processes", type=int, default=1, help="processes or threads that build")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each query in each round")
    parser.add_argument("--rounds", type=int, default=5, help="rounds over all queries and engines")
    parser.add_argument("--root", type=Path, default=Path("index_data/benchmark"), help="where the indexes are built")
    options = parser.parse_args()
    if not options.corpus.is_file():
        sys.exit(f"No corpus at {options.corpus}. Name one with --corpus.")
    names = options.engines.split(",") if options.engines else list(peers.ALONE)
    root = options.root / str(options.articles)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {options.articles:,} articles, Python {platform.python_version()}")
    print(f"\n    {' '.join(['python -m benchmarks', *sys.argv[1:]])}\n")
    if options.what in ("build", "all"):
        print("\n".join(head("", "articles/s", "seconds", "processor, s", "index, MB", "peak memory, MB (a worker's)")))
        for name in names:
            built = children.build(name, options.corpus, options.articles, options.processes, root / name)
            print("\n".join(_rows(name, options.articles, built)), flush=True)
        print()
    if options.what in ("pages", "all"):
        print(compare_pages(names, root, options.repeat, options.rounds))
    if options.what in ("top", "all"):
        ranked = [name for name in names if name in peers.RANKED]
        print(compare_top(ranked, root, options.repeat, options.rounds))


def _rows(name: str, articles: int, built: dict[str, Any]) -> list[str]:
    """An engine's rows of the table of builds, one for each run that counts."""
    if "error" in built:
        return [row(name, f"failed: {built['error'].strip().splitlines()[-1]}", *[""] * 4)]
    memory = f"{built['peak_mb'] - built['corpus_mb']:,.0f} ({built['worker_peak_mb']:,.0f})"
    return [
        row(
            f"{name}, {run}" if run else name,
            f"{articles / taken.clock:,.0f}",
            f"{taken.clock:.1f}",
            f"{taken.processor:.1f}",
            f"{built['bytes'] / 1e6:,.0f}",
            memory,
        )
        for run, taken in built["runs"].items()
    ]


if __name__ == "__main__":
    main()
