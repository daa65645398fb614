"""The recipes in `deploy/` and the container: checked by the programs that read them, as far as those are here."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from indexer.cli.app import cli
from indexer.config import load_config

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
INSTALLED = "/opt/broadsheet/bin/indexer"


def _program(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_dockerfile_is_clean() -> None:
    _run(_program("hadolint"), str(ROOT / "Dockerfile"))


def test_what_the_dockerfile_copies_is_sent_to_the_builder() -> None:
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert names == let_through
    assert all((ROOT / name).exists() for name in names)


def test_the_composition_has_the_site_and_the_cluster() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert list(services) == ["broadsheet", "one", "two", "three"]
    assert services["broadsheet"]["build"] == "."
    assert {name: service.get("profiles") for name, service in services.items()} == {
        "broadsheet": None,
        "one": ["cluster"],
        "two": ["cluster"],
        "three": ["cluster"],
    }
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published)


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("systemd/*")), ids=lambda path: path.name)
def test_units_are_what_systemd_takes(unit: Path, tmp_path: Path) -> None:
    program = _program("systemd-analyze")
    installed = tmp_path / "indexer"
    installed.write_text("#!/bin/sh\n")
    installed.chmod(0o755)
    for each in DEPLOY.glob("systemd/*"):
        (tmp_path / each.name).write_text(each.read_text().replace(INSTALLED, str(installed)))
    _run(program, "verify", "--man=no", str(tmp_path / unit.name))


def _commands(text: str) -> list[list[str]]:
    """The command lines of `indexer` in a recipe."""
    return [
        found.split() for found in re.findall(r"\bindexer ((?:[a-z-]+ ?)+)", text) if found.split()[0] in cli.commands
    ]


@pytest.mark.parametrize(
    "recipe", [*sorted(DEPLOY.glob("systemd/*.service")), DEPLOY / "broadsheet.cron"], ids=lambda path: path.name
)
def test_recipes_run_commands_that_there_are(recipe: Path) -> None:
    commands = _commands(recipe.read_text())
    assert commands
    for name, *arguments in commands:
        command = cli.commands[name]
        if isinstance(command, click.Group):
            command = command.commands[arguments.pop(0)]
        options = {option for parameter in command.params for option in parameter.opts}
        assert [each for each in arguments if each.startswith("-") and each not in options] == []


def test_each_line_of_the_crontab_has_its_fields() -> None:
    lines = [line for line in (DEPLOY / "broadsheet.cron").read_text().splitlines() if line and line[0] not in "#PM"]
    assert len(lines) == 5
    for line in lines:
        *times, user, directory, place, _ = line.split(maxsplit=8)
        assert all(re.fullmatch(r"\*(/\d+)?|\d+", time) for time in times)
        assert (len(times), user, directory, place) == (5, "broadsheet", "cd", "/srv/news")


def test_the_settings_that_the_recipes_want_are_settings(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", (DEPLOY / "README.md").read_text(), re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(text)
    config = load_config(path, {})
    assert config.web.base_url == "https://news.example"
    assert config.web.trusted_proxies == ("127.0.0.1", "::1")
