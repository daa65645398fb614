"""One process and its clients: what serves where there is no gunicorn."""

import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from http.client import HTTPConnection
from typing import Any

import pytest

from indexer.config import WebConfig
from tests.webui.serving.server import WAIT, free_port, wait_for
from webui import serving
from webui.serving import connections
from webui.serving.connections import Connections


def _app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


def _asked(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    connection.request("GET", path)
    found = connection.getresponse().read().decode()
    connection.close()
    return found


def test_one_process_serves_and_ends() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        served = Connections(_app, [listening], threads=2)
        answers: list[str] = []
        asking = threading.Thread(
            target=lambda: answers.extend(_asked(listening.getsockname()[1], f"/{n}") for n in range(3))
        )
        asking.start()
        while asking.is_alive():
            served.attend()
        assert answers == ["/0", "/1", "/2"]
        served.finish(5)


def test_a_client_that_takes_nothing_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SILENCE", 1)

    def much(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return (b"x" * 100_000 for _ in range(300))

    with socket.socket() as listening, socket.socket() as client:
        listening.bind(("127.0.0.1", 0))
        served = Connections(much, [listening], threads=1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(listening.getsockname())
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        waiting = False
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            served.attend()
            channels = served._channels()
            waiting = waiting or any(channel.total_outbufs_len for channel in channels)
            if waiting and not channels:
                break
        assert waiting
        assert served._channels() == []
        served.finish(1)


def test_a_client_that_never_finishes_asking_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "ASKING", 2)
    with socket.socket() as listening, socket.socket() as client:
        listening.bind(("127.0.0.1", 0))
        served = Connections(_app, [listening], threads=1)
        client.connect(listening.getsockname())
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        seen = 0
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            served.attend()
            if seen and not served._channels():
                break
            if served._channels():
                seen += 1
                client.sendall(b"x")
        assert seen > 2
        assert served._channels() == []
        served.finish(1)


ALONE = """
import sys
from flask import Flask
from indexer.config import WebConfig
from webui import serving

app = Flask("alone")
app.add_url_rule("/", view_func=lambda: "here")
sys.exit(serving._alone(app, WebConfig(port=int(sys.argv[1]))))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_where_there_is_no_gunicorn_one_process_serves_until_it_is_told_to_stop(number: int) -> None:
    port = free_port()
    with subprocess.Popen([sys.executable, "-c", ALONE, str(port)]) as process:
        wait_for(port)
        assert _asked(port, "/") == "here"
        process.send_signal(number)
        assert process.wait(WAIT) == 0


@pytest.mark.parametrize(("soft", "most"), [(100_000, 2000), (1024, 412), (64, 16)])
def test_connections_are_as_many_as_files_may_be_open(monkeypatch: pytest.MonkeyPatch, soft: int, most: int) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, soft))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: pytest.fail("there is nothing to raise"))
    assert connections._connections() == most


def test_the_limit_is_raised_as_far_as_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[object] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 1024))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: raised.append(limits))
    assert connections._connections() == 412
    assert raised == [(1024, 1024)]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
        ("news.lan", "http://news.lan:8000/"),
    ],
)
def test_the_address_that_is_printed_can_be_opened(host: str, address: str) -> None:
    assert serving.address(WebConfig(host=host)) == address
