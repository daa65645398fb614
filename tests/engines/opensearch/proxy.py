"""A door in front of a node that wants a name, a password and TLS, or is slow: what nodes without plugins cannot be."""

import base64
import contextlib
import http.client
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

USER, PASSWORD = "reader", "correct horse"


def make_certificates(directory: Path) -> None:
    """A private authority `ca.pem`, and a certificate that it signed for localhost: `node.pem`, `node.key`."""
    conf = directory / "san.cnf"
    conf.write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\n")
    new = ["openssl", "req", "-newkey", "rsa:2048", "-nodes"]
    ca = ["-x509", "-days", "2", "-subj", "/CN=Private authority", "-keyout", "ca.key", "-out", "ca.pem"]
    for command in (
        [*new, *ca, "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
        [*new, "-subj", "/CN=localhost", "-keyout", "node.key", "-out", "node.csr"],
        [
            "openssl",
            "x509",
            "-req",
            "-in",
            "node.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "san.cnf",
            "-out",
            "node.pem",
        ],
    ):
        subprocess.run(command, cwd=directory, check=True, capture_output=True)


class Proxy:
    """Passes requests on to a node. A context manager; `url` is where it listens."""

    def __init__(self, node: str, certificates: Path | None = None, *, password: bool = False) -> None:
        target = urlsplit(node)
        wanted = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        self.delay = 0.0
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                time.sleep(proxy.delay)
                if password and self.headers.get("Authorization") != wanted:
                    self._answer(401, b'{"error": "Unauthorized"}')
                    return
                connection = http.client.HTTPConnection(target.hostname or "", target.port or 0)
                kind = self.headers.get("Content-Type")
                try:
                    connection.request(self.command, self.path, body, {"Content-Type": kind} if kind else {})
                    answer = connection.getresponse()
                    status, found = answer.status, answer.read()
                except OSError:
                    status, found = 502, b'{"error": "nobody is behind this door"}'
                finally:
                    connection.close()
                self._answer(status, found)

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                with contextlib.suppress(OSError):
                    self.end_headers()
                if self.command != "HEAD":
                    with contextlib.suppress(OSError):  # who asked has given up
                        self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        scheme = "http"
        if certificates is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificates / "node.pem", certificates / "node.key")
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            scheme = "https"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
