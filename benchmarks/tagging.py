"""`python -m benchmarks.tagging [FILE...]`: from text to names, compiled and in Python, and what that makes of a build.

In: collections of articles, JSON lines that may be gzipped; without any, the press releases. Out: printed, words a
second of processor time when the words are new and when they were met, whether both ways find the same names, and
memory. With `--pairs`, `indexer build` of the first collection with entities and without, in turn: processor time of
all processes.
"""

import argparse
import gzip
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import orjson

from benchmarks import corpus
from indexer.entities.crf import CrfTagger
from indexer.entities.locate import Located, tag_sentences
from indexer.entities.tokenise import sentences

TITLES = ("title", "headline")
TEXTS = ("text", "body")
LANGUAGE = "en"
MOST = 60_000
Fields = dict[str, str]


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tagging", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[corpus.DEFAULT])
    parser.add_argument("--articles", type=int, default=4_000, help="of each file; every n-th of those it has")
    parser.add_argument("--pairs", type=int, default=0, help="pairs of builds, with entities and without")
    options = parser.parse_args()
    for file in options.files:
        if not file.is_file():
            sys.exit(f"No collection at {file}. Name others.")
    if options.pairs:
        compare_builds(options.files[0], options.articles, options.pairs)
    else:
        compare_taggers([fields for file in options.files for fields in read(file, options.articles)])


def lines(file: Path, count: int) -> list[bytes]:
    """`count` lines from all over a file."""

    def every() -> Iterator[bytes]:
        with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as opened:
            yield from opened

    step = max(1, sum(1 for _ in every()) // count)
    return list(islice(every(), 0, step * count, step))


def read(file: Path, count: int) -> Iterator[Fields]:
    """Title and body of articles."""
    for line in lines(file, count):
        record = orjson.loads(line)
        title = next((record[name] for name in TITLES if name in record), "")
        yield {"title": title, "body": next((record[name] for name in TEXTS if name in record), "")}


def compare_taggers(documents: Sequence[Fields]) -> None:
    """Print the rates of both taggers, and in how many documents they differ."""
    words = sum(
        len(each.words) for fields in documents for text in fields.values() for each in sentences(text, LANGUAGE)
    )
    print(f"{len(documents):,} articles, {words:,} words\n")
    print("| | words are new | words were met | memory, MB |\n|---|---|---|---|")
    found = {}
    for name, compiled in (("compiled", True), ("Python", False)):
        tagger = CrfTagger(compiled=compiled)
        names, rates = [], []
        for _ in range(2):
            began = time.process_time()
            names = [located(tagger, fields, compiled) for fields in documents]
            rates.append(words / (time.process_time() - began))
        found[name] = names
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {name} | {rates[0]:,.0f} words/s | {rates[1]:,.0f} words/s | {memory:,.0f} |", flush=True)
    differ = sum(one != other for one, other in zip(found["compiled"], found["Python"], strict=True))
    print(f"\n{sum(map(len, found['Python'])):,} names; {differ} articles differ")


def located(tagger: CrfTagger, fields: Fields, compiled: bool) -> list[Located]:
    """The names in a document."""
    if compiled:
        return tagger.locate(fields, LANGUAGE, MOST)
    return tag_sentences(tagger, fields, LANGUAGE, MOST)


def compare_builds(file: Path, count: int, pairs: int) -> None:
    """Print processor time and rate of builds with entities and without."""
    with tempfile.TemporaryDirectory() as directory:
        articles = Path(directory, "articles.jsonl")
        articles.write_bytes(b"".join(lines(file, count)))
        print(f"{count:,} articles, seconds of the processor (of the clock)\n")
        print("| pair | without entities | with | rate, with / without |\n|---|---|---|---|")
        for pair in range(1, pairs + 1):
            without, with_them = (build(articles, Path(directory, "index"), *more) for more in (["--no-entities"], []))
            print(
                f"| {pair} | {without[0]:.2f} ({without[1]:.2f}) | {with_them[0]:.2f} ({with_them[1]:.2f}) "
                f"| {without[0] / with_them[0]:.2f} |",
                flush=True,
            )


def build(articles: Path, index: Path, *more: str) -> tuple[float, float]:
    """Processor and clock seconds of a build."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "indexer", "build", str(articles), "--index", str(index), *more]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(index)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, took


if __name__ == "__main__":
    main()
