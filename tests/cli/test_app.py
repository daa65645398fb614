"""Whatever goes wrong ends in a sentence on standard error and the exit code of its kind."""

import errno
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from indexer.cli.app import cli, sentence
from indexer.engines.whoosh.kernels import native
from indexer.errors import IndexLocked, InternalError, NoIndex, NotFound, UsageError
from indexer.ingest.stopping import Terminated
from tests.cli.conftest import Indexer

KERNELS = "compiled" if native.library else "numpy"
VERSION_LINE = f"indexer, version {version('broadsheet')}, {KERNELS} kernels\n"


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Adds a command `fail` that raises what it is told to."""

    def install(error: BaseException) -> None:
        def fail() -> None:
            raise error

        monkeypatch.setitem(cli.commands, "fail", click.Command("fail", callback=fail))

    return install


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (UsageError("a mistake"), 2, "Error: A mistake\n"),
        (NotFound("nothing there"), 2, "Error: Nothing there\n"),
        (NoIndex("build one"), 3, "Error: Build one\n"),
        (IndexLocked("held by 7"), 3, "Error: Held by 7\n"),
        (KeyboardInterrupt(), 130, "Stopped.\n"),
        (click.Abort(), 130, "Stopped.\n"),
        (
            OSError(errno.ENOSPC, "No space left on device", "/news/x"),
            3,
            "Error: /news/x: No space left on device. Check that the place exists, may be written to and has room, "
            "then run the command again.\n",
        ),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 0, ""),
    ],
    ids=lambda value: type(value).__name__,
)
def test_errors_become_messages_and_codes(
    indexer: Indexer, failing: Callable[[BaseException], None], error: BaseException, code: int, message: str
) -> None:
    failing(error)
    outcome = indexer("fail")
    assert (outcome.code, outcome.out, outcome.err.removeprefix("\n")) == (code, "", message)


@pytest.mark.parametrize(
    ("message", "typed", "shown"),
    [
        ("ro cannot be written", ["--output", "ro"], "ro cannot be written"),
        ("ro cannot be written", ["--output=ro"], "ro cannot be written"),
        ("there: is a folder", [], "there: is a folder"),
        ("config.toml: unknown key", [], "config.toml: unknown key"),
        ("size 101 is out of range", ["--size", "101"], "Size 101 is out of range"),
        ("environment variable X: odd", [], "Environment variable X: odd"),
    ],
)
def test_a_message_begins_with_a_capital_unless_with_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, message: str, typed: list[str], shown: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    assert sentence(message, typed) == shown


def test_sigterm_in_the_middle_of_a_build_ends_with_143(
    indexer: Indexer, failing: Callable[[BaseException], None]
) -> None:
    failing(Terminated())
    outcome = indexer("fail")
    assert (outcome.code, outcome.err.strip()) == (143, "Stopped.")


@pytest.mark.parametrize("error", [InternalError("odd"), RuntimeError("odd"), AssertionError("odd")], ids=repr)
def test_a_bug_asks_for_a_report_and_shows_no_traceback(
    indexer: Indexer, failing: Callable[[BaseException], None], error: Exception
) -> None:
    failing(error)
    outcome = indexer("fail")
    assert outcome.code == 70
    assert outcome.err == (
        f"Internal error: {type(error).__name__}: odd\nThis is a bug in Broadsheet; please report it. "
        "Run the command again with BROADSHEET_DEBUG=1 for the traceback.\n"
    )


def test_the_traceback_is_there_for_those_who_ask(
    indexer: Indexer, failing: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_DEBUG", "1")
    failing(RuntimeError("odd"))
    assert "Traceback (most recent call last)" in indexer("fail").err


def test_control_characters_of_a_message_do_not_reach_the_terminal(
    indexer: Indexer, failing: Callable[[BaseException], None]
) -> None:
    failing(UsageError("\x1b[31mred"))
    assert indexer("fail").err == "Error: \ufffd[31mred\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["serch"], "No such command 'serch'"),
        (["search", "--sorce", "x"], "--sorce"),
        (["export", "x", "--sorce=y"], "--sorce"),
        (["remove", "--yess"], "--yess"),
        (["build"], "Missing argument 'FILES...'"),
        (["show"], "Missing argument 'ID'"),
        (["search", "--sort", "best"], "'best' is not one of"),
        (["search", "--page", "x"], "'x' is not a valid integer"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_2(indexer: Indexer, arguments: list[str], message: str) -> None:
    outcome = indexer(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_the_nearest_option_is_offered(indexer: Indexer) -> None:
    assert "--source" in indexer("search", "--sorce", "x").err


def test_version_and_help(indexer: Indexer) -> None:
    assert indexer("--version").out == VERSION_LINE
    outcome = indexer("--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage: indexer [OPTIONS] COMMAND [ARGS]...\n")


def test_the_module_runs_like_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "indexer", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, VERSION_LINE)
