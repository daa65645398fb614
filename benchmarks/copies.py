"""`python -m benchmarks.copies CORPUS`: made copies found, by kind, and what else is taken for one story.

Copies of random articles are made in each of the ways of `KINDS`. The copies of one kind are indexed beside the whole
corpus; one is found if it is in the group of its original. What the corpus itself has in groups is compared run by run
of words: pairs that share less than half of the shorter one's are counted.
"""

import argparse
import gzip
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import orjson

from indexer.analysis import tokens
from indexer.article import Article
from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.directory.groups import groups_name, read_groups, write_groups

COPIES = 40  # of each kind
MIN_WORDS = 60  # of an original
MOST_PAIRS = 20  # compared in one group
_NONE = np.zeros(0, np.uint32)
_WORDS = (
    "harbour lantern meadow copper thistle orchard gravel velvet pepper anchor saddle marble willow falcon barley "
    "cider magnet pillow rocket timber walnut zephyr bucket candle ribbon ladder mirror needle parcel quarry"
).split()
_HEADER = "Reprinted with kind permission of the agency that holds all rights in the text that follows below."
_FOOTER = "Share this page with your friends. Write to the editor. All rights reserved, and no part may be sold on."


@dataclass(frozen=True, slots=True)
class Text:
    """What is copied of an article."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        """The paragraphs as one text."""
        return "\n\n".join(self.paragraphs)


def _last_half_cut(text: Text, _: random.Random) -> Text:
    words = text.body.split()
    return replace(text, paragraphs=(" ".join(words[: len(words) // 2]),))


def _first_half_cut(text: Text, _: random.Random) -> Text:
    words = text.body.split()
    return replace(text, paragraphs=(" ".join(words[len(words) // 2 :]),))


def _third_kept(text: Text, _: random.Random) -> Text:
    words = text.body.split()
    return replace(text, paragraphs=(" ".join(words[: len(words) // 3]),))


def _tenth_changed(text: Text, chance: random.Random) -> Text:
    words = text.body.split()
    for at in chance.sample(range(len(words)), len(words) // 10):
        words[at] = chance.choice(_WORDS)
    return replace(text, paragraphs=(" ".join(words),))


def _reordered(text: Text, chance: random.Random) -> Text:
    paragraphs = list(text.paragraphs) if len(text.paragraphs) > 2 else [*text.body.split(". ")]
    chance.shuffle(paragraphs)
    return replace(text, paragraphs=tuple(paragraphs))


def _framed(text: Text, _: random.Random) -> Text:
    return replace(text, paragraphs=(_HEADER, *text.paragraphs, _FOOTER))


def _punctuated(text: Text, _: random.Random) -> Text:
    marks = str.maketrans({",": " –", ".": "。", '"': "»", "'": "’", ";": ",", ":": " —"})
    return replace(text, paragraphs=tuple(each.translate(marks).upper() for each in text.paragraphs))


def _new_headline(text: Text, chance: random.Random) -> Text:
    return replace(text, title=" ".join(chance.sample(_WORDS, 5)).capitalize())


def _middle_cut_and_changed(text: Text, chance: random.Random) -> Text:
    words = text.body.split()
    third = len(words) // 4
    return _tenth_changed(replace(text, paragraphs=(" ".join(words[:third] + words[2 * third :]),)), chance)


KINDS: dict[str, Callable[[Text, random.Random], Text]] = {
    "last half cut": _last_half_cut,
    "first half cut": _first_half_cut,
    "first third alone": _third_kept,
    "a tenth of the words changed": _tenth_changed,
    "a quarter cut, a tenth of the rest changed": _middle_cut_and_changed,
    "paragraphs in another order": _reordered,
    "header and footer added": _framed,
    "other punctuation, all capitals": _punctuated,
    "another headline": _new_headline,
}


def copy_of(article: Article, kind: str, chance: random.Random, id: str) -> Article:
    """A made copy of an article."""
    text = KINDS[kind](Text(article.title, tuple(article.body.split("\n\n"))), chance)
    return replace(article, id=id, title=text.title, body=text.body)


def load(path: Path, limit: int) -> Iterator[Article]:
    """The articles of a file of JSON lines, gzipped or not, as `indexer export` writes it or as the corpus has them."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines):
            if number >= limit:
                return
            raw = orjson.loads(line)
            yield Article(id=raw["id"], title=raw["title"] or "", body=raw.get("text") or raw.get("body") or "")


def _grouped(directory: Path, segments: Sequence[SegmentInfo]) -> tuple[list[int], float]:
    before = time.process_time()
    write_groups(directory, 1, [(info, _NONE) for info in segments])
    taken = time.process_time() - before
    documents = sum(info.documents for info in segments)
    return read_groups(ArrayFile(directory / groups_name(1)), documents).tolist(), taken


def _runs(article: Article) -> set[tuple[str, ...]]:
    words = tokens(article.body)
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def _apart(articles: Sequence[Article], groups: Sequence[int]) -> tuple[int, int, int, list[tuple[str, str, float]]]:
    """Articles in groups, stories that they are, pairs compared, and those that share less than half."""
    members: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    stories = [each for each in members.values() if len(each) > 1]
    compared, apart = 0, []
    for each in stories:
        pairs = list(combinations(each, 2))
        for left, right in random.Random(1).sample(pairs, min(MOST_PAIRS, len(pairs))):
            one, other = _runs(articles[left]), _runs(articles[right])
            share = len(one & other) / max(1, min(len(one), len(other)))
            compared += 1
            if share < 0.5:
                apart.append((articles[left].id, articles[right].id, share))
    return sum(map(len, stories)), len(stories), compared, apart


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("corpus", type=Path, help="JSON lines")
    parser.add_argument("--articles", type=int, default=1 << 40, help="the first of the corpus")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not options.corpus.is_file():
        sys.exit(f"No corpus at {options.corpus}.")
    articles = list({article.id: article for article in load(options.corpus, options.articles)}.values())
    chance = random.Random(options.seed)
    long_enough = [number for number, each in enumerate(articles) if len(each.body.split()) >= MIN_WORDS]
    originals = chance.sample(long_enough, COPIES)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        before = time.process_time()
        corpus = build_segment(articles, directory)
        built = time.process_time() - before
        groups, taken = _grouped(directory, [corpus])
        inside, stories, compared, apart = _apart(articles, groups)
        print(f"{len(articles):,} articles: indexed in {built:.1f} s and grouped in {taken:.2f} s of processor time")
        largest = int(np.bincount(groups).max())
        print(f"{inside:,} articles are {stories:,} stories, the largest of {largest}")
        print(f"{len(apart)} of {compared:,} pairs of one story share less than half")
        for left, right, share in random.Random(2).sample(apart, min(10, len(apart))):
            print(f"    {left} and {right}: {share:.2f}")
        print("\n| kind of copy | found |\n|---|---|")
        total = 0
        for kind in KINDS:
            made = [copy_of(articles[number], kind, chance, f"copy-{number}") for number in originals]
            groups, _ = _grouped(directory, [corpus, build_segment(made, directory)])
            found = sum(groups[len(articles) + at] == groups[number] for at, number in enumerate(originals))
            total += found
            print(f"| {kind} | {found} of {COPIES} |")
        print(f"| all | {total} of {COPIES * len(KINDS)} |")


if __name__ == "__main__":
    main()
