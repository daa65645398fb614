"""CSV and TSV tables with a header row: one article for each row. Quotes, line ends in cells and long cells allowed."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import orjson

from indexer.ingest.aliases import ALIASES, folded
from indexer.ingest.charset import decode, encoding_of_bom
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, bad
from indexer.ingest.streams import MEGABYTE, Input
from indexer.rejection import Origin, Rejected

DELIMITERS = (",", "\t", ";", "|")
_TEXT_COLUMNS = frozenset(folded(name) for field in ("title", "body", "summary") for name in (field, *ALIASES[field]))
_KNOWN_COLUMNS = frozenset(folded(name) for field, names in ALIASES.items() for name in (field, *names))
# What databases and pandas write for "nothing".
_NOTHING = frozenset(("", "NULL", "null", "None", "NaN", "nan", "N/A", "\\N", "[]", "{}"))
_NAMELESS = ("", "Unnamed: 0", "Unnamed: 0.1", "index")


def header(source: Input) -> tuple[str, list[str]] | None:
    """The delimiter and the column names, or None when the first row is no header with a column of text."""
    if b"\0" in source.head and encoding_of_bom(source.head) is None:
        return None
    text = decode(source.head)[0]
    best: tuple[int, str, list[str]] | None = None
    for delimiter in DELIMITERS:
        row = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        names = [folded(name.strip()) for name in row]
        known = sum(name in _KNOWN_COLUMNS for name in names)
        if (
            len(row) > 1
            and known * 2 >= min(len(row), 6)
            and _TEXT_COLUMNS & set(names)
            and (not best or known > best[0])
        ):
            best = known, delimiter, [name.strip() for name in row]
    return best[1:] if best else None


def read_table(source: Input) -> Iterator[Item]:
    """The rows of a table. A row with more cells than there are columns becomes a reject."""
    found = header(source)
    if found is None:
        raise Rejected("bad_record", "The first row names no column that could be a title or a text.")
    delimiter, names = found
    csv.field_size_limit(source.limits.max_line_mb * MEGABYTE)
    encoding = _encoding(source)
    text = io.TextIOWrapper(source.stream, encoding, errors="replace", newline="")
    rows = csv.reader(text, delimiter=delimiter)
    number = -1
    try:
        for number, row in enumerate(rows):
            if number == 0 or not any(row):
                continue
            yield _item(source, number, names, row)
    except csv.Error as error:
        yield bad(source, number + 1, "bad_record", f"{error}; a quote may be open. The rest of the file is not read.")


def _encoding(source: Input) -> str:
    marked = encoding_of_bom(source.head)
    if marked:
        # These names make the codec swallow the mark.
        return {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(marked, "utf-32")
    try:
        source.head[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end < len(source.head) - 8:
            return "cp1252"
    return "utf-8"


def _item(source: Input, number: int, names: list[str], row: list[str]) -> Item:
    if len(row) > len(names) and any(row[len(names) :]):
        detail = f"{len(row)} cells in a table of {len(names)} columns; a cell with a delimiter lacks its quotes."
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
