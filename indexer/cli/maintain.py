"""`indexer check`, `indexer optimize`, `indexer rebuild`, `indexer remove`: looking after an index."""

import sys
import time

import click

from indexer.archive import Archive
from indexer.cli.console import counted, duration, emit_json, out, printable, say, size
from indexer.cli.options import WithWords, with_any_archive, with_archive, with_filters, with_json, words_of
from indexer.errors import StateError, UsageError
from indexer.search.options import SearchOptions
from indexer.search.printer import every_word


@click.command()
@with_json
@with_archive
def check(archive: Archive, as_json: bool) -> int:
    """Verify every file of the index. Ends with 3 when something is damaged."""
    report = archive.check()
    if as_json:
        emit_json({"files": report.files, "articles": report.articles, "problems": list(report.problems)})
    else:
        for problem in report.problems:
            out().print(printable(problem), soft_wrap=True)
        verdict = counted(len(report.problems), "problem") if report.problems else "no problems"
        out().print(
            f"{counted(report.files, 'file')}, {counted(report.articles, 'article')}: {verdict}", soft_wrap=True
        )
        if report.problems:
            say("Build the archive again from its sources into another directory: indexer build FILES --index NEW")
    return StateError.exit_code if report.problems else 0


@click.command()
@with_json
@with_archive
def optimize(archive: Archive, as_json: bool) -> None:
    """Merge the index into few parts and free unused room."""
    before = archive.stats()
    archive.optimize()
    after = archive.stats()
    if as_json:
        emit_json({"before": before.to_dict(), "after": after.to_dict()})
    else:
        out().print(
            f"{counted(before.segments, 'segment')} became {after.segments:,}; "
            f"{size(before.bytes)} became {size(after.bytes)}",
            soft_wrap=True,
        )


@click.command()
@click.option("--entities", is_flag=True, help="Find people, organisations and places anew too.")
@with_json
@with_any_archive
def rebuild(archive: Archive, entities: bool, as_json: bool) -> None:
    """Index the archive again from the articles that it stores.

    Brings an archive that an earlier version of Broadsheet built up to date. Articles keep what the archive holds of
    them: versions, when they came, what was withdrawn. Needs the room of the archive once more; until it is done, and
    if it is stopped, the archive is as it was.
    """
    began = time.monotonic()
    articles = archive.rebuild(entities=entities)
    seconds = time.monotonic() - began
    if as_json:
        emit_json({"articles": articles, "seconds": round(seconds, 3)})
    else:
        out().print(f"{counted(articles, 'article')} indexed again in {duration(seconds)}", soft_wrap=True)


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@click.argument("ids", nargs=-1, callback=lambda context, _, words: words_of(context, words))
@click.option("--query", help="Remove the articles that this query matches.")
@with_filters
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_json
@with_archive
def remove(
    archive: Archive, ids: tuple[str, ...], query: str | None, filters: SearchOptions, yes: bool, as_json: bool
) -> None:
    """Remove articles by id, or the hits of a search.

    The files they were read from stay as they are, so building them again brings the articles back.

    \b
    indexer remove h-1f2e3d4c5b6a
    indexer remove --source Sputnik --to 2014
    indexer remove --query 'title:test' --yes
    """
    names = list(ids)
    by_search = query is not None or bool(filters)
    if names and by_search:
        raise UsageError("name ids, or a query and filters, not both: run the command once for each.")
    if not names and not by_search:
        raise UsageError("nothing says what to remove. Name ids, --query or a filter such as --source.")
    if by_search and not yes:
        _confirm(archive, query or "", filters)
    removed = archive.remove(query=query or "", **filters) if by_search else archive.remove(names)
    if as_json:
        emit_json({"removed": removed})
    else:
        out().print(f"{counted(removed, 'article')} removed")
        if unknown := len(set(names)) - removed:
            say(f"{counted(unknown, 'id')} not in the archive")


def _confirm(archive: Archive, query: str, filters: SearchOptions) -> None:
    count: SearchOptions = {**filters, "size": 0, "facets": (), "snippets": False, "spellcheck": False}
    total = archive.search(every_word(query), **count).total
    if total == 0:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{counted(total, 'article')} would be removed. Add --yes to do it without being asked.")
    click.confirm(f"Remove {counted(total, 'article')}?", abort=True, err=True)
