"""The manual page: troff that formats without a warning, and has every command and option."""

import shutil
import subprocess
from pathlib import Path

import click
import pytest

from docs.generate import EXIT_CODES, contexts
from docs.manual import manual

PAGE = Path(__file__).parents[1] / "docs" / "indexer.1"


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_page_formats_without_a_warning_and_has_everything() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-P-cbou", "-rLL=100n", str(PAGE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    shown = " ".join(done.stdout.split())
    for context in contexts():
        assert context.command_path.partition(" ")[2] in shown
        for option in context.command.params:
            assert not isinstance(option, click.Option) or all(name in shown for name in option.opts)
    assert "1 build --strict rejected something" in shown


def test_what_troff_would_obey_is_text() -> None:
    command = click.Command("odd", help=".TH is a request\n\n\b\n'x' \\fB\n    kept -v", params=[])
    group = click.Group("indexer", help="Do odd things.", commands={"odd": command})
    outer = click.Context(group, info_name="indexer")
    page = manual([outer, click.Context(command, info_name="odd", parent=outer)], "1.0", EXIT_CODES)
    assert r"\&.TH is a request" in page.splitlines()
    kept = page.split(".nf\n.RS 4\n")[1].split("\n.RE")[0].splitlines()
    assert kept == [r"\&'x' \efB", r"    kept \-v"]
    assert r"indexer \- do odd things" in page
