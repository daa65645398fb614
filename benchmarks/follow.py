"""`python -m benchmarks.follow`: rounds over many feeds, each of a host of its own, served on this machine.

Hosts are addresses of 127.0.1.0/24, so that the pauses between requests to one host are those of the configuration. The
first round reads every entry, the second finds nothing changed, the third that one feed in ten has a new entry.
"""

import argparse
import multiprocessing
import tempfile
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from indexer import open_archive
from indexer.config import Config, EntitiesConfig, FollowConfig
from indexer.sources import Source

WORDS = "council bridge river market election harbour weather school budget railway museum strike".split()
PAGE_WORDS = 400
ETAG = '"1"'


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512


def _text(number: int, words: int) -> str:
    return " ".join(WORDS[(number * 7 + place * place) % len(WORDS)] for place in range(words))


def _feed(host: str, port: int, entries: int, whole: bool) -> bytes:
    names = [f"{host.rpartition('.')[2]}-{entry}" for entry in range(entries)]
    items = "".join(
        f"<item><title>Story {name}</title><link>http://{host}:{port}/page/{name}</link>"
        f"<description>{_text(place, PAGE_WORDS if whole else 20)}</description></item>"
        for place, name in enumerate(names)
    )
    return f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'.encode()


def _serve(told: Connection, entries: int, whole: bool) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            kind = self.path.partition("/")[2].partition("/")[0]
            body, status = b"", 404
            if kind == "feed":
                body, status = _feed(host, server.server_address[1], entries, whole), 200
            elif kind == "page":
                text = "".join(f"<p>{_text(place, PAGE_WORDS // 4)}</p>" for place in range(4))
                body = f"<html><body><article><h1>Story {self.path[6:]}</h1>{text}</article></body></html>".encode()
                status = 200
            if kind == "feed" and self.headers.get("If-None-Match") == ETAG:
                body, status = b"", 304
            self.send_response_only(status)
            self.send_header("ETag", ETAG)
            self.send_header("Content-Type", "text/html" if kind == "page" else "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = _Server(("0.0.0.0", 0), Handler)
    told.send(server.server_address[1])
    server.serve_forever()


def main() -> None:
    """Print a line of a table for each round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--entries", type=int, default=10)
    parser.add_argument("--pages", action="store_true", help="Feeds have no whole text; each entry's page is fetched.")
    parser.add_argument("--hosts-at-once", type=int, default=FollowConfig().hosts_at_once)
    asked = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(theirs, asked.entries, not asked.pages), daemon=True)
    server.start()
    port = ours.recv()
    feeds = [f"http://127.0.1.{number + 1}:{port}/feed" for number in range(asked.feeds)]
    with tempfile.TemporaryDirectory() as folder:
        config = replace(
            Config(),
            follow=FollowConfig(hosts_at_once=asked.hosts_at_once, pages_per_round=1 << 20),
            entities=EntitiesConfig(enabled=False),
            sources=tuple(Source(f"Paper {n}", feeds=(feed,), private=True) for n, feed in enumerate(feeds)),
        ).with_index(Path(folder) / "index")
        _round("first", config)
        _round("nothing new", config)
        _round("nothing due", config, now=False)
    server.terminate()
    server.join()


def _round(name: str, config: Config, *, now: bool = True) -> None:
    with open_archive(config) as archive:
        began = time.perf_counter()
        report = archive.follow(now=now)
        seconds = time.perf_counter() - began
    assert not report.failed, report.failed[:3]
    print(
        f"| {name} | {len(report.feeds)} | {report.unchanged_feeds} | {report.requests} | {report.build.new} "
        f"| {seconds:.1f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
