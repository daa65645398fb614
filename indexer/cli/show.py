"""`indexer show`: one article, whole, or the articles near it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.console import counted, emit_json, out, printable
from indexer.cli.options import with_archive, with_json
from indexer.search.request import MAX_SIZE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from indexer.archive import Archive
    from indexer.article import Article, Entity, Translation
    from indexer.search.results import Hit


Matches = Mapping[str, Sequence[tuple[int, int]]]
MEASURE = 80  # characters in a line of running text, the most that reads well


@click.command()
@click.argument("id")
@click.option(
    "--versions", "what", flag_value="versions", help="Print what it said at different times instead, oldest first."
)
@click.option(
    "--copies", "what", flag_value="copies", help="List the articles that tell its story in nearly the same words."
)
@click.option("--related", "what", flag_value="related", help="List the articles most like it.")
@click.option("--translations", "what", flag_value="translations", help="List its original or its translations.")
@click.option("--translation", "translated", is_flag=True, help="Print a machine's translation of it, if there is one.")
@click.option("--query", default="", metavar="TEXT", help="Mark where this query matches in the article.")
@click.option("--size", type=click.IntRange(0, MAX_SIZE), default=5, show_default=True, help="How many related ones.")
@click.option("--group", is_flag=True, help="Of related ones, each story once, and its own not at all.")
@with_json
@with_archive
def show(
    archive: Archive, id: str, what: str | None, translated: bool, query: str, size: int, group: bool, as_json: bool
) -> None:
    """Print the article ID with everything known about it, or what is near it.

    The id stands below each hit of `indexer search`. `indexer diff` compares two versions, or two articles.
    """
    from rich.text import Text

    from indexer.highlight.whole_article import Highlights
    from indexer.interchange import spans_record, to_record, version_records
    from indexer.search.results import Hit

    article = archive.get(id)
    match what:
        case "copies":
            copies = archive.copies(id)
            record: dict[str, Any] = {"id": id, "total": len(copies), "copies": [hit.to_dict() for hit in copies]}
            _list(record, copies, counted(len(copies), "copy", "copies"), as_json)
        case "related":
            found = archive.other_stories(id, size) if group else archive.related(id, size)
            record = {"id": id, "related": [hit.to_dict() for hit in found]}
            _list(record, found, f"{counted(len(found), 'article')} like it", as_json)
        case "translations":
            languages = archive.translations(id)
            translations = counted(len(languages.translations), "translation")
            heading = "The original" + (f", {translations}" if languages.translations else "")
            heading = heading if languages.original else translations
            _list(languages.to_dict(), [Hit(each, 0.0) for each in languages.others], heading, as_json)
        case "versions" if as_json:
            emit_json({"id": id, "versions": version_records(article)})
        case "versions":
            for number, version in enumerate(article.versions, 1):
                heading = f"Version {number} of {len(article.versions)}, since {moment(version.stood)}"
                out().print(Text(heading, style="dim"), soft_wrap=True)
                print_article(out(), version)
        case _:
            matches = archive.highlight(article, query) if query.strip() else Highlights({})
            if as_json and query.strip():
                marks = {"matches": spans_record(matches), "matches_reached": matches.reached}
                emit_json({**to_record(article), **marks})
            elif as_json:
                emit_json(to_record(article))
            elif translated:
                print_article(out(), *_in_translation(article, matches))
            else:
                print_article(out(), article, matches)


def _in_translation(article: Article, matches: Matches) -> tuple[Article, Matches]:
    """The article with the texts of its translation, and the matches in them."""
    from indexer.errors import NotFound

    made = article.translation
    if made is None:
        raise NotFound(f"No machine has translated article {article.id!r}.")
    texts = replace(article, title=made.title, summary=made.summary, body=made.body)
    return texts, {name: matches.get(f"translation.{name}", ()) for name in ("title", "summary", "body")}


def _list(record: dict[str, Any], hits: Sequence[Hit], heading: str, as_json: bool) -> None:
    from rich.text import Text

    from indexer.cli.render import print_hits

    if as_json:
        emit_json(record)
        return
    out().print(Text(heading, style="bold"))
    print_hits(out(), hits)


def moment(instant: datetime | None) -> str:
    """A time in words."""
    return "an unknown time" if instant is None else f"{instant:%Y-%m-%d %H:%M:%S} UTC"


def print_article(console: Console, article: Article, matches: Matches | None = None) -> None:
    """Title, summary and body as text with the matches in them, then the facts about the article, one to a line."""
    from rich.text import Text

    matches = matches or {}
    width = min(console.width, MEASURE)
    title = _text(article.title, matches.get("title", ())) if article.title else Text("(untitled)")
    console.print(title, style="bold", width=width)
    if article.withdrawn:
        console.print(Text("Its source took this article back; no search finds it.", style="bold"), width=width)
    if article.summary:
        console.print(_text(article.summary, matches.get("summary", ())), style="italic", width=width)
    console.print()
    if article.body:
        console.print(_text(article.body, matches.get("body", ())), width=width)
        console.print()
    for label, value in _facts(article):
        console.print(Text.assemble((f"{label:14}", "dim"), printable(value)), soft_wrap=True)


def _text(text: str, spans: Sequence[tuple[int, int]]) -> Text:
    from rich.text import Text

    from indexer.cli.render import MATCH

    shown = Text(printable(text))
    for start, end in spans:
        shown.stylize(MATCH, start, end)
    return shown


def _facts(article: Article) -> list[tuple[str, str]]:
    from indexer.article import ENTITY_KINDS

    rows = [
        ("id", article.id),
        ("published", _published(article)),
        ("source", article.source),
        ("collection", "; ".join(article.collection)),
        ("category", article.category),
        ("language", article.language),
        ("translated from", article.translated_from),
        ("translation", _translation(article.translation) if article.translation else None),
        ("author", "; ".join(article.author)),
        ("topic", "; ".join(article.topic)),
        ("dateline", article.dateline),
        *((kind, "; ".join(_name(each) for each in article.entities if each.kind == kind)) for kind in ENTITY_KINDS),
        ("url", article.url),
        ("archived copy", article.archived_url),
        ("original", article.original_url),
        ("added", moment(article.added) if article.added else None),
        (
            "changed",
            f"{counted(len(article.earlier), 'time')}, last {moment(article.stood)}" if article.earlier else None,
        ),
    ]
    return [(label, value) for label, value in rows if value]


def _name(entity: Entity) -> str:
    """The name of an entity, the short one by which alone the article names it, and which correction adds it."""
    short = f" (named only as {entity.short})" if entity.short else ""
    added = entity.added
    return entity.name + short + (f" (added by a correction: {added.comment or added.query})" if added else "")


def _translation(made: Translation) -> str:
    by = " ".join(filter(None, (made.engine, made.version)))
    return f"into {made.language}" + (f" by {by}" if by else "") + (f", {moment(made.made)}" if made.made else "")


def _published(article: Article) -> str:
    from indexer.article import Precision
    from indexer.cli.render import dated

    published = article.published
    if published is None:
        return "undated"
    zone = published.zone if published.precision is Precision.SECOND else None
    return dated(published) + (f" (zone stated: {zone})" if zone else "")
