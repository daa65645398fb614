"""How fast articles are translated: `python -m benchmarks.translating [--articles N]`.

Apertium, from Spanish into English, by one process and by two: cold, when every text is asked, and again from what is
kept, as after a rebuild. Articles are made of sentences of the demonstration archive in an order of their own, so that
no paragraph comes twice.
"""

import argparse
import platform
import random
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from indexer.archive import open_archive
from indexer.article import Article, Published
from indexer.config import ArchiveConfig, Config, EngineConfig, EntitiesConfig, TranslationConfig

DEMO = Path("demo")
PARAGRAPHS, SENTENCES = 8, 5


def sentences(demo: Path) -> list[str]:
    """The sentences of the demonstration's articles in Spanish."""
    with tempfile.TemporaryDirectory() as place, open_archive(place) as archive:
        archive.build(demo, entities=False)
        bodies = [article.body for article in archive.scan(language="es")]
    return sorted({each for body in bodies for each in re.split(r"(?<=[.!?])\s+", body) if len(each) > 40})


def articles(known: list[str], count: int) -> Iterator[Article]:
    """So many articles of about 700 words."""
    chance = random.Random(1)
    for number in range(count):
        paragraphs = [" ".join(chance.sample(known, SENTENCES)) + f" ({number}.)" for _ in range(PARAGRAPHS)]
        day = Published.of(date(2024, 1, 1) + timedelta(days=number % 300))
        yield Article(f"a{number}", f"Nota {number}", "", "\n\n".join(paragraphs), day, language="es")


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translating", description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--demo", type=Path, default=DEMO, help="where Spanish is taken from")
    options = parser.parse_args()
    known = sentences(options.demo)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {options.articles:,} articles, Python {platform.python_version()}\n")
    print("| processes | from | articles | words | seconds | words/s |\n|---|---|---|---|---|---|")
    for processes in (1, 2):
        with tempfile.TemporaryDirectory() as place:
            config = Config(
                archive=ArchiveConfig(index=place),
                engine=EngineConfig(processes=processes),
                entities=EntitiesConfig(enabled=False),
                translation=TranslationConfig(engine="apertium"),
            )
            listed = list(articles(known, options.articles))
            for source in ("apertium", "what is kept"):
                with open_archive(config) as archive:
                    archive.add(listed)
                    report = archive.translate()
                    archive.remove([article.id for article in listed])
                words = report.words + report.words_kept
                print(
                    f"| {processes} | {source} | {report.translated:,} | {words:,} | {report.seconds:.1f} "
                    f"| {report.rate:,.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
