"""Articles -> the lines of a file, as a stream: CSV, JSON lines, RIS. Pure generators, called by the export view.

In: the articles of a search, one after another, and what the file should say of itself. Out: text in pieces of some
kilobytes. Memory does not grow with the number of articles. What a file says of itself never stands in the way of a
program that reads it; docs/exports.md says where it stands.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from indexer.article import Article
from indexer.interchange import to_record
from indexer.table import FIRST_COLUMNS, LAST_COLUMNS, cells, harmless
from webui.formats.citations import Reading, ris

CHUNK = 64 * 1024  # characters that are sent together; smaller pieces cost more calls than they save memory
BOM = "\ufeff"
COLUMNS = (*FIRST_COLUMNS, "permalink", *LAST_COLUMNS)
ABOUT = "broadsheet_export"
END = "broadsheet_export_end"
_STEM_LENGTH = 40


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself. `search` is the address of the search, `warnings` what of it was ignored.

    `chosen` articles were picked one by one: there is no query, and `search` is the address of the page of them.
    """

    archive: str
    query: str
    understood: str
    search: str
    generation: int
    time: datetime
    total: int
    warnings: tuple[str, ...] = ()
    chosen: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        record: dict[str, Any] = {
            "archive": self.archive,
            **({"clippings": self.search} if self.chosen else self._search()),
            "generation": self.generation,
            "time": self.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "total": self.total,
        }
        return record | ({"warnings": list(self.warnings)} if self.warnings else {})

    def _search(self) -> dict[str, str]:
        return {"query": self.query, "understood": self.understood, "search": self.search}


@dataclass(frozen=True, slots=True)
class Options:
    """How a table is written: `bom` shows old spreadsheets that it is UTF-8, `guard` lets no cell be a formula."""

    bom: bool = False
    guard: bool = True


Permalink = Callable[[str], str]
Writer = Callable[[Iterable[Article], About, Permalink, Options], Iterator[str]]


def as_csv(articles: Iterable[Article], about: About, permalink: Permalink, options: Options) -> Iterator[str]:
    """A header and a row for each article.

    The last heading is `broadsheet_export` and what the file says of itself; the cells below it are empty.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    if options.bom:
        buffer.write(BOM)
    writer.writerow([*COLUMNS, f"{ABOUT} {_json(about.to_dict())}"])
    for article in articles:
        row = [
            *cells(article, FIRST_COLUMNS),
            permalink(article.id).replace("\x00", ""),
            *cells(article, LAST_COLUMNS),
        ]
        writer.writerow([*(map(harmless, row) if options.guard else row), ""])
        if buffer.tell() >= CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def as_json_lines(articles: Iterable[Article], about: About, permalink: Permalink, _: Options) -> Iterator[str]:
    """A line for each article between one that says what the file is and one that says how many there were.

    A file without the last line was cut short.
    """
    pieces = [_json({ABOUT: about.to_dict()})]
    size = count = 0
    for count, article in enumerate(articles, 1):  # noqa: B007  # the count is wanted afterwards
        pieces.append(_json(to_record(article) | {"permalink": permalink(article.id)}))
        size += len(pieces[-1])
        if size >= CHUNK:
            yield "\n".join(pieces) + "\n"
            pieces, size = [], 0
    pieces.append(_json({END: {"count": count}}))
    yield "\n".join(pieces) + "\n"


def as_ris(articles: Iterable[Article], about: About, permalink: Permalink, _: Options) -> Iterator[str]:
    """A reference for each article. RIS has no place for words about a file, so each says under DP where it is from."""
    of = f"{about.total} clippings" if about.chosen else f"{about.total} for {about.query or '*'}"
    provider = (
        f"{about.archive}, export of {of}, generation {about.generation}, "
        f"{about.time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}, {about.search}"
    )
    accessed = about.time.astimezone(UTC).date()
    pieces: list[str] = []
    size = 0
    for article in articles:
        pieces.append(ris(article, Reading(permalink(article.id), about.archive, accessed), [("DP", provider)]))
        size += len(pieces[-1])
        if size >= CHUNK:
            yield "".join(pieces)
            pieces, size = [], 0
    yield "".join(pieces)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the ending of its name and address, its media type, and what writes it."""

    suffix: str
    content_type: str
    write: Writer


FORMATS: Mapping[str, Format] = {
    each.suffix: each
    for each in (
        Format("csv", "text/csv; charset=utf-8; header=present", as_csv),
        Format("jsonl", "application/jsonl; charset=utf-8", as_json_lines),
        Format("ris", "application/x-research-info-systems; charset=utf-8", as_ris),
    )
}


def encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """UTF-8; empty pieces, which would end a chunked answer, are left out."""
    for piece in pieces:
        if piece:
            yield piece.encode("utf-8", "replace")


def file_stem(archive: str, time: datetime, subject: str) -> str:
    """The name of a file without its ending, as `broadsheet-2024-05-01-lavrov`: letters, digits, hyphens of ASCII."""
    words = re.findall(r"[a-z0-9]+", f"{archive} {time:%Y-%m-%d} {subject}".lower())
    return "-".join(words)[:_STEM_LENGTH].strip("-") or "export"


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _json(record: Mapping[str, Any]) -> str:
    return orjson.dumps(record, default=str).decode()
