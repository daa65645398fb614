"""`indexer alerts`: searches that are kept, and whom they tell of what they newly find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from indexer.cli.console import counted, duration, emit_json, out, printable, say
from indexer.cli.options import (
    InOrder,
    Waiting,
    WithWords,
    with_archive,
    with_json,
    with_narrowing,
    with_query,
    with_wait,
)
from indexer.errors import BroadsheetError, NoIndex, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rich.console import Console

    from indexer.alerts.alert import Alert
    from indexer.alerts.report import AlertReport, AlertStatus
    from indexer.alerts.store import AlertDelivery
    from indexer.archive import Archive
    from indexer.search.options import SearchOptions

FAILED_EXIT = 1
NONE = "There are no alerts. Make one: indexer alerts add QUERY --mail ADDRESS"
MOST_LINES = 20  # of messages, and of what could not be delivered, that a run prints


@click.group(cls=InOrder)
def alerts() -> None:
    """Keep searches, and have people told of what they newly find.

    \b
    indexer alerts add 'lavrov AND damascus' --mail desk@news.example
    indexer alerts run
    """


@alerts.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@with_query
@with_narrowing
@click.option("--name", default="", help="What it is called.  [default: the search itself]")
@click.option("--mail", multiple=True, metavar="ADDRESS", help="Mail its messages there; repeat for more.")
@click.option("--webhook", default="", metavar="URL", help="Post its messages there, signed.")
@click.option(
    "--owner", default="", metavar="USER", help="Whose it is: a user of a closed archive sees it on the site."
)
@with_json
@with_archive
def add(
    archive: Archive,
    query: str,
    filters: SearchOptions,
    name: str,
    mail: tuple[str, ...],
    webhook: str,
    owner: str,
    as_json: bool,
) -> None:
    """Keep a search. It tells of what arrives from now on, whatever day that was published on.

    Of plain words every one must match; --match best is content with some of them.
    """
    made = archive.add_alert(query, name=name, mail=mail, webhook=webhook, owner=_user(archive, owner), **filters)
    if as_json:
        emit_json(made.to_dict() | ({"secret": made.secret} if made.secret else {}))
        return
    console = out()
    _print_alert(console, archive, made)
    console.print(_finds(archive, made), soft_wrap=True)
    if made.secret:
        console.print(f"Its requests are signed with {made.secret}", soft_wrap=True)
        say("Keep that now: it is shown this once. Whoever answers the webhook checks signatures with it.")
    if made.mail and not archive.config.alerts.smtp_host:
        say("No mail server is configured yet: set smtp_host and sender under [alerts] in config.toml.")
    if not (made.mail or made.webhook):
        say(f"It is sent nowhere (--mail, --webhook). What it has told: indexer alerts show {made.id}")
    say(f"What it would say: indexer alerts test {made.id}\nTo have all alerts tell what is new: indexer alerts run")


@alerts.command("list")
@click.option("--owner", metavar="USER", help="Only those of this user.")
@with_json
@with_archive
def list_(archive: Archive, owner: str | None, as_json: bool) -> None:
    """List alerts: where each sends, when it last did, what was not delivered."""
    found = archive.alerts(owner)
    if as_json:
        emit_json([each.to_dict() for each in found])
    elif not found:
        say(NONE)
    else:
        print_list(out(), found)


@alerts.command()
@click.argument("id")
@with_json
@with_archive
def show(archive: Archive, id: str, as_json: bool) -> None:
    """Show an alert and its last messages, with what became of them. The beginning of an ID is enough."""
    alert = archive.alert(id)
    status = next(each for each in archive.alerts() if each.alert.id == alert.id)
    messages = archive.alert_messages(alert.id)
    if as_json:
        emit_json(status.to_dict() | {"messages": [each.to_dict() for each in messages]})
        return
    from indexer.alerts.message import as_text

    console = out()
    _print_alert(console, archive, alert)
    for line in _remarks(status):
        console.print(printable(line), soft_wrap=True)
    if not messages:
        console.print("It has said nothing yet.")
    for message in messages:
        console.print(
            printable(f"\n{_clock(message.made)}  {as_text(message, archive.config.archive.name)}"), soft_wrap=True
        )


@alerts.command()
@click.argument("id")
@with_json
@with_archive
def test(archive: Archive, id: str, as_json: bool) -> None:
    """Show what an alert would say of the last ten articles that it finds.

    They are the last to arrive. Nothing is sent, and nothing is written down.
    """
    message = archive.test_alert(id)
    if as_json:
        emit_json(message.to_dict())
        return
    from indexer.alerts.message import as_text

    if not message.total:
        say("It finds nothing that is in the archive now.")
        return
    say("Nothing is sent. Had all that it finds just arrived, it would say this, the last to arrive first:")
    out().print(printable(f"\n{as_text(message, archive.config.archive.name)}"), soft_wrap=True, end="")


@alerts.command(cls=Waiting)
@click.option("--skip", is_flag=True, help="Take what has arrived for told, and say nothing of it.")
@click.option("--again", is_flag=True, help="Also send now what could not be delivered, and what was given up.")
@click.option("--strict", is_flag=True, help="End with 1 where something could not be delivered.")
@with_wait
@with_json
@with_archive
def run(archive: Archive, skip: bool, again: bool, strict: bool, as_json: bool) -> int:
    """Tell of what has arrived since the last run.

    Each alert that finds something in it has one message.
    For cron and timers; `indexer follow` does it after each of its rounds. What could not be delivered is tried again
    by later runs, for a week. A run that is killed loses nothing: what it had not noted as sent is sent again, with the
    same id.
    """
    report = archive.run_alerts(skip=skip, again=again)
    if as_json:
        emit_json(report.to_dict())
    elif not archive.alerts():
        say(NONE)
    else:
        print_report(out(), report)
    return FAILED_EXIT if strict and report.failed else 0


@alerts.command()
@click.argument("id")
@with_archive
def pause(archive: Archive, id: str) -> None:
    """Have an alert say nothing until it is resumed."""
    _done(f"Paused: {archive.pause_alert(id).name}")


@alerts.command()
@click.argument("id")
@with_archive
def resume(archive: Archive, id: str) -> None:
    """Have a paused alert go on, with what arrives from now on."""
    _done(f"Goes on: {archive.pause_alert(id, paused=False).name}")


@alerts.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--owner", metavar="USER", help="All those of this user.")
@with_archive
def remove(archive: Archive, ids: tuple[str, ...], owner: str | None) -> None:
    """Remove alerts, with their messages and what of them was not delivered."""
    if bool(ids) == bool(owner):
        raise UsageError("Name the alerts that are to go, or write --owner USER.")
    for id in ids or [each.alert.id for each in archive.alerts(owner)]:
        _done(f"Removed: {archive.remove_alert(id).name}")


def run_alerts(archive: Archive, *, quiet: bool) -> None:
    """Run the alerts, if there are any, beside other work that goes on whatever becomes of them; `quiet` says only what
    went wrong."""
    if not archive.config.alerts.with_follow:
        return
    try:
        if not archive.alerts():
            return
        report = archive.run_alerts()
    except BroadsheetError as error:
        say(f"The alerts were not run: {error}")
        return
    if report.failed or (not quiet and (report.messages or report.deliveries)):
        for line in report_lines(report):
            say(line)


def print_list(console: Console, found: list[AlertStatus]) -> None:
    """A row for each, and below it what is wrong with it."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("id", "name", "sent to", "last message"):
        table.add_column(name, overflow="fold", no_wrap=name in ("id", "last message"))
    for each in found:
        last = _clock(each.last) if each.last else "none yet"
        table.add_row(each.alert.id, Text(printable(each.alert.name)), Text(printable(_goes_to(each.alert))), last)
        for line in _remarks(each):
            table.add_row("", Text(printable(line), style="dim"))
    console.print(table)


