"""The command `indexer`: its subcommands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from collections.abc import Sequence

import click

from indexer.cli import completion
from indexer.cli.alerts import alerts
from indexer.cli.build import build
from indexer.cli.console import say
from indexer.cli.diff import diff
from indexer.cli.dossier import dossier
from indexer.cli.entities import entities
from indexer.cli.export import export
from indexer.cli.follow import follow
from indexer.cli.maintain import check, optimize, rebuild, remove
from indexer.cli.names import facet, profile
from indexer.cli.options import InOrder, canonical
from indexer.cli.over_time import calendar, compare, trends
from indexer.cli.place import with_place
from indexer.cli.receipt import receipt
from indexer.cli.rejects import rejects
from indexer.cli.search import search
from indexer.cli.serve import serve
from indexer.cli.show import show
from indexer.cli.sources import sources
from indexer.cli.stats import stats
from indexer.cli.thread import thread
from indexer.cli.translate import translate
from indexer.cli.user import user
from indexer.cli.words import words
from indexer.errors import BroadsheetError, InternalError, StateError
from indexer.ingest.stopping import SIGNAL_EXIT, Terminated
from indexer.version import version

USAGE_EXIT = 2
DEBUG_VARIABLE = "BROADSHEET_DEBUG"
COMMANDS = (
    *(
        build,
        follow,
        serve,
        rejects,
        search,
        show,
        thread,
        diff,
        facet,
        words,
        profile,
        trends,
        compare,
        calendar,
        receipt,
    ),
    *(alerts, stats, sources, export, dossier, remove, check, optimize, rebuild, translate, entities, user),
)


def _print_version(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    from indexer.engines.registry import runs_with

    if not asked:
        return
    click.echo(", ".join(("indexer", f"version {version()}", *runs_with())))
    context.exit()


@click.group(
    cls=InOrder,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "token_normalize_func": canonical,
        "max_content_width": 100,
    },
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
@with_place
def cli() -> None:
    """Turn saved news into a searchable archive, and search it.

    Options such as --index may stand before the command or behind it.

    \b
    indexer build articles/                     read files and folders into the archive
    indexer search lavrov biden                 search it
    indexer serve                               show it in a browser
    indexer --index other search lavrov biden   search another
    """


for _command in COMMANDS:
    cli.add_command(_command)
completion.install()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # news is in all scripts, whatever the locale says
    code = run(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has left, as in `indexer export | head`; the interpreter would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong is said on standard error, never as a traceback."""

    try:
        code = cli.main(list(arguments), prog_name="indexer", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt) as stop:
        say("Stopped.")
        return SIGNAL_EXIT + (signal.SIGTERM if isinstance(stop.__cause__ or stop, Terminated) else signal.SIGINT)
    except click.ClickException as error:
        error.show()
        return USAGE_EXIT
    except (BrokenPipeError, SystemExit):
        return 0  # whoever read our output has seen enough of it; click turns that, and that alone, into SystemExit
    except BroadsheetError as error:
        _show(error, arguments)
        return error.exit_code
    except OSError as error:
        say(f"Error: {_explained(error)}")
        return StateError.exit_code
    except Exception as error:  # our bug, whatever its type: a person gets a sentence, not a traceback
        _show(error, arguments)
        return InternalError.exit_code
    return code if isinstance(code, int) else 0


def _explained(error: OSError) -> str:
    what = error.strerror or type(error).__name__
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{what}. Check that the place exists, may be written to and has room, then run the command again."


def sentence(text: str, typed: Sequence[str] = ()) -> str:
    """A message with a capital letter, unless it begins with a name: `config.toml`, a word that was typed, a file."""
    first = text.partition(" ")[0].rstrip(":")
    named = first in {word.rpartition("=")[2] for word in typed} or os.path.lexists(first)
    return text[:1].upper() + text[1:] if first.isalpha() and not named else text


def _show(error: Exception, arguments: Sequence[str]) -> None:
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    if isinstance(error, BroadsheetError) and not isinstance(error, InternalError):
        say(f"Error: {sentence(str(error), arguments)}")
        return
    say(
        f"Internal error: {type(error).__name__}: {error}\nThis is a bug in Broadsheet; please report it. "
        f"Run the command again with {DEBUG_VARIABLE}=1 for the traceback."
    )
