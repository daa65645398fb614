"""An index that changes under a reader or a writer: committed to, restored, swapped, deleted, damaged."""

import logging
import random
import shutil
from pathlib import Path

import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article
from indexer.config import Config, EngineConfig, EntitiesConfig
from indexer.engines.whoosh.codec import arrayfile
from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.directory.groups import GROUPS, groups_name, possible_groups, read_groups
from indexer.errors import IndexCorrupt, NoIndex, StateError
from indexer.rejection import Origin

TEXT = (
    "The festival opens with music in the square, and the mayor speaks of the harvest and of the rain that came late."
)


def config(place: Path) -> Config:
    return Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False)).with_index(place)


def built(place: Path, *words: str) -> Path:
    """An index with an article for each word, one commit each."""
    with open_archive(config(place)) as archive:
        for word in words:
            archive.add([Article(f"{word}-{len(words)}", title=word, body=f"{TEXT} {word}").with_hash()])
    return place


def titles(archive: Archive) -> list[str]:
    archive.refresh()
    return sorted(hit.article.title for hit in archive.search("", size=50).hits)


def test_an_index_built_in_the_place_of_another_is_seen_whatever_its_number(tmp_path: Path) -> None:
    place = built(tmp_path / "index", "one", "two", "three")
    with open_archive(config(place)) as reader:
        assert titles(reader) == ["one", "three", "two"]
        shutil.rmtree(place)
        built(place, "four")
        assert reader.refresh()
        assert (reader.generation, titles(reader)) == (1, ["four"])
        assert not reader.refresh()


def test_an_index_restored_from_a_copy_is_seen_and_what_is_built_on_it_too(tmp_path: Path) -> None:
    place = built(tmp_path / "index", "one", "two")
    shutil.copytree(place, tmp_path / "copy")
    built(place, "three")
    with open_archive(config(place)) as reader:
        assert (reader.generation, titles(reader)) == (3, ["one", "three", "two"])
        shutil.rmtree(place)
        shutil.copytree(tmp_path / "copy", place)
        assert (titles(reader), reader.generation) == (["one", "two"], 2)
        built(place, "four")
        assert (reader.generation, titles(reader)) == (2, ["four", "one", "two"])
        assert reader.generation == 3


def test_the_same_number_of_another_history_is_another_commit(tmp_path: Path) -> None:
    place = built(tmp_path / "index", "one", "two")
    shutil.copytree(place, tmp_path / "copy")
    built(place, "three")
    with open_archive(config(place)) as reader:
        before = reader.identity
        shutil.rmtree(place)
        shutil.copytree(tmp_path / "copy", place)
        built(place, "four")
        assert reader.generation == 3
        assert reader.refresh()
        assert (reader.generation, titles(reader)) == (3, ["four", "one", "two"])
        assert reader.identity != before


@pytest.mark.parametrize("links", [False, True])
def test_a_folder_that_is_renamed_or_a_link_that_is_turned_is_seen(tmp_path: Path, links: bool) -> None:
    place = tmp_path / "index"
    first, second = built(tmp_path / "first", "one"), built(tmp_path / "second", "two")
    if links:
        place.symlink_to(first)
    else:
        first.rename(place)
    with open_archive(config(place)) as reader:
        assert titles(reader) == ["one"]
        if links:
            (tmp_path / "next").symlink_to(second)
            (tmp_path / "next").rename(place)
        else:
            place.rename(tmp_path / "old")
            second.rename(place)
        assert titles(reader) == ["two"]


def test_an_index_that_is_gone_is_said_to_be_and_seen_when_it_is_back(tmp_path: Path) -> None:
    place = built(tmp_path / "index", "one")
    with open_archive(config(place)) as reader:
        place.rename(tmp_path / "away")
        with pytest.raises(NoIndex, match=r"The index in .*index is gone"):
            reader.refresh()
        assert (reader.generation, reader.identity) == (0, "")
        with pytest.raises(NoIndex, match="There is no index"):
            reader.search("one")
        (tmp_path / "away").rename(place)
        assert titles(reader) == ["one"]


def test_a_copy_by_hard_links_is_no_other_index(tmp_path: Path) -> None:
    place = built(tmp_path / "index", "one")
    with open_archive(config(place)) as reader:
        (tmp_path / "copy").mkdir()
        for path in place.iterdir():
            (tmp_path / "copy" / path.name).hardlink_to(path)
        assert not reader.refresh()
        assert titles(reader) == ["one"]


def test_files_put_back_from_a_copy_are_read_in_place_of_damaged_ones(tmp_path: Path) -> None:
    place = built(tmp_path / "index", "one")
    (path,) = place.glob("MAIN_*.bsx")
    sound = path.read_bytes()
    damaged = bytearray(sound)
    damaged[ArrayFile(path).entry("id.bytes").offset] ^= 255  # looked at when it is needed
    path.write_bytes(damaged)
    with open_archive(config(place)) as reader:
        with pytest.raises(IndexCorrupt):
            reader.get("one-1")
        path.unlink()
        path.write_bytes(sound)
        manifest = place / "manifest-1.json"
        said = manifest.read_bytes()
        manifest.unlink()
        manifest.write_bytes(said)
        assert not reader.refresh()  # it is the same commit, of sound files now
        assert reader.get("one-1").title == "one"


