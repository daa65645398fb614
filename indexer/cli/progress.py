"""How far a build is: a bar with rate and time left on a terminal, plain lines now and then in a pipe.

Everything goes to standard error, so that the report on standard output stays clean.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from indexer.cli.console import counted, duration, err, printable, say

if TYPE_CHECKING:
    from indexer.ingest.report import ProgressEvent

LINE_EVERY = 10.0  # seconds between the lines in a pipe
PATH_WIDTH = 32  # columns of the file name beside the bar

Listener = Callable[["ProgressEvent"], None]


@contextmanager
def shown_progress(quiet: bool) -> Iterator[Listener | None]:
    """Yield the listener that a build reports to; None when nothing is to be shown."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with Progress(
            TextColumn("{task.description}"), BarColumn(), _Facts(), console=err(), transient=True, refresh_per_second=4
        ) as bar:
            yield bar_listener(bar)
    else:
        yield line_listener(say)


def bar_listener(bar: Progress) -> Listener:
    """Moves a bar; one without an end runs to and fro."""
    task = bar.add_task("Reading", total=None, facts="")

    def listen(event: "ProgressEvent") -> None:
        bar.update(
            task,
            description="Writing" if event.committing else "Reading",
            total=event.bytes_total,
            completed=event.bytes_done,
            facts=f"{facts(event)}  {_end_of(event.path)}",
        )

    return listen


def line_listener(write: Callable[[str], None]) -> Listener:
    """Writes a line when the last one is `LINE_EVERY` seconds old."""
    due = LINE_EVERY

    def listen(event: "ProgressEvent") -> None:
        nonlocal due
        if event.seconds >= due:
            due = event.seconds + LINE_EVERY
            write(facts(event))

    return listen


def facts(event: "ProgressEvent") -> str:
    """`12,345 articles, 2,345 a second, 43%, 1 min 20 s left`."""
    parts = [counted(event.items, "article"), f"{event.rate:,.0f} a second"]
    if event.bytes_total:
        parts.append(f"{min(1.0, event.bytes_done / event.bytes_total):.0%}")
    if event.committing:
        parts.append("writing")
    elif event.seconds_left is not None:
        parts.append(f"{duration(round(event.seconds_left))} left")
    return ", ".join(parts)


class _Facts(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(str(task.fields.get("facts", "")), overflow="ellipsis", no_wrap=True)


def _end_of(path: str) -> str:
    shown = printable(path)
    return shown if len(shown) <= PATH_WIDTH else "…" + shown[1 - PATH_WIDTH :]
