"""Items that take too long are named, and what comes after them is read."""

import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.config import Config, IngestConfig
from indexer.ingest.files import FileReading
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers import registry
from indexer.ingest.readers.base import Item
from indexer.ingest.readers.registry import Format
from indexer.ingest.streams import Input
from indexer.ingest.time_limit import TimeUp, each_within, restart, within
from indexer.ingest.walk import SourceFile
from indexer.rejection import Origin, Reject, Rejected

SHORT = 0.05


def spin(seconds: float) -> None:
    """Use so much processor time, and take faults for those of a file, as libraries do."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        try:
            sum(range(1000))
        except Exception:
            continue


def test_work_in_time_is_let_alone() -> None:
    assert within(10, divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        within(10, divmod, 7, 0)


def test_work_that_takes_too_long_is_ended() -> None:
    began = time.process_time()
    with pytest.raises(Rejected, match="too_slow") as caught:
        within(SHORT, spin, 30)
    assert caught.value.detail == "It took longer than 0.05 s of processor time ([ingest] max_seconds)."
    assert time.process_time() - began < 10
    spin(2 * SHORT)  # nothing is being counted any more


def test_a_process_ends_in_peace_after_its_work() -> None:
    program = (
        "import time\n"
        "from indexer.ingest.time_limit import within\n"
        "class Last:\n"
        "    def __del__(self, clock=time.process_time):\n"
        "        until = clock() + 0.3\n"
        "        while clock() < until: pass\n"
        "within(0.05, int)\n"
        "import builtins; builtins.last = Last()  # goes when the interpreter does\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_waiting_is_not_counted() -> None:
    within(SHORT, time.sleep, 3 * SHORT)


def test_each_item_has_the_time_and_what_is_done_with_it_does_not_count() -> None:
    def items() -> Iterator[int]:
        for number in range(4):
            spin(SHORT)
            yield number
        spin(100 * SHORT)

    found = []
    limited = each_within(3 * SHORT, items())
    for _ in range(4):
        found.append(next(limited))
        spin(4 * SHORT)
    assert found == [0, 1, 2, 3]
    with pytest.raises(Rejected, match="too_slow"):
        next(limited)


def test_a_reader_that_gets_on_without_an_item_begins_anew() -> None:
    def work() -> str:
        for _ in range(6):
            spin(SHORT)
            restart()
        return "done"

    assert within(3 * SHORT, work) == "done"


def test_other_threads_are_not_limited() -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(within(SHORT, divmod, 7, 2)))
    thread.start()
    thread.join()
    assert found == [(3, 1)]


def test_no_library_can_take_it_for_a_fault_of_the_file() -> None:
    assert not issubclass(TimeUp, Exception)


def test_a_file_that_takes_too_long_loses_nothing_that_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(source: Input) -> Iterator[Item]:
        yield RawArticle(Origin(source.path, 1), fields={"title": "One"})
        spin(30)

    monkeypatch.setattr(registry, "FORMATS", [Format("slow", (), lambda _: True, read)])
    path = tmp_path / "slow.txt"
    path.write_text("x")
    limits = IngestConfig(max_seconds=SHORT)  # type: ignore[arg-type]  # a fraction, to be quick
    items: list[Any] = list(FileReading(SourceFile(str(path), 1, True), limits))
    assert items[0].fields == {"title": "One"}
    assert items[1:] == [
        Reject(Origin(str(path)), "too_slow", "It took longer than 0.05 s of processor time ([ingest] max_seconds).")
    ]


def test_a_member_of_a_packed_file_that_takes_too_long_is_one_of_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"a.txt": "A text.", "b.txt": "slow", "c.txt": "C text."}.items():
            archive.writestr(name, content)
    text = next(found for found in registry.FORMATS if found.name == "text")

    def read(source: Input) -> Iterator[Item]:
        if b"slow" in source.head:
            spin(30)
        yield from text.read(source)

    slow = Format("text", text.suffixes, text.recognises, read)
    monkeypatch.setattr(registry, "FORMATS", [slow if each is text else each for each in registry.FORMATS])
    limits = IngestConfig(max_seconds=SHORT)  # type: ignore[arg-type]  # as above
    items: list[Any] = list(FileReading(SourceFile(str(path), 1, True), limits))
    assert [item.reason if isinstance(item, Reject) else item.origin.path[-5:] for item in items] == [
        "a.txt", "too_slow", "c.txt",
    ]  # fmt: skip
    assert items[1].origin.path.endswith("many.zip/b.txt")


def test_the_limit_is_a_minute() -> None:
    assert Config().ingest.max_seconds == 60
