"""`indexer build`: files of news -> the index, with progress while it runs and a report at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.completion import files as complete_files
from indexer.cli.console import counted, duration, emit_json, out, printable
from indexer.cli.options import Waiting, with_archive, with_json, with_wait

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.archive import Archive


if TYPE_CHECKING:
    from indexer.ingest.report import BuildReport

STOPPED = "Stopped before the end. What was read is in the archive; run the same command again to continue."
REJECTED_EXIT = 1
MOST_SKIPPED_SHOWN = 5


@click.command(cls=Waiting)
@click.argument("files", nargs=-1, required=True, shell_complete=complete_files)
@click.option("--entities/--no-entities", default=None, help="Find people, organisations and places, or do not.")
@click.option("--strict", is_flag=True, help="End with 1 where anything was rejected.")
@with_wait
@with_json
@with_archive
def build(archive: Archive, files: tuple[str, ...], entities: bool | None, strict: bool, as_json: bool) -> int:
    """Read files and folders into the archive.

    FILES are files and folders; `-` is standard input. Formats are recognised by content. Building the same files
    again changes nothing; of a changed article the newest version is shown; what cannot be read is listed by
    `indexer rejects` and tried again next time. Ctrl-C and SIGTERM keep what was read so far.

    \b
    indexer build articles/ more.jsonl.gz
    zcat dump.jsonl.gz | indexer build -
    """
    from indexer.cli.progress import shown_progress
    from indexer.ingest.stopping import SIGNAL_EXIT

    with shown_progress(quiet=as_json) as progress:
        report = archive.build(files, progress, entities=entities, interrupted="report")
    if as_json:
        emit_json(report.to_dict())
    else:
        print_report(out(), report, archive.place)
        if archive.catalogue:
            print_outdated(out(), archive)
    if report.signal is not None:
        return SIGNAL_EXIT + report.signal
    return REJECTED_EXIT if strict and report.rejected else 0


def print_outdated(console: Console, archive: Archive) -> None:
    """That articles which the archive had already are not under what the configuration says now, if so."""
    from indexer.browsing.sources import sources_of
    from indexer.cli.sources import REBUILD

    if sources_of(archive, days=False).outdated:
        console.print(REBUILD, soft_wrap=True)


def print_report(console: Console, report: BuildReport, place: str) -> None:
    """What was read and what became of it; every reject counted by reason, every remark explained."""
    from indexer.entities.choose import in_words
    from indexer.ingest.rejects import FILE_NAME, REASONS

    lines = [
        f"{counted(report.read, 'article')} read from {counted(report.files, 'file')} in {duration(report.seconds)} "
        f"({report.rate:,.0f} a second)"
    ]
    lines += fates(report)
    for reason, count in sorted(report.rejected_by_reason.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"    {count:,} {reason}: {REASONS.get(reason, 'no further explanation')}")
    if report.rejected:
        lines.append(f"Each reject with its place: indexer rejects --index {place}  (or {Path(place) / FILE_NAME})")
    lines += remarks(report)
    if report.new or report.replaced:
        lines += [f"Names in {found}" for found in in_words(report.taggers)]
    lines += _apart(report)
    lines += _skipped(report)
    if report.interrupted:
        lines.append(STOPPED)
    for line in lines:
        console.print(printable(line), soft_wrap=True)


def fates(report: BuildReport) -> list[str]:
    """What became of the articles, a line for each fate that any had."""
    found = {name: getattr(report, name) for name in ("new", "replaced", "unchanged", "rejected")}
    width = max(len(f"{count:,}") for count in found.values())
    return [f"  {count:>{width},} {name}" for name, count in found.items() if count or name == "new"]


def remarks(report: BuildReport) -> list[str]:
    """What was remarked on the way, explained."""
    from indexer.ingest.notes import NOTES

    return [
        f"Note, {'once' if count == 1 else f'{count:,} times'}: {NOTES.get(note, note)}"
        for note, count in report.notes.items()
    ]


def _apart(report: BuildReport) -> list[str]:
    """The articles that came with the id of another one."""
    if not report.apart:
        return []
    shown = report.kept_apart[:MOST_SKIPPED_SHOWN]
    more = report.apart - len(shown)
    return [
        f"{counted(report.apart, 'article')} came with the id of an unlike one; both are kept:",
        *(f"  {id} is kept as {kept}" for id, kept in shown),
        *([f"  and {more:,} more"] if more else []),
    ]


def _skipped(report: BuildReport) -> list[str]:
    if not report.skipped:
        return []
    shown = report.skipped_files[:MOST_SKIPPED_SHOWN]
    more = report.skipped - len(shown)
    return [
        f"{counted(report.skipped, 'file')} left aside:",
        *(f"  {skipped.path}: {skipped.reason}" for skipped in shown),
        *([f"  and {more:,} more"] if more else []),
    ]
