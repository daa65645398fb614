"""`indexer facet`: all values of a facet. `indexer profile`: everything about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indexer.browsing.profiles import ARTICLES, PROFILE_FIELDS, VALUES
from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import WithWords, with_archive, with_json, with_narrowing, with_query
from indexer.fields import FACET_FIELDS
from indexer.search.request import MAX_SIZE

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.browsing.profiles import Profile
    from indexer.search.options import SearchOptions


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@click.argument("field", type=click.Choice([field.name for field in FACET_FIELDS]), metavar="FIELD")
@with_query
@with_narrowing
@click.option("--contains", default="", metavar="TEXT", help="Only values with this text in them.")
@click.option("--order", type=click.Choice(["count", "name"]), default="count", show_default=True, help="How to sort.")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True, help="How many values to list.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many values to pass over first.")
@with_json
@with_archive
def facet(
    archive: Archive,
    field: str,
    query: str,
    filters: SearchOptions,
    contains: str,
    order: Any,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """List the values of FIELD, each with the number of articles that have it.

    FIELD is one of those that `indexer search --facets all` counts, such as source, person or category. Without a query
    and filters, all articles are counted.

    \b
    indexer facet source
    indexer facet person minister --from 2021 --contains al
    """
    from rich.text import Text

    from indexer.cli.render import print_values

    page = archive.facet_values(field, query, contains=contains, order=order, offset=offset, limit=limit, **filters)
    if as_json:
        emit_json({**page.to_dict(), "offset": offset, "limit": limit})
        return
    console = out()
    if page.corrected:
        console.print(Text(f"Nothing has these words; counted for {printable(page.corrected.query)}.", style="dim"))
    print_values(console, page.buckets)
    if page.missing:
        console.print(Text(f"{counted(page.missing, 'article')} without", style="dim"))
    if (rest := page.total - offset - len(page.buckets)) > 0:
        console.print(Text(f"{rest:,} more: --offset {offset + len(page.buckets)}, or --contains", style="dim"))


@click.command()
@click.argument("field", type=click.Choice(PROFILE_FIELDS))
@click.argument("name")
@click.option(
    "--size",
    type=click.IntRange(0, MAX_SIZE),
    default=ARTICLES,
    show_default=True,
    help="How many of its newest articles.",
)
@click.option(
    "--facet-size",
    type=click.IntRange(min=1),
    default=VALUES,
    show_default=True,
    help="Values of each field beside it.",
)
@click.option("--group", is_flag=True, help="Fold near-duplicates into one article.")
@with_json
@with_archive
def profile(archive: Archive, field: str, name: str, size: int, facet_size: int, group: bool, as_json: bool) -> None:
    """Say all about a source, person, organisation or place.

    How many articles name it, when, together with whom, how it is spelled, and in which sentences. Any spelling will
    do; `indexer facet person --contains lavrov` finds the whole name.

    \b
    indexer profile person 'Sergey Lavrov'
    indexer profile source SANA --json
    """
    found = archive.profile(field, name, size=size, values=facet_size, group=group)
    if as_json:
        emit_json(found.to_dict())
    else:
        print_profile(out(), found)


def print_profile(console: Console, found: Profile) -> None:
    """Its numbers, then what it is named with, then its newest articles."""
    from rich.columns import Columns
    from rich.text import Text

    from indexer.cli.render import facet_table, print_hits, timeline

    console.print(Text(printable(found.name), style="bold"), soft_wrap=True)
    passing = ", in passing" if found.in_passing else ""
    console.print(f"{found.field} · {counted(found.found.total, 'article')}{passing}")
    for label, value in _known(found):
        console.print(Text(printable(f"{label} {value}")), soft_wrap=True)
    others = [f"{text} ({count:,})" for text, count in found.spellings.items() if text != found.name]
    if others:
        console.print(Text(printable(f"also spelled {', '.join(others)}")), soft_wrap=True)
    for each in found.joined:
        if each.short:
            text = f"{counted(each.articles, 'article')} named only as {each.name}"
            console.print(Text(printable(text)), soft_wrap=True)
    for pair in found.probable:
        text = f"perhaps {pair.name} ({pair.count:,}) is {pair.into} ({pair.into_count:,}): {pair.reason}"
        console.print(Text(printable(text), style="dim"), soft_wrap=True)
    for rule in found.rules:
        comment = f": {rule.comment}" if rule.comment else ""
        console.print(Text(printable(f"corrected by {rule.text}{comment}")), soft_wrap=True)
    console.print(timeline(found.found.facets["published"]), soft_wrap=True)
    tables = [facet_table(each) for each in found.named_with.values() if each.buckets]
    if tables:
        console.print()
        console.print(Columns(tables, padding=(1, 3), expand=False))
    print_hits(console, found.found.hits)


def _known(found: Profile) -> list[tuple[str, str]]:
    """What the configuration says of a source."""
    known = found.source
    if known is None:
        return []
    rows = [
        ("also named", ", ".join(name for name in (known.name, *known.other_names) if name != found.name)),
        ("country", known.country),
        ("language", known.language),
        ("translates from", known.translated_from),
        ("site", known.site),
        ("collections", "; ".join(known.collections)),
        ("licence", known.licence),
    ]
    return [(label, value) for label, value in rows if value]
