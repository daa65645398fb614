"""`python -m benchmarks.web INDEX`: what a page of the site costs a reader; prints Markdown tables, asserts nothing.

Two tables. Time to the first byte and bytes as sent, for every kind of page, from `indexer serve` on one index, asked
one after another over one connection. And what a browser makes of the same pages: requests, bytes, when the largest
thing is painted, how much the layout shifts. Run it on an index with entities, so that all boxes are filled.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from indexer.archive import Archive, open_archive

WAIT = 60.0  # seconds for the server to come up
VITALS = """new Promise(done => {
  let painted = 0, shifted = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) painted = each.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver(list => { for (const each of list.getEntries()) shifted += each.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done([painted, shifted]), 300);
})"""


def pages(archive: Archive) -> dict[str, str]:
    """An address of each kind of page, about what is frequent in an archive."""
    found = archive.search(sort="newest", size=1, facets=["source", "person", "place"], facet_size=1)
    newest = found.hits[0].article
    day = newest.published.day if newest.published else None
    name = {field: facet.buckets[0].value for field, facet in found.facets.items() if facet.buckets}
    word = next((each for each in ("president", "government", "people") if archive.search(each, size=0).total), "*")
    addresses = {
        "front page": "/",
        "everything": "/search",
        "a common word": f"/search?q={word}",
        "two words": f"/search?q={word}+health",
        "a phrase": "/search?q=%22united+states%22",
        "with filters": f"/search?q={word}&source={quote(name['source'])}&from={day:%Y}&sort=newest"
        if day
        else "/search",
        "nothing found": "/search?q=zzyzx+qwv",
        "article": f"/article?id={quote(newest.id, safe='')}&q={word}",
        "year": f"/archive/{day:%Y}" if day else "/archive/",
        "day": f"/archive/{day:%Y/%m/%d}" if day else "/archive/",
        **{field: f"/{field}/{quote(value)}" for field, value in name.items()},
        "all people": "/facet/person",
        "trends": "/trends",
        "compare": f"/compare?q={word}&q=health",
        "suggestions": "/suggest?q=sen",
        "API": f"/api/v1/search?q={word}",
    }
    return dict(addresses)


@contextmanager
def served(index: Path, workers: int = 1) -> Iterator[tuple[int, int]]:
    """The port of `indexer serve` on an index and the id of its process, while the block runs."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "indexer", "serve", "--workers", str(workers)],
        env=environment(index, port),
        stdout=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def environment(index: Path, port: int) -> dict[str, str]:
    """The environment of a site over an index, without a limit on requests."""
    limits = {f"WEB__{kind}_LIMIT": "" for kind in ("RATE", "PAGE", "EXPORT", "SUGGEST")}
    settings = {"ARCHIVE__INDEX": str(index), "WEB__PORT": str(port), "WEB__ACCESS_LOG": "off", **limits}
    return {**os.environ, **{f"BROADSHEET_{name}": value for name, value in settings.items()}}


def wait_for(port: int) -> None:
    """Until a server answers.

    Raises:
        OSError: it did not in `WAIT` seconds.
    """
    until = time.monotonic() + WAIT
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def processor_seconds(parent: int) -> float:
    """What a server's workers have used of the processor so far; 0 where the system does not say."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def first_bytes(port: int, server: int, addresses: Mapping[str, str], runs: int) -> list[str]:
    """Lines of the first table: of each page the first answer, then median and 95th percentile of the others, and what
    one took of the server's processor, which other work on the machine does not lengthen."""
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    lines = [
        "| page | first, ms | median, ms | p95, ms | processor, ms | KB | KB as sent |",
        "|---|---|---|---|---|---|---|",
    ]
    taken: dict[str, list[float]] = {name: [] for name in addresses}
    sizes: dict[str, tuple[int, int]] = {}
    for _ in range(runs + 1):  # round after round, so that noise strikes all alike
        for name, address in addresses.items():
            started = time.perf_counter()
            connection.request("GET", address, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            taken[name].append(1000 * (time.perf_counter() - started))
            sent = len(answer.read())
            if answer.status != 200:
                sys.exit(f"{address} answers {answer.status}.")
            sizes.setdefault(name, (sent, 0))
    for name, address in addresses.items():
        connection.request("GET", address)
        sizes[name] = (sizes[name][0], len(connection.getresponse().read()))
        before = processor_seconds(server)
        for _ in range(runs):
            connection.request("GET", address, headers={"Accept-Encoding": "br"})
            connection.getresponse().read()
        used = 1000 * (processor_seconds(server) - before) / runs
        first, *rest = taken[name]
        rest.sort()
        high = rest[min(len(rest) - 1, int(len(rest) * 0.95))]
        sent, whole = sizes[name]
        lines.append(
            f"| {name} | {first:.0f} | {statistics.median(rest):.1f} | {high:.1f} | {used:.1f} "
            f"| {whole / 1000:.1f} | {sent / 1000:.1f} |"
        )
    return lines


def in_a_browser(port: int, addresses: Mapping[str, str]) -> list[str]:
    """Lines of the second table, each page in a fresh profile; a reason where there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        return ["Chromium is not installed: nothing was measured in a browser."]
    from playwright.sync_api import sync_playwright

    lines = [
        "| page | requests | KB as sent | scripts, KB | largest paint, ms | layout shift |",
        "|---|---|---|---|---|---|",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, address in addresses.items():
            if name in ("suggestions", "API"):
                continue
            page = browser.new_page(viewport={"width": 390, "height": 844})
            page.goto(f"http://127.0.0.1:{port}{address}", wait_until="networkidle")
            painted, shifted = page.evaluate(VITALS)
            loaded = page.evaluate(
                "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                ".map(e => [e.name, e.encodedBodySize, e.decodedBodySize])"
            )
            scripts = sum(size for url, _, size in loaded if ".js" in url)
            lines.append(
                f"| {name} | {len(loaded)} | {sum(sent for _, sent, _ in loaded) / 1000:.1f} "
                f"| {scripts / 1000:.1f} | {painted:.0f} | {shifted:.3f} |"
            )
            page.close()
        browser.close()
    return lines


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("index", type=Path, help="a built index")
    parser.add_argument("--runs", type=int, default=20, help="of each page, after the first")
    options = parser.parse_args()
    with open_archive(options.index) as archive:
        addresses = pages(archive)
        total = archive.stats().articles
    print(f"{datetime.now(UTC):%Y-%m-%d}, {total:,} articles\n\n    python -m benchmarks.web {options.index}\n")
    with served(options.index) as (port, server):
        print("\n".join(first_bytes(port, server, addresses, options.runs)), end="\n\n", flush=True)
        print("\n".join(in_a_browser(port, addresses)))


if __name__ == "__main__":
    main()
