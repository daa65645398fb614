"""The newest whole manifest is the index."""

from pathlib import Path

import pytest

from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.directory import generations
from indexer.engines.whoosh.directory import manifest as manifest_module
from indexer.engines.whoosh.directory.manifest import Manifest, read_manifest, read_newest, write_manifest
from indexer.errors import IndexCorrupt, IndexFormatMismatch, NoIndex
from tests.engines.whoosh.archives import commit
from tests.engines.whoosh.samples import make_articles

INFO = SegmentInfo("MAIN_a", 5, {"body": 9}, {"en": 4, "": 1}, deleted=2, deletes=3)


def test_a_manifest_survives(tmp_path: Path) -> None:
    written = Manifest(7, (INFO,), "2024-01-01T00:00:00+00:00")
    write_manifest(tmp_path, written)
    assert read_newest(tmp_path) == written
    assert written.documents == 3
    assert written.files == {"MAIN_a.bsx", "MAIN_a.bsd", "MAIN_a.3.del", "manifest-7.json", "stories-7.bsx"}
    assert [path.name for path in tmp_path.iterdir()] == ["manifest-7.json"]


@pytest.mark.parametrize("at", [0, 10, 60, -60, -2])
@pytest.mark.parametrize("damage", ["flip", "cut"])
def test_a_damaged_manifest_gives_way_to_the_one_before(tmp_path: Path, at: int, damage: str) -> None:
    write_manifest(tmp_path, Manifest(9))
    write_manifest(tmp_path, Manifest(10, (INFO,)))
    path = tmp_path / "manifest-10.json"
    data = bytearray(path.read_bytes())
    if damage == "flip":
        data[at] ^= 1
    else:
        del data[at:]
    path.write_bytes(data)
    assert read_newest(tmp_path).generation == 9
    with pytest.raises(IndexCorrupt, match=r"manifest-10\.json is damaged"):
        read_manifest(tmp_path, 10)
    assert any("manifest-10.json is damaged" in problem for problem in generations.check(tmp_path))


def test_no_manifest_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="indexer build"):
        read_newest(tmp_path)
    with pytest.raises(NoIndex):
        read_newest(tmp_path / "nowhere")
    with pytest.raises(NoIndex):
        generations.open_generation(tmp_path)
    assert generations.current_manifest(tmp_path) == Manifest()


def test_only_damaged_manifests_are_corruption_not_absence(tmp_path: Path) -> None:
    (tmp_path / "manifest-1.json").write_bytes(b"")
    with pytest.raises(IndexCorrupt, match=r"manifest-1\.json"):
        read_newest(tmp_path)


def test_other_fields_are_another_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_module, "fields_fingerprint", lambda: "other")
    write_manifest(tmp_path, Manifest(1))
    monkeypatch.undo()
    with pytest.raises(IndexFormatMismatch, match=r"another version.*indexer rebuild"):
        read_newest(tmp_path)


def test_commits_keep_the_generation_before_and_clear_older_ones(tmp_path: Path) -> None:
    articles = make_articles(6)
    infos = [build_segment(articles[:2], tmp_path)]
    first = commit(tmp_path, generations.current_manifest(tmp_path), infos)
    infos.append(build_segment(articles[2:4], tmp_path))
    second = commit(tmp_path, first, infos, {infos[0].name: [1]})
    infos.append(build_segment(articles[4:], tmp_path))
    third = commit(tmp_path, second, [*second.segments[1:], infos[2]], {infos[1].name: [0]})
    assert (first.generation, second.generation, third.generation) == (1, 2, 3)
    assert third.documents == 3
    files = {path.name for path in tmp_path.iterdir() if path.suffix != ".toc"}
    assert files == second.files | third.files
    fourth = commit(tmp_path, third, third.segments, {infos[1].name: [1]})
    assert [info.name for info in fourth.segments] == [infos[2].name]
    assert read_manifest(tmp_path, 3) == third
    fifth = commit(tmp_path, fourth, fourth.segments, {infos[2].name: [1]})
    sixth = commit(tmp_path, fifth, fifth.segments, {infos[2].name: [1]})
    assert sixth.segments == fifth.segments
    snapshot = generations.open_generation(tmp_path)
    assert snapshot.segments[0].deleted.tolist() == [1]
    assert snapshot.segments[0].find_id("id-5") is None
    assert snapshot.segments[0].find_id("id-4") == 0


def test_a_missing_file_of_a_segment_is_named(tmp_path: Path) -> None:
    info = build_segment(make_articles(2), tmp_path)
    commit(tmp_path, Manifest(), [info])
    (tmp_path / f"{info.name}.bsd").unlink()
    with pytest.raises(IndexCorrupt, match=rf"{info.name}\.bsd is missing"):
        generations.open_generation(tmp_path)
    assert [info.name in problem for problem in generations.check(tmp_path)] == [True]
