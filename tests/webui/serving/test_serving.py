"""The server of `indexer serve`: several processes that count together and end as they should."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.webui.serving.conftest import ARTICLES
from tests.webui.serving.server import WAIT, Server, free_port, running, wait_for

EXPORT = "/export.jsonl?q=harbour"


def _workers(server: Server, number: int, without: int = 0) -> list[int]:
    """The processes that serve, when there are so many."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    if not children.exists():
        pytest.skip("the system does not list the children of a process")
    until = time.monotonic() + WAIT
    while len(found := [int(pid) for pid in children.read_text().split()]) != number or without in found:
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


def _refused(server: Server) -> None:
    """Until nobody is taken in any more."""
    until = time.monotonic() + WAIT
    while True:
        try:
            server.get("/healthz")
        except OSError:
            return
        assert time.monotonic() < until
        time.sleep(0.05)


def _metrics(server: Server) -> dict[tuple[str, str | None], float]:
    families = text_string_to_metric_families(server.get("/metrics")[1].decode())
    return {(s.name, s.labels.get("page")): s.value for family in families for s in family.samples}


def test_python_m_webui_serves_the_named_directory(index: Path, tmp_path: Path) -> None:
    with running(index, tmp_path / "log", "--workers", "1", command="webui") as server:
        answer, body = server.get("/readyz")
        assert (answer.status, f'"articles":{ARTICLES}'.encode() in body.replace(b" ", b"")) == (200, True)


def test_processes_are_counted_together(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with running(index, tmp_path / "log", "--workers", "3", metrics_from='["127.0.0.1"]') as server:
        _workers(server, 3)
        for _ in range(30):
            assert server.get("/search?q=harbour")[0].status == 200
        until = time.monotonic() + WAIT
        while (found := _metrics(server))["broadsheet_requests_total", "/search"] < 30:  # counted after it is sent
            assert time.monotonic() < until
        assert found["broadsheet_requests_total", "/search"] == 30
        assert found["broadsheet_request_seconds_count", "/search"] == 30
        assert found["broadsheet_all_processes_counted", None] == 1
        assert found["broadsheet_articles", None] == ARTICLES
        assert len(list(tmp_path.glob("broadsheet-metrics-*"))) == 1
    assert list(tmp_path.glob("broadsheet-metrics-*")) == []


def test_a_process_that_dies_is_replaced(index: Path, tmp_path: Path) -> None:
    with running(index, tmp_path / "log", "--workers", "2") as server:
        victim, _ = _workers(server, 2)
        os.kill(victim, signal.SIGKILL)
        _workers(server, 2, without=victim)
        assert server.get("/")[0].status == 200


def test_a_request_at_hand_is_answered_before_the_end(index: Path, tmp_path: Path) -> None:
    with running(index, tmp_path / "log", "--workers", "1") as server:
        whole = server.get(EXPORT)[1]
        connection = HTTPConnection("127.0.0.1", server.port, timeout=WAIT)
        connection.request("GET", EXPORT)
        answer = connection.getresponse()
        begun = answer.read(1000)
        (worker,) = _workers(server, 1)
        server.process.send_signal(signal.SIGTERM)
        _refused(server)
        assert len(begun + answer.read()) == len(whole)
        assert server.process.wait(WAIT) == 0
        assert not Path(f"/proc/{worker}").exists()


def test_workers_are_replaced_while_the_site_goes_on(index: Path, tmp_path: Path) -> None:
    with running(index, tmp_path / "log", "--workers", "2") as server:
        before = _workers(server, 2)
        server.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + WAIT
        while set(before) & set(_workers(server, 2)):
            assert server.get("/search?q=harbour")[0].status == 200
            assert time.monotonic() < until
        assert server.get("/")[0].status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_ends_at_once(index: Path, tmp_path: Path, number: int) -> None:
    with running(index, tmp_path / "log", "--workers", "2") as server:
        kept = server.connect()  # an idle connection keeps nobody
        server.process.send_signal(number)
        assert server.process.wait(WAIT) == 0
        kept.close()
        assert "Traceback" not in server.log.read_text()


def test_the_access_log_is_on_standard_error(index: Path, tmp_path: Path) -> None:
    with running(index, tmp_path / "log", "--workers", "1") as server:
        server.get("/search?q=harbour")
    assert "Z] INFO requests: GET /search status=200 bytes=" in server.log.read_text()
    assert "harbour" not in server.log.read_text()


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """The address of a Redis that has just been started."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


def test_limits_in_redis_hold_for_all_processes(index: Path, tmp_path: Path, redis_url: str) -> None:
    settings = {"rate_storage": redis_url, "rate_limit": "20 per hour"}
    with running(index, tmp_path / "log", "--workers", "4", **settings) as server:
        _workers(server, 4)
        statuses = [server.get("/api/v1/stats")[0].status for _ in range(60)]
    assert statuses == [200] * 20 + [429] * 40


def test_without_its_storage_the_site_goes_on_and_each_process_counts(index: Path, tmp_path: Path) -> None:
    settings = {"rate_storage": f"redis://127.0.0.1:{free_port()}/0", "rate_limit": "3 per hour"}
    with running(index, tmp_path / "log", "--workers", "1", **settings) as server:
        assert [server.get("/api/v1/stats")[0].status for _ in range(5)] == [200, 200, 200, 429, 429]
    assert "Traceback" not in server.log.read_text()
