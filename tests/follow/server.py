"""A server that behaves as told, and badly where that is told: every test says what is at which path."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ROBOTS = "/robots.txt"


@dataclass(frozen=True)
class Reply:
    """What is answered: `body` in one piece, or what `write` does with the open connection."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[["Handler"], None] | None = None


Answering = Reply | Callable[["Handler"], Reply]


class Handler(BaseHTTPRequestHandler):
    server: "_Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append((self.path, dict(self.headers), time.monotonic()))
        answering = site.replies.get(self.path, Reply(404))
        with site.counting():
            reply = answering(self) if callable(answering) else answering
            if site.delay:
                time.sleep(site.delay)
            etag = reply.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                reply = Reply(304, headers={"ETag": etag})
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.close_connection = True
            if reply.write is not None:
                self.end_headers()
                try:
                    reply.write(self)
                except OSError:
                    return  # whoever asked has seen enough
                return
            if "Transfer-Encoding" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    site: "Site"

    def handle_error(self, *_: Any) -> None:
        pass


@dataclass
class Site:
    """The server: what it answers, what it was asked (path, headers, when), and how many at once."""

    port: int = 0
    replies: dict[str, Answering] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], float]] = field(default_factory=list)
    delay: float = 0.0
    at_once: int = 0
    most_at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies[path] = Reply(status, data, named)
        return self.address(path)

    def paths(self, *, robots: bool = False) -> list[str]:
        return [path for path, _, _ in self.asked if robots or path != ROBOTS]

    @contextmanager
    def counting(self) -> Iterator[None]:
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            with self._lock:
                self.at_once -= 1


@contextmanager
def serving(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    server = _Server((host, 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = server.site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def rss(*items: str, title: str = "Kestrel Radio") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(number: int | str, *, text: str = "", link: str = "", title: str = "", more: str = "") -> str:
    where = link or f"https://kestrel.example/{number}"
    return (
        f"<item><title>{title or f'Headline {number}'}</title><link>{where}</link>"
        f"<pubDate>Thu, 14 Oct 2021 11:15:48 +0300</pubDate><description>{text}</description>{more}</item>"
    )


LONG = "The bridge over the river reopened on Thursday after two years of work, the city council said. " * 15


def page(title: str = "A headline of the page", text: str = LONG) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(3))
    return (
        f"<html><head><title>{title}</title></head><body><nav>Menu</nav><article><h1>{title}</h1>{paragraphs}"
        "</article></body></html>"
    )


def bomb(megabytes: int) -> bytes:
    return gzip.compress(b"<rss>" + b" " * (megabytes << 20))
