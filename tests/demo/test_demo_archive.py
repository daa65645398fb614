"""The demonstration archive holds what its README says, read here with the formats' own libraries only."""

import csv
import gzip
import io
import json
import re
import runpy
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
import pytest
import zstandard
from warcio.archiveiterator import ArchiveIterator

DEMO = Path(__file__).resolve().parents[2] / "demo"
ARTICLES = DEMO / "articles"

# Dates in words, as the papers print them; everything else is ISO, RFC 2822 or day/month/year.
DATES_IN_WORDS = {
    "14 October 2021 10:05": date(2021, 10, 14),
    "14 أكتوبر 2021": date(2021, 10, 14),
    "2021年10月16日": date(2021, 10, 16),
    "16 avril 2019": date(2019, 4, 16),
    "31. Oktober 2020": date(2020, 10, 31),
    "17 октября 2021": date(2021, 10, 17),
    "19 de junio de 2022": date(2022, 6, 19),
    "7/25/2020, 2:34:23 PM": date(2020, 7, 25),
}
COARSE_DATES = {"2020", "2022", "2019-09", "2021-12", "May 2023"}


class Record(NamedTuple):
    """One article as its file states it."""

    file: str
    title: str
    body: str
    when: str | None
    source: str | None
    category: str | None
    language: str | None
    url: str | None
    translated_from: str | None = None
    original_url: str | None = None


def _of_mapping(file: str, item: dict[str, Any]) -> Record:
    def first(*names: str) -> Any:
        return next((item[name] for name in names if item.get(name)), None)

    return Record(
        file=file,
        title=first("headline", "title", "name"),
        body=first("text", "body", "articleBody", "content"),
        when=first("published", "date", "datePublished", "publish_date"),
        source=first("publisher", "source", "site"),
        category=first("section", "category", "articleSection"),
        language=first("lang", "language", "inLanguage"),
        url=first("url", "link"),
        translated_from=item.get("translated_from"),
        original_url=item.get("original_url"),
    )


def _json_lines(path: Path, data: bytes) -> Iterator[Record]:
    for line in data.decode("utf-8").splitlines():
        yield _of_mapping(path.name, json.loads(line))


def _json_array(path: Path, data: bytes) -> Iterator[Record]:
    for item in json.loads(data):
        yield _of_mapping(path.name, item)


def _table(path: Path, data: bytes) -> Iterator[Record]:
    delimiter = "\t" if path.suffix == ".tsv" else ","
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter):
        yield _of_mapping(path.name, {"lang": "en", **row})


def _feed(path: Path, data: bytes) -> Iterator[Record]:
    feed = feedparser.parse(data)
    assert not feed.bozo
    for entry in feed.entries:
        yield Record(
            file=path.name,
            title=entry.title,
            body=entry.content[0].value,
            when=entry.get("published"),
            source=feed.feed.title,
            category=entry.tags[0].term,
            language="en",
            url=entry.link,
        )


def _page(path: Path, data: bytes) -> Iterator[Record]:
    page = data.decode("utf-8")

    def find(pattern: str) -> str | None:
        found = re.search(pattern, page, re.DOTALL)
        return unescape(found.group(1)) if found else None

    yield Record(
        file=path.name,
        title=find(r'property="og:title" content="([^"]*)"') or "",
        body=find(r'<div class="article-body">(.*?)</div>') or "",
        when=find(r'<time datetime="([^"]*)"'),
        source=find(r'property="og:site_name" content="([^"]*)"'),
        category=find(r'"articleSection": "([^"]*)"') or find(r'property="article:section" content="([^"]*)"'),
        language=find(r'<html lang="([^"]*)"'),
        url=find(r'rel="canonical" href="([^"]*)"'),
    )


