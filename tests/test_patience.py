"""Writers that wait for each other: nothing is lost, and who waits too long is told so."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from indexer import Article, IndexLocked, open_archive
from indexer.archive import Archive
from indexer.patience import patiently

ADDS = """
import sys
from indexer import Article, open_archive
with open_archive(sys.argv[1], timeout=60) as archive:
    for number in range(6):
        archive.add([Article(id=f"{sys.argv[2]}-{number}", title=f"Title {sys.argv[2]} {number}", body="Words.")])
"""


def writing(archive: Archive, begun: threading.Event, end: threading.Event) -> threading.Thread:
    """A thread that holds the writer of an archive from `begun` to `end`."""

    def hold() -> None:
        with archive.engine.writer(_as_it_is):
            begun.set()
            end.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait()
    return thread


def _as_it_is(item: Article) -> Article:
    return item.with_hash()


def test_three_processes_that_add_at_once_keep_everything(tmp_path: Path) -> None:
    started = [subprocess.Popen([sys.executable, "-c", ADDS, str(tmp_path), name]) for name in "abc"]
    assert [process.wait() for process in started] == [0, 0, 0]
    with open_archive(tmp_path) as archive:
        assert sorted(article.id for article in archive.scan()) == [f"{name}-{n}" for name in "abc" for n in range(6)]


def test_a_writer_that_waits_goes_on_when_the_other_ends(tmp_path: Path) -> None:
    begun, end = threading.Event(), threading.Event()
    with open_archive(tmp_path) as first, open_archive(tmp_path, timeout=60) as second:
        thread = writing(first, begun, end)
        threading.Timer(0.2, end.set).start()
        assert second.add([Article(id="1", title="Late")]).new == 1
        thread.join()


def test_who_does_not_wait_is_refused_at_once_and_who_waits_when_time_is_up(tmp_path: Path) -> None:
    begun, end = threading.Event(), threading.Event()
    with open_archive(tmp_path) as first, open_archive(tmp_path) as hasty, open_archive(tmp_path, timeout=0.1) as brief:
        thread = writing(first, begun, end)
        try:
            for archive in (hasty, brief):
                began = time.monotonic()
                with pytest.raises(IndexLocked, match=r"open_archive\(\.\.\., timeout=SECONDS\)"):
                    archive.add([Article(id="1", title="Never")])
                assert (time.monotonic() - began >= 0.1) is (archive is brief)
        finally:
            end.set()
            thread.join()


def test_only_locks_are_waited_for() -> None:
    calls = []

    def begin() -> None:
        calls.append(1)
        raise KeyError("another fault")

    with pytest.raises(KeyError):
        patiently(begin, 60)
    assert calls == [1]