def test_a_reader_keeps_its_groups_while_others_commit(tmp_path: Path) -> None:
    place = tmp_path / "index"
    with open_archive(config(place)) as archive:
        archive.add([Article(f"s{n}", title=f"t{n}", body=TEXT, url=f"https://{n}.example").with_hash() for n in "ab"])
    with open_archive(config(place)) as reader:
        built(place, "x1", "x2", "x3")
        with open_archive(config(place)) as other:
            other.optimize()
        assert not (place / groups_name(1)).exists()
        found = reader.search("festival", group=True)
        assert (found.total, found.stories) == (2, 1)
        assert [hit.id for hit in reader.copies("sa")] == ["sb"]


def test_groups_are_verified_whole_however_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrayfile, "SMALL_BYTES", 100)
    path = tmp_path / "stories-1.bsx"
    with ArrayFileWriter(path) as writer:
        writer.put(GROUPS, bytearray(b"".join(n.to_bytes(4, "little") for n in range(50_000))), "u4")
    assert read_groups(ArrayFile(path), 50_000).tolist() == list(range(50_000))
    whole, chance = path.read_bytes(), random.Random(1)
    for _ in range(20):
        damaged = bytearray(whole)
        damaged[64 + chance.randrange(200_000)] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(IndexCorrupt, match=r"stories-1\.bsx"):
            read_groups(ArrayFile(path), 50_000)


@pytest.mark.parametrize("groups", [[0, 2, 2], [1, 1, 2], [0, 0, 1], [0, 0, 70]])
def test_groups_that_cannot_be_are_refused(tmp_path: Path, groups: list[int]) -> None:
    path = tmp_path / "stories-1.bsx"
    with ArrayFileWriter(path) as writer:
        writer.put(GROUPS, b"".join(n.to_bytes(4, "little") for n in groups), "u4")
    with pytest.raises(IndexCorrupt, match="groups that cannot be"):
        possible_groups(ArrayFile(path), 3)
    with pytest.raises(IndexCorrupt, match="groups of 3 documents, not of 4"):
        read_groups(ArrayFile(path), 4)


@pytest.mark.parametrize("how", ["damaged", "missing"])
def test_an_older_state_in_place_of_the_newest_is_said_everywhere(
    tmp_path: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    place = built(tmp_path / "index", "one", "two")
    newest = place / "manifest-2.json"
    sound = newest.read_bytes()
    newest.unlink()
    if how == "damaged":
        newest.write_bytes(sound[:-20])
    with caplog.at_level(logging.WARNING), open_archive(config(place)) as reader:
        said = f"manifest-2.json is {how}, and with it the newest state of the archive: generation 1 is read"
        assert reader.lost.startswith(said)
        assert said in caplog.text
        found = reader.search("festival")
        assert (found.total, [warning.code for warning in found.warnings]) == (1, ["older-state"])
        assert [warning.code for warning in reader.facet_values("source").warnings] == ["older-state"]
        assert [said in problem for problem in reader.check().problems] == [True]
        newest.unlink(missing_ok=True)
        newest.write_bytes(sound)
        assert reader.refresh()
        assert (reader.lost, reader.search("festival").total) == ("", 2)
        assert reader.check().problems == ()


def test_an_index_whose_manifests_are_all_gone_is_damaged_and_not_built_over(tmp_path: Path) -> None:
    place = built(tmp_path / "index", "one")
    (place / "manifest-1.json").unlink()
    before = sorted(path.name for path in place.iterdir())
    with pytest.raises(IndexCorrupt, match=r"manifest-1\.json is missing"):
        built(place, "two")
    assert sorted(path.name for path in place.iterdir()) == before


def test_a_file_of_another_generation_is_not_taken_for_the_one_that_is_meant(tmp_path: Path) -> None:
    place, other = built(tmp_path / "index", "one", "two"), built(tmp_path / "other", "one", "three")
    shutil.copy(other / groups_name(2), place / groups_name(2))
    assert open_archive(config(place)).search("festival").total == 2  # groups of two articles apart are all alike
    with open_archive(config(other)) as archive:
        archive.add([Article("again", title="again", body=f"{TEXT} three", url="https://x.example").with_hash()])
    shutil.copy(other / groups_name(3), place / groups_name(2))
    with pytest.raises(IndexCorrupt, match=r"stories-2\.bsx is not the file that belongs to generation 2"):
        open_archive(config(place))


def test_a_writer_whose_folder_is_taken_away_leaves_the_other_alone(tmp_path: Path) -> None:
    place, other = built(tmp_path / "index", "one"), built(tmp_path / "other", "two")
    archive = open_archive(config(place))
    with archive.engine.writer(lambda article: article) as writer:
        writer.add(Article("x", title="lost", body=TEXT).with_hash(), Origin("test", 1))
        place.rename(tmp_path / "away")
        other.rename(place)
        before = {path.name: path.read_bytes() for path in place.iterdir()}
        with pytest.raises(StateError, match="was replaced or removed while it was being written"):
            writer.commit()
    after = {path.name: path.read_bytes() for path in place.iterdir() if path.name.startswith(("man", "sto"))}
    assert after == {name: before[name] for name in after}
    assert generations.check(place) == []
    assert titles(archive) == ["two"]
