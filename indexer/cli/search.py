"""`indexer search`: hits of a query under filters, as text or as the JSON that the web also answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from indexer.cli.batch import answer_batch, with_batch
from indexer.cli.completion import among
from indexer.cli.console import emit_json, out
from indexer.cli.options import (
    WithWords,
    with_all,
    with_archive,
    with_filters,
    with_json,
    with_match,
    with_query,
    with_sort,
    with_spellcheck,
    with_translation,
)
from indexer.fields import FACET_FIELDS
from indexer.search.options import ALL_FACETS, NO_FACETS, facet_names_text

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.cli.batch import Batch
    from indexer.search.options import SearchOptions


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@with_query
@with_filters
@with_match
@with_sort
@click.option("--size", type=int, help="Hits on a page, 0 to 100.  [default: search.page_size of the config]")
@click.option("--page", type=int, default=1, help="Which page, from 1.")
@click.option("--cursor", help="Continue after an earlier answer: its next_cursor.")
@click.option(
    "--facets",
    metavar="LIST",
    help=f"Facets to count: none, all or some of {facet_names_text()}.",
    shell_complete=among((NO_FACETS, ALL_FACETS, *(field.name for field in FACET_FIELDS))),
)
@click.option("--facet-size", type=int, help="Values shown of each facet.")
@click.option("--group", is_flag=True, help="Fold near-duplicates into one hit.")
@click.option("--recency", is_flag=True, help="Let newer articles rank higher.")
@with_all
@with_spellcheck
@with_translation
@click.option("--explain", is_flag=True, help="Say how each hit got its score.")
@with_batch
@with_json
@with_archive
def search(
    archive: Archive,
    query: str,
    filters: SearchOptions,
    match: str | None,
    sort: str | None,
    size: int | None,
    page: int,
    cursor: str | None,
    facets: str | None,
    facet_size: int | None,
    group: bool,
    recency: bool,
    all_mentions: bool,
    spellcheck: bool,
    translation: bool,
    explain: bool,
    batch: Batch | None,
    as_json: bool,
) -> None:
    """Search the archive.

    Where fewer than a page of articles have all of the words, those with some are listed, best first; AND between words
    requires them. A "phrase" needs quotes that the shell leaves alone, so put the whole query between single
    quotes. Without words, everything that the filters let through is listed. docs/query-syntax.md has the whole
    language.

    \b
    indexer search lavrov biden --source SANA
    indexer search '"normandy group" -ukraine' --from 2021-10 --sort newest
    indexer search 'person:blinken NEAR/5 vaccine' --json
    indexer search --batch names.txt --from 2021 --format csv > counts.csv
    """
    from indexer.browsing.narrowing import narrowing
    from indexer.cli.render import print_narrowing, print_results

    options: SearchOptions = {
        **filters,
        "page": page,
        "cursor": cursor,
        "explain": explain,
        "group": group,
        "recency": recency,
        "all_mentions": all_mentions,
        "spellcheck": spellcheck,
        "translation": translation,
    }
    if match:
        options["match"] = match
    if sort:
        options["sort"] = sort
    if size is not None:
        options["size"] = size
    if facets is not None:
        options["facets"] = facets
    if facet_size is not None:
        options["facet_size"] = facet_size
    if batch:
        answer_batch(archive, batch, options, as_json=as_json)
        return
    results = archive.search(query, **options)
    narrower = narrowing(archive, results) if results.hits else None
    if as_json:
        emit_json(results.to_dict() | ({"narrowing": narrower.to_dict()} if narrower else {}))
        return
    print_results(out(), results)
    if narrower:
        print_narrowing(out(), narrower)
