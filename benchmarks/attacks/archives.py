"""Archives that attacks are made on: few articles, some of them as they should not be."""

from pathlib import Path

from indexer.archive import open_archive
from indexer.article import Article
from indexer.config import ArchiveConfig, Config, EngineConfig, EntitiesConfig, SearchConfig

BUDGET_MS = 2_000
WORDS = "senate bill house war people town federal water harbour council budget school road vote law tax plan".split()
LONG = "long"  # the id of an article of 4 MB, which has two versions


def config(root: Path) -> Config:
    """The configuration of an archive in a directory: one process, no names looked for."""
    return Config(
        archive=ArchiveConfig(index=str(root / "index")),
        engine=EngineConfig(processes=1),
        entities=EntitiesConfig(enabled=False),
        search=SearchConfig(budget_ms=BUDGET_MS),
    )


def make_searched(root: Path) -> None:
    """300 articles, one with a word of 250 letters, one that says a word 2,000 times, and sources to match."""
    articles = [
        Article(
            f"a{number}",
            title=f"Number {number}",
            body=" ".join(f"the {WORDS[(number * 7 + n) % len(WORDS)]}{n % 50} of and to in a" for n in range(200)),
            source="a" * 60 + f" paper {number}",
        )
        for number in range(300)
    ]
    articles.append(Article("aa", title="One word", body="a" * 250 + " " + "st" + "a" * 200))
    articles.append(Article("the", title="Again", body="the " * 2_000))
    with open_archive(config(root)) as archive:
        archive.add(articles)


def make_long(root: Path) -> None:
    """One article of 4 MB in 10,000 paragraphs, and what it said before."""
    paragraph = "The senate said the war was over and the house of the people voted for a bill to help the town. " * 4
    with open_archive(config(root)) as archive:
        archive.add([Article(LONG, title="A long report", body="\n\n".join([paragraph] * 10_000), source="A")])
        changed = "\n\n".join(paragraph.replace("war", f"war {n % 7}") for n in range(10_000))
        archive.add([Article(LONG, title="A long report", body=changed, source="A")])


def make_alike(root: Path) -> None:
    """Two versions whose sentences and words are few and stand in ever other orders."""
    before = " ".join("a b c." if n % 2 else "b a." for n in range(380)) + " " + "a b " * 700
    after = " ".join("b a." if n % 3 else "a b c." for n in range(380)) + " " + "b a c " * 480
    with open_archive(config(root)) as archive:
        archive.add([Article(LONG, title="Alike", body=before, source="A")])
        archive.add([Article(LONG, title="Alike", body=after, source="A")])