def _saved_page(path: Path, data: bytes) -> Iterator[Record]:
    lines = data.decode("utf-8").splitlines()
    assert lines[:2] == ["World in English", "Now you can see non-English news..."]
    end = next(number for number, line in enumerate(lines) if line.startswith("Source: "))
    start = 6 if lines[5].startswith("♦ ") else 5
    yield Record(
        file=path.name,
        title=lines[2],
        body="\n\n".join(lines[start:end]),
        when=lines[3],
        source=lines[end].removeprefix("Source: "),
        category=None,
        language="en",
        url=None,
    )


def _warc(path: Path, data: bytes) -> Iterator[Record]:
    for record in ArchiveIterator(io.BytesIO(data)):
        if record.rec_type == "response":
            page = next(_page(path, record.content_stream().read()))
            assert page.url == record.rec_headers.get_header("WARC-Target-URI")
            yield page


READERS: dict[str, Callable[[Path, bytes], Iterator[Record]]] = {
    ".jsonl": _json_lines,
    ".jsonl.gz": lambda path, data: _json_lines(path, gzip.decompress(data)),
    ".jsonl.zst": lambda path, data: _json_lines(path, zstandard.decompress(data)),
    ".json": _json_array,
    ".csv": _table,
    ".tsv": _table,
    ".xml": _feed,
    ".html": _page,
    ".txt": _saved_page,
    ".warc.gz": _warc,
}


def _suffix(path: Path) -> str:
    return max((suffix for suffix in READERS if path.name.endswith(suffix)), key=len)


def _utc_day(when: str) -> date:
    if when in DATES_IN_WORDS:
        return DATES_IN_WORDS[when]
    if re.fullmatch(r"\d\d/\d\d/\d{4}", when):
        return datetime.strptime(when, "%d/%m/%Y").date()
    stamp = parsedate_to_datetime(when) if "," in when else datetime.fromisoformat(when)
    return (stamp.astimezone(UTC) if stamp.tzinfo else stamp).date()


@pytest.fixture(scope="module")
def by_file() -> dict[str, list[Record]]:
    paths = sorted(path for path in ARTICLES.rglob("*") if path.is_file())
    return {
        path.relative_to(ARTICLES).as_posix(): list(READERS[_suffix(path)](path, path.read_bytes())) for path in paths
    }


@pytest.fixture(scope="module")
def records(by_file: dict[str, list[Record]]) -> list[Record]:
    return [record for group in by_file.values() for record in group]


@pytest.fixture(scope="module")
def readme() -> str:
    return (DEMO / "README.md").read_text("utf-8")


def _readme_rows(readme: str, heading: str) -> dict[str, int]:
    """First cell -> last cell of the table under a heading."""
    section = readme.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {cells[0].replace("`", ""): int(cells[-1]) for cells in rows if cells[-1].isdigit()}


def test_readme_counts_every_file(by_file: dict[str, list[Record]], readme: str) -> None:
    counted: Counter[str] = Counter()
    for name, group in by_file.items():
        folder, _, file = name.rpartition("/")
        counted[f"{folder}/*{Path(file).suffix}" if folder in {"html", "saved-pages"} else name] += len(group)
    assert _readme_rows(readme, "Files") == dict(counted)


def test_readme_counts_every_language(records: list[Record], readme: str) -> None:
    assert _readme_rows(readme, "Languages") == dict(Counter(record.language for record in records))


def test_readme_counts_every_source(records: list[Record], readme: str) -> None:
    assert _readme_rows(readme, "Sources") == dict(Counter(record.source or "(none)" for record in records))


def test_readme_known_answers(records: list[Record], readme: str) -> None:
    days = Counter(_utc_day(r.when) for r in records if r.when and r.when not in COARSE_DATES)

    def naming(words: str) -> int:
        return sum(words.casefold() in f"{record.title}\n{record.body}".casefold() for record in records)

    assert _readme_rows(readme, "Known answers") == {
        "articles in all": len(records),
        "articles with no date": sum(record.when is None for record in records),
        "articles dated to a month or a year only": sum(record.when in COARSE_DATES for record in records),
        "articles of 14 October 2021": days[date(2021, 10, 14)],
        "articles of 15 November 2022": days[date(2022, 11, 15)],
        "articles of 16 November 2022": days[date(2022, 11, 16)],
        "articles of 21 July 2024": days[date(2024, 7, 21)],
        "articles of 20 to 27 July 2024": sum(
            count for day, count in days.items() if date(2024, 7, 20) <= day <= date(2024, 7, 27)
        ),
        "translations with their original beside them": sum(bool(record.original_url) for record in records),
        "articles with the words Normandy Group": naming("Normandy Group"),
        "articles with the word Lavrov": naming("Lavrov"),
        "articles with the word Chandrayaan-3": naming("Chandrayaan-3"),
        "articles with the word Kamala": naming("Kamala"),
    }


