"""`indexer search --batch`: a file of queries, one a line, and what was found of each, as table, CSV or JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from indexer.cli.completion import files
from indexer.cli.console import counted, json_line, printable, say
from indexer.cli.place import Command
from indexer.cli.place import decorated as _decorate
from indexer.errors import UsageError

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.batch.lines import Line
    from indexer.batch.rows import BatchRow
    from indexer.search.options import SearchOptions

FORMS = ("table", "csv", "jsonl")
STANDARD_INPUT = "-"
MOST_BYTES = 100_000_000
# Options of a search that say nothing of a count; with --batch they are a mistake.
_OF_HITS = ("sort", "size", "page", "cursor", "facets", "facet_size", "group", "recency", "explain")
# Those that only a batch has.
_OF_BATCHES = ("column", "form", "receipts", "guard")
_NARROW = 32  # columns of a query in the table


@dataclass(frozen=True, slots=True)
class Batch:
    """What the options of a batch say."""

    place: str
    column: str | None
    form: str
    receipts: bool
    guard: bool


def with_batch(command: Command) -> Command:
    """Add `--batch` and the options that go with it; the command is called with them as `batch`, or with None."""

    @wraps(command)
    def run(
        *args: Any, batch: str | None, column: str | None, form: str, receipts: bool, guard: bool, **options: Any
    ) -> Any:
        context = click.get_current_context()
        if batch is None:
            _refuse(context, _OF_BATCHES, "goes with --batch alone")
            return command(*args, batch=None, **options)
        _refuse(context, _OF_HITS, "says nothing of a batch, which counts")
        if options["query"]:
            raise click.UsageError("The queries are in the file. Give --batch without one, and narrow by filters.")
        return command(*args, batch=Batch(batch, column, form, receipts, guard), **options)

    return _decorate(
        run,
        click.option(
            "--batch",
            metavar="FILE",
            help="Count for each line of FILE, a query; - is standard input.",
            shell_complete=files,
        ),
        click.option("--column", metavar="NAME", help="With --batch: FILE is a table (CSV); take this column."),
        click.option(
            "--format", "form", type=click.Choice(FORMS), default="table", help="Of a batch.  [default: table]"
        ),
        click.option("--receipts", is_flag=True, help="With --batch: a receipt of each line, to be checked later."),
        click.option(
            "--no-guard",
            "guard",
            flag_value=False,
            default=True,
            help="Leave cells of a table as they are that a spreadsheet would run as formulas.",
        ),
    )


def answer_batch(archive: Archive, batch: Batch, options: SearchOptions, *, as_json: bool) -> None:
    """Print a row for each line as soon as it is answered.

    Raises:
        UsageError: the file cannot be read, or, when all is printed, lines could not be answered.
    """
    from indexer.batch.rows import batch_request, search_batch

    lines = list(_lines(batch))
    if not lines:
        say(f"{_named(batch.place)} has no line to search for.")
    kept = {name: value for name, value in options.items() if name not in (*_OF_HITS, "spellcheck")}
    rows = search_batch(archive, lines, batch_request(archive, **kept), receipts=batch.receipts)  # type: ignore[arg-type]  # some of the options
    write = _WRITERS["jsonl" if as_json else batch.form]
    refused = 0
    for at, row in enumerate(_said(rows, len(lines))):
        write(row, first=at == 0, guard=batch.guard)
        refused += row.error is not None
    if refused:
        raise UsageError(f"{counted(refused, 'line')} of {len(lines):,} could not be answered; the rows say why.")


def _lines(batch: Batch) -> Iterator[Line]:
    from indexer.batch.lines import column_of, lines_of
    from indexer.ingest.charset import decode

    try:
        if batch.place == STANDARD_INPUT:
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with open(batch.place, "rb") as file:  # noqa: PTH123  # /dev/stdin and pipes too
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{batch.place} cannot be read: {error.strerror}. Name a file with --batch.") from None
    if len(data) > MOST_BYTES:
        raise UsageError(f"{_named(batch.place)} is larger than {MOST_BYTES:,} bytes. Split it.")
    text, lost = decode(data)
    if lost:
        say(f"Some characters of {_named(batch.place)} cannot be read; \N{REPLACEMENT CHARACTER} stands for them.")
    return column_of(text, batch.column) if batch.column is not None else lines_of(text)


def _named(place: str) -> str:
    return "Standard input" if place == STANDARD_INPUT else place


def _refuse(context: click.Context, names: Iterable[str], why: str) -> None:
    """Refuse options that were given.

    Raises:
        click.UsageError: one of them was.
    """
    for parameter in context.command.params:
        given = parameter.name and context.get_parameter_source(parameter.name)
        if parameter.name in names and given is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{parameter.opts[-1]} {why}.")


def _said(rows: Iterable[BatchRow], total: int) -> Iterator[BatchRow]:
    """The rows, with a bar on a terminal that does not show the rows themselves."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from rows
        return
    from rich.progress import track

    from indexer.cli.console import err

    yield from track(rows, description="Searching", total=total, console=err(), transient=True)


def _as_table(row: BatchRow, *, first: bool, guard: bool) -> None:  # noqa: ARG001  # nothing runs in a terminal
    from indexer.batch.table import narrows_text, sources_text
    from indexer.cli.terminal import padded

    if first:
        click.echo(f"{'line':>6} {'articles':>9}  {'first':10}  {'last':10}  {padded('query', _NARROW)}  top sources")
    total = "-" if row.total is None else f"{row.total:,}"
    first_day, last_day = (f"{day or '':10}" for day in (row.first and str(row.first), row.last and str(row.last)))
    found = f"{row.line:>6} {total:>9}  {first_day}  {last_day}"
    click.echo(f"{found}  {padded(printable(row.query), _NARROW)}  {printable(sources_text(row))}".rstrip())
    remarks = [row.error or "", *(warning.message for warning in row.warnings)]
    if row.same_as:
        remarks = [f"The same as line {row.same_as}."]
    elif row.did_you_mean:
        remarks.append(f"Perhaps: {row.did_you_mean.query} ({counted(row.did_you_mean.total, 'article')})")
    if (narrower := narrows_text(row)) and not row.same_as:
        remarks.append(f"To narrow this: {narrower}")
    for remark in dict.fromkeys(filter(None, remarks)):
        click.echo(f"{'':18}{printable(remark)}")


def _as_csv(row: BatchRow, *, first: bool, guard: bool) -> None:
    from indexer.batch.table import as_csv

    header, line = as_csv([row], guard=guard)
    sys.stdout.write(header + line if first else line)


def _as_json(row: BatchRow, *, first: bool, guard: bool) -> None:  # noqa: ARG001  # data
    sys.stdout.write(json_line(row.to_dict()))


_WRITERS: dict[str, Callable[..., None]] = {"table": _as_table, "csv": _as_csv, "jsonl": _as_json}
