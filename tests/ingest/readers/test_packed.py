"""Zip and tar files as folders; news sitemaps."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.ingest.conftest import Building
from tests.ingest.readers.documents import packed

Rejects = Callable[[], list[dict[str, Any]]]


def line(title: str) -> str:
    return f'{{"id": "{title}", "title": "{title}", "text": "Of {title}."}}\n'


def tarred(files: dict[str, str], link: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
        if link:
            entry = tarfile.TarInfo("link.jsonl")
            entry.type, entry.linkname = tarfile.SYMTYPE, link
            archive.addfile(entry)
    return out.getvalue()


FILES = {"b/two.jsonl": line("two"), "a/one.jsonl": line("one"), "a/.hidden.jsonl": line("hidden"), "notes.bin": "\0"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", packed(dict(FILES))),
        ("x.tar", tarred(FILES, link="/etc/passwd")),
        ("x.tar.gz", gzip.compress(tarred(FILES))),
        ("x.zip.gz", gzip.compress(packed(dict(FILES)))),
    ],
)
def test_a_packed_folder_is_walked(building: Building, name: str, data: bytes) -> None:
    building.write(name, data)
    report = building.run()
    assert (report.new, report.files, building.titles()) == (2, 1, ["one", "two"])
    assert [skipped.path.partition("in/")[2] for skipped in report.skipped_files] == [f"{name}/notes.bin"]


def test_what_is_wrong_in_one_member_is_said_of_it_alone(building: Building, rejects: Rejects) -> None:
    building.write("x.zip", packed({"a.jsonl": "{broken\n" + line("one"), "b.jsonl.gz": b"\x1f\x8b\x08junk"}))
    building.run()
    assert building.titles() == ["one"]
    assert sorted((r["path"].partition("in/")[2], r["reason"]) for r in rejects()) == [
        ("x.zip/a.jsonl", "bad_json"), ("x.zip/b.jsonl.gz", "broken_stream"),
    ]  # fmt: skip
    building.write("x.zip", packed({"a.jsonl": line("one"), "b.jsonl": line("two")}))
    building.run()
    assert rejects() == []


def test_packed_files_within_packed_files(building: Building, rejects: Rejects) -> None:
    inner = packed({"one.jsonl": line("one")})
    building.write("x.zip", packed({"in.zip": packed({"in.tar": tarred({"two.jsonl": line("two")}), "i.zip": inner})}))
    building.run()
    assert building.titles() == ["one", "two"]
    for _ in range(4):
        inner = packed({"y.zip": inner})
    building.write("x.zip", inner)
    building.run()
    assert [r["reason"] for r in rejects()] == ["too_deep"]


def test_bombs_are_not_unpacked(building: Building, rejects: Rejects) -> None:
    building.limits(max_expansion=50)
    building.write("a.zip", packed({"a.jsonl": b" " * (40 << 20)}))
    building.write("b.zip", packed({f"{n}.jsonl": b" " * (9 << 20) for n in range(5)}))
    building.run()
    assert [r["reason"] for r in rejects()] == ["expansion", "expansion"]


def test_what_packed_files_within_each_other_grow_is_multiplied(building: Building, rejects: Rejects) -> None:
    inner = packed({"a.jsonl": b" " * (40 << 20)})  # a thousandfold
    building.limits(max_expansion=2_000)
    building.write("b.zip", inner)
    building.write("a.zip", packed({"in.zip": inner}))
    building.run()
    assert [(r["path"].partition("in/")[2], r["reason"]) for r in rejects()] == [("a.zip/in.zip", "expansion")]


def test_paths_that_climb_stay_below_the_file(building: Building) -> None:
    building.write("x.zip", packed({"../../up.jsonl": line("up"), "/top.jsonl": line("top")}))
    building.run()
    assert building.titles() == ["top", "up"]


def test_damaged_and_foreign_files(building: Building, rejects: Rejects) -> None:
    building.write("cut.zip", packed({"a.jsonl": line("one")})[:40])
    building.write("sheet.xlsx", packed({"[Content_Types].xml": "<x/>"}))
    building.write("empty.zip", packed({}))
    report = building.run()
    assert sorted(skipped.reason for skipped in report.skipped_files) == [
        "a zip file without files", "an office file of a kind that is not read",
    ]  # fmt: skip
    assert [r["reason"] for r in rejects()] == ["broken_stream"]


def test_a_news_sitemap(building: Building) -> None:
    building.write(
        "sitemap.xml",
        """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://kna.example/1</loc><news:news>
        <news:publication><news:name>KNA</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2021-10-14T11:15:48+03:00</news:publication_date><news:title>Ferry sails</news:title>
        <news:keywords>ferry, harbour</news:keywords></news:news><image:image><image:loc>https://kna.example/a.jpg
        </image:loc></image:image></url><url><loc>https://kna.example/2</loc></url></urlset>""",
    )
    building.run()
    (entry,) = building.articles
    assert (entry.title, entry.url, entry.source, entry.language) == (
        "Ferry sails", "https://kna.example/1", "KNA", "en",
    )  # fmt: skip
    assert (entry.id, entry.topic) == ("sitemap https://kna.example/1", ("ferry", "harbour"))
    assert (entry.body, entry.extra["image"]) == ("", {"url": "https://kna.example/a.jpg"})
    assert entry.published is not None
    assert entry.published.isoformat() == "2021-10-14T08:15:48Z"


def test_members_of_a_zip_file_may_be_packed_with_bzip2(building: Building) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for name in ("one", "two", "three"):
            archive.writestr(f"folder/{name}.jsonl", line(name) * 3_000)
    building.write("x.zip", out.getvalue())
    report = building.run()
    assert (report.new, report.read, report.rejected) == (3, 9_000, 0)
