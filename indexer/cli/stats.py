"""`indexer stats`: what the archive holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, emit_json, out, printable, size
from indexer.cli.options import with_archive, with_json

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.search.results import ArchiveStats


@click.command()
@with_json
@with_archive
def stats(archive: Archive, as_json: bool) -> None:
    """Say what the archive holds: articles, days, languages, size."""
    from indexer.entities.choose import names_only

    found = archive.stats()
    if as_json:
        emit_json(found.to_dict())
    else:
        entities = archive.config.entities
        listed = names_only(filter(None, found.languages), entities.taggers) if entities.enabled else ()
        print_stats(out(), archive.config.archive.name, archive.place, found, listed)


def _span(found: ArchiveStats) -> str:
    if not found.first_day:
        return "no dates"
    span = f"{found.first_day} to {found.last_day}"
    return f"{span} ({found.future:,} dated in the future)" if found.future else span


def print_stats(console: Console, name: str, place: str, found: ArchiveStats, listed: Sequence[str] = ()) -> None:
    """One fact to a line. `listed` are the languages in which entities are found by lists of names alone."""
    from rich.text import Text

    console.print(Text(printable(name), style="bold"))
    rows = [
        ("articles", f"{found.articles:,}" + (f" ({found.undated:,} undated)" if found.undated else "")),
        ("published", _span(found)),
        ("languages", ", ".join(f"{code or 'unknown'} {count:,}" for code, count in found.languages.items())),
        *((field, f"{count:,} distinct") for field, count in found.distinct.items()),
        ("entities", f"{', '.join(listed)}: known places and institutions only, no people" if listed else ""),
        ("index", f"{place} ({found.engine}, {counted(found.segments, 'segment')}, generation {found.generation})"),
        ("size", size(found.bytes)),
    ]
    for label, value in rows:
        if value:
            console.print(Text.assemble((f"{label:16}", "dim"), printable(value)), soft_wrap=True)