def print_report(console: Console, report: AlertReport) -> None:
    """What arrived, which alerts have fired, and what could not be delivered."""
    for line in report_lines(report):
        console.print(printable(line), soft_wrap=True)


def report_lines(report: AlertReport) -> list[str]:
    """The same, line by line."""
    said = counted(len(report.messages), "message")
    lines = [f"{counted(report.arrived, 'article')} arrived, {counted(report.alerts, 'alert')}: {said}"]
    lines[0] += f", {report.sent:,} sent in {duration(report.seconds)}"
    lines += _first(f"  {counted(each.total, 'article')}  {each.name}" for each in report.messages)
    return lines + _first(f"Not delivered: {_problem(each)}" for each in report.failed)


def _first(lines: Iterable[str]) -> list[str]:
    """The first of many lines, and how many others there are."""
    found = list(lines)
    further = len(found) - MOST_LINES
    return found if further <= 0 else [*found[:MOST_LINES], f"  and {further:,} further"]


def _print_alert(console: Console, archive: Archive, alert: Alert) -> None:
    from rich.text import Text

    from indexer.alerts.alert import search_text
    from indexer.alerts.links import Links

    console.print(Text.assemble((alert.id, "bold"), "  ", printable(alert.name)), soft_wrap=True)
    facts = [f"Search: {search_text(alert.pairs)}", f"Sent to: {_goes_to(alert)}"]
    if alert.owner:
        facts.append(f"Owner: {alert.owner}")
        feed = Links(archive.config.web.base_url).feed(alert.id)
        facts += [f"Feed: {feed}"] if feed and archive.config.access.closed else []
    for fact in facts:
        console.print(printable(fact), soft_wrap=True)


