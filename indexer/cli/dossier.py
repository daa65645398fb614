"""`indexer dossier`: a search as a folder of pages that opens without a server and without a network.

The pages are those of the package `webui`, which stands on this one; it is looked for when it is asked for, so that the
rest of the command line works without it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.completion import files
from indexer.cli.console import counted, emit_json, err, say
from indexer.cli.options import WithWords, with_archive, with_json, with_narrowing, with_query, with_sort
from indexer.errors import StateError

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.search.options import SearchOptions

SITE = "webui.dossier"
# Those of `webui.i18n.INTERFACE_LANGUAGES`.
LANGUAGES = ("en", "ar", "zh-Hans", "fr", "de", "ru", "es")
Progress = Callable[[int, int], None]


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@with_query
@with_narrowing
@with_sort
@click.option("--recency", is_flag=True, help="Let newer articles rank higher.")
@click.option(
    "--out",
    metavar="PLACE",
    required=True,
    help="The folder that it becomes; with --zip the file. Nothing may be there, but an empty folder.",
    shell_complete=files,
)
@click.option("--zip", "zip_file", is_flag=True, help="Write one zip file instead of a folder.")
@click.option("--force", is_flag=True, help="Replace the dossier that is there; nothing else is ever replaced.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10_000,
    metavar="N",
    help="Hold N articles at most.  [default: 10000]",
)
@click.option(
    "--ui",
    "ui",
    type=click.Choice(LANGUAGES),
    metavar="TAG",
    help=f"The language of its own words: {', '.join(LANGUAGES)}.  [default: web.default_language of the config]",
)
@with_json
@with_archive
def dossier(
    archive: Archive,
    query: str,
    filters: SearchOptions,
    sort: str | None,
    recency: bool,
    out: str,
    zip_file: bool,
    force: bool,
    limit: int,
    ui: str | None,
    as_json: bool,
) -> None:
    """Write a search as a folder of pages, to be read without the archive.

    It holds every article whole with the words of the search marked, lists of sources, people, dates and so on, and a
    search of its own. index.html opens it, from a disk and without a network; MANIFEST.txt has the SHA-256 of each
    file, and the receipt on the first page can be checked in the archive later.

    The same search in the same state of the archive gives the same files, but for the time that they state, which
    SOURCE_DATE_EPOCH sets.

    \b
    indexer dossier 'lavrov biden' --from 2021 --out lavrov-biden
    indexer dossier --person 'Antony Blinken' --ui ar --zip --out blinken.zip
    """
    options: SearchOptions = {**filters, "recency": recency}
    if sort:
        options["sort"] = sort
    # It takes longer than a page may, and nobody waits at a browser for it.
    request = replace(archive.request(query, **options), budget_ms=None)
    with _shown_progress() as progress:
        made = _write()(
            archive, request, Path(out),
            language=ui or "", limit=limit, force=force, zip_file=zip_file, progress=progress,
        )  # fmt: skip
    if as_json:
        emit_json(made.to_dict())
        return
    if made.corrected is not None:
        say(f"Nothing was found for {query!r}; the dossier is of {made.corrected!r}.")
    if made.held < made.total:
        say(
            f"The search finds {counted(made.total, 'article')}; the dossier holds the first {made.held:,} in its "
            "order. For more: --limit"
        )
    what = f"{counted(made.held, 'article')} in {counted(made.files, 'file')}"
    say(f"{what} written to {out}. Open {out if zip_file else Path(out) / 'index.html'}")
    say(f"SHA-256 of MANIFEST.txt: {made.fingerprint}")


@contextmanager
def _shown_progress() -> Iterator[Progress | None]:
    """A bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress as Bar

    with Bar(console=err(), transient=True) as bar:
        task = bar.add_task("Writing", total=None)
        yield lambda written, total: bar.update(task, completed=written, total=total)


def _write() -> Callable[..., Any]:
    try:
        write: Callable[..., Any] = import_module(SITE).write
    except ModuleNotFoundError as error:
        raise StateError(
            f"Dossiers need the package {(error.name or SITE).partition('.')[0]}, which is not installed. "
            "Install Broadsheet with its web site: pip install broadsheet"
        ) from None
    return write
