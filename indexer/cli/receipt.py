"""`indexer receipt`: what a search finds now, as a text to be kept, and what has changed since or between two."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import WithWords, with_archive, with_json, with_narrowing, with_query

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.receipts.comparison import ReceiptComparison, ReceiptsComparison
    from indexer.receipts.difference import ReceiptDifference
    from indexer.receipts.found import Edited
    from indexer.receipts.receipt import Receipt
    from indexer.search.options import SearchOptions


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@with_query
@with_narrowing
@click.option("--check", "token", metavar="RECEIPT", help="Say what has changed since this receipt was issued.")
@click.option("--with", "other", metavar="RECEIPT", help="With --check: say what lies between both receipts.")
@with_json
@with_archive
def receipt(
    archive: Archive,
    query: str,
    filters: SearchOptions,
    token: str | None,
    other: str | None,
    as_json: bool,
) -> None:
    """Issue or check a receipt, a text that says what a search finds now.

    Nothing is stored: keep the text. `/receipt/` of the web and a receipt behind it is a page that says the same. Two
    receipts are compared in whichever order they are given; the addresses of their pages will do.

    \b
    indexer receipt 'lavrov biden' --source SANA
    indexer receipt --check AQEAAAAA...
    indexer receipt --check AQEAAAAA... --with AQIAAAAA...
    """
    if token is None and other is not None:
        raise click.UsageError("--with goes with --check: indexer receipt --check RECEIPT --with RECEIPT")
    if token is not None:
        if query:
            raise click.UsageError("A receipt holds its search. Give --check without a query.")
        if other is not None:
            both = archive.compare_receipts(token, other)
            emit_json(both.to_dict()) if as_json else print_both(out(), both)
            return
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
    """Then, now, and what is new, gone and edited."""
    from rich.text import Text

    console.print(Text(_found(found.receipt) + _query(found.receipt), style="dim"), soft_wrap=True)
    console.print(Text(f"{counted(found.total, 'article')} now, generation {found.generation}", style="dim"))
    _print_difference(console, found.difference, found.net)


def print_both(console: Console, found: ReceiptsComparison) -> None:
    """The older one, the newer one, and what lies between them."""
    from rich.text import Text

    for issued in (found.older, found.newer):
        console.print(Text(_found(issued) + _query(issued), style="dim"), soft_wrap=True)
    if found.differing:
        console.print("These are receipts of two searches, and what is new or gone may be so because of that:")
        for name, older, newer in found.differing:
            part = "query" if name == "q" else name
            console.print(Text(printable(f"  {part}: {older or '(nothing)'} / {newer or '(nothing)'}")), soft_wrap=True)
    _print_difference(console, found.difference, found.net, same="Both found the same articles")


def _print_difference(console: Console, found: ReceiptDifference, net: int, same: str = "") -> None:
    from rich.text import Text

    from indexer.cli.render import print_hit, print_hits
    from indexer.search.results import Hit

    console.print(Text(_verdict(found, net, same), style="bold"))
    if found.lost:
        console.print(f"Of those gone, the archive has {found.lost:,} no more.")
    for label, articles in (("New", found.new_articles), ("Gone from the search, in the archive", found.gone_articles)):
        if articles:
            console.print()
            console.print(Text(f"{label}:", style="bold"))
            print_hits(console, (Hit(article, 0.0) for article in articles))
    if found.edited_articles:
        console.print()
        console.print(Text("Changed:", style="bold"))
    for number, each in enumerate(found.edited_articles, 1):
        console.print()
        print_hit(console, number, Hit(each.article, 0.0))
        console.print(Text(f"     {_way(each)}", style="dim"), soft_wrap=True)


def _way(each: Edited) -> str:
    """How to see what differs."""
    if each.version is None:
        return "the archive keeps the newest version alone; what it said before is not there"
    return f"indexer diff {shlex.quote(printable(each.article.id))} --version {each.version} --against {each.against}"


def _found(issued: Receipt) -> str:
    total = counted(issued.total, "article")
    return f"{total} on {issued.time:%Y-%m-%d %H:%M:%S} UTC, generation {issued.generation}"


def _query(issued: Receipt) -> str:
    return f" for {printable(issued.request.query)}" if issued.request.query else ""


def _verdict(found: ReceiptDifference, net: int, same: str) -> str:
    edited = f"{found.edited:,} changed" if found.edited else ""
    if found.changed is False:
        if edited:
            return f"{same or 'The same articles'}, {edited}."
        return f"{same}." if same else "Nothing has changed."
    if found.new is not None and found.gone is not None:
        return f"{', '.join(filter(None, (f'{found.new:,} new', f'{found.gone:,} gone', edited)))}."
    if net:
        return f"{counted(abs(net), 'article')} {'more' if net > 0 else 'fewer'}."
    return "As many as before, but not the same ones." if found.changed else "As many as before."