def test_there_are_enough_articles_in_seven_languages(records: list[Record]) -> None:
    languages = Counter(record.language for record in records)
    assert len(records) >= 120
    assert set(languages) == {"en", "ar", "zh", "fr", "de", "ru", "es"}
    assert min(languages.values()) >= 6


def test_every_article_has_a_title_and_a_body(records: list[Record]) -> None:
    assert [record for record in records if not record.title or len(record.body) < 150] == []


def test_addresses_are_unique(records: list[Record]) -> None:
    addresses = Counter(record.url or record.file for record in records)
    assert [address for address, count in addresses.items() if count > 1 and ".example/" in address] == []
    assert {record.file for record in records if not record.url} == {
        path.name for path in (ARTICLES / "saved-pages").iterdir()
    }


def test_given_ids_are_unique(by_file: dict[str, list[Record]]) -> None:
    wire = gzip.decompress((ARTICLES / "halyard-wire.jsonl.gz").read_bytes()).decode("utf-8").splitlines()
    array = json.loads((ARTICLES / "northgate-tribune.json").read_bytes())
    ids = [json.loads(line)["id"] for line in wire] + [item["id"] for item in array]
    assert len(set(ids)) == len(ids) == len(by_file["halyard-wire.jsonl.gz"]) + len(by_file["northgate-tribune.json"])


def test_dates_lie_between_2019_and_july_2024(records: list[Record]) -> None:
    days = [_utc_day(record.when) for record in records if record.when and record.when not in COARSE_DATES]
    assert (min(days), max(days)) == (date(2019, 4, 10), date(2024, 7, 27))


def test_every_translation_names_an_original_of_its_language(records: list[Record]) -> None:
    languages = {record.url: record.language for record in records if record.url}
    translations = [record for record in records if record.translated_from]
    assert len(translations) >= 14
    assert {record.language for record in translations} == {"en"}
    assert [
        record for record in translations if languages.get(record.original_url or "") != record.translated_from
    ] == []


def test_the_seed_story_names_its_entities(records: list[Record]) -> None:
    (story,) = [record for record in records if record.source == "SANA"]
    names = (
        "Sergey Lavrov, Vladimir Putin, Joe Biden, Antony Blinken, Interfax, Normandy Group, Russia, United States, "
        "Rome, Uzbekistan, Germany, France, Ukraine, Kyiv"
    )
    assert [name for name in names.split(", ") if name not in story.body] == []


def _unpacked(path: Path) -> list[tuple[str | None, str | None, bytes]] | bytes:
    # Compared unpacked, because two releases of zlib or zstd may pack the same bytes differently.
    data = path.read_bytes()
    if path.name.endswith(".zst"):
        return zstandard.decompress(data)
    if path.name.endswith(".warc.gz"):
        return [
            (
                record.rec_headers.get_header("WARC-Record-ID"),
                record.rec_headers.get_header("WARC-Date"),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(io.BytesIO(data))
        ]
    return gzip.decompress(data)


def test_packing_again_gives_the_committed_files(tmp_path: Path) -> None:
    pack: Callable[[Path], list[Path]] = runpy.run_path(str(DEMO / "pack.py"))["pack"]
    written = pack(tmp_path / "once")
    assert {path.name: _unpacked(path) for path in written} == {
        path.name: _unpacked(ARTICLES / path.name) for path in written
    }
    again = pack(tmp_path / "twice")
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in again]
