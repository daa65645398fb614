"""`indexer stats`: what the archive holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, emit_json, out, printable, size
from indexer.cli.options import with_archive, with_json

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.browsing.sources import Sources
    from indexer.search.results import ArchiveStats
    from indexer.translation.report import TranslationStats


@click.command()
@with_json
@with_archive
def stats(archive: Archive, as_json: bool) -> None:
    """Say what the archive holds: articles, days, languages, size."""
    from indexer.browsing.sources import sources_of

    found, sources = archive.stats(), sources_of(archive, days=False)
    translated = archive.translation_stats() if _translates(archive) else None
    if as_json:
        told = sources.to_dict()
        remarks = {name: told[name] for name in ("unlisted", "outdated")} if sources.held else {}
        emit_json(found.to_dict() | ({"translations": translated.to_dict()} if translated else {}) | remarks)
        return
    print_stats(out(), archive.config.archive.name, archive.place, found, translated)
    print_remarks(out(), sources)


def _translates(archive: Archive) -> bool:
    """Whether articles are translated, or were: to count them takes a look at each in a language that is."""
    from indexer.translation.store import FILE_NAME

    return bool(archive.config.translation.engine) or Path(archive.place, FILE_NAME).is_file()


def _translations(found: TranslationStats | None) -> str:
    """`apertium 1,200 articles; 34 want one; 8,000 paragraphs kept in 3.4 MB`."""
    if found is None:
        return ""
    engines = [
        f"{counted(count, 'article')} by {engine or 'an unnamed engine'}" for engine, count in found.engines.items()
    ]
    kept = f"{counted(found.paragraphs, 'paragraph')} kept in {size(found.bytes)}"
    return "; ".join((*(engines or ["none"]), f"{found.wanting:,} wanted", kept))


def _span(found: ArchiveStats) -> str:
    if not found.first_day:
        return "no dates"
    span = f"{found.first_day} to {found.last_day}"
    return f"{span} ({found.future:,} dated in the future)" if found.future else span


def print_stats(
    console: Console, name: str, place: str, found: ArchiveStats, translated: TranslationStats | None = None
) -> None:
    """One fact to a line."""
    from rich.text import Text

    from indexer.entities.choose import in_words

    console.print(Text(printable(name), style="bold"))
    rows = [
        ("articles", f"{found.articles:,}" + (f" ({found.undated:,} undated)" if found.undated else "")),
        ("published", _span(found)),
        ("languages", ", ".join(f"{code or 'unknown'} {count:,}" for code, count in found.languages.items())),
        *((field, f"{count:,} distinct") for field, count in found.distinct.items()),
        ("entities", "; ".join(in_words(found.taggers))),
        ("translations", _translations(translated)),
        ("index", f"{place} ({found.engine}, {counted(found.segments, 'segment')}, generation {found.generation})"),
        ("size", size(found.bytes)),
    ]
    for label, value in rows:
        if value:
            console.print(Text.assemble((f"{label:16}", "dim"), printable(value)), soft_wrap=True)


def print_remarks(console: Console, sources: Sources) -> None:
    """What the configuration does not know of the sources, if it knows any."""
    from rich.text import Text

    from indexer.cli.sources import remarks

    for line in remarks(sources):
        console.print(Text(printable(line)), soft_wrap=True)
