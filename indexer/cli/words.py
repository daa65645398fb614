"""`indexer words`: what is said more in the hits of a search than in the rest of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from indexer.asking import TERMS
from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import WithWords, with_archive, with_json, with_narrowing, with_query

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.search.options import SearchOptions
    from indexer.search.significance import SignificantTerms

MOST_TERMS = 100


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@with_query
@with_narrowing
@click.option(
    "--limit", type=click.IntRange(0, MOST_TERMS), default=TERMS, show_default=True, help="How many words and names."
)
@with_json
@with_archive
def words(archive: Archive, query: str, filters: SearchOptions, limit: int, as_json: bool) -> None:
    """List words and names that are said more in the hits than in the rest of the archive.

    Each with the number of hits that have it, and the share of the hits and of the rest. At most the best 10,000 hits
    are looked at. docs/words.md says how it is computed.

    \b
    indexer words immigration
    indexer words 'hurricane katrina' --from 2006 --json
    """
    found = archive.significant_terms(query, limit=limit, **filters)
    if as_json:
        emit_json(found.to_dict())
    else:
        print_terms(out(), found)


def print_terms(console: Console, found: SignificantTerms) -> None:
    """How many hits were compared with how many articles, then a line for each word or name."""
    from rich.table import Table
    from rich.text import Text

    if found.corrected:
        console.print(Text(f"Nothing has these words; counted for {printable(found.corrected.query)}.", style="dim"))
    best = f"the best {found.foreground:,} of " if found.foreground < found.total else ""
    rest = counted(found.background, "other article")
    console.print(Text(f"{best}{counted(found.total, 'article')}, beside {rest}", style="bold"), soft_wrap=True)
    if not found.terms:
        console.print("Nothing is said much more in these articles than in the others.")
        return
    table = Table.grid(padding=(0, 2))
    for each in found:
        table.add_row(
            Text(each.kind, style="dim"),
            Text(printable(each.text), style="bold"),
            Text(f"{each.count:,}", justify="right"),
            Text(f"{each.share:.0%} of these, {each.rest_share:.1%} of the rest", style="dim"),
        )
    console.print(table)
