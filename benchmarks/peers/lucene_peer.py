"""Lucene through a Java process, which gets a question a line and says how long it took for each.

Builds and pages are timed in Java; what passes between the processes is in no figure but that of the cold start.
Importing this raises ImportError where there is no Java, no Maven or no library.
"""

import struct
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from benchmarks import java
from benchmarks.corpus import Record
from benchmarks.peers.base import Best, Page, Taken
from benchmarks.queries import CLASSES, Query

COMMON = ("--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC")
BUILDING = (*COMMON, "-Xms2g", "-Xmx2g")
SERVING = (*COMMON, "-Xms512m", "-Xmx512m")
BUILDS = 3  # in one process, one after the other
WARM_ROUNDS = 40  # over all queries, before anything is timed
_EPOCH = date(1970, 1, 1).toordinal()


class Lucene:
    """The library that the field measures itself by."""

    def __init__(self, program: java.Program) -> None:
        self._program = program

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> dict[str, Taken]:
        with packed(records, directory.parent) as (file, count):
            command = self._program.command("Build", directory, file, processes, BUILDS, flags=BUILDING)
            done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        runs = [line.split("\t") for line in done.stdout.splitlines()]
        assert all(int(articles) == count for articles, _, _ in runs)
        first, *_, last = (Taken(float(clock), float(processor)) for _, clock, processor in runs)
        return {"first in its process": first, "warm": last}

    def open(self, directory: Path) -> "Serving":
        return Serving(self._program.command("Serve", directory, flags=SERVING))

    def page(self, handle: "Serving", query: Query) -> Page | None:
        total, ids, _, snippets, facets = handle.ask("page", query)
        return Page(total, facets, tuple(ids), tuple(snippets))

    def top(self, handle: "Serving", query: Query) -> Best | None:
        _, ids, titles, _, _ = handle.ask("top", query)
        return tuple(zip(ids, titles, strict=True))

    def warm(self, handle: "Serving", what: str) -> None:
        for _ in range(WARM_ROUNDS):
            for queries in CLASSES.values():
                for query in queries:
                    handle.ask(what, query)

    def taken(self, handle: "Serving") -> Taken:
        return handle.taken

    def peak_mb(self, handle: "Serving") -> float:
        return handle.end()


class Serving:
    """A Java process with an open index; it inherits the core that this process is pinned to."""

    def __init__(self, command: list[str]) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
        self._java = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said)
        self.taken = Taken(0, 0)

    def ask(self, what: str, query: Query) -> tuple[int, list[str], list[str], list[str], dict[str, dict[str, int]]]:
        """Total, ids, titles, snippets and facets."""
        days = [day.toordinal() - _EPOCH for day in (query.start, query.end) if day]
        self._send("\t".join((what, query.kind, " ".join(query.words), " ".join(map(str, days)))))
        clock, processor, total = self._read(">qqi")
        self.taken = Taken(clock / 1e6, processor / 1e6)
        ids, titles, snippets = (self._texts() for _ in range(3))
        facets = {self._text(): {self._text(): self._int() for _ in range(self._int())} for _ in range(self._int())}
        return total, ids, titles, snippets, facets

    def end(self) -> float:
        """End the process; returns its peak of resident memory in MB, files that it has mapped included."""
        self._send("memory")
        (peak,) = self._read(">q")
        self._java.communicate()
        self._said.close()
        return float(peak / 1024)

    def _send(self, line: str) -> None:
        assert self._java.stdin
        self._java.stdin.write(f"{line}\n".encode())
        self._java.stdin.flush()

    def _read(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(form, self._bytes(struct.calcsize(form)))

    def _int(self) -> int:
        return int(self._read(">i")[0])

    def _text(self) -> str:
        return self._bytes(self._int()).decode()

    def _texts(self) -> list[str]:
        return [self._text() for _ in range(self._int())]

    def _bytes(self, size: int) -> bytes:
        assert self._java.stdout
        read = self._java.stdout.read(size)
        if len(read) < size:
            self._said.seek(0)
            raise RuntimeError(f"Java ended: {self._said.read().decode()}")
        return read


@contextmanager
def packed(records: Iterable[Record], folder: Path) -> Iterator[tuple[Path, int]]:
    """A file of the records for `Articles.java`, which reads it in no time, and their number; gone afterwards."""
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".records") as file:
        count = 0
        for record in records:
            pack(record, file)
            count += 1
        file.flush()
        yield Path(file.name), count


def pack(record: Record, file: IO[bytes]) -> None:
    """Write one record: its length, day and number of persons, then its texts, each after its length."""
    r = record
    texts = [text.encode() for text in (r.id, r.title, r.body, r.source, r.category, r.month, *r.persons)]
    numbers = struct.pack(">ii", r.day.toordinal() - _EPOCH, len(r.persons))
    body = numbers + b"".join(struct.pack(">i", len(text)) + text for text in texts)
    file.write(struct.pack(">i", len(body)) + body)


PEER = Lucene(java.compiled())
