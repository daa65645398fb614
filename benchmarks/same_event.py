"""`python -m benchmarks.same_event INDEX`: articles about one event, by different sources: which are taken for copies?

Of articles drawn at random, those most like it are looked at that another source published within two days. How much
two of them have in common is counted run by run of four words, as the share of the shorter one's that the longer has;
the table says for each tenth of it how many pairs there are and how many the archive holds for one story. Pairs that
are taken for one with less than two fifths in common are listed, to be read.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from indexer import Archive, open_archive
from indexer.analysis import tokens
from indexer.article import Article

NEAREST = 8  # articles looked at for each one drawn
APART = timedelta(days=2)
MIN_WORDS = 80
FEW = 0.4  # of the shorter text: what shares less and is one story is listed


def shared(first: Article, second: Article) -> float:
    """How much of the shorter text's runs of four words the longer has, from 0 to 1."""
    one, other = _runs(first.body), _runs(second.body)
    return len(one & other) / max(1, min(len(one), len(other)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = tokens(text)
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def pairs(archive: Archive, drawn: int, seed: int) -> Iterator[tuple[Article, Article]]:
    """Pairs of long enough articles of two sources and at most two days, each once."""
    chance = random.Random(seed)
    articles = [a for a in archive.scan() if a.published and len(a.body.split()) >= MIN_WORDS]
    seen = set()
    for article in chance.sample(articles, min(drawn, len(articles))):
        for hit in archive.related(article.id, NEAREST):
            other = archive.get(hit.article.id)
            if other is None or len(other.body.split()) < MIN_WORDS or other.source == article.source:
                continue
            if not other.published or not article.published:
                continue
            if abs(other.published.instant - article.published.instant) > APART:
                continue
            pair = frozenset((article.id, other.id))
            if pair not in seen:
                seen.add(pair)
                yield article, other


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same_event", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--articles", type=int, default=1500, help="drawn at random")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    found: Counter[int] = Counter()
    joined: Counter[int] = Counter()
    doubtful = []
    with open_archive(options.index) as archive:
        for first, second in pairs(archive, options.articles, options.seed):
            share = shared(first, second)
            tenth = min(9, int(share * 10))
            found[tenth] += 1
            if second.id in {hit.article.id for hit in archive.copies(first.id)}:
                joined[tenth] += 1
                if share < FEW:
                    doubtful.append((share, first, second))
    print("| in common | pairs | one story |\n|---|---|---|")
    for tenth in sorted(found):
        print(f"| {tenth * 10} % or more | {found[tenth]} | {joined[tenth]} |")
    for share, first, second in islice(sorted(doubtful, key=lambda each: each[0]), 40):
        print(f"{share:.2f} {first.source}: {first.title} / {second.source}: {second.title}")


if __name__ == "__main__":
    main()
