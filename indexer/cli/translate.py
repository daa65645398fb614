"""`indexer translate`: articles into a language that readers read, by the engine of the configuration."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, duration, emit_json, out, printable, say
from indexer.cli.options import WaitingWithWords, with_archive, with_filters, with_json, with_wait, words_of
from indexer.errors import StateError

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive
    from indexer.search.options import SearchOptions
    from indexer.translation.report import Progress, TranslationProgress, TranslationReport

LINE_EVERY = 10.0  # seconds between the lines in a pipe
MOST_FAILURES_SHOWN = 5


@click.command(cls=WaitingWithWords, context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, callback=lambda context, _, words: words_of(context, words))
@with_filters
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Translate at most so many articles.")
@click.option("--again", is_flag=True, help="Also what another engine, or another version of it, has translated.")
@click.option("--dry-run", is_flag=True, help="Only count what there is to translate.")
@with_wait
@with_json
@with_archive
def translate(
    archive: Archive,
    query: tuple[str, ...],
    filters: SearchOptions,
    limit: int | None,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Translate articles, as [translation] of the configuration says, the newest first.

    Without a QUERY and filters, all that are in a language nobody reads and have no translation yet. Whatever was
    translated once is kept beside the index and not asked again: a command that was stopped, or killed, goes on where
    it was. What fails is counted, and tried again by the next run. Ends with 3 where the engine cannot be reached.

    \b
    indexer translate --dry-run
    indexer translate --limit 1000
    indexer translate --language ru --from 2022 grain
    """
    from indexer.ingest.stopping import SIGNAL_EXIT

    with _shown_progress(quiet=as_json or dry_run) as progress:
        report = archive.translate(
            " ".join(query),
            limit=limit,
            again=again,
            dry_run=dry_run,
            progress=progress,
            interrupted="report",
            **filters,
        )
    if as_json:
        emit_json({**report.to_dict(), "dry_run": dry_run})
    else:
        print_report(out(), report, dry_run=dry_run)
    if report.signal is not None:
        return SIGNAL_EXIT + report.signal
    return StateError.exit_code if report.stopped else 0


def print_report(console: Console, report: TranslationReport, *, dry_run: bool = False) -> None:
    """What was wanted and what became of it."""
    lines = list(_counted(report)) if dry_run else list(_done(report))
    lines += [f"  {counted(count, 'article')}: {report.advice[pair]}" for pair, count in report.without_pair.items()]
    if report.stopped:
        lines.append(f"Given up: {report.stopped}. Run the same command again later; what was translated is kept.")
    if report.signal is not None:
        lines.append("Stopped before the end. What was translated is in the archive; run the same command to go on.")
    for line in lines:
        console.print(printable(line), soft_wrap=True)


def _counted(report: TranslationReport) -> Iterator[str]:
    left = report.wanted - sum(report.without_pair.values())
    yield (
        f"{counted(left, 'article')} would be translated into {report.into} by {report.engine}: "
        f"{counted(report.words, 'word')}"
    )


def _done(report: TranslationReport) -> Iterator[str]:
    yield (
        f"{counted(report.translated, 'article')} translated into {report.into} by {report.engine} in "
        f"{duration(report.seconds)}: {counted(report.words + report.words_kept, 'word')} ({report.rate:,.0f} a second)"
    )
    if report.words_kept:
        yield f"  {report.words_kept:,} of the words had been translated before and were not asked again"
    if report.failed:
        yield f"  {report.failed:,} failed and are tried again next time:"
        shown = list(report.failures.items())[:MOST_FAILURES_SHOWN]
        yield from (f"    {count:,}: {why}" for why, count in shown)
        if more := len(report.failures) - len(shown):
            yield f"    and {counted(more, 'other reason')}"
    if report.changed:
        yield f"  {report.changed:,} were changed meanwhile and wait for the next run"
    missing = [
        counted(count, one, many)
        for count, one, many in (
            (report.numbers_lost, "number", "numbers"),
            (report.addresses_lost, "address", "addresses"),
            (report.names_lost, "name of a person", "names of people"),
        )
        if count
    ]
    if missing:
        yield f"  not found again in the translations: {', '.join(missing)}"


@contextmanager
def _shown_progress(quiet: bool) -> Iterator[Progress | None]:
    """Yield the listener that a run reports to; None when nothing is to be shown."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        from indexer.cli.console import err

        columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[facts]}")
        with Bar(*columns, console=err(), transient=True, refresh_per_second=4) as bar:
            task = bar.add_task("Translating", total=None, facts="")

            def listen(event: TranslationProgress) -> None:
                bar.update(task, total=event.total, completed=event.articles, facts=facts(event))

            yield listen
    else:
        due = LINE_EVERY

        def write(event: TranslationProgress) -> None:
            nonlocal due
            if event.seconds >= due:
                due = event.seconds + LINE_EVERY
                say(facts(event))

        yield write


def facts(event: TranslationProgress) -> str:
    """`1,200 of 34,000 articles, 6,400 words a second, 1 h 5 min left`."""
    parts = [f"{event.articles:,} of {counted(event.total, 'article')}", f"{event.rate:,.0f} words a second"]
    if event.seconds_left is not None:
        parts.append(f"{duration(round(event.seconds_left))} left")
    return ", ".join(parts)