def _finds(archive: Archive, alert: Alert) -> str:
    from dataclasses import replace

    from indexer.search.parser import parse

    try:
        found = archive.search(replace(alert.request, size=0, facets=(), snippets=False))
    except NoIndex:
        for warning in parse(alert.request.query).warnings:
            say(f"Note: {warning.message}")
        return "There is no archive yet: it will be told of all that is built and matches."
    for warning in found.warnings:
        say(f"Note: {warning.message}")
    return (
        f"Now it finds {counted(found.total, 'article')}. It says nothing of these, but of those that come after them."
    )


def _user(archive: Archive, name: str) -> str:
    if not name:
        return ""
    from pathlib import Path

    from indexer.accounts.users import user_name
    from indexer.accounts.users_file import read_users

    name, users = user_name(name), Path(archive.config.access.users)
    if name not in read_users(users):
        raise UsageError(f"{users} has no user {name!r}. Add it: indexer user add {name}")
    return name


def _goes_to(alert: Alert) -> str:
    return ", ".join(filter(None, (*alert.mail, alert.webhook))) or ("its feed" if alert.owner else "nobody")


def _remarks(status: AlertStatus) -> list[str]:
    found = ["Paused."] if status.alert.paused else []
    if status.stopped:
        found.append(f"Stopped: there is no user {status.alert.owner!r} any more.")
    waiting = [each for each in status.unsent if not each.given_up]
    given_up = [each for each in status.unsent if each.given_up]
    if waiting:
        found.append(f"{counted(len(waiting), 'message')} not delivered yet. {_problem(waiting[0])}")
    if given_up:
        found.append(
            f"{counted(len(given_up), 'message')} given up after a week. {_problem(given_up[0])} "
            "To send them all the same: indexer alerts run --again"
        )
    return found


def _problem(delivery: AlertDelivery) -> str:
    from datetime import UTC, datetime

    if not delivery.tries:
        return f"{delivery.address}: with the next run."
    again = "" if delivery.given_up else f" Tried again {_clock(datetime.fromtimestamp(delivery.due, UTC))}."
    return f"{delivery.address}: {delivery.reason}{again}"


def _clock(when: datetime) -> str:
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def _done(sentence: str) -> None:
    out().print(printable(sentence), soft_wrap=True)
