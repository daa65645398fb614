"""Documentation cannot go stale: generated pages equal the code, everything a person can use is described, and the
examples run as they are printed."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import indexer
from docs.generate import FIELD_NOTES, pages
from indexer.cli.app import cli
from indexer.config import Config
from indexer.fields import FIELDS
from indexer.sources import Source

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _commands(command: click.Command = cli, path: str = "indexer") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _commands(child, f"{path} {name}")


COMMANDS = dict(_commands())


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_generated_pages_are_fresh(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == pages()[path], "run `make docs`"


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_documented(path: str) -> None:
    section = _page("cli.md").split(f"## `{path}`\n")[1].split("\n## ")[0]
    for parameter in COMMANDS[path].params:
        for name in (
            parameter.opts if isinstance(parameter, click.Option) else [parameter.make_metavar(click.Context(cli))]
        ):
            assert name in section


def test_every_setting_is_documented() -> None:
    page = _page("configuration.md")
    for key in Source.__slots__:
        assert f"| `{key}` |" in page.partition("## `[[sources]]`")[2]
    for section in set(Config.__slots__) - {"sources"}:
        assert f"## `[{section}]`" in page
        for key in getattr(Config(), section).__slots__:
            assert f"BROADSHEET_{section.upper()}__{key.upper()}" in page


def test_every_field_is_documented() -> None:
    page = _page("fields.md")
    assert [field.name for field in FIELDS if f"| `{field.name}` |" not in page] == []
    assert set(FIELD_NOTES) == {field.name for field in FIELDS}


def test_every_name_of_the_embedded_api_is_documented() -> None:
    page = _page("embedding.md")
    assert [name for name in indexer.__all__ if not re.search(rf"\b{name}\b", page)] == []


def _examples(page: Path) -> list[str]:
    return EXAMPLE.findall(page.read_text(encoding="utf-8"))


def _run(code: str, directory: Path) -> subprocess.CompletedProcess[str]:
    (directory / "demo").symlink_to(ROOT / "demo")
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", code],
        cwd=directory,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_example_of_the_readme_runs_exactly_as_printed(tmp_path: Path) -> None:
    example = _examples(ROOT / "README.md")[0]
    assert len(example.strip().splitlines()) <= 12
    done = _run(example, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_the_examples_of_the_embedding_page_run_one_after_another(tmp_path: Path) -> None:
    done = _run("\n".join(_examples(DOCS / "embedding.md")), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")]), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_documentation_is_a_site_without_a_broken_link(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site"],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    front = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'href="tutorials/reporter/"' in front
    assert (tmp_path / "site" / "decisions" / "0037-identity-and-versions" / "index.html").is_file()


def test_every_test_that_the_security_page_names_is_there() -> None:
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", _page("security.md")))
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^ *(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named - written == set()
    assert len(named) > 40
