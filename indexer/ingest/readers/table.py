"""CSV and TSV tables with a header row: one article for each row. Quotes, line ends in cells and long cells allowed."""

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from indexer.ingest.aliases import ALIASES, folded
from indexer.ingest.charset import decode
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, bad
from indexer.ingest.readers.rows import Rows
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin, Rejected

DELIMITERS = (",", "\t", ";", "|")
SUFFIXES = (".csv", ".tsv", ".tab")
# So many rows may stand before the header: what the table is about, when it was made.
MOST_BEFORE = 8
_STATED_DELIMITER = re.compile(r"\s*(?:sep=([^\r\n])|\"sep=([^\r\n])\")[,;\t ]*(?=[\r\n])", re.IGNORECASE)
_TEXT_COLUMNS = frozenset(folded(name) for field in ("title", "body", "summary") for name in (field, *ALIASES[field]))
_KNOWN_COLUMNS = frozenset(folded(name) for field, names in ALIASES.items() for name in (field, *names))
_DATE_COLUMNS = frozenset(map(folded, ("published", *ALIASES["published"])))
# What databases and pandas write for "nothing".
_NOTHING = frozenset(("", "NULL", "null", "None", "NaN", "nan", "N/A", "\\N", "[]", "{}"))
_NAMELESS = ("", "Unnamed: 0", "Unnamed: 0.1", "index")


class Header(NamedTuple):
    """What the head of a table says: what parts its cells, the names of its columns, and in which row they stand."""

    delimiter: str
    names: list[str]
    row: int


def header(source: Input) -> Header | None:
    """The header of a table, or None when no row is one with a column of text.

    A table may begin with a line `sep=;`, from which spreadsheets learn the delimiter, and with blank lines; one that
    its name says to be a table also with a few lines about it.
    """
    if b"\0" in source.head:
        return None
    text = decode(source.head, languages=source.languages)[0].removeprefix("\ufeff")
    stated = _STATED_DELIMITER.match(text)
    before = MOST_BEFORE if stated or source.suffix in SUFFIXES else 0
    found = [
        candidate
        for delimiter in ((stated[1] or stated[2],) if stated else DELIMITERS)
        if (candidate := _header_in(text, delimiter, before))
    ]
    return max(found, key=lambda each: (-each[0].row, each[1]))[0] if found else None


def _header_in(text: str, delimiter: str, before: int) -> tuple[Header, int] | None:
    """The first row that names columns, and how many of them are known."""
    rows = Rows(io.StringIO(text, newline=""), delimiter, len(text) + 1)
    for number, (cells, _) in enumerate(rows):
        names = [folded(name.strip()) for name in cells]
        known = sum(name in _KNOWN_COLUMNS for name in names)
        if len(cells) > 1 and known * 2 >= min(len(cells), 6) and _TEXT_COLUMNS & set(names):
            return Header(delimiter, _named([name.strip() for name in cells]), number), known
        if number >= before and any(cells):
            break
    return None


def _named(names: list[str]) -> list[str]:
    """Column names; `data` is the date in four languages, where no other column has one."""
    if any(folded(name) in _DATE_COLUMNS for name in names):
        return names
    return ["date" if name.casefold() == "data" else name for name in names]


def read_table(source: Input) -> Iterator[Item]:
    """The rows of a table. A row with more cells than there are columns becomes a reject."""
    found = header(source)
    if found is None:
        raise Rejected("bad_record", "The first row names no column that could be a title or a text.")
    stream, _ = source.recoded()
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
    rows = Rows(text, found.delimiter, source.limits.max_line_mb * MEGABYTE)
    for number, (cells, fault) in enumerate(rows, -found.row):
        rows.columns = len(found.names)
        if number <= 0 or not any(cells):
            continue
        if fault == "long":
            yield bad(source, number, "too_long", f"More than {source.limits.max_line_mb} MB in one line.", cells[0])
            continue
        item = _item(source, number, found.names, cells)
        yield item
        if fault and isinstance(item, RawArticle):
            yield bad(source, number, "bad_record", "A quote is open: the text may lack its end.", " | ".join(cells))


def _item(source: Input, number: int, names: list[str], row: list[str]) -> Item:
    if len(row) > len(names) and any(row[len(names) :]):
        detail = (
            f"{len(row)} cells in a table of {len(names)} columns; a cell with a delimiter lacks its quotes, or one."
        )
        return bad(source, number, "bad_record", detail, " | ".join(row)[:200])
    cells = ((name, cell.strip()) for name, cell in zip(names, row, strict=False) if name not in _NAMELESS)
    fields = {name: _value(cell) for name, cell in cells if cell not in _NOTHING}
    return RawArticle(Origin(source.path, number), fields=fields, replaced=any("\ufffd" in cell for cell in row))


def _value(cell: str) -> Any:
    """A cell; a list or object that was written into it as JSON is read as such."""
    if cell[:1] in "[{" and cell[-1:] in "]}" and cell[:2] != "['":
        try:
            return orjson.loads(cell)
        except orjson.JSONDecodeError:
            return cell
    return cell
