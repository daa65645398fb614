"""`indexer follow`: the feeds, news sitemaps and folders of the sources -> the archive, as they bring something."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from indexer.cli.alerts import run_alerts
from indexer.cli.build import STOPPED, fates, remarks
from indexer.cli.console import counted, duration, emit_json, json_line, out, printable, say
from indexer.cli.options import Waiting, with_archive, with_json, with_wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from indexer.archive import Archive
    from indexer.follow.report import FollowReport, SourceStatus

FAILED_EXIT = 1


@click.command(cls=Waiting)
@click.argument("sources", nargs=-1)
@click.option("--once", is_flag=True, help="Ask what is due, then end; for cron and timers.")
@click.option("--now", is_flag=True, help="Ask all of them first, due or not, and those that are gone.")
@click.option("--status", "only_status", is_flag=True, help="Say how each of them stands, and ask nobody.")
@click.option("--strict", is_flag=True, help="With --once, end with 1 where one of them could not be read.")
@with_wait
@with_json
@with_archive
def follow(
    archive: Archive,
    sources: tuple[str, ...],
    once: bool,
    now: bool,
    only_status: bool,
    strict: bool,
    as_json: bool,
) -> int | None:
    """Read what the sources of the configuration publish, as they publish it.

    SOURCES are names of [[sources]]; without any, all are followed that have feeds, sitemaps or folders. Each is asked
    when it is due (every_minutes), later and later while it fails, and no more once it says that it is gone. It runs
    until it is stopped; Ctrl-C and SIGTERM keep what was read so far. After each round the alerts are run, if there are
    any ([alerts] with_follow).

    \b
    indexer follow
    indexer follow --once --now SANA
    indexer follow --status
    """
    if only_status:
        _show_status(archive, sources, as_json=as_json)
        return None
    from indexer.ingest.stopping import SIGNAL_EXIT

    if not once:
        if strict:
            raise click.UsageError("--strict goes with --once.")
        finished: Callable[[FollowReport], None] = _print_line if as_json else _print_round

        def round_done(report: FollowReport) -> None:
            finished(report)
            if report.build.signal is None:
                run_alerts(archive, quiet=as_json)

        return SIGNAL_EXIT + archive.follow_on(sources, now=now, finished=round_done, waits=_waits)
    report = archive.follow(sources, now=now, interrupted="report")
    if as_json:
        emit_json(report.to_dict())
    else:
        print_report(out(), report, archive.place)
    if report.build.signal is None:
        run_alerts(archive, quiet=as_json)
    if report.build.signal is not None:
        return SIGNAL_EXIT + report.build.signal
    return FAILED_EXIT if strict and report.failed else 0


def print_report(console: Console, report: FollowReport, place: str) -> None:
    """What was asked and what came of it; every feed that failed with its reason."""
    build = report.build
    lines = [f"{_asked(report)} in {duration(report.seconds)}"]
    lines += fates(build)
    if build.rejected:
        lines.append(f"Each reject with its place: indexer rejects --index {place}")
    lines += remarks(build)
    lines += [_remark(each) for each in report.feeds if each.reason]
    if waiting := sum(each.waiting for each in report.feeds):
        lines.append(f"{counted(waiting, 'entry', 'entries')} left for another round.")
    if report.interrupted:
        lines.append(STOPPED)
    elif report.due is not None:
        lines.append(f"Next due {_clock(report.due)}.")
    for line in lines:
        console.print(printable(line), soft_wrap=True)


def _asked(report: FollowReport) -> str:
    if not report.feeds:
        return "Nothing was due"
    unchanged = f", {report.unchanged_feeds:,} unchanged" if report.unchanged_feeds else ""
    failed = f", {len(report.failed):,} failed" if report.failed else ""
    pages = f", {counted(report.pages, 'page')} fetched" if report.pages else ""
    return f"{counted(len(report.feeds), 'feed')} asked{unchanged}{failed}{pages}"


def _remark(each: SourceStatus) -> str:
    again = f" Asked again {_clock(each.due)}." if each.failures and each.due else ""
    return f"{each.source}, {each.address}: {each.reason}{again}"


def _print_round(report: FollowReport) -> None:
    """One line for a round that did something, and one for each feed of which something is new to tell."""
    if not report.feeds:
        return
    build = report.build
    fates = ("new", "replaced", "rejected") if build.rejected else ("new", "replaced")
    counts = ", ".join(f"{getattr(build, name):,} {name}" for name in fates)
    due = f"; next due {_clock(report.due)}" if report.due else ""
    say(f"{datetime.now().astimezone():%H:%M:%S} {_asked(report)}: {counts}{due}")
    for each in report.feeds:
        if each.failures == 1 or each.gone:
            say(f"  {_remark(each)}")


def _print_line(report: FollowReport) -> None:
    click.echo(json_line(report.to_dict()), nl=False)


def _waits(why: str) -> None:
    say(f"Waiting: {why}")


def _show_status(archive: Archive, sources: tuple[str, ...], *, as_json: bool) -> None:
    from indexer.follow.schedule import followed
    from indexer.follow.status import status

    wanted = {each.key for each in followed(archive.config.sources, sources)}
    found = [each for each in status(archive.config) if (each.source, each.address) in wanted]
    if as_json:
        emit_json([each.to_dict() for each in found])
    else:
        print_status(out(), found)


def print_status(console: Console, found: list[SourceStatus]) -> None:
    """A row for each: source, address, when it brought something, when it is due, what of it is odd."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("source", "followed", "last new", "next due"):
        table.add_column(name, overflow="fold", no_wrap=name in ("last new", "next due"))
    table.add_column("new", justify="right")
    for each in found:
        due = "gone" if each.gone else _clock(each.due) if each.due else "now"
        seen = _clock(each.seen) if each.seen else "never" if each.tried else ""
        table.add_row(Text(printable(each.source)), Text(printable(each.address)), seen, due, f"{each.new:,}")
        if each.failures or each.reason or each.waiting:
            table.add_row("", Text(printable(_state(each)), style="dim"))
    console.print(table)


def _state(each: SourceStatus) -> str:
    waiting = f"{counted(each.waiting, 'entry', 'entries')} left for another round." if each.waiting else ""
    often = f"Failed {counted(each.failures, 'time')}: " if each.failures > 1 and not each.gone else ""
    return " ".join(filter(None, (f"{often}{each.reason}" if each.reason else "", waiting)))


def _clock(when: datetime) -> str:
    """A time of today by its hour, others with their day, where the reader is."""
    here = when.astimezone()
    today = here.date() == datetime.now(UTC).astimezone().date()
    return f"{here:%H:%M}" if today else f"{here:%Y-%m-%d %H:%M}"
