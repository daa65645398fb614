"""`indexer diff`: two versions of an article, or two articles, sentence by sentence."""

import click
from rich.console import Console
from rich.text import Text

from indexer.archive import Archive
from indexer.article import Article
from indexer.browsing.differences import Differences
from indexer.cli.console import emit_json, out, printable
from indexer.cli.options import with_archive, with_json
from indexer.cli.render import dated, marked
from indexer.cli.show import moment

LEFT, RIGHT = "bold red", "bold green"


@click.command()
@click.argument("id")
@click.argument("other", required=False)
@click.option("--version", type=click.IntRange(min=1), help="Which version of ID.  [default: the newest, or before it]")
@click.option("--against", type=click.IntRange(min=1), help="Which version of OTHER.  [default: the newest]")
@with_json
@with_archive
def diff(archive: Archive, id: str, other: str | None, version: int | None, against: int | None, as_json: bool) -> None:
    """Say what differs between the articles ID and OTHER, or between two versions of ID.

    Without OTHER, the newest version of ID is compared with the one before it. What is worth comparing is listed by
    `indexer show ID --copies`.

    \b
    indexer diff https://paper.example/1 --version 1
    indexer diff https://paper.example/1 https://other.example/2
    """
    found = archive.differences(id, other, version=version, against=against)
    if as_json:
        emit_json(found.to_dict())
    else:
        print_differences(out(), found)


def print_differences(console: Console, found: Differences) -> None:
    """The sentences that differ, the left side's after - and the right side's after +."""
    for sign, article in (("-", found.left), ("+", found.right)):
        console.print(Text(f"{sign} {_named(article)}", style="dim"), soft_wrap=True)
    if found.same:
        console.print("Nothing differs.")
    if not found.complete:
        console.print("It would take too long to compare these to the end. What was not compared stands as different.")
    for row in found.rows:
        if row.differs:
            console.print()
            if row.left:
                console.print(Text("- ") + marked(row.left, row.left_spans, LEFT), soft_wrap=True)
            if row.right:
                console.print(Text("+ ") + marked(row.right, row.right_spans, RIGHT), soft_wrap=True)


def _named(article: Article) -> str:
    facts = (article.id, article.source, dated(article.published), f"since {moment(article.stood)}")
    return printable(" · ".join(fact for fact in facts if fact))
