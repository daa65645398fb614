"""Rounds that are stopped or killed lose nothing and double nothing; one process follows at a time."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article
from indexer.config import Config, FollowConfig
from indexer.errors import IndexLocked, StateError, UsageError
from indexer.follow.lock import FollowLock
from indexer.follow.report import SourceStatus
from indexer.follow.rounds import Round
from indexer.follow.state import MOST_REMEMBERED, Changes, FeedState, Remembered, State
from indexer.follow.status import status
from indexer.sources import Source
from tests.follow.conftest import Following
from tests.follow.server import LONG, Handler, Reply, Site, item, page, rss

KILLED = """
import os, signal, sys
from indexer.archive import open_archive
import indexer.follow.rounds as rounds
place, where = sys.argv[1:]

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

if where == "before the commit":
    rounds.take = die
if where == "after the commit":
    rounds.State.save = die
with open_archive(place) as archive:
    archive.follow()
"""


@pytest.fixture
def place(site: Site, tmp_path: Path) -> Path:
    """A configuration that follows two feeds: one with whole texts, one whose pages have them."""
    links = [site.put(f"/p{n}", page(f"Page {n}"), Content_Type="text/html") for n in range(3)]
    site.put("/whole", rss(*(item(n, text=LONG) for n in range(3))), ETag='"w"')
    site.put("/short", rss(*(item(n, text="Short.", link=link) for n, link in enumerate(links))), ETag='"s"')
    config = tmp_path / "config.toml"
    config.write_text(
        '[archive]\nindex = "index"\n[engine]\nprocesses = 1\n[entities]\nenabled = false\n[follow]\nmin_delay_ms = 0\n'
        f'[[sources]]\nname = "Kestrel"\nfeeds = ["{site.address("/whole")}", "{site.address("/short")}"]\n'
        "private = true\n"
    )
    return config


def _run(place: Path, where: str) -> int:
    return subprocess.run([sys.executable, "-c", KILLED, str(place), where], check=False).returncode


def _all(archive: Archive) -> list[tuple[str, int]]:
    return sorted((article.title, len(article.earlier)) for article in archive)


EVERYTHING = [(f"{what} {n}", 0) for what in ("Headline", "Page") for n in range(3)]


@pytest.mark.parametrize("where", ["before the commit", "after the commit"])
def test_a_round_that_is_killed_loses_nothing_and_doubles_nothing(place: Path, where: str) -> None:
    assert _run(place, where) == -signal.SIGKILL
    with open_archive(place) as archive:
        before = 0 if where == "before the commit" else 6
        assert len(status(archive.config)) == 2
        assert all(each.tried is None for each in status(archive.config))
        report = archive.follow()
        assert (report.build.new, report.build.unchanged, report.build.replaced) == (6 - before, before, 0)
        assert _all(archive) == EVERYTHING
        report = archive.follow(now=True)
        assert (report.unchanged_feeds, report.build.read, report.requests) == (2, 0, 2)
        assert _all(archive) == EVERYTHING


def test_a_round_that_is_killed_while_it_fetches_is_done_by_the_next(place: Path, site: Site) -> None:
    children: list[subprocess.Popen[bytes]] = []
    reply = site.replies["/p1"]
    assert isinstance(reply, Reply)

    def kill(_: Handler) -> Reply:
        children[0].kill()
        return Reply(200, b"never seen")

    site.replies["/p1"] = kill
    children.append(subprocess.Popen([sys.executable, "-c", KILLED, str(place), ""]))
    assert children[0].wait() == -signal.SIGKILL
    site.replies["/p1"] = reply
    with open_archive(place) as archive:
        assert archive.follow().build.new == 6
        assert _all(archive) == EVERYTHING
        assert archive.generation == 1, "one commit for a round"


def test_a_round_that_is_stopped_keeps_what_it_has_and_the_next_goes_on(place: Path, site: Site) -> None:
    reached = threading.Event()
    reply = site.replies["/p1"]
    assert isinstance(reply, Reply)

    def hold(_: Handler) -> Reply:
        reached.set()
        time.sleep(2)
        return reply

    site.replies["/p1"] = hold
    program = [sys.executable, "-m", "indexer", "--config", str(place), "follow", "--once"]
    child = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    assert reached.wait(30)
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    told, _ = child.communicate(timeout=30)
    assert child.returncode == 130
    assert "4 new" in told
    assert "Stopped before the end. What was read is in the archive" in told
    site.replies["/p1"] = reply
    site.asked.clear()
    with open_archive(place) as archive:
        waiting = {each.address: each.waiting for each in status(archive.config)}
        assert waiting == {site.address("/whole"): 0, site.address("/short"): 2}
        assert archive.follow(now=True).build.new == 2
        assert _all(archive) == EVERYTHING
    assert site.paths() == ["/whole", "/short", "/p1", "/p2"]


def test_follow_runs_until_it_is_stopped(place: Path) -> None:
    program = [sys.executable, "-m", "indexer", "--config", str(place), "follow", "--json"]
    child = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    line = child.stdout.readline()
    assert '"new":6' in line
    second = subprocess.run([*program, "--once"], capture_output=True, text=True, check=False)
    assert second.returncode == 3
    assert f"Process {child.pid} follows the sources of the archive in" in second.stderr
    child.send_signal(signal.SIGTERM)
    assert child.wait(timeout=30) == 143
    child.stdout.close()


def test_the_second_process_waits_when_it_is_to(tmp_path: Path) -> None:
    with FollowLock(tmp_path), pytest.raises(IndexLocked, match=rf"Process {os.getpid()} follows the sources"):
        FollowLock(tmp_path)
    first = FollowLock(tmp_path)
    threading.Timer(0.3, first.release).start()
    config = replace(Config(), sources=(Source("A", folders=(str(tmp_path / "none"),)),)).with_index(tmp_path)
    with open_archive(config, timeout=10) as archive:
        assert archive.follow().failed[0].reason == "There is no such folder."


def test_an_index_that_is_being_written_leaves_the_round_to_be_read_again(place: Path) -> None:
    with open_archive(place) as writing, writing.engine.writer(lambda article: article):
        with open_archive(place) as archive, pytest.raises(IndexLocked):
            archive.follow()
        assert all(each.tried is None for each in status(writing.config))
    with open_archive(place) as archive:
        assert archive.follow().build.new == 6


def test_a_follower_that_runs_on_waits_for_another_writer_and_says_so(place: Path) -> None:
    waits: list[str] = []
    with open_archive(place) as writing, open_archive(place) as archive:
        writer = writing.engine.writer(lambda article: article)
        writer.__enter__()

        def waiting(why: str) -> None:
            waits.append(why)
            threading.Timer(0.3, lambda: writer.__exit__(None, None, None)).start()

        def finished(report: Any) -> None:
            assert report.build.new == 6
            threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()

        with suppress(KeyboardInterrupt):
            assert archive.follow_on(finished=finished, waits=waiting) == signal.SIGINT
    assert len(waits) == 1
    assert "is being written by" in waits[0]


def test_python_programs_follow_and_are_told(place: Path) -> None:
    told: list[SourceStatus] = []
    with open_archive(place) as archive:
        report = archive.follow("kestrel", told=told.append)
        assert sorted(each.new for each in told) == [3, 3]
        assert report.to_dict()["new"] == 6
        assert report.to_dict()["feeds"][0]["source"] == "Kestrel"
        with pytest.raises(UsageError, match="There is no source 'Nobody'"):
            archive.follow(["Nobody"])


def test_nothing_to_follow_is_said(following: Following) -> None:
    following.follow(Source("A"), Source("B", folders=("x",)))
    with pytest.raises(UsageError, match="Nothing is followed: A has no feeds, sitemaps or folders"):
        following.round("A")
    following.follow(Source("A"))
    with pytest.raises(UsageError, match="Nothing is followed: no source has feeds"):
        following.round()
    assert following.status == ()


def test_what_is_not_configured_any_more_is_forgotten(following: Following) -> None:
    site = following.site
    following.feeds(site.put("/a", rss(item(1, text=LONG))), site.put("/b", rss(item(2, text=LONG))))
    following.round()
    following.feeds(site.address("/b"))
    following.round()
    assert [address for _, address in State(following.index).feeds()] == [site.address("/b")]
    assert State(following.index).entries("Kestrel", site.address("/a")) == {}
    assert len(State(following.index).entries("Kestrel", site.address("/b"))) == 1


def test_no_more_entries_are_remembered_than_needed(tmp_path: Path) -> None:
    state = State(tmp_path)
    for time_ in (1.0, 2.0):
        feed = FeedState("A", "f", "feed", tried=time_)
        entries = [Remembered(f"{time_} {n}", "x", time_) for n in range(MOST_REMEMBERED + 500)]
        state.save(Changes(feeds=[feed], entries=[(feed, entries)]))
    kept = state.entries("A", "f")
    assert sum(each.listed == 2.0 for each in kept.values()) == MOST_REMEMBERED + 500, "all that it lists"
    assert sum(each.listed == 1.0 for each in kept.values()) == MOST_REMEMBERED


def test_a_state_that_is_damaged_is_named(following: Following) -> None:
    following.feeds(following.site.put("/f", rss(item(1, text=LONG))))
    following.index.mkdir()
    (following.index / "follow.sqlite").write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(StateError, match=r"follow\.sqlite cannot be used: file is not a database"):
        following.round()


def test_folders_bring_what_is_new_or_has_changed(following: Following, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    following.follow(Source("Kestrel", folders=(str(folder),)))
    (folder / "a.json").write_text('{"id": "a", "title": "One", "text": "Words.", "source": "Kestrel Radio"}')
    (folder / "b.html").write_text(page("Two"))
    (folder / "c.json").write_text("{ broken")
    report = following.round()
    assert (report.build.new, report.build.rejected, following.titles) == (2, 1, ["One", "Two"])
    assert {article.source for article in following.articles} == {"Kestrel"}
    assert (following.round().build.read, len(following.rejects)) == (0, 1)
    (folder / "a.json").write_text('{"id": "a", "title": "One, corrected", "text": "Words.", "source": "X"}')
    (folder / "c.json").write_text('{"id": "c", "title": "Three", "text": "More words."}')
    report = following.round()
    assert (report.build.new, report.build.replaced, following.rejects) == (1, 1, [])
    assert following.titles == ["One, corrected", "Three", "Two"]
    (told,) = following.status
    assert (told.kind, told.address, told.new, told.failures) == ("folder", str(folder), 2, 0)


def test_folders_count_from_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text('{"id": "a", "title": "One", "text": "Words."}')
    config = tmp_path / "config.toml"
    config.write_text('[archive]\nindex = "index"\n[[sources]]\nname = "A"\nfolders = ["in"]\n')
    with open_archive(config) as archive:
        assert archive.follow().build.new == 1


def test_the_settings_of_following_are_bounded() -> None:
    assert FollowConfig().min_delay_ms == 1000


class Remarking:
    """A step that has something to remark on each article."""

    def note_to(self, note: Callable[[str], None]) -> None:
        self.note = note

    def __call__(self, article: Article) -> Article:
        self.note("not_translated")
        return article


def test_what_is_remarked_on_the_way_in_is_counted_as_in_a_build(following: Following) -> None:
    following.feeds(following.site.put("/rss", rss(item(1, text=LONG), item(2, text=LONG))))
    engine: Any = following.engine
    report = Round(following.here, now=True).run(engine, Remarking())
    assert report.build.notes == {"not_translated": 2}
    assert report.to_dict()["notes"] == {"not_translated": 2}
