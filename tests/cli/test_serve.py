"""`indexer serve` and `python -m webui`: what they say when there is nothing to serve, or they cannot."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.cli import app, serve
from indexer.config import Config, EngineConfig
from tests.engines.corpus import ARTICLES


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small index."""
    directory = tmp_path_factory.mktemp("serve") / "index_data"
    with open_archive(Config(engine=EngineConfig(processes=1)).with_index(directory)) as archive:
        archive.add(ARTICLES[:3])
    return directory


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Config]:
    """The configurations that would have been served."""
    found: list[Config] = []

    def run(config: Config) -> int:
        found.append(config)
        return 0

    monkeypatch.setattr(serve, "_server", lambda: run)
    return found


def test_the_directory_and_the_options_are_those_that_were_given(index: Path, served: list[Config]) -> None:
    options = ["--host", "0.0.0.0", "--port", "80", "--workers", "3", "--threads", "5"]
    assert app.run(["serve", str(index), *options]) == 0
    (config,) = served
    assert config.archive.index == str(index)
    assert (config.web.host, config.web.port, config.web.workers, config.web.threads) == ("0.0.0.0", 80, 3, 5)


def test_the_archive_may_be_named_as_for_every_other_command(index: Path, served: list[Config]) -> None:
    assert app.run(["--index", str(index), "serve"]) == 0
    assert app.run(["serve", "--index", str(index)]) == 0
    assert app.run(["--index", "elsewhere", "serve", str(index)]) == 0
    assert [config.archive.index for config in served] == [str(index)] * 3
    assert app.run(["serve", "--index", "nowhere"]) == 2


def test_the_configuration_says_what_the_options_do_not(
    index: Path, served: list[Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_ARCHIVE__INDEX", str(index))
    monkeypatch.setenv("BROADSHEET_WEB__PORT", "8111")
    monkeypatch.setenv("BROADSHEET_WEB__THREADS", "4")
    assert app.run(["serve", "--threads", "6"]) == 0
    assert (served[0].archive.index, served[0].web.port, served[0].web.threads) == (str(index), 8111, 6)


def test_a_folder_of_articles_is_no_index(
    tmp_path: Path, served: list[Config], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text('{"title": "a"}')
    assert app.run(["serve", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"Error: {tmp_path} holds no index. If it holds articles, read them into one, then serve that: "
        f"indexer build {tmp_path} --index index_data && indexer serve index_data\n"
    )
    assert served == []


def test_other_things_that_are_no_index(
    tmp_path: Path, index: Path, served: list[Config], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text("{}")
    assert app.run(["serve", str(tmp_path / "none")]) == 2
    assert "There is nothing at" in capsys.readouterr().err
    assert app.run(["serve", str(tmp_path / "a.json")]) == 2
    assert "is a file, not the directory of an index" in capsys.readouterr().err
    assert app.run(["serve", str(index.parent)]) == 2
    assert f"Serve that: indexer serve {index}\n" in capsys.readouterr().err
    assert served == []


def test_an_archive_that_is_yet_to_be_built_is_served_with_a_remark(
    tmp_path: Path, served: list[Config], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_ARCHIVE__INDEX", str(tmp_path / "later"))
    assert app.run(["serve"]) == 0
    assert f"Build it with: indexer build ARTICLES --index {tmp_path / 'later'}\n" in capsys.readouterr().err
    assert len(served) == 1


def test_a_missing_web_package_is_named(
    index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError("No module named 'flask'", name="flask")

    monkeypatch.setattr(serve, "import_module", missing)
    assert app.run(["serve", str(index)]) == 3
    assert "The web site needs the package flask, which is not installed." in capsys.readouterr().err


def test_a_port_that_is_taken_is_named_with_the_way_out(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert app.run(["serve", str(index), "--port", str(port)]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"Error: 127.0.0.1:{port} cannot be served: Address already in use. Choose another port: "
        f"--port {port + 1 if port < 65535 else 8000}, or web.port in config.toml.\n"
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("PROT", "1", "Perhaps you meant 'port'?"),
        ("BASE_URL", "news.example", "'news.example' is not an address that others can open."),
        ("TRUSTED_PROXIES", "nginx", "'nginx' is neither an address nor a network."),
        ("PAGE_LIMIT", "often", "'often' is no limit."),
        ("ACCESS_LOG", "yes", 'Write "off", "plain"'),
    ],
)
def test_a_wrong_setting_is_named(
    index: Path, key: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"BROADSHEET_WEB__{key}", value)
    assert app.run(["serve", str(index)]) == 2
    assert said in capsys.readouterr().err


def test_help_helps_and_starts_nothing() -> None:
    for command in (["indexer", "serve"], ["webui"]):
        done = subprocess.run(
            [sys.executable, "-m", *command, "--help"], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0
        assert done.stdout.startswith("Usage: indexer serve [OPTIONS] [DIR]\n")
        assert "--workers" in done.stdout
