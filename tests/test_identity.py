"""Files as archives have them: what is one article, which version is shown, and what its source took back."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.archive import Archive, open_archive
from indexer.article import Article
from indexer.config import Config, EngineConfig, EntitiesConfig, IngestConfig
from indexer.ingest.report import BuildReport
from indexer.interchange import to_record

PROSE = (
    "The harbour master said on Monday that the quay would be closed to lorries until the crane has been mended, which "
    "he expected to take a fortnight, and that the fish market would move to the old customs house meanwhile. "
)


class Newsroom:
    """An archive, and the folder it is built from."""

    def __init__(self, root: Path, versions: str = "all") -> None:
        self.files = root / "files"
        self.files.mkdir()
        ingest, entities = IngestConfig(versions=versions), EntitiesConfig(enabled=False)
        config = Config(engine=EngineConfig(processes=1), ingest=ingest, entities=entities)
        self.archive: Archive = open_archive(config.with_index(root / "index"))

    def build(self, **files: str | bytes) -> BuildReport:
        """Write files (`a_xml` is a.xml) and build the folder."""
        for name, data in files.items():
            path = self.files / name.replace("_", ".", 1)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return self.archive.build([self.files])

    def articles(self) -> list[Article]:
        return sorted(self.archive.scan(), key=lambda article: article.title)

    def titles(self) -> list[str]:
        return [article.title for article in self.articles()]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = Newsroom(tmp_path)
    yield made
    made.archive.close()


def feed(title: str, *items: str) -> str:
    return f'<rss version="2.0"><channel><title>{title}</title><link>https://{title}.example/</link>{"".join(items)}</channel></rss>'


def item(title: str, text: str, link: str, guid: str = "", day: int = 1) -> str:
    stated = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    date = f"<pubDate>Mon, {day:02} Jan 2024 10:00:00 GMT</pubDate>"
    return f"<item><title>{title}</title><link>{link}</link>{stated}<description>{text}</description>{date}</item>"


def capture(url: str, when: str, title: str, text: str, canonical: str = "") -> tuple[str, str, bytes]:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    body = "".join(f"<p>{PROSE}{text}</p>" for _ in range(3))
    head = f"<head><title>{title}</title>{link}</head>"
    page = f"<!doctype html><html lang='en'>{head}<body><article><h1>{title}</h1>{body}</article></body></html>"
    return url, when, page.encode()


def warc(*captures: tuple[str, str, bytes]) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, when, body in captures:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict={"WARC-Date": when}
        )
        writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()


def test_feeds_number_their_entries_each_for_itself(room: Newsroom) -> None:
    entries = [
        [item(f"{name} {n}", f"What {name} says of {n}.", f"https://{name}.example/{n}", str(n)) for n in (1, 2)]
        for name in ("tern", "gull")
    ]
    report = room.build(a_xml=feed("tern", *entries[0]), b_xml=feed("gull", *entries[1]))
    assert (report.new, report.apart) == (4, 2)
    assert room.titles() == ["gull 1", "gull 2", "tern 1", "tern 2"]
    assert [sorted(kept for _, kept in report.kept_apart)] == [sorted(a.id for a in room.articles() if "~" in a.id)]
    again = room.build()
    assert (again.new, again.replaced, again.unchanged) == (0, 0, 4)


def test_entries_of_a_feed_may_share_their_guid_or_their_link(room: Newsroom) -> None:
    home = "https://tern.example/"
    guids = feed(
        "tern", *(item(f"Storm {n}", f"Warning number {n} of the day.", f"{home}{n}", home, n) for n in (1, 2, 3))
    )
    links = feed(
        "gull",
        *(item(f"Delay {n}", f"Train number {n} is late.", "https://gull.example/status", day=n) for n in (1, 2, 3)),
    )
    assert room.build(a_xml=guids, b_xml=links).new == 6
    assert room.titles() == ["Delay 1", "Delay 2", "Delay 3", "Storm 1", "Storm 2", "Storm 3"]
    assert room.build().unchanged == 6


def test_pages_of_a_scan_begin_alike(room: Newsroom) -> None:
    pages = {
        f"p{n}_txt": f"THE TERN GAZETTE\n\nPage {n}. {PROSE} The ship {name} came in." for n, name in enumerate("ABC")
    }
    assert room.build(**pages).new == 3
    assert room.build().unchanged == 3


def test_pages_that_name_the_front_page_as_their_address_are_articles_of_their_own(room: Newsroom) -> None:
    pages = {f"p{n}_html": capture("", "", f"Quay {n}", f"And {n}.", "https://tern.example/")[2] for n in range(3)}
    assert room.build(**pages).new == 3
    assert [article.url for article in room.articles()] == [None, None, None]


def test_the_newest_capture_is_shown_whatever_order_it_is_read_in(room: Newsroom) -> None:
    url = "https://tern.example/quay"
    new = capture(url, "2024-03-06T10:00:00Z", "Quay closed (corrected)", "New.")
    old = capture(url, "2024-03-05T10:00:00Z", "Quay closed", "Old.")
    amp = capture("https://m.tern.example/quay/amp", "2024-03-04T10:00:00Z", "Quay closed", "Old.", url)
    assert room.build(a_warc=warc(new, old, amp)).new == 1
    (article,) = room.articles()
    assert article.title == "Quay closed (corrected)"
    assert [version.title for version in article.earlier] == ["Quay closed"]
    assert room.build().unchanged == 3
    assert [article.title for article in room.articles()] == ["Quay closed (corrected)"]


def test_exports_carry_versions_and_times(room: Newsroom, tmp_path: Path) -> None:
    lines = [
        {"id": "q", "title": "Quay", "body": f"{PROSE}{text}", "version": n} for n, text in ((2, "Two."), (1, "One."))
    ]
    room.build(a_jsonl="\n".join(map(json.dumps, lines)))
    (before,) = room.articles()
    exported = tmp_path / "all.jsonl"
    exported.write_text(json.dumps(to_record(before)), encoding="utf-8")
    config = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False))
    with open_archive(config.with_index(tmp_path / "other")) as other:
        other.build([exported])
        (after,) = other.scan()
    assert (after, after.earlier, after.added, after.changed) == (before, before.earlier, before.added, before.changed)
    assert after.revision == before.revision


@pytest.mark.parametrize(
    "kill",
    [
        {
            "uri": "urn:tern:1",
            "headline": "KILL",
            "version": "3",
            "pubstatus": "canceled",
            "versioncreated": "2024-03-07T10:00:00Z",
        },
        {"id": "urn:tern:1", "title": "Withdrawn", "status": "Killed", "version": 3},
    ],
)
def test_what_its_source_takes_back_is_found_no_more(room: Newsroom, kill: dict[str, str]) -> None:
    article = {
        "uri": "urn:tern:1",
        "headline": "Quay closed",
        "version": "2",
        "versioncreated": "2024-03-06T10:00:00Z",
        "body_text": PROSE,
        "pubstatus": "usable",
    }
    room.build(a_json=json.dumps(article), b_json=json.dumps(kill))
    assert room.archive.search("harbour").total == room.archive.stats().articles == 0
    held = room.archive.get("urn:tern:1")
    assert (held.withdrawn, [version.title for version in held.earlier]) == (True, ["Quay closed"])
    assert room.build().unchanged == 2


def test_only_the_newest_version_may_be_kept(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, versions="newest")
    lines = [
        {"id": "q", "title": "Quay", "body": f"{PROSE}{text}", "version": n} for n, text in ((2, "Two."), (1, "One."))
    ]
    room.build(a_jsonl="\n".join(map(json.dumps, lines)))
    (article,) = room.articles()
    assert (article.body.endswith("Two."), article.earlier) == (True, ())
    assert (room.build().replaced, room.build().unchanged) == (0, 2)
    room.archive.close()
