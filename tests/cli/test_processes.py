"""The command as the shell runs it: pipes, signals, streams."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import pytest

ENVIRONMENT = {
    **os.environ,
    "BROADSHEET_ENTITIES__ENABLED": "false",
    "BROADSHEET_ENGINE__PROCESSES": "1",
    "PYTHONWARNINGS": "error::ResourceWarning",
}
ARTICLES = 400  # several times what a pipe holds, so that a writer notices that its reader has left
INDEXER = [sys.executable, "-m", "indexer"]


def _run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*INDEXER, *map(str, arguments)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        **options,
    )


def _records(count: int) -> str:
    return "".join(
        orjson.dumps(
            {"id": f"n{number}", "title": f"Title {number}", "text": "Words of it. " * 40, "source": "Desk"}
        ).decode()
        + "\n"
        for number in range(count)
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("processes") / "index"
    done = _run("build", "-", "--index", place, input=_records(ARTICLES))
    # A slow machine sees a line of progress every ten seconds, and nothing else.
    assert (done.returncode, re.sub(r"[\d,]+ articles?, .*\n", "", done.stderr)) == (0, "")
    return place


def test_an_export_piped_into_a_build_gives_an_identical_archive(index: Path, tmp_path: Path) -> None:
    exported = _run("export", "--index", index)
    built = _run("build", "-", "--index", tmp_path / "copy", "--json", input=exported.stdout)
    assert (built.returncode, built.stderr) == (0, "")
    report = orjson.loads(built.stdout)
    assert (report["read"], report["new"], report["rejected"]) == (ARTICLES, ARTICLES, 0)
    again = _run("export", "--index", tmp_path / "copy")
    assert sorted(again.stdout.splitlines()) == sorted(exported.stdout.splitlines())


def test_a_reader_that_leaves_is_no_error(index: Path) -> None:
    with subprocess.Popen(
        [*INDEXER, "export", "--index", str(index)], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as exporting:
        assert exporting.stdout is not None
        assert exporting.stderr is not None
        assert exporting.stdout.readline().startswith(b'{"id":')
        exporting.stdout.close()
        assert exporting.stderr.read() == b""
    assert exporting.returncode == 0


def test_output_is_utf_8_whatever_the_locale(index: Path) -> None:
    done = subprocess.run(
        [*INDEXER, "search", "title", "--size", "1", "--index", str(index)],
        env={**ENVIRONMENT, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert " · ".encode() in done.stdout


def test_bytes_that_are_no_text_can_be_searched_for(index: Path) -> None:
    done = subprocess.run(
        [*map(os.fsencode, INDEXER), b"search", b"--json", b"--index", os.fsencode(index), b"caf\xe9"],
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert orjson.loads(done.stdout)["query"] == "caf?"


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=lambda value: str(value))
def test_a_signal_keeps_what_was_read_and_ends_with_its_number(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    place = tmp_path / "index"
    with subprocess.Popen(
        [*INDEXER, "build", "-", "--index", str(place)],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as building:
        assert building.stdin is not None
        building.stdin.write(_records(500))
        building.stdin.flush()
        deadline = time.monotonic() + 60
        while not (place / "write.lock").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)  # from the lock to the first article; the pipe stays open, so the build waits for more
        building.send_signal(sent)
        out, err = building.communicate(_records(1), timeout=60)
    assert building.returncode == code, err
    assert "Traceback" not in err
    assert "Stopped before the end. What was read is in the archive" in out
    stats = orjson.loads(_run("stats", "--index", place, "--json").stdout)
    assert 0 < stats["articles"] <= 501


def test_a_build_waits_for_another_when_asked_to(tmp_path: Path) -> None:
    place = tmp_path / "index"
    command = [*INDEXER, "build", "-", "--index", str(place)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdin is not None
        first.stdin.write(_records(1))
        first.stdin.flush()
        deadline = time.monotonic() + 60
        while not (place / "write.holder").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        article = tmp_path / "late.jsonl"
        article.write_text('{"id": "late", "title": "Late", "text": "Words."}\n')
        hasty = _run("build", article, "--index", place)
        assert hasty.returncode == 3
        assert f"process {first.pid} on" in hasty.stderr
        assert "--wait" in hasty.stderr
        assert _run("build", "--wait=0.1", article, "--index", place).returncode == 3
        waiting = subprocess.Popen(
            [*INDEXER, "build", "--wait", str(article), "--index", str(place)], env=ENVIRONMENT, stdout=subprocess.PIPE
        )
        time.sleep(0.5)
        assert waiting.poll() is None
        first.communicate("", timeout=60)
        assert waiting.communicate(timeout=60)[0].startswith(b"1 article read")
    assert waiting.returncode == 0
    assert orjson.loads(_run("stats", "--index", place, "--json").stdout)["articles"] == 2
