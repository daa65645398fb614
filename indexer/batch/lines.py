"""A text with a query on each line, or a column of a table -> its lines with their numbers.

Blank lines are no queries, nor are lines that begin with `#`. Called by `rows` and by who reads a file.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.errors import UsageError
from indexer.search.options import nearest

COMMENT = "#"
_BREAK = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Line:
    """A query and the number of its line, from 1."""

    number: int
    text: str


def lines_of(text: str | Iterable[str]) -> Iterator[Line]:
    """The queries of a text, or of a series of lines."""
    for number, line in enumerate(_BREAK.split(text) if isinstance(text, str) else text, 1):
        query = line.strip().lstrip(_MARK).strip()
        if query and not query.startswith(COMMENT):
            yield Line(number, query)


def column_of(text: str, column: str) -> Iterator[Line]:
    """The queries in one column of a table (CSV) with a header, by the name of the column or its number from 1.

    Raises:
        UsageError: there is no such column, or the text is no table.
    """
    text = text.lstrip(_MARK)
    head = _BREAK.split(text, maxsplit=1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    try:
        names = [name.strip() for name in next(rows, [])]
        at = _place(names, column)
        before = rows.line_num
        for row in rows:
            number, before = before + 1, rows.line_num
            query = " ".join(row[at].split()) if at < len(row) else ""
            if query:
                yield Line(number, query)
    except csv.Error as error:
        raise UsageError(f"Line {rows.line_num} is no row of a table: {error}.") from None


def _place(names: list[str], column: str) -> int:
    """Where a column stands."""
    if column in names:
        return names.index(column)
    folded = [name.casefold() for name in names]
    if column.casefold() in folded:
        return folded.index(column.casefold())
    if column.isascii() and column.isdigit() and 1 <= int(column[:9]) <= len(names):
        return int(column) - 1
    raise UsageError(f"The table has no column {column!r}{nearest(column, names)}")
