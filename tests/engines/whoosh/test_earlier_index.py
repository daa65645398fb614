"""An index that an earlier version wrote is refused with the command that brings it up to date, which keeps all that it
holds; its articles can be exported as it is. Stock Whoosh reads a new one.

`earlier_indexes/` were made by those versions. `format_3_narrow` is one of the days when a near-duplicate signature had
fewer numbers: what it says of its format is what the versions before and after it say. `format_3` has a version, a note
that an article was withdrawn, documents that are deleted, corrections and a reject.
"""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest
from whoosh import index
from whoosh.qparser import QueryParser
from whoosh.query import Term

from indexer import open_archive
from indexer.archive import Archive
from indexer.config import Config, EngineConfig
from indexer.engines.registry import open_engine
from indexer.engines.whoosh.codec import durable
from indexer.engines.whoosh.directory import generations
from indexer.errors import IndexFormatMismatch, NotFound
from tests.engines.conftest import fill
from tests.engines.corpus import ARTICLES

HERE = Path(__file__).parent / "earlier_indexes"
ALL = ("format_1", "format_2", "format_3_narrow", "format_3", "format_4")
NEWS = ["a1", "a2", "a3"]


def copy_of(name: str, place: Path) -> Path:
    """A copy of an index, so that nothing a test does reaches the one that is kept."""
    return Path(shutil.copytree(HERE / name, place / "index"))


def config(place: Path, processes: int = 1) -> Config:
    return Config(engine=EngineConfig(processes=processes)).with_index(place)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "indexer", *arguments], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("name", ALL)
def test_an_earlier_index_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    earlier = copy_of(name, tmp_path)
    before = sorted(path.name for path in earlier.iterdir())
    with pytest.raises(IndexFormatMismatch, match=rf"another version of Broadsheet.*indexer rebuild --index {earlier}"):
        open_archive(earlier)
    for arguments in (("build", str(HERE)), ("search", "rain"), ("stats",), ("optimize",), ("remove", "a1")):
        done = command(*arguments, "--index", str(earlier))
        assert (done.returncode, done.stdout) == (3, "")
        assert f"indexer rebuild --index {earlier}" in done.stderr
        assert "indexer build" not in done.stderr
    assert sorted({path.name for path in earlier.iterdir()} - {"write.lock"}) == before


@pytest.mark.parametrize("name", ALL)
def test_a_rebuilt_index_holds_the_articles_and_answers(tmp_path: Path, name: str) -> None:
    earlier = copy_of(name, tmp_path)
    with Archive(config(earlier)) as archive:
        stored = {article.id: article for article in archive.stored()}
        assert archive.rebuild() == len(stored)
    with open_archive(config(earlier)) as archive:
        assert archive.check().problems == ()
        assert archive.generation == generations.current_manifest(earlier).generation > 1
        assert {article.id: article for article in archive.stored()} == stored
        for article in archive.scan(""):
            assert (article.title, article.body) == (stored[article.id].title, stored[article.id].body)
            assert article.content_hash == article.with_hash().content_hash
        if "a3" in stored:
            assert sorted(stored)[:3] == NEWS
            assert [hit.id for hit in archive.search("Schulen").hits] == ["a3"]
            assert archive.search("lavrov", group=True).stories == 1


def test_rebuilding_keeps_versions_times_notes_corrections_and_rejects(tmp_path: Path) -> None:
    earlier = copy_of("format_3", tmp_path)
    beside = {name: (earlier / name).read_bytes() for name in ("entities.toml", "rejects.jsonl")}
    with Archive(config(earlier)) as archive:
        stored = {article.id: article for article in archive.stored()}
        archive.rebuild()
        after = {article.id: article for article in archive.stored()}
    assert sorted(after) == ["a1", "a2", "a3", "a4", "a5", "a6"]
    for id, article in after.items():
        before = stored[id]
        assert (article.added, article.changed, article.withdrawn) == (before.added, before.changed, before.withdrawn)
        assert [version.body for version in article.versions] == [version.body for version in before.versions]
        assert article.entities == before.entities
        assert article.content_hash == before.content_hash
    assert len(after["a1"].versions) == 2
    assert after["a1"].added < after["a1"].changed  # type: ignore[operator]  # both are there
    assert after["a2"].withdrawn
    with open_archive(config(earlier)) as archive:
        assert archive.search("rain").total == 0
        assert archive.get("a2").withdrawn
        found = archive.search("border", facets=["person"])
        assert [bucket.value for bucket in found.facets["person"].buckets] == ["Sergei V. Lavrov"]
    assert {name: (earlier / name).read_bytes() for name in beside} == beside


def test_articles_without_a_time_of_their_own_came_by_the_last_commit(tmp_path: Path) -> None:
    earlier = copy_of("format_1", tmp_path)
    came = datetime.fromisoformat(json.loads((earlier / "manifest-1.json").read_text().splitlines()[0])["created"])
    with Archive(config(earlier)) as archive:
        archive.rebuild()
        assert {article.added for article in archive.stored()} == {came.astimezone(UTC)}
        assert {article.changed for article in archive.stored()} == {came.astimezone(UTC)}


