"""The help of every command, word for word. REFRESH_GOLDEN=1 rewrites the files on purpose."""

import os
from pathlib import Path

import pytest

from docs.generate import help_texts

GOLDEN = Path(__file__).parents[1] / "golden" / "help"
REFRESH = "REFRESH_GOLDEN"
HELP = dict(help_texts())


def _file(path: str) -> Path:
    return GOLDEN / f"{path.replace(' ', '-')}.txt"


@pytest.mark.parametrize("path", HELP)
def test_help_reads_as_agreed(path: str) -> None:
    if os.environ.get(REFRESH):
        _file(path).write_text(HELP[path].rstrip() + "\n", encoding="utf-8")
    assert HELP[path].rstrip() + "\n" == _file(path).read_text(encoding="utf-8"), f"{REFRESH}=1 accepts the new text"


def test_no_help_is_kept_of_a_command_that_is_gone() -> None:
    assert {file.name for file in GOLDEN.glob("*.txt")} == {_file(path).name for path in HELP}


@pytest.mark.parametrize("path", HELP)
def test_every_option_says_what_it_does(path: str) -> None:
    lines = HELP[path].splitlines()
    options = [line for line in lines if line.startswith("  --")]
    for line in options:
        follows = lines[lines.index(line) + 1] if lines.index(line) + 1 < len(lines) else ""
        assert "  " in line.strip() or follows.startswith("        "), line
