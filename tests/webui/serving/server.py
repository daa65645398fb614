"""`indexer serve` as a process of its own, over a small archive."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

WAIT = 60  # seconds, for what takes one


@dataclass
class Server:
    """A running server."""

    port: int
    process: "subprocess.Popen[str]"
    log: Path

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        """Ask for a page on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def connect(self) -> socket.socket:
        """A bare connection that takes little at once."""
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        made.settimeout(WAIT)
        made.connect(("127.0.0.1", self.port))
        return made


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(index: Path, log: Path, *options: str, command: str = "indexer", **settings: str) -> Iterator[Server]:
    """`indexer serve` on an index while the block runs, with further settings of `[web]`."""
    port = free_port()
    environment = {**os.environ, **{f"BROADSHEET_WEB__{name.upper()}": value for name, value in settings.items()}}
    arguments = [sys.executable, "-m", command, *(["serve"] if command == "indexer" else [])]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*arguments, str(index), "--port", str(port), *options],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert f"http://127.0.0.1:{port}/" in said, log.read_text()
            wait_for(port)
            yield Server(port, process, log)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(WAIT)
                finally:
                    process.kill()


def wait_for(port: int) -> None:
    """Until somebody listens on a port."""
    until = time.monotonic() + WAIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=WAIT).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
