"""The tutorials do what they say: their commands and programs are run, their pages opened."""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from indexer.archive import open_archive
from indexer.config import Config
from webui import create_app

ROOT = Path(__file__).parents[1]
TUTORIALS = ROOT / "docs" / "tutorials"
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
BLOCK = "^```{}\n(.*?)^```$"
CHECK = doctest.OutputChecker()


def _blocks(page: str, kind: str) -> list[str]:
    text = (TUTORIALS / page).read_text(encoding="utf-8")
    return re.findall(BLOCK.format(kind), text, re.DOTALL | re.MULTILINE)


def _assert_printed(expected: str, got: str, step: str) -> None:
    wanted = "\n".join(line.rstrip() for line in expected.splitlines()) + "\n"
    found = "\n".join(line.rstrip() for line in got.splitlines()) + "\n"
    if not CHECK.check_output(wanted, found, doctest.ELLIPSIS):
        pytest.fail(f"{step}\nexpected:\n{wanted}\nprinted:\n{found}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "demo").symlink_to(ROOT / "demo")
    return tmp_path


def test_the_archivist_sees_what_is_printed(folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    steps = [step for block in _blocks("archivist.md", "console") for step in STEP.findall(block)]
    assert len(steps) > 15
    for command, expected in steps:
        done = subprocess.run(["/bin/sh", "-c", command], cwd=folder, env=environment, capture_output=True, check=False)
        _assert_printed(expected, (done.stdout + done.stderr).decode(), command)


def test_the_developer_sees_what_is_printed(folder: Path) -> None:
    programs, expected = _blocks("developer.md", "python"), _blocks("developer.md", "text")
    assert len(programs) == len(expected) > 3
    mark = "-- next --"
    code = f"\nprint({mark!r})\n".join(programs)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for program, wanted, got in zip(programs, expected, done.stdout.split(f"{mark}\n"), strict=True):
        _assert_printed(wanted, got, program)


def _claims() -> Iterator[tuple[str, str]]:
    """Each address of the reporter's tutorial with what is said, in bold, to stand on its page."""
    for paragraph in re.split(r"\n\n", (TUTORIALS / "reporter.md").read_text(encoding="utf-8")):
        address = None
        for found in re.finditer(r"`(/[^`\s]*)`|\*\*(.+?)\*\*", paragraph, re.DOTALL):
            address = found[1] or address
            if found[2]:
                assert address, paragraph
                yield address, " ".join(found[2].split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    config = Config().with_index(tmp_path_factory.mktemp("reporter") / "index")
    with open_archive(config) as archive:
        archive.build([ROOT / "demo" / "articles"])
    return create_app(config).test_client()


@pytest.mark.parametrize(("address", "said"), list(_claims()))
def test_the_reporter_finds_what_is_said(site: FlaskClient, address: str, said: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 200
    page = html.fromstring(answer.get_data(as_text=True))
    assert said in " ".join(page.text_content().split())


def test_every_address_of_the_reporter_opens(site: FlaskClient) -> None:
    text = (TUTORIALS / "reporter.md").read_text(encoding="utf-8")
    for address in re.findall(r"`(/[^`\s]*)`", text):
        assert site.get(address).status_code == 200, address
