"""The product as somebody installs it who has no compiler and a pip of 2023: built, installed, run. Needs the package
registry, whose answers pip keeps; without it, and without `build`, it skips."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import orjson
import pytest

import indexer

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OLD_PIP = "pip==23.2.1"  # Debian 12 has the like; it drops `lxml[html_clean]`
PAGE = (
    "from webui import create_app; answer = create_app().test_client().get('/search?q=government'); "
    "print(answer.status_code, b'</html>' in answer.data)"
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (find_spec("build") and find_spec("hatchling")), reason="build is not installed"),
]


def run(*command: str | Path, **environment: str) -> str:
    """What a command prints; without a compiler, and nothing of this source tree in its way."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "BROADSHEET", "CC"))}
    path = os.pathsep.join(part for part in (str(Path(command[0]).parent), "/nowhere"))
    done = subprocess.run(
        command, env={**bare, "CC": "false", "PATH": path, **environment}, cwd="/", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel that was built from it without a compiler."""
    place = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", place, ROOT)
    return place


@pytest.fixture(scope="module")
def python(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the wheel, and what it needs, by way of an old pip."""
    place = tmp_path_factory.mktemp("env")
    run(sys.executable, "-m", "venv", place)
    python = place / "bin" / "python"
    try:
        run(python, "-m", "pip", "install", "--quiet", "--retries", "0", OLD_PIP)
    except AssertionError as error:
        pytest.skip(f"the package registry cannot be reached: {str(error)[-200:]}")
    (wheel,) = built.glob("*.whl")
    run(python, "-m", "pip", "install", "--quiet", "--no-compile", wheel)
    return python


def test_what_is_built_without_a_compiler_is_for_every_machine(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert wheel.name == f"broadsheet-{PROJECT['version']}-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "indexer",
        "webui",
        f"broadsheet-{PROJECT['version']}.dist-info",
        f"broadsheet-{PROJECT['version']}.data",  # the manual page
    }
    assert f"broadsheet-{PROJECT['version']}.data/data/share/man/man1/indexer.1" in names
    assert not [name for name in names if name.endswith((".so", "hatch_build.py")) or "/training/" in name]


def test_the_licences_are_named_and_come_along(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    assert re.findall(r"^License-Expression: (.+)$", metadata, re.M) == ["MIT AND CC-BY-SA-4.0 AND Apache-2.0"]
    licences = {name.partition("/licenses/")[2] for name in archive.namelist() if "/licenses/" in name}
    assert licences == {
        "LICENSE",
        "indexer/analysis/data/ATTRIBUTION.md",
        "indexer/analysis/data/LICENSE",
        "indexer/entities/data/ATTRIBUTION.md",
        "indexer/entities/data/LICENSE",
    }


def test_the_source_distribution_has_what_its_makefile_builds(built: Path) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "config.toml", "LICENSE", "indexer/engines/whoosh/kernels/search.c"} <= names
    assert {"indexer/entities/kernels/tagger.c", "indexer/entities/kernels/tagger.h"} <= names


def test_installed_it_builds_searches_and_answers_the_browser(python: Path, tmp_path: Path) -> None:
    command, place = python.with_name("indexer"), tmp_path / "index"
    assert run(command, "--version") == f"indexer, version {PROJECT['version']}, numpy kernels\n"
    report = orjson.loads(
        run(command, "build", ROOT / "demo" / "articles", "--no-entities", "--json", "--index", place)
    )
    assert report["new"] > 190
    assert "internal" not in report["rejected_by_reason"]
    assert orjson.loads(run(command, "search", "government", "--json", "--index", place))["total"] > 10
    assert run(python, "-c", PAGE, BROADSHEET_ARCHIVE__INDEX=str(place)) == "200 True\n"


def test_the_version_is_that_of_the_distribution(python: Path) -> None:
    assert run(python, "-c", "import indexer; print(indexer.__version__)") == PROJECT["version"] + "\n"
    assert indexer.__version__ in (PROJECT["version"], "unknown")
