"""`indexer sources`: the sources that the configuration knows, and what the archive holds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import with_archive, with_json

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.browsing.sources import Sources

MOST_UNLISTED = 20  # of those without an entry that are shown
REBUILD = "Names or collections of sources have changed since articles came: indexer rebuild files these anew."


@click.command()
@with_json
@with_archive
def sources(archive: Archive, as_json: bool) -> None:
    """List the sources of the configuration, each with its articles and the days of the first and last.

    A source is written under [[sources]] in config.toml, or in a sources.toml beside it: its name, other names that are
    counted under it, its country, language, site, collections and licence.

    \b
    indexer sources
    indexer sources --json
    """
    found = archive.sources()
    if as_json:
        emit_json(found.to_dict())
    else:
        print_sources(out(), found)


def print_sources(console: Console, found: Sources) -> None:
    """A row for each, then what the configuration does not know."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not found.held:
        console.print("The configuration has no [[sources]].")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("source", "country", "language", "collections"):
        table.add_column(heading, overflow="fold")
    table.add_column("articles", justify="right", no_wrap=True)
    for heading in ("first", "last"):
        table.add_column(heading, no_wrap=True)
    for each in found.held:
        known = each.source
        own = "" if known.language == known.translated_from else known.language
        language = f"{own} from {known.translated_from}" if known.translated_from else own
        texts = (known.name, known.country, language.strip(), "; ".join(known.collections), f"{each.articles:,}")
        days = (str(day) if day else "" for day in (each.first_day, each.last_day))
        table.add_row(*(Text(printable(text)) for text in (*texts, *days)))
    console.print(table)
    for line in remarks(found):
        console.print(Text(printable(line)), soft_wrap=True)


def remarks(found: Sources) -> list[str]:
    """Which sources have no entry in the configuration, and whether it was changed since articles came."""
    lines = []
    if found.unlisted:
        shown = "; ".join(f"{name} {count:,}" for name, count in found.unlisted[:MOST_UNLISTED])
        more = len(found.unlisted) - MOST_UNLISTED
        rest = f"; and {more:,} more" if more > 0 else ""
        lines.append(f"{counted(len(found.unlisted), 'source')} without an entry: {shown}{rest}")
    return [*lines, REBUILD] if found.outdated else lines
