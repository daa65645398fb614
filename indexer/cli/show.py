"""`indexer show`: one article, whole."""

import click
from rich.console import Console
from rich.text import Text

from indexer.archive import Archive
from indexer.article import ENTITY_KINDS, Article, Precision
from indexer.cli.console import emit_json, out, printable
from indexer.cli.options import with_archive, with_json
from indexer.cli.render import dated
from indexer.interchange import to_record

MEASURE = 80  # characters in a line of running text, the most that reads well


@click.command()
@click.argument("id")
@with_json
@with_archive
def show(archive: Archive, id: str, as_json: bool) -> None:
    """Print the article ID with everything known about it.

    The id stands below each hit of `indexer search`.
    """
    article = archive.get(id)
    if as_json:
        emit_json(to_record(article))
    else:
        print_article(out(), article)


def print_article(console: Console, article: Article) -> None:
    """Title, summary and body as text, then the facts about the article, one to a line."""
    width = min(console.width, MEASURE)
    console.print(Text(printable(article.title or "(untitled)"), style="bold"), width=width)
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
    ]
    return [(label, value) for label, value in rows if value]


def _published(article: Article) -> str:
    published = article.published
    if published is None:
        return "undated"
    zone = published.zone if published.precision is Precision.SECOND else None
    return dated(published) + (f" (zone stated: {zone})" if zone else "")
