"""Stored records: compressed with a dictionary once there are enough, kept through merges, checked where read."""

import random
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
import zstandard

from indexer.engines.whoosh.codec import arrayfile, blocks
from indexer.engines.whoosh.codec.stored import Chunk, StoredReader, StoredWriter
from indexer.errors import IndexCorrupt

WORDS = [f"word{number}" for number in range(300)]


def records(count: int, seed: int = 1) -> list[dict[str, str]]:
    chance = random.Random(seed)
    return [{"id": f"{seed}-{n}", "body": " ".join(chance.choices(WORDS, k=80))} for n in range(count)]


def write(path: Path, found: list[dict[str, str]]) -> StoredReader:
    writer = StoredWriter(path)
    for record in found:
        writer.add(record)
    writer.close()
    return StoredReader(path)


def merge(path: Path, *readers: StoredReader) -> StoredReader:
    writer = StoredWriter(path)
    for reader in readers:
        writer.copy(reader, None)
    writer.close()
    return StoredReader(path)


def all_of(reader: StoredReader) -> list[dict[str, str]]:
    return [reader.record(number) for number in range(reader.documents)]


@pytest.fixture(autouse=True)
def few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "SAMPLES", 200)
    monkeypatch.setattr(blocks, "DICTIONARY_BYTES", 4096)


def test_a_large_file_has_a_dictionary_and_small_blocks(tmp_path: Path) -> None:
    found = records(450)
    reader = write(tmp_path / "a", found)
    assert len(reader.bodies.dictionaries) == len(reader.heads.dictionaries) == 1
    assert (len(reader.file["head.start"]), len(reader.file["body.start"])) == (113, 450)
    assert all_of(reader) == found
    assert reader.file.verify() == []


def test_a_small_file_has_neither(tmp_path: Path) -> None:
    found = records(199)
    reader = write(tmp_path / "a", found)
    assert reader.heads.dictionaries == reader.bodies.dictionaries == []
    assert len(reader.file["body.start"]) == -(-199 // blocks.BLOCK_DOCUMENTS)
    assert all_of(reader) == found


def test_merging_keeps_the_dictionaries_and_makes_one_for_small_files(tmp_path: Path) -> None:
    parts = [records(300, 1), records(150, 2), records(90, 3), records(260, 4)]
    readers = [write(tmp_path / str(number), part) for number, part in enumerate(parts)]
    merged = merge(tmp_path / "merged", *readers)
    assert all_of(merged) == list(chain(*parts))
    assert len(merged.bodies.dictionaries) == 3
    assert set(merged.file["body.dictionary"].tolist()) == {1, 2, 3}
    again = merge(tmp_path / "again", merged, readers[0])
    assert all_of(again) == list(chain(*parts)) + parts[0]
    assert again.bodies.dictionaries == merged.bodies.dictionaries


def test_records_that_cannot_be_trained_on_are_stored_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise zstandard.ZstdError("Src size is incorrect")

    monkeypatch.setattr(zstandard, "train_dictionary", fail)
    found = records(500)
    reader = write(tmp_path / "a", found)
    assert reader.heads.dictionaries == reader.bodies.dictionaries == []
    assert all_of(reader) == found
    assert all_of(merge(tmp_path / "b", reader, reader)) == found * 2


def test_more_dictionaries_than_a_byte_can_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST_DICTIONARIES", 1)
    parts = [records(300, 1), records(250, 2)]
    merged = merge(tmp_path / "m", *(write(tmp_path / str(n), part) for n, part in enumerate(parts)))
    assert all_of(merged) == list(chain(*parts))
    assert len(merged.bodies.dictionaries) == 1


def test_deleted_documents_are_left_out(tmp_path: Path) -> None:
    found = records(300)
    reader = write(tmp_path / "a", found)
    live = np.arange(300) % 3 > 0
    writer = StoredWriter(tmp_path / "b")
    writer.copy(reader, live)
    writer.close()
    assert all_of(StoredReader(tmp_path / "b")) == [record for number, record in enumerate(found) if number % 3]


def test_chunks_of_a_long_body_stay_with_their_record(tmp_path: Path) -> None:
    writer = StoredWriter(tmp_path / "a")
    writer.add({"id": "long"}, [Chunk(0, 0, "first "), Chunk(1, 6, "second")])
    for record in records(250):
        writer.add(record)
    writer.close()
    reader = StoredReader(tmp_path / "a")
    assert reader.record(0) == {"id": "long", "body": "first second"}
    assert reader.chunk(0, 1) == Chunk(1, 6, "second")
    assert reader.bodies.dictionaries


def test_a_damaged_record_is_named_when_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    monkeypatch.setattr(arrayfile, "SMALL_BYTES", 1 << 10)  # larger arrays are not verified whole when they are opened
    found = records(300)
    reader = write(path, found)
    start = reader.file["body.start"][6]
    data = bytearray(path.read_bytes())
    place = data.index(reader.file["data"][start : start + 40].tobytes()) + 20
    data[place] ^= 1
    path.write_bytes(data)
    damaged = StoredReader(path)
    assert damaged.record(5) == found[5]
    with pytest.raises(IndexCorrupt, match="damaged"):
        damaged.record(6)


def test_heads_and_bodies_are_read_apart(tmp_path: Path) -> None:
    reader = write(tmp_path / "a", [*records(250), {"id": "none"}, {"id": "\ud800", "body": "a\udfffb"}])
    reader.heads[0], reader.bodies[0]  # what is read next is not in the block that was
    assert reader.head(7) == {"id": "1-7"}
    assert reader.body(7).decode() == reader.record(7)["body"] == records(250)[7]["body"]
    assert (reader.body(250), reader.record(250), reader.chunk_count(250)) == (b"", {"id": "none"}, 0)
    assert reader.record(251) == {"id": "\N{REPLACEMENT CHARACTER}", "body": "a\N{REPLACEMENT CHARACTER}b"}


def test_blocks_may_hold_more_than_two_bytes_count(tmp_path: Path) -> None:
    found = [*records(210), {"id": "long", "body": "wide " * 20_000}, *records(9, 2)]
    reader = write(tmp_path / "a", found)
    assert all_of(merge(tmp_path / "b", reader, write(tmp_path / "c", records(220, 3)))) == found + records(220, 3)
    assert {reader.file[f"{name}.length"].itemsize for name in ("head", "body")} == {2, 4}


def test_a_head_or_body_that_is_not_what_was_written_is_damaged(tmp_path: Path) -> None:
    writer = StoredWriter(tmp_path / "a")
    writer._add(b"{not", b"\xff", ())
    writer.close()
    reader = StoredReader(tmp_path / "a")
    for read in (reader.head, reader.record, lambda document: list(reader.texts(document))):
        with pytest.raises(IndexCorrupt, match=r"A stored article in .* is damaged"):
            read(0)
