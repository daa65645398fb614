"""Everything above the engines on a cluster, unchanged: commands, the site, and archives moving there and back."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from indexer.archive import open_archive
from indexer.cli.app import run
from indexer.config import Config, EngineConfig
from indexer.interchange import to_record
from tests.cluster.running import hosts, on_cluster
from webui import create_app

# The embedded engine shows spellings under one name, a cluster does not.
APART = {"BROADSHEET_ENTITIES__JOIN_SPELLINGS": "false"}
DEMO = Path(__file__).parents[4] / "demo" / "articles"
# The folder of the side files, and the variables that name the cluster.
Environment = tuple[Path, dict[str, str]]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The environment of commands that work on an archive of a cluster, and the folder of its side files."""
    directory = tmp_path_factory.mktemp("moving")
    config = on_cluster(directory / "side")
    given = {"NAME": "opensearch", "HOSTS": ",".join(hosts()), "ALIAS": config.engine.alias, "REPLICAS": "0"}
    return directory, {f"BROADSHEET_ENGINE__{name}": value for name, value in given.items()}


def command(environment: Environment, *arguments: str, stdin: bytes | None = None, place: str = "cluster") -> bytes:
    directory, variables = environment
    index = directory / ("side" if place == "cluster" else place)
    done = subprocess.run(
        [sys.executable, "-m", "indexer", *arguments, "--index", str(index)],
        input=stdin,
        capture_output=True,
        env=os.environ | APART | (variables if place == "cluster" else {}),
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def exported(environment: Environment, place: str) -> dict[str, bytes]:
    lines = command(environment, "export", place=place).splitlines()
    return {orjson.loads(line)["id"]: line for line in lines}


def test_an_archive_moves_to_a_cluster_and_back(environment: Environment) -> None:
    command(environment, "build", str(DEMO), place="first")
    stream = command(environment, "export", place="first")
    command(environment, "build", "-", stdin=stream, place="embedded")
    command(environment, "build", "-", stdin=stream)
    here, there = exported(environment, "embedded"), exported(environment, "cluster")
    assert len(there) > 120
    assert there == here
    assert hashes(environment, "cluster") == hashes(environment, "embedded")
    back = b"\n".join(there.values())
    again = orjson.loads(command(environment, "build", "-", "--json", stdin=back, place="embedded"))
    assert (again["unchanged"], again["new"], again["replaced"], again["rejected"]) == (len(there), 0, 0, 0)


def hashes(environment: Environment, place: str) -> dict[str, str]:
    directory, _ = environment
    config = on_cluster(directory / "side") if place == "cluster" else Config().with_index(directory / "embedded")
    with open_archive(config) as archive:
        return {article.id: article.content_hash for article in archive.scan()}


def test_commands_answer_as_on_the_embedded_engine(environment: Environment) -> None:
    for arguments in (
        ["search", "lavrov OR minister", "--json", "--facets", "all", "--size", "50"],
        ["search", "nobel", "--source", "Savanna", "--json", "--explain"],
        ["entities", "list", "place", "--json"],
    ):
        there, here = (orjson.loads(command(environment, *arguments, place=place)) for place in ("cluster", "embedded"))
        assert rounded(there) == rounded(here)
    assert b"opensearch" in command(environment, "stats", "--json")
    assert orjson.loads(command(environment, "check", "--json"))["problems"] == []


def rounded(value: Any) -> Any:
    """What is answered, without what may differ: time, generation, the last bits of scores."""
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items() if name not in ("took_ms", "generation")}
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def test_the_site_shows_every_page_on_a_cluster(environment: Environment) -> None:
    directory, _ = environment
    with open_archive(on_cluster(directory / "side")) as archive:
        client = create_app(archive.config, archive).test_client()
        hit = archive.search("nobel", size=1).hits[0]
        assert hit.article.published is not None
        day = hit.article.published.day
        for address in (
            "/",
            "/search?q=nobel&source=&sort=newest",
            "/search?q=nobell",
            f"/article/{hit.id}?q=nobel",
            f"/archive/{day.year}/{day.month:02d}/{day.day:02d}",
            "/facet/person?q=nobel",
            "/trends?from=2021-10-01&to=2021-10-31",
            "/compare?q=nobel&q=minister",
            "/feed.atom?q=nobel",
            "/suggest?q=nob",
            "/api/v1/search?q=nobel&explain=1",
            "/api/v1/stats",
            "/readyz",
        ):
            assert client.get(address, follow_redirects=True).status_code == 200, address
        lines = client.get("/export.jsonl?q=nobel").text.splitlines()
        assert {hit.id for hit in archive.search("nobel", size=100).hits} <= {
            orjson.loads(line).get("id") for line in lines
        }
        assert to_record(archive.get(hit.id))["title"] == hit.article.title


def test_an_engine_that_is_down_is_a_sentence_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pytest.importorskip("opensearchpy")
    monkeypatch.setenv("BROADSHEET_ENGINE__HOSTS", "http://127.0.0.1:9")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["search", "x", "--engine", "opensearch", "--index", str(tmp_path)]) == 3
    said = capsys.readouterr().err
    assert "No node of http://127.0.0.1:9 can be reached" in said
    assert "Traceback" not in said


def test_the_engine_of_a_configuration_is_the_one_that_is_opened(tmp_path: Path) -> None:
    with open_archive(Config(engine=EngineConfig()).with_index(tmp_path)) as archive:
        assert type(archive.engine).__name__ == "WhooshEngine"
