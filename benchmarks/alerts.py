"""`python -m benchmarks.alerts INDEX`: a whole run of alerts over a commit, timed, into the outbox; nothing is sent.

The index is copied. Alerts are the searches of `benchmarks.percolate`; the commit is as many of the archive's articles,
drawn from all of it, once more under other ids.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.percolate import alerts as searches_of
from indexer import Archive, open_archive
from indexer.alerts.alert import new_alert
from indexer.alerts.arrivals import newest, read_until
from indexer.alerts.store import FILE_NAME, Store
from indexer.article import Article


def drawn(archive: Archive, count: int, seed: int) -> list[Article]:
    """Some of an archive's articles as they were before it held them, under other ids."""
    chosen = random.Random(seed).sample([article.id for article in archive], count)
    found = filter(None, archive.get_many(chosen))
    return [
        replace(article, id=f"{article.id}-again", added=None, changed=None, revision=None, earlier=())
        for article in found
    ]


def keep(archive: Archive, count: int, seed: int) -> None:
    """Have an archive keep so many alerts."""
    now = datetime.now(UTC)
    read = read_until(archive, newest(archive, now))
    made = [new_alert(each, now, since=read.until) for each in searches_of(archive, count, seed)]
    Store(archive.place).add_all(made, read)


def run(archive: Archive, articles: Sequence[Article]) -> None:
    """Commit the articles, run the alerts, and print what that took."""
    archive.add(articles)
    wall, processor = time.perf_counter(), time.process_time()
    report = archive.run_alerts()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    told = sum(message.total for message in report.messages)
    megabytes = Path(archive.place, FILE_NAME).stat().st_size / 1e6
    print(
        f"| {report.alerts:,} | {report.arrived:,} | {len(report.messages):,} | {told:,} | {wall:.1f} | "
        f"{processor:.1f} | {megabytes:.1f} |",
        flush=True,
    )


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.alerts", description=__doc__)
    parser.add_argument("index", help="the folder of an index")
    parser.add_argument("--alerts", type=int, default=10_000)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "index"
        shutil.copytree(options.index, place, ignore=shutil.ignore_patterns(FILE_NAME))
        with open_archive(place) as archive:
            paused = time.perf_counter()
            keep(archive, options.alerts, options.seed)
            print(f"{len(archive):,} articles; kept in {time.perf_counter() - paused:.1f} s\n")
            print("| alerts | arrived | messages | articles told of | seconds | processor | MB |")
            print("|---|---|---|---|---|---|---|")
            for at, count in enumerate(options.articles):
                run(archive, [replace(each, id=f"{each.id}-{at}") for each in drawn(archive, count, options.seed + at)])


if __name__ == "__main__":
    main()
