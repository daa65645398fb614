"""`python -m benchmarks.growth`: what Broadsheet costs as an archive of short articles grows to ten million.

Releases cut to 240 characters, and articles of pieces of many beyond their number (`corpus.short`), made as they are
added, so that no more than the releases is in memory. A size that is in `--records` is not measured again; the index
of a size is removed when it is measured. Prints a table, and draws `--drawing`.
"""

import argparse
import sys
from pathlib import Path

from benchmarks import corpus
from benchmarks.growth.measuring import measure
from benchmarks.growth.records import record, recorded
from benchmarks.growth.showing import drawing, table

SIZES = "57436,300000,1000000,3000000,10000000"


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT, help="JSON lines, gzipped")
    parser.add_argument("--sizes", default=SIZES, help="numbers of articles, with commas between them")
    parser.add_argument("--processes", type=int, default=2, help="that build")
    parser.add_argument("--root", type=Path, default=Path("index_data/growth"), help="where indexes are for a while")
    parser.add_argument("--records", type=Path, default=Path("index_data/growth.jsonl"), help="what was measured")
    parser.add_argument("--drawing", type=Path, help="where to draw, such as docs/images/growth.svg")
    options = parser.parse_args()
    options.root.mkdir(parents=True, exist_ok=True)
    for articles in sorted(map(int, options.sizes.split(","))):
        if articles not in {each["articles"] for each in recorded(options.records)}:
            try:
                measured = measure(options.corpus, articles, options.processes, options.root / str(articles))
            except RuntimeError as error:
                sys.exit(f"{articles:,} articles: {error}")
            record(options.records, measured)
            print(measured, flush=True)
    known = recorded(options.records)
    print(f"\n{table(known)}")
    if options.drawing:
        options.drawing.write_text(drawing(known), encoding="utf-8")


if __name__ == "__main__":
    main()
