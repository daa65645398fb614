"""Clients that are slow to ask or slow to take stop nobody else."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path

from tests.webui.serving.conftest import ARTICLES
from tests.webui.serving.server import Server, running

FEW = ("--workers", "2", "--threads", "2")
SLOW_ASKERS = 64  # sixteen times as many as there are threads
SLOW_TAKERS = 8
EXPORT = "/export.jsonl?q=harbour"


def _pages_are_answered(server: Server) -> None:
    for _ in range(8):
        for path in ("/", "/search?q=harbour", "/api/v1/search?q=storm", "/healthz", "/readyz"):
            assert server.get(path)[0].status == 200


def _unfinished(server: Server, held: ExitStack) -> socket.socket:
    asker = held.enter_context(server.connect())
    asker.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    return asker


def _take(taker: socket.socket) -> bytes:
    pieces = []
    while piece := taker.recv(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)


def test_headers_that_never_end_cost_no_thread(index: Path, tmp_path: Path) -> None:
    with running(index, tmp_path / "log", *FEW) as server, ExitStack() as held:
        askers = [_unfinished(server, held) for _ in range(SLOW_ASKERS)]
        _pages_are_answered(server)
        for asker in askers:  # slow, but alive
            asker.sendall(b"x")
        _pages_are_answered(server)
        askers[0].sendall(b"\r\nConnection: close\r\n\r\n")
        assert _take(askers[0]).startswith(b"HTTP/1.1 200 OK\r\n")


def test_downloads_that_are_taken_slowly_cost_no_thread_and_arrive_whole(index: Path, tmp_path: Path) -> None:
    with running(index, tmp_path / "log", *FEW, export_limit="") as server, ExitStack() as held:
        _, whole = server.get(EXPORT)
        assert whole.count(b"\n") == ARTICLES + 2  # between a head and an end
        takers: list[socket.socket] = []
        while len(takers) < SLOW_TAKERS:  # while as many are made as may be, a further one is told to come back
            taker = held.enter_context(server.connect())
            taker.sendall(f"GET {EXPORT} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            begun = taker.recv(1000)
            if begun.startswith(b"HTTP/1.1 200 "):
                takers.append(taker)
            else:
                assert begun.startswith(b"HTTP/1.1 503 ")
                time.sleep(0.05)
        _pages_are_answered(server)
        for taker in takers:
            assert len(taker.recv(1000)) > 0
        _pages_are_answered(server)
        for taker in takers[:2]:
            assert _take(taker).endswith(b'{"broadsheet_export_end":{"count":%d}}\n\r\n0\r\n\r\n' % ARTICLES)
