"""Articles as the rows of a table: the cells of CSV files, on the command line and in the browser.

Several authors, topics or names stand in one cell, parted by `; `; dates are as exact as the source was. A cell that a
spreadsheet would run as a formula can be made harmless.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import BinaryIO

import orjson

from indexer.article import ENTITY_KINDS, Article
from indexer.interchange import to_record
from indexer.zones import as_stated

_BETWEEN = "; "
_FACTS = ("source", "category", "language", "translated_from")
_TEXTS = ("dateline", "summary", "body")
_OF_THE_ARCHIVE = ("version", "modified", "captured", "added", "changed")
FIRST_COLUMNS = (
    "id",
    "title",
    "published",
    "precision",
    "zone",
    *_FACTS,
    "author",
    "topic",
    "collection",
    *ENTITY_KINDS,
)
LINKS = ("url", "archived_url", "original_url")
_TRANSLATION = tuple(f"translation_{name}" for name in ("language", "engine", "title", "summary", "body"))
LAST_COLUMNS = (*LINKS, *_TEXTS, *_TRANSLATION)
# Everything that is kept of an article but its earlier versions and where in the text each name stands.
COLUMNS = (*FIRST_COLUMNS, *LAST_COLUMNS, *_OF_THE_ARCHIVE, "extra")
# What a spreadsheet would run as a formula, or strip until it finds one (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Numbers, times and offsets from UTC, which can be no formula.
_FIGURE = re.compile(r"[+-]?\d+(?:[.,:]\d+)*%?")


def write_table(articles: Iterable[Article], file: BinaryIO, compressed: bool, *, guard: bool = True) -> int:
    """Write a header and a row for each article as CSV in UTF-8; returns how many.

    Args:
        articles: what to write.
        file: where to; it is not closed.
        compressed: with gzip.
        guard: let no cell be a formula.
    """
    count = 0
    with gzip.GzipFile(fileobj=file, mode="wb") if compressed else nullcontext(file) as lines:
        lines.write(_line(COLUMNS))
        for article in articles:
            found = cells(article, COLUMNS)
            lines.write(_line(map(harmless, found) if guard else found))
            count += 1
    return count


def cells(article: Article, columns: Sequence[str]) -> list[str]:
    """The cells of an article under some of `COLUMNS`."""
    published = article.published
    special: dict[str, object] = {kind: _BETWEEN.join(dict.fromkeys(article.names(kind))) for kind in ENTITY_KINDS}
    special |= {
        "published": as_stated(published) if published else "",
        "precision": published.precision.value if published else "",
        "zone": published.zone if published else "",
        "author": _BETWEEN.join(article.author),
        "topic": _BETWEEN.join(article.topic),
        "collection": _BETWEEN.join(article.collection),
    }
    made = article.translation
    special |= {name: getattr(made, name.removeprefix("translation_")) if made else "" for name in _TRANSLATION}
    if "extra" in columns:
        record = to_record(article)
        special |= {name: record.get(name) for name in _OF_THE_ARCHIVE}
        special["extra"] = orjson.dumps(record["extra"], default=str).decode() if article.extra else ""
    return [_text(special[name] if name in special else getattr(article, name)) for name in columns]


def harmless(cell: str) -> str:
    """An apostrophe before what a spreadsheet would run: `'=HYPERLINK(...)`. It shows the text as it was."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _FIGURE.fullmatch(cell) else cell


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("\x00", "")


def _line(found: Iterable[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(found)
    return buffer.getvalue().encode("utf-8", "replace")
