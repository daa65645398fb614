"""`indexer export`: articles as JSON lines or WARC, which `indexer build` reads back as they were, or as a table."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from indexer.article import Article
from indexer.cli.completion import files
from indexer.cli.console import counted, json_line, say
from indexer.cli.options import (
    WithWords,
    with_any_archive,
    with_filters,
    with_match,
    with_query,
    with_spellcheck,
    with_translation,
)
from indexer.errors import IndexFormatMismatch, UsageError
from indexer.search.request import SearchRequest

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.search.options import SearchOptions


_NO_GUARD = "Leave cells of a table as they are that a spreadsheet would run as formulas."
Writer = Callable[[Iterable[Article], BinaryIO, bool], int]  # (articles, file, compressed) -> how many


def write_lines(articles: Iterable[Article], file: BinaryIO, compressed: bool) -> int:
    """One JSON record to a line."""
    from indexer.interchange import to_record

    count = 0
    with gzip.GzipFile(fileobj=file, mode="wb") if compressed else nullcontext(file) as lines:
        for article in articles:
            lines.write(json_line(to_record(article)).encode("utf-8", "replace"))
            count += 1
    return count


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@with_query
@with_filters
@with_match
@with_spellcheck
@with_translation
@click.option("--output", metavar="FILE", help="Write there instead of standard output.", shell_complete=files)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "warc"]),
    default="jsonl",
    help="JSON lines, a table, or a web archive (with a name that ends in .gz compressed).  [default: jsonl]",
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Write N articles at most.")
@click.option("--no-guard", "guard", flag_value=False, default=True, help=_NO_GUARD)
@with_any_archive
def export(
    archive: Archive,
    query: str,
    filters: SearchOptions,
    match: str | None,
    spellcheck: bool,
    translation: bool,
    output: str | None,
    form: str,
    limit: int | None,
    guard: bool,
) -> None:
    """Write all articles, or the hits of a search, as JSON lines, a CSV table or a WARC file.

    JSON lines and WARC files are read back to an identical archive. A table has all fields of each article, without its
    earlier versions.

    Of an archive that an earlier version of Broadsheet has built all articles can be written, and no search.

    \b
    indexer export > all.jsonl
    indexer export 'person:blinken' --from 2021 --output blinken.jsonl
    indexer export | indexer build - --index elsewhere
    indexer export --format warc --output all.warc.gz
    indexer export --format csv --limit 100 --output some.csv
    """
    from indexer.table import write_table
    from indexer.warc import write_warc

    if match:
        filters["match"] = match
    try:
        archive.engine.check_format()
        options: SearchOptions = {**filters, "spellcheck": spellcheck, "translation": translation}
        articles = archive.scan(_answered(archive, query, options))
    except IndexFormatMismatch:
        if query or filters:
            raise  # it cannot be searched
        articles = _as_stored(archive)
        if not translation:
            articles = (article.with_translation(None) for article in articles)
        say("The archive was built by another version; every article is written as it is stored.")
    articles = islice(articles, limit)
    writers: dict[str, Writer] = {"csv": partial(write_table, guard=guard), "warc": write_warc}
    write = writers.get(form, write_lines)
    if output is None:
        sys.stdout.flush()
        write(articles, sys.stdout.buffer, False)
        sys.stdout.buffer.flush()
        return
    try:
        count = _to_file(articles, Path(output), write)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}. Name another file with --output.") from None
    say(f"{counted(count, 'article')} written to {output}")


def _as_stored(archive: Archive) -> Iterator[Article]:
    """The articles that a search for everything would find, of an archive that cannot be searched.

    So the queries of corrections cannot be answered either.
    """
    from indexer.engines.shared.entity_corrections import corrected_article
    from indexer.entities.corrections_reader import read_corrections

    corrections = read_corrections(archive.corrections)
    if corrections.queries:
        say(f"What {archive.corrections.name} adds and splits by queries is left out: it takes a search.")
        corrections = corrections.without_queries()
    return (corrected_article(corrections, article) for article in archive.stored() if not article.withdrawn)


def _answered(archive: Archive, query: str, options: SearchOptions) -> SearchRequest:
    """The request that a search with the same words answers; says so where it is spelt otherwise."""
    request = replace(archive.request(query, **options), size=0, facets=(), snippets=False)
    if not query or not request.spellcheck:
        return request
    found = archive.search(request)
    if found.corrected:
        say(f"Nothing has {query!r}; these are the articles for {found.corrected.query!r}. Or add --no-spellcheck.")
    return found.request


def _to_file(articles: Iterable[Article], place: Path, write: Writer) -> int:
    """Write beside the place and move there when it is whole: a full disk or Ctrl-C leaves no half file behind."""
    if place.exists() and not place.is_file():  # a pipe, /dev/stdout; a directory says what is wrong with it
        with place.open("wb") as file:
            return write(articles, file, False)
    partial = place.with_name(place.name + ".partial")
    try:
        with partial.open("wb") as file:
            count = write(articles, file, place.suffix == ".gz")
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
    return count
