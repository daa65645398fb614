"""`indexer thread`: how the story of an article goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import with_archive, with_json

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.threads.thread import Thread


@click.command()
@click.argument("id")
@with_json
@with_archive
def thread(archive: Archive, id: str, as_json: bool) -> None:
    """List what came before and after the article ID in the same story, day by day.

    Articles are linked by the rare names and words that they share, which are told; nobody has chosen them. Copies of
    an article are no part of its thread: `indexer show ID --copies` lists these.

    \b
    indexer thread https://paper.example/1
    """
    found = archive.thread(id)
    if as_json:
        emit_json(found.to_dict())
    else:
        print_thread(out(), found)


def print_thread(console: Console, found: Thread) -> None:
    """Each article with its day and source, and by which words it is linked; the article asked for in bold."""
    from rich.text import Text

    from indexer.cli.render import dated

    if not found:
        console.print("Nothing in the days around it is linked to this article.")
        return
    console.print(Text(f"A story of {counted(len(found.articles), 'article')}", style="bold"))
    reasons = {link.article.id: link.because for link in found.links}
    for article in found.articles:
        console.print()
        style = "" if article.id in reasons else "bold"
        console.print(Text(printable(article.title) or "(untitled)", style=style), soft_wrap=True)
        facts = (dated(article.published), article.source, article.id)
        console.print(Text(printable(" · ".join(filter(None, facts))), style="dim"), soft_wrap=True)
        if because := reasons.get(article.id):
            console.print(Text(printable(f"because of: {', '.join(because)}"), style="dim"), soft_wrap=True)
