"""`indexer rejects`: what could not be indexed, and why."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.completion import among
from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import with_archive, with_json
from indexer.errors import UsageError
from indexer.ingest.rejects import REASONS

if TYPE_CHECKING:
    from indexer.archive import Archive


@click.command()
@click.option("--reason", metavar="REASON", help="Only rejects of this reason.", shell_complete=among(REASONS))
@click.option(
    "--size", type=click.IntRange(min=0), default=10, show_default=True, help="Examples shown of each reason."
)
@with_json
@with_archive
def rejects(archive: Archive, reason: str | None, size: int, as_json: bool) -> None:
    """Show what the builds could not index, grouped by reason.

    Every build tries these again. Of an archive without rejects, 0 are counted.
    """
    from rich.text import Text

    from indexer.ingest.rejects import read_rejects

    if reason is not None and reason not in REASONS:
        raise UsageError(f"There is no reason {reason!r}. Known: {', '.join(REASONS)}.")
    counts: Counter[str] = Counter()
    examples: dict[str, list[dict[str, Any]]] = {}
    for record in read_rejects(archive.place):
        name = str(record.get("reason"))
        if reason is None or name == reason:
            counts[name] += 1
            if counts[name] <= size:
                examples.setdefault(name, []).append(record)
    if not counts:
        archive.stats()  # says so where there is no archive at all
    if as_json:
        emit_json({"total": counts.total(), "reasons": dict(counts.most_common()), "examples": examples})
        return
    console = out()
    console.print(f"{counted(counts.total(), 'reject')}")
    for name, count in counts.most_common():
        console.print()
        console.print(Text.assemble((f"{name}  {count:,}", "bold"), f"  {REASONS.get(name, '')}"), soft_wrap=True)
        for record in islice(examples.get(name, ()), size):
            console.print(printable(_line(record)), soft_wrap=True)


def _line(record: dict[str, Any]) -> str:
    place = str(record.get("path")) + (f":{record['record']}" if record.get("record") else "")
    detail = f"  {record['detail']}" if record.get("detail") else ""
    return f"  {place}{detail}"
