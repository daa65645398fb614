"""`indexer show`: one article, whole."""

from datetime import datetime

import click
from rich.console import Console
from rich.text import Text

from indexer.archive import Archive
from indexer.article import ENTITY_KINDS, Article, Precision
from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import with_archive, with_json
from indexer.cli.render import dated
from indexer.interchange import to_record

MEASURE = 80  # characters in a line of running text, the most that reads well


@click.command()
@click.argument("id")
@click.option("--versions", is_flag=True, help="Also print what it said before it changed, oldest first.")
@with_json
@with_archive
def show(archive: Archive, id: str, versions: bool, as_json: bool) -> None:
    """Print the article ID with everything known about it.

    The id stands below each hit of `indexer search`.
    """
    article = archive.get(id)
    if as_json:
        emit_json(to_record(article))
        return
    console = out()
    for number, version in enumerate(article.versions if versions else (article,), 1):
        if versions:
            heading = f"Version {number} of {len(article.versions)}, since {_moment(version.stood)}"
            console.print(Text(heading, style="dim"), soft_wrap=True)
        print_article(console, version)


def _moment(instant: datetime | None) -> str:
    return "an unknown time" if instant is None else f"{instant:%Y-%m-%d %H:%M:%S} UTC"


def print_article(console: Console, article: Article) -> None:
    """Title, summary and body as text, then the facts about the article, one to a line."""
    width = min(console.width, MEASURE)
    console.print(Text(printable(article.title or "(untitled)"), style="bold"), width=width)
    if article.withdrawn:
        console.print(Text("Its source took this article back; no search finds it.", style="bold"), width=width)
    if article.summary:
        console.print(Text(printable(article.summary), style="italic"), width=width)
    console.print()
    if article.body:
        console.print(Text(printable(article.body)), width=width)
        console.print()
    for label, value in _facts(article):
        console.print(Text.assemble((f"{label:14}", "dim"), printable(value)), soft_wrap=True)


def _facts(article: Article) -> list[tuple[str, str]]:
    rows = [
        ("id", article.id),
        ("published", _published(article)),
        ("source", article.source),
        ("category", article.category),
        ("language", article.language),
        ("translated from", article.translated_from),
        ("author", "; ".join(article.author)),
        ("topic", "; ".join(article.topic)),
        ("dateline", article.dateline),
        *((kind, "; ".join(article.names(kind))) for kind in ENTITY_KINDS),
        ("url", article.url),
        ("archived copy", article.archived_url),
        ("original", article.original_url),
        ("added", _moment(article.added) if article.added else None),
        (
            "changed",
            f"{counted(len(article.earlier), 'time')}, last {_moment(article.stood)}" if article.earlier else None,
        ),
    ]
    return [(label, value) for label, value in rows if value]


def _published(article: Article) -> str:
    published = article.published
    if published is None:
        return "undated"
    zone = published.zone if published.precision is Precision.SECOND else None
    return dated(published) + (f" (zone stated: {zone})" if zone else "")
