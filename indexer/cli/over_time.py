"""`indexer trends`, `indexer compare`, `indexer calendar`: what rises, how much is written, and when."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from indexer.asking import TRENDS
from indexer.cli.console import counted, emit_json, out, printable, say
from indexer.cli.options import WithWords, with_archive, with_json, with_narrowing, with_query
from indexer.timeline import INTERVALS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from indexer.archive import Archive
    from indexer.browsing.calendar import Calendar
    from indexer.search.options import SearchOptions
    from indexer.search.results import Suggested
    from indexer.trends import Trend, Trends
    from indexer.volume import Volume


MOST_TRENDS = 50  # names; each costs some searches
ALL = "all"
BAR = 30  # characters of the longest bar


@click.command()
@click.option("--from", "from_", metavar="DATE", help="The first day.  [default: the last]")
@click.option("--to", metavar="DATE", help="The last day.  [default: that of the archive]")
@click.option(
    "--size", type=click.IntRange(0, MOST_TRENDS), default=TRENDS, show_default=True, help="How many of each kind."
)
@with_json
@with_archive
def trends(archive: Archive, from_: str | None, to: str | None, size: int, as_json: bool) -> None:
    """Say what rises on the last day of the archive, or on others.

    That is who and what is named in a larger share of their articles than of those of the four weeks before. At most
    the last 92 days are looked at. docs/trends.md says how it is computed.
    """
    found = archive.trends(from_, to, size=size)
    if as_json:
        emit_json(found.to_dict())
    else:
        print_trends(out(), found)


def print_trends(console: Console, found: Trends) -> None:
    """The days, then what rises in them with its last weeks, then articles that stand for it."""
    from rich.table import Table
    from rich.text import Text

    from indexer.cli.render import print_hits
    from indexer.search.results import Hit

    days = str(found.start) if found.start == found.end else f"{found.start} to {found.end}"
    console.print(Text(f"{days} · {counted(found.total, 'article')}", style="bold"))
    since = f"since {found.history_start}" if found.history_start else "before"
    console.print(Text(f"compared with {counted(found.history_total, 'article')} {since}", style="dim"))
    rising = [*found.entities, *found.categories]
    if not rising:
        console.print("Nothing rises.")
        return
    table = Table.grid(padding=(0, 2))
    for trend in rising:
        table.add_row(*_row(trend))
    console.print(table)
    print_hits(console, (Hit(each.article, each.score) for each in found.articles))


def _row(trend: Trend) -> tuple[Text, ...]:
    from rich.text import Text

    from indexer.cli.render import bars

    usual = f"{counted(trend.count, 'article')}, usually {trend.expected:.1f}"
    return (
        Text(trend.field, style="dim"),
        Text(printable(trend.value), style="bold"),
        Text(usual),
        Text(bars(trend.series)),
    )


@click.command()
@click.argument("queries", nargs=-1)
@with_narrowing
@click.option(
    "--interval", type=click.Choice(INTERVALS), help="Length of the periods.  [default: what suits the dates]"
)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV with counts and shares, and nothing else.")
@with_json
@with_archive
def compare(
    archive: Archive,
    queries: tuple[str, ...],
    filters: SearchOptions,
    interval: Any,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Count up to six queries over time.

    Each of QUERIES is one argument; without any, all articles are counted. A period from which the archive holds
    nothing at all has no numbers.

    \b
    indexer compare lavrov blinken --from 2021
    indexer compare 'oil price' 'gas price' --interval month --csv
    """
    from indexer.volume import to_csv

    found = archive.compare(list(dict.fromkeys(queries)) or [""], interval=interval, **filters)
    if as_json:
        emit_json(found.to_dict())
    elif as_csv:
        sys.stdout.write(to_csv(found))
    else:
        print_volume(out(), found)


def print_volume(console: Console, found: Volume) -> None:
    """A row for each period: everything published, and the count and share of each query."""
    from rich.table import Table
    from rich.text import Text

    for each in found.series:
        _say_corrected(each.query, each.corrected)
    table = Table.grid(padding=(0, 2))
    for _ in range(2 + 2 * len(found.series)):
        table.add_column(justify="right")
    heads = [(Text(printable(each.counted or "*"), style="bold"), Text("")) for each in found.series]
    table.add_row(Text(found.interval, style="bold"), Text("published", style="bold"), *(t for h in heads for t in h))
    for at, period in enumerate(found.periods):
        cells = [_cell(each.counts[at], each.shares[at]) for each in found.series]
        table.add_row(str(period), f"{found.published[at]:,}", *(text for cell in cells for text in cell))
    table.add_row("undated", "", *(text for each in found.series for text in (f"{each.undated:,}", "")))
    console.print(table)


def _cell(count: int | None, share: float | None) -> tuple[str, str]:
    return ("", "") if count is None or share is None else (f"{count:,}", f"{share:.1%}")


@click.command(cls=WithWords, context_settings={"ignore_unknown_options": True})
@click.argument("period", default="")
@with_query
@with_narrowing
@with_json
@with_archive
def calendar(
    archive: Archive,
    period: str,
    query: str,
    filters: SearchOptions,
    as_json: bool,
) -> None:
    """Count a search by years, the months of one or the days of a month.

    PERIOD is 2021, 2021-10 or 2021-10-14; without one, or with `all`, years are counted.

    \b
    indexer calendar
    indexer calendar 2021-10 lavrov --source SANA
    """
    found = archive.calendar(None if period in ("", ALL) else period, query, **filters)
    if as_json:
        emit_json(found.to_dict())
    else:
        print_calendar(out(), found)


def print_calendar(console: Console, found: Calendar) -> None:
    """A line for each period with articles, and where the next ones are."""
    from rich.table import Table
    from rich.text import Text

    _say_corrected(found.found.query, found.found.corrected)
    name = f"{found.period} · " if found.period else ""
    console.print(Text(f"{name}{counted(found.total, 'article')}", style="bold"))
    most = max(found.counts.values(), default=0)
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for period, count in found.counts.items():
        table.add_row(str(period), f"{count:,}", "█" * max(round(BAR * count / most), 1))
    if found.undated:
        table.add_row("undated", f"{found.undated:,}")
    if table.row_count:
        console.print(table)
    for label, near in (("before", found.previous), ("after", found.next)):
        if near:
            console.print(Text(f"{label:8}{near}", style="dim"))


def _say_corrected(query: str, corrected: Suggested | None) -> None:
    if corrected:
        say(f"Nothing has {query!r}; the numbers are those of {corrected.query!r}. Or add --no-spellcheck.")
