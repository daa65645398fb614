"""Files that are broken or mean harm: each gives one clear line in `rejects.jsonl`, and the rest is indexed."""

import builtins
import bz2
import gzip
import io
import json
import os
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard

from indexer.ingest import rejects as reject_log
from indexer.ingest.readers.registry import choose
from indexer.ingest.rejects import REASONS

from .conftest import Building


def line(number: int) -> bytes:
    return json.dumps({"id": f"a{number}", "title": f"Title {number}", "text": "Text."}).encode() + b"\n"


@pytest.fixture(autouse=True)
def good(building: Building) -> None:
    """A good file on either side: whatever the bad one does, these are read."""
    building.write("aa.jsonl", line(-1))
    building.write("zz.jsonl", line(-2))


def outcome(building: Building) -> list[tuple[str, int | None, str]]:
    building.run()
    assert {"a-1", "a-2"} <= building.engine.articles.keys()
    found = list(reject_log.read_rejects(building.index))
    for record in found:
        assert set(record) == {"path", "record", "reason", "detail", "excerpt"}
        assert record["reason"] in REASONS
        assert len(record["excerpt"]) <= 200
    return [(Path(record["path"]).name, record["record"], record["reason"]) for record in found]


def noise(count: int) -> bytes:
    """Lines that hardly compress, so that a cut in the packed file is a cut in the lines."""
    chance = random.Random(7)
    records = ({"id": n, "title": f"T {n}", "text": chance.randbytes(200).hex(), "lang": "en"} for n in range(count))
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.mark.parametrize(
    ("pack", "count"),
    [(gzip.compress, 40), (gzip.compress, 4000), (zstandard.compress, 4000)],
    ids=["small", "gzip", "zstandard"],
)
def test_a_truncated_file_gives_what_came_before_the_cut(
    building: Building, pack: Callable[[bytes], bytes], count: int
) -> None:
    packed = pack(noise(count))
    building.write("bad.jsonl.gz", packed[: len(packed) * 3 // 4])
    assert outcome(building) == [("bad.jsonl.gz", None, "truncated")]
    assert count * 0.6 < len(building.articles) <= count * 0.8


def test_damage_in_the_middle(building: Building) -> None:
    packed = bytearray(gzip.compress(noise(4000)))
    packed[len(packed) // 2 : len(packed) // 2 + 2000] = bytes(2000)
    building.write("bad.jsonl.gz", bytes(packed))
    found = outcome(building)
    reasons = {reason for _, _, reason in found}
    assert reasons <= {"broken_stream", "truncated", "bad_json", "bad_record"}
    assert reasons & {"broken_stream", "truncated"}
    assert len(building.articles) > 1000


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zstandard.compress(data, 3)], ids=["gzip", "zstandard"])
def test_a_bomb_is_given_up_early_and_costs_no_memory(building: Building, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(line(1) + b"\0" * (100 << 20))
    building.write("bad.jsonl", bomb)
    tracemalloc.start()
    found = outcome(building)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [("bad.jsonl", None, "expansion")]
    assert "a1" in building.engine.articles
    assert peak < 80 << 20


def test_a_compressed_file_of_compressed_files_is_read(building: Building) -> None:
    building.write("two.jsonl.gz", gzip.compress(line(1)) + gzip.compress(line(2)) + b"\0" * 512)
    assert outcome(building) == []
    assert {"a1", "a2"} <= building.engine.articles.keys()


def test_lz4_says_what_to_do(building: Building) -> None:
    building.write("bad.warc.lz4", b"\x04\x22\x4d\x18" + bytes(20))
    assert outcome(building) == [("bad.warc.lz4", None, "unsupported_compression")]


def test_a_line_that_is_too_long_is_not_held_and_the_next_is_read(building: Building) -> None:
    building.limits(max_line_mb=2)
    building.write("bad.jsonl", line(1) + b'{"title": "' + b"x" * (50 << 20) + b'"}\n' + line(3))
    tracemalloc.start()
    found = outcome(building)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [("bad.jsonl", 2, "too_long")]
    assert {"a1", "a3"} <= building.engine.articles.keys()
    assert peak < 20 << 20


def test_an_array_element_that_is_too_long(building: Building) -> None:
    building.limits(max_line_mb=1)
    building.write("bad.json", b"[" + line(1) + b', {"title": "' + b"x" * (3 << 20) + b'"},' + line(3) + b"]")
    assert outcome(building) == [("bad.json", 2, "too_long")]
    assert {"a1", "a3"} <= building.engine.articles.keys()


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("deep.jsonl", b'{"a": ' * 10_000 + b"1" + b"}" * 10_000 + b"\n"),
        ("deep.jsonl", b'{"title": "T", "x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}\n"),
    ],
)
def test_json_that_is_too_deep(building: Building, name: str, bad: bytes) -> None:
    building.write(name, line(1) + bad + line(3))
    assert outcome(building) == [(name, 2, "too_deep")]
    assert {"a1", "a3"} <= building.engine.articles.keys()


@pytest.mark.parametrize("bad", [b"[" * 10_000 + b"]" * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000])
def test_a_deep_document(building: Building, bad: bytes) -> None:
    building.write("deep.json", bad)
    ((name, _, reason),) = outcome(building)
    assert (name, reason in ("too_deep", "bad_record")) == ("deep.json", True)


@pytest.mark.parametrize("name", ["bomb.xml", "bomb.rss"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_not_expanded(building: Building, name: str, encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{"&a%s;" % (n - 1 or "") * 10}">' for n in range(1, 12)
    )
    building.write(name, (bomb + "]><rss><channel><item><title>&a11;</title></item></channel></rss>").encode(encoding))
    assert outcome(building) == [(name, None, "xml_entities")]


def test_an_external_entity_is_not_fetched(building: Building) -> None:
    text = '<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/passwd">]><newsItem><headline>&x;</headline></newsItem>'
    building.write("x.xml", text)
    assert outcome(building) == [("x.xml", None, "xml_entities")]


def test_invalid_utf_8_is_read_with_replacements(building: Building) -> None:
    building.write(
        "a.txt", "Größe zählt für Übermut\n\nEin Text über Äpfel, Öl und Übermut.".encode() + b" \xff\xfe end"
    )
    report = building.run()
    assert report.notes == {"characters_replaced": 1}
    assert "Größe zählt für Übermut" in building.titles()


def test_an_old_encoding_is_recognised(building: Building) -> None:
    text = "Мост через пролив открыт\n\n" + "Министерство сообщило в четверг, что мост через пролив снова открыт. " * 10
    building.write("a.txt", text.encode("windows-1251"))
    building.run()
    assert "Мост через пролив открыт" in building.titles()


def test_a_folder_that_cannot_be_opened(building: Building, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = building.write("closed/x.jsonl", line(1)).parent
    original = os.scandir

    def scandir(path: str) -> Any:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert outcome(building) == [("closed", None, "unreadable")]
    monkeypatch.undo()
    assert outcome(building) == []
    assert "a1" in building.engine.articles


def test_a_file_that_cannot_be_opened_or_has_vanished(building: Building, monkeypatch: pytest.MonkeyPatch) -> None:
    vanishing, closed = building.write("m.jsonl", line(1)), building.write("n.jsonl", line(2))
    original = builtins.open

    def opened(path: Any, *args: Any, **options: Any) -> Any:
        if str(path) == str(vanishing):
            raise FileNotFoundError(2, "No such file or directory")
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied")
        return original(path, *args, **options)

    monkeypatch.setattr(builtins, "open", opened)
    assert outcome(building) == [("m.jsonl", None, "unreadable"), ("n.jsonl", None, "unreadable")]


def test_things_that_are_no_files_are_skipped(building: Building) -> None:
    os.mkfifo(building.folder / "pipe.jsonl")
    (building.folder / "broken").symlink_to(building.folder / "nowhere")
    (building.folder / "loop").symlink_to(building.folder)
    (building.folder / ".hidden.jsonl").write_bytes(line(9))
    building.write("image.png", b"\x89PNG\r\n\x1a\n\0\0")
    building.write("README.md", "About these files\n")
    building.write("package.json", '{"name": "x", "description": "y"}')
    building.write("empty.jsonl", b"")
    report = building.run()
    assert report.rejected == 0
    assert [(Path(skipped.path).name, skipped.reason) for skipped in report.skipped_files] == [
        ("README.md", "not an article format"),
        ("broken", "a link that leads nowhere"),
        ("empty.jsonl", "an empty file"),
        ("image.png", "not an article format"),
        ("loop", "a folder that was walked already"),
        ("package.json", "not an article format"),
        ("pipe.jsonl", "not a file"),
    ]
    assert sorted(building.engine.articles) == ["a-1", "a-2"]


def test_a_file_that_was_named_and_is_none_of_ours_is_a_reject(building: Building) -> None:
    image = building.write("image.png", b"\x89PNG\r\n\x1a\n\0\0")
    building.run(image)
    assert [r["reason"] for r in reject_log.read_rejects(building.index)] == ["not_an_article_format"]


def test_a_reader_that_fails_is_named_and_the_build_goes_on(
    building: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choosing(source: Any, *, named: bool) -> Any:
        if "bad" in source.path:
            raise RuntimeError("a library met what it did not expect")
        return choose(source, named=named)

    monkeypatch.setattr("indexer.ingest.files.choose", choosing)
    building.write("bad.jsonl", line(1))
    assert outcome(building) == [("bad.jsonl", None, "reader_failed")]


def test_rejects_are_replaced_when_their_file_is_read_again(building: Building) -> None:
    building.write("b.jsonl", b"{broken\n")
    other = building.write("c.jsonl", b"{broken\n" + line(1))
    assert outcome(building) == [("b.jsonl", 1, "bad_json"), ("c.jsonl", 1, "bad_json")]
    other.write_bytes(line(1))
    building.run(other)
    assert [Path(r["path"]).name for r in reject_log.read_rejects(building.index)] == ["b.jsonl"]
    (building.folder / "b.jsonl").unlink()
    assert outcome(building) == []
    assert sorted(path.name for path in building.index.iterdir()) == ["rejects.jsonl"]


def test_names_that_are_not_utf_8(building: Building) -> None:
    name = os.fsdecode(b"caf\xe9.jsonl")
    building.write(name, b"{broken\n")
    building.run()
    (record,) = reject_log.read_rejects(building.index)
    assert (Path(record["path"]).name, record["reason"]) == ("caf?.jsonl", "bad_json")
    assert orjson.loads((building.index / "rejects.jsonl").read_bytes())["record"] == 1


@pytest.mark.parametrize("name", ["bomb.jsonl.bz2", "bomb.zip"])
def test_a_bomb_of_bzip2_takes_little_memory(building: Building, name: str) -> None:
    blanks = b" " * (160 << 20)  # what is held of a line that is too long, and then let go, is 40 MB
    if name.endswith(".zip"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
            archive.writestr("a.jsonl", line(1) + blanks)
        # The directory says that it is small.
        data = out.getvalue().replace(len(line(1) + blanks).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
        building.write(name, data)
    else:
        building.write(name, bz2.compress(line(1) + blanks))
    del blanks
    tracemalloc.start()
    try:
        found = outcome(building)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [reason for _, _, reason in found] == ["expansion"]
    assert peak < 80 << 20
