"""`python -m benchmarks.threads INDEX`: how good are the links between articles of one story, and what do they cost?

With `--gold` the links are judged by a file of threads (`tests/golden/threads.json`), one half of it at a time:
precision is the share of links that it says are right, recall the share of its pairs that are linked, copies of an
article counting as the article. Pairs that it leaves to the reader count neither way; what is linked wrongly is listed.

Without it links of articles drawn at random are listed, to be read: of each the strength, the days between, the titles
and the words. The time is that of the processor, of the first step alone (the page of an article) and of the whole.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import Archive, open_archive
from indexer.threads.thread import Thread, thread_of


@dataclass(frozen=True)
class Judged:
    """Links of one half of the gold set: right ones, wrong ones, and which pairs of how many were found."""

    right: int
    wrong: tuple[tuple[str, str], ...]
    found: int
    pairs: int

    @property
    def precision(self) -> float:
        """The share of links that are right."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of pairs that are linked."""
        return self.found / max(1, self.pairs)


def judge(archive: Archive, gold: dict[str, Any], half: str) -> Judged:
    """Judge every link of the articles that a half of the gold set speaks of: those of its days.

    `gold` has `until`, the last day of the half to tune on, `threads`, lists of ids, and `either`, pairs of ids or
    beginnings of ids that may be linked or not.
    """
    articles = {article.id: article for article in archive if article.published}
    days = {id: article.published.day.isoformat() for id, article in articles.items() if article.published}
    own = [id for id in articles if (days[id] <= gold["until"]) == (half == "tune")]
    story = {id: number for number, ids in enumerate(gold["threads"]) for id in ids}
    either = {frozenset(pair) for pair in gold["either"]}
    copies = {id: {hit.id for hit in archive.copies(id)} for id in story}
    right, wrong, linked = 0, [], set[tuple[str, str]]()
    for id in sorted(own):
        for link in archive.thread(id).links:
            other = link.article.id
            if frozenset((id, other)) in either:
                continue
            linked |= {(id, each) for each in (other, *copies.get(other, ()))}
            if id in story and story[id] == story.get(other):
                right += 1
            else:
                wrong.append((id, other))
    pairs = {
        (one, other)
        for one in own
        for other in articles
        if one != other and one in story and story[one] == story.get(other) and other not in copies[one]
    }
    return Judged(right, tuple(wrong), len(pairs & linked), len(pairs))


def drawn(archive: Archive, count: int, seed: int) -> Iterator[tuple[Thread, float, float]]:
    """Threads of articles drawn at random, with the milliseconds of the first step and of all."""
    ids = sorted(article.id for article in archive if article.published)
    for id in random.Random(seed).sample(ids, min(count, len(ids))):
        start = time.process_time()
        thread_of(archive, id, steps=1)
        middle = time.process_time()
        thread = thread_of(archive, id)
        yield thread, (middle - start) * 1000, (time.process_time() - middle) * 1000


def _print_judged(archive: Archive, gold: dict[str, Any]) -> None:
    print("| half | links | right | precision | pairs | found | recall |\n|---|---|---|---|---|---|---|")
    halves = {half: judge(archive, gold, half) for half in ("tune", "judge")}
    for half, found in halves.items():
        links = found.right + len(found.wrong)
        shares = f"{found.precision:.1%} | {found.pairs} | {found.found} | {found.recall:.1%}"
        print(f"| {half} | {links} | {found.right} | {shares} |")
    for half, found in halves.items():
        for one, other in found.wrong:
            print(f"wrong ({half}): {archive.get(one).title} / {archive.get(other).title}")


def _print_drawn(archive: Archive, count: int, seed: int) -> None:
    first, whole, linked = list[float](), list[float](), 0
    for thread, one, all_ in drawn(archive, count, seed):
        first.append(one)
        whole.append(all_)
        linked += bool(thread)
        for link in thread.links:
            days = (link.article.published.day - thread.article.published.day).days  # type: ignore[union-attr]  # links have days
            step = "" if link.to == thread.article.id else " by another"
            print(f"{link.strength:.2f} {days:+d}d{step} {thread.article.title} // {link.article.title} {link.because}")
    for name, times in (("first step", sorted(first)), ("whole", sorted(whole))):
        print(f"{name}: median {times[len(times) // 2]:.0f} ms, 95 % within {times[len(times) * 95 // 100]:.0f} ms")
    print(f"{linked} of {len(first)} articles have a thread")


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.threads", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--gold", type=Path, help="a file of threads, by which links are judged")
    parser.add_argument("--articles", type=int, default=100, help="drawn at random")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with open_archive(options.index) as archive:
        if options.gold:
            _print_judged(archive, json.loads(options.gold.read_text(encoding="utf-8")))
        else:
            _print_drawn(archive, options.articles, options.seed)


if __name__ == "__main__":
    main()
