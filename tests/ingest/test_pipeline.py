"""`build`: incremental, resumable, and a report whose numbers add up."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.engines.whoosh.codec.layout import ARRAYS_SUFFIX
from indexer.errors import UsageError
from indexer.ingest.pipeline import build
from indexer.ingest.report import ProgressEvent
from indexer.ingest.walk import INDEX_SUFFIX
from indexer.rejection import Origin

from .conftest import Building, MemoryWriter


def line(number: int, text: str = "Text.") -> str:
    return json.dumps({"id": f"a{number}", "title": f"Title {number}", "text": text, "date": "2021-10-14"}) + "\n"


def test_building_twice_changes_nothing_and_says_so(building: Building) -> None:
    building.write("a.jsonl", line(1) + line(2) + line(3))
    first, second = building.run(), building.run()
    assert (first.new, first.unchanged) == (3, 0)
    assert (second.new, second.replaced, second.unchanged) == (0, 0, 3)


def test_indexes_of_archives_are_not_read(building: Building) -> None:
    building.write("a.jsonl", line(1))
    building.write("archive/MAIN_1.bsx", b"")
    building.write("archive/rejects.jsonl", line(2))
    building.index.mkdir()
    (building.index / "rejects.jsonl").write_text(line(3))
    report = building.run(building.root)
    assert (report.new, report.rejected, report.skipped) == (1, 0, 2)
    assert [(skipped.path, skipped.reason.partition(";")[0]) for skipped in report.skipped_files] == [
        (str(building.folder / "archive"), "the index of an archive"),
        (str(building.index), "the index of this archive"),
    ]
    assert building.run(building.index).read == 0
    assert building.run(building.index / "rejects.jsonl").new == 1  # who names a file means it


def test_what_an_index_is_known_by_is_what_its_files_end_in() -> None:
    assert INDEX_SUFFIX == ARRAYS_SUFFIX


def test_a_changed_article_replaces_and_a_missing_file_does_not_delete(building: Building) -> None:
    building.write("a.jsonl", line(1) + line(2))
    building.write("b.jsonl", line(3))
    building.run()
    building.write("a.jsonl", line(1) + line(2, "Other text."))
    (building.folder / "b.jsonl").unlink()
    report = building.run()
    assert (report.new, report.replaced, report.unchanged) == (0, 1, 1)
    assert sorted(building.engine.articles) == ["a1", "a2", "a3"]
    assert building.engine.articles["a2"].body == "Other text."


def test_work_is_committed_every_so_many_articles(building: Building) -> None:
    building.limits(commit_every=2)
    building.write("a.jsonl", "".join(line(n) for n in range(5)))
    building.run()
    assert building.engine.commits == 3


def test_progress_reaches_the_end_and_the_report_has_the_size(
    building: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.ingest.pipeline.PROGRESS_EVERY", 0)
    data = "".join(line(n) for n in range(100))
    building.write("a.jsonl", data)
    events: list[ProgressEvent] = []
    report = building.run(progress=events.append)
    assert report.bytes_read == len(data)
    assert (events[-1].items, events[-1].bytes_done, events[-1].bytes_total) == (100, len(data), len(data))
    assert events[-1].committing
    assert [event.items for event in events] == sorted(event.items for event in events)


def test_a_source_that_does_not_exist_stops_before_anything_is_read(building: Building) -> None:
    building.write("a.jsonl", line(1))
    with pytest.raises(UsageError, match=r"There is no file or folder .*nowhere"):
        building.run(building.folder, "nowhere")
    assert building.articles == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_commits_what_was_read_and_the_next_build_resumes(
    building: Building, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    building.write("a.jsonl", "".join(line(n) for n in range(10)))
    before = signal.getsignal(number)
    original = type(building.engine.writer(lambda item: item)).add

    def add(self: MemoryWriter, item: Any, origin: Origin) -> None:
        original(self, item, origin)
        if origin.record == 4 and not building.articles:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(type(building.engine.writer(lambda item: item)), "add", add)
    report = building.run()
    assert report.interrupted
    assert (report.read, report.new) == (4, 4)
    assert signal.getsignal(number) is before
    again = building.run()
    assert not again.interrupted
    assert (again.new, again.unchanged) == (6, 4)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_delivered_once_what_was_read_is_committed(
    building: Building, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    building.write("a.jsonl", "".join(line(n) for n in range(10)))
    original = type(building.engine.writer(lambda item: item)).add
    heard: list[tuple[int, int]] = []
    before = signal.signal(number, lambda came, _: heard.append((came, len(building.articles))))

    def add(self: MemoryWriter, item: Any, origin: Origin) -> None:
        original(self, item, origin)
        if origin.record == 4:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(type(building.engine.writer(lambda item: item)), "add", add)
    try:
        build([building.folder], building.engine, building.config, interrupted="raise")
    finally:
        signal.signal(number, before)
    assert heard == [(number, 4)]


def test_an_interruption_that_is_no_signal_is_not_kept(building: Building, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.ingest.files.FileReading.__iter__", lambda _: map(interrupt, [0]))
    building.write("a.jsonl", line(1))
    with pytest.raises(KeyboardInterrupt):
        building.run()


def test_a_signal_while_reading_breaks_the_read(building: Building, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: object) -> Iterator[object]:
        os.kill(os.getpid(), signal.SIGINT)
        while True:
            yield from ()

    monkeypatch.setattr("indexer.ingest.files.FileReading.__iter__", endless)
    building.write("a.jsonl", line(1))
    assert building.run().interrupted


def test_standard_input_is_read_and_recognised(
    building: Building, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "stdin"
    path.write_text(line(1) + line(2))
    with path.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        report = building.run("-")
    assert (report.new, report.files) == (2, 1)