@pytest.mark.parametrize("name", ALL)
def test_the_articles_of_an_earlier_index_can_be_exported(tmp_path: Path, name: str) -> None:
    earlier = copy_of(name, tmp_path)
    before = sorted(path.name for path in earlier.iterdir())
    done = command("export", "--index", str(earlier))
    assert (done.returncode, "another version" in done.stderr) == (0, True)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    with Archive(config(earlier)) as archive:
        assert {record["id"] for record in records} == {a.id for a in archive.stored() if not a.withdrawn}
        assert records
    assert sorted(path.name for path in earlier.iterdir()) == before
    (tmp_path / "all.jsonl").write_text(done.stdout)
    assert command("build", str(tmp_path / "all.jsonl"), "--index", str(tmp_path / "new")).returncode == 0
    with open_archive(tmp_path / "new") as archive:
        assert archive.stats().articles == len(records)
    refused = command("export", "rain", "--index", str(earlier))
    assert (refused.returncode, refused.stdout, "indexer rebuild" in refused.stderr) == (3, "", True)


def test_what_queries_correct_is_left_out_of_an_earlier_index(tmp_path: Path) -> None:
    earlier = copy_of("format_3", tmp_path)
    (earlier / "entities.toml").write_text("[add]\nplace.Rome = 'rain OR lavrov'\n", encoding="utf-8")
    done = command("export", "--index", str(earlier))
    assert done.returncode == 0
    assert "What entities.toml adds and splits by queries is left out: it takes a search.\n" in done.stderr
    names = {entity["name"] for line in done.stdout.splitlines() for entity in json.loads(line)["entities"]}
    assert names
    assert "Rome" not in names


def test_building_the_sources_again_after_a_rebuild_changes_nothing(tmp_path: Path) -> None:
    earlier = copy_of("format_3_narrow", tmp_path)
    assert command("rebuild", "--index", str(earlier)).stdout.startswith("3 articles indexed again in ")
    with open_archive(config(earlier)) as archive:
        exported = tmp_path / "all.jsonl"
        command("export", "--output", str(exported), "--index", str(earlier))
        report = archive.build([exported], entities=False)
        assert (report.new, report.replaced, report.unchanged) == (0, 0, 3)


def dies_at(place: Path, writes: int) -> bool:
    """Rebuild in another process that dies in the middle of one of its writes; whether it came to that."""
    with warnings.catch_warnings():
        # The child does nothing with the threads of the parent's numerical library.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        real, left = durable.write_at, itertools.count(writes, -1)

        def write_at(descriptor: int, data: bytes | bytearray | memoryview, offset: int) -> None:
            if next(left) == 0:
                real(descriptor, memoryview(data).cast("B")[: memoryview(data).nbytes // 2], offset)
                os.kill(os.getpid(), signal.SIGKILL)
            real(descriptor, data, offset)

        durable.write_at = write_at
        try:
            with Archive(config(place)) as archive:
                archive.rebuild()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_rebuild_killed_at_any_write_leaves_the_old_index_whole(tmp_path: Path) -> None:
    place = copy_of("format_3", tmp_path)
    held = {path.name: path.read_bytes() for path in place.iterdir()}
    kills = 0
    while dies_at(place, kills):
        kills += 1
        assert {name: (place / name).read_bytes() for name in held} == held
        assert not (place / "manifest-4.json").exists()
    assert kills >= 4
    with open_archive(config(place)) as archive:
        assert (archive.stats().articles, archive.check().problems) == (5, ())
    left = {path.name for path in place.iterdir() if path.suffix != ".toc"}
    newest = generations.current_manifest(place)
    kept = newest.files | generations.previous_manifest(place, newest).files
    assert left == kept | {"write.lock", "entities.toml", "rejects.jsonl"}


def test_a_reader_goes_on_while_the_index_is_rebuilt_and_moves_afterwards(tmp_path: Path) -> None:
    place = config(tmp_path / "index")
    engine = open_engine(place)
    fill(engine, ARTICLES, commits=3)
    with open_archive(place) as reader:
        before, first = reader.identity, reader.search("minister", size=100)
        with open_archive(place) as writer:
            assert writer.rebuild() == len(ARTICLES)
        assert [hit.id for hit in reader.search("minister", size=100).hits] == [hit.id for hit in first.hits]
        assert reader.refresh()
        assert reader.identity != before
        assert {hit.id for hit in reader.search("minister", size=100).hits} == {hit.id for hit in first.hits}
        assert reader.stats().segments == 1
        with pytest.raises(NotFound):
            reader.get("nobody")


def test_several_processes_rebuild_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.engines.whoosh.writer.rebuilding.FEW", 10)
    engine = open_engine(config(tmp_path / "index"))
    fill(engine, ARTICLES)
    stored = {article.id: article for article in engine.stored()}
    with Archive(config(tmp_path / "index", processes=2)) as archive:
        assert archive.rebuild() == len(ARTICLES)
        assert {article.id: article for article in archive.stored()} == stored
        assert archive.check().problems == ()


def test_stock_whoosh_finds_a_plain_word_in_a_new_index(tmp_path: Path) -> None:
    engine = open_engine(config(tmp_path / "index"))
    fill(engine, ARTICLES)
    engine.close()
    opened = index.open_dir(os.fspath(tmp_path / "index"))
    with opened.searcher() as searcher, open_archive(tmp_path / "index") as archive:
        expected = {hit.id for hit in archive.search("title:minister", size=100).hits}
        assert expected
        for query in (Term("title", "minist\x1fen"), QueryParser("title", opened.schema).parse("ministers")):
            assert {hit["id"] for hit in searcher.search(query, limit=None)} == expected
