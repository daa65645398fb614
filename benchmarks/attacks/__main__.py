"""`python -m benchmarks.attacks [INDEX]`: what each attack cost, as a Markdown table; asserts nothing.

With INDEX the queries are asked of that archive too.
"""

import argparse
import platform
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.attacks import files, pages, queries
from benchmarks.attacks.attempt import MOST_MB, MOST_SECONDS, Attack, attempt


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks", description=__doc__)
    parser.add_argument("index", nargs="?", help="an archive that the queries are asked of too")
    parser.add_argument("--only", default="", help="attacks with these words in their names")
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, at most {MOST_MB:,} MB and", end=" ")
    print(f"{MOST_SECONDS} s each\n\n    {' '.join(['python -m benchmarks.attacks', *sys.argv[1:]])}\n")
    print("| attack | processor, s | clock, s | memory, MB | outcome |\n|---|---|---|---|---|")
    for attack in [*files.ATTACKS, *queries.attacks(), *pages.ATTACKS]:
        _tell(attack, options.only)
    if options.index:
        print("| **the queries, on the archive named** | | | | |")
        for attack in queries.attacks(str(Path(options.index).resolve())):
            _tell(attack, options.only)


def _tell(attack: Attack, only: str) -> None:
    if only not in attack.name:
        return
    root = Path(tempfile.mkdtemp(prefix="attack-"))
    try:
        made = attempt(attack, root)
    finally:
        shutil.rmtree(root)
    print(
        f"| {attack.name} | {made.processor:.1f} | {made.seconds:.1f} | {made.megabytes:,.0f} | {made.outcome} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
