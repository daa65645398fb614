"""`indexer receipt`: what a search finds now, as a text to be kept, and what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import WithWords, with_archive, with_json, with_narrowing, with_query

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.receipts.checking import ReceiptComparison
    from indexer.receipts.receipt import Receipt
    from indexer.search.options import SearchOptions


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@with_query
@with_narrowing
@click.option("--check", "token", metavar="RECEIPT", help="Say what has changed since this receipt was issued.")
@with_json
@with_archive
def receipt(
    archive: Archive,
    query: str,
    filters: SearchOptions,
    token: str | None,
    as_json: bool,
) -> None:
    """Issue or check a receipt, a text that says what a search finds now.

    Nothing is stored: keep the text. `/receipt/` of the web and a receipt behind it is a page that says the same.

    \b
    indexer receipt 'lavrov biden' --source SANA
    indexer receipt --check AQEAAAAA...
    """
    if token is not None:
        if query:
            raise click.UsageError("A receipt holds its search. Give --check without a query.")
        found = archive.check_receipt(token)
        emit_json(found.to_dict()) if as_json else print_comparison(out(), found)
        return
    issued = archive.receipt(query, **filters)
    emit_json(issued.to_dict()) if as_json else print_receipt(out(), issued)


def print_receipt(console: Console, issued: Receipt) -> None:
    """What was found, then the text to be kept on a line of its own."""
    from rich.text import Text

    console.print(Text(_found(issued), style="bold"))
    console.print(Text(issued.token), soft_wrap=True)


def print_comparison(console: Console, found: ReceiptComparison) -> None:
    """Then, now, and what is new."""
    from rich.text import Text

    from indexer.cli.render import print_hits
    from indexer.search.results import Hit

    query = f" for {printable(found.request.query)}" if found.request.query else ""
    console.print(Text(_found(found.receipt) + query, style="dim"), soft_wrap=True)
    console.print(Text(f"{counted(found.total, 'article')} now, generation {found.generation}", style="dim"))
    console.print(Text(_verdict(found), style="bold"))
    print_hits(console, (Hit(article, 0.0) for article in found.new_articles))


def _found(issued: Receipt) -> str:
    total = counted(issued.total, "article")
    return f"{total} on {issued.time:%Y-%m-%d %H:%M:%S} UTC, generation {issued.generation}"


def _verdict(found: ReceiptComparison) -> str:
    if found.changed is False:
        return "Nothing has changed."
    if found.new is not None and found.gone is not None:
        return f"{found.new:,} new, {found.gone:,} gone."
    if found.net:
        return f"{counted(abs(found.net), 'article')} {'more' if found.net > 0 else 'fewer'}."
    return "As many as before, but not the same ones." if found.changed else "As many as before."
