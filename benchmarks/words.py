"""What the words of hits cost beside a page of results, by how many hits there are.

    python -m benchmarks.words --index index_data

The searches are single words of the archive, of which about so many articles have each. Times are of the processor, the
least of some runs; the first run of each, in which its postings are read, stands beside.
"""

import argparse
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np

from indexer.archive import Archive
from indexer.config import Config
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.request import SearchRequest

HITS = (10, 100, 1_000, 10_000)
SEARCHES = 5  # words of about so many hits each
RUNS = 7
LISTED = 12


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="an archive")
    options = parser.parse_args()
    with Archive(Config().with_index(options.index)) as archive:
        print(f"{len(archive):,} articles, processor time in ms\n")
        print("| hits | page | words and names | first time | page beside them |\n|---|---|---|---|---|")
        archive.significant_terms("*", limit=LISTED)
        for hits, words in [*((hits, _words_with(archive, hits)) for hits in HITS), (len(archive) - 1, ["-zzzz"])]:
            rows = [_measured(archive, word) for word in words]
            page, terms, first = (float(np.median(column)) for column in zip(*rows, strict=True))
            print(f"| {hits:,} | {page:.1f} | {terms:.1f} | {first:.1f} | ×{terms / page:.1f} |")


def _measured(archive: Archive, query: str) -> tuple[float, float, float]:
    """A page, its words, and these when they are first asked for."""
    request = SearchRequest(query)
    archive.search(request)
    first = _time(lambda: archive.significant_terms(request, limit=LISTED))
    return (
        min(_time(lambda: archive.search(request)) for _ in range(RUNS)),
        min(_time(lambda: archive.significant_terms(request, limit=LISTED)) for _ in range(RUNS)),
        first,
    )


def _time(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def _words_with(archive: Archive, hits: int) -> list[str]:
    """Words of the bodies that about so many articles have, spread over those that do."""
    engine = archive.engine
    assert isinstance(engine, WhooshEngine)
    snapshot = engine.snapshot
    dictionary = max(snapshot.views, key=lambda view: view.dictionary("body").terms).dictionary("body")
    largest = max(segment.doc_count for segment in snapshot.segments)
    counts = np.diff(dictionary.postings.astype(np.int64)) * (snapshot.size / largest)
    near = np.argsort(np.abs(np.log(np.maximum(counts, 0.1) / hits)), kind="stable").tolist()
    forms = (dictionary.forms(term)[0] for term in near)
    return list(islice((form for form in forms if form.isalpha() and len(form) > 3), SEARCHES))


if __name__ == "__main__":
    main()
