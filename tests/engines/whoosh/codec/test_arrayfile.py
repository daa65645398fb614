"""Array files give back what was put in, and notice any damage."""

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.whoosh.codec import arrayfile
from indexer.engines.whoosh.codec.arrayfile import ArrayFile, ArrayFileWriter
from indexer.errors import IndexCorrupt, IndexFormatMismatch


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.bsx"
    with ArrayFileWriter(path) as writer:
        writer.metadata = {"documents": 3}
        writer.put("numbers", np.arange(1000, dtype=np.uint32))
        writer.put("nothing", np.empty(0, np.int64))
        stream = writer.begin("parts", np.uint16)
        stream.append(np.arange(5))
        stream.append(b"\x05\x00")
        writer.end()
        left = writer.reserve("left", np.uint8, 300_000)
        right = writer.reserve("right", np.int64, 4)
        left.append(np.zeros(200_000, np.uint8))
        right.append(np.array([1, 2]))
        left.append(np.ones(100_000, np.uint8))
        right.append(np.array([3, 4]))
        writer.put("last", np.array([7], np.uint8))
    return path


def test_arrays_come_back(file: Path) -> None:
    arrays = ArrayFile(file)
    assert arrays.names() == ["numbers", "nothing", "parts", "left", "right", "last"]
    assert arrays["numbers"].tolist() == list(range(1000))
    assert arrays["nothing"].tolist() == []
    assert arrays["parts"].tolist() == [0, 1, 2, 3, 4, 5]
    assert arrays["right"].tolist() == [1, 2, 3, 4]
    assert int(arrays["left"].sum()) == 100_000
    assert arrays.part("left", 199_999, 200_001).tolist() == [0, 1]
    assert arrays.metadata == {"documents": 3}
    assert "last" in arrays
    assert "other" not in arrays
    assert arrays.verify() == []


def test_views_are_read_only_and_aligned(file: Path) -> None:
    numbers = ArrayFile(file)["numbers"]
    with pytest.raises(ValueError, match="read-only"):
        numbers[0] = 1
    assert numbers.ctypes.data % 64 == 0


def test_views_outlive_the_file(file: Path) -> None:
    numbers = ArrayFile(file)["numbers"]
    file.unlink()
    assert numbers[999] == 999


def test_every_flipped_bit_is_found_and_named(file: Path) -> None:
    whole = file.read_bytes()
    rng = random.Random(3)
    for at in [*range(64), *range(len(whole) - 64, len(whole)), *(rng.randrange(len(whole)) for _ in range(150))]:
        damaged = bytearray(whole)
        damaged[at] ^= 1 << rng.randrange(8)
        file.write_bytes(damaged)
        try:
            problems = ArrayFile(file).verify()
        except (IndexCorrupt, IndexFormatMismatch) as error:
            problems = [str(error)]
        assert problems, f"byte {at}"
        assert all(str(file) in problem for problem in problems)


@pytest.mark.parametrize("size", [0, 1, 30, 47, 5000])
def test_a_cut_file_is_named(file: Path, size: int) -> None:
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(IndexCorrupt, match=str(file)):
        ArrayFile(file)


def test_damage_is_found_where_it_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrayfile, "SMALL_BYTES", 1000)
    whole = bytearray(file.read_bytes())
    at = whole.index(b"\x01" * 1000) + 80_000
    whole[at] ^= 255
    file.write_bytes(whole)
    arrays = ArrayFile(file)
    assert arrays.part("left", 0, 1000).tolist() == [0] * 1000
    with pytest.raises(IndexCorrupt, match="left is damaged"):
        arrays.part("left", 299_000, 299_001)
    assert arrays["right"].tolist() == [1, 2, 3, 4]


def test_a_missing_file_or_array_is_named(file: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexCorrupt, match=r"other\.bsx is missing"):
        ArrayFile(tmp_path / "other.bsx")
    with pytest.raises(IndexCorrupt, match=r"some\.bsx has no array other"):
        ArrayFile(file)["other"]


def test_another_format_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.bsx"
    monkeypatch.setattr(arrayfile, "FORMAT_VERSION", 999)
    ArrayFileWriter(path).close()
    monkeypatch.undo()
    with pytest.raises(IndexFormatMismatch, match=r"format 999.*indexer rebuild"):
        ArrayFile(path)


def test_a_writer_that_fails_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x.bsx"
    with pytest.raises(TypeError), ArrayFileWriter(path) as writer:
        writer.put("a", None)  # type: ignore[arg-type]  # that is the failure
    assert not path.exists()


def test_the_whole_of_a_large_array_is_verified_on_request(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrayfile, "SMALL_BYTES", 1000)
    whole = bytearray(file.read_bytes())
    whole[whole.index(b"\x01" * 1000) + 80_000] ^= 255
    file.write_bytes(whole)
    arrays = ArrayFile(file)
    assert len(arrays["left"]) == 300_000
    with pytest.raises(IndexCorrupt, match="left is damaged"):
        arrays.whole("left")
