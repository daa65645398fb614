"""The lines of a table -> its rows, also where quotes are missing. Called by `table`.

A quoted cell may run over many lines. One whose closing quote is missing would take in all that follows: it is known by
the full rows among its lines, and ends with its first line.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

# Among the lines of one cell this many are looked at.
MOST_LOOKED_AT = 1000


class Row(NamedTuple):
    """The cells of one row, and what is wrong with it, if anything: `open` for a quote, `long` for a line."""

    cells: list[str]
    fault: str = ""


class Rows:
    """Reads a table of so many columns row by row; no line nor cell is longer than `limit` characters."""

    def __init__(self, text: TextIO, delimiter: str, limit: int) -> None:
        self.columns = 0  # not known until the header was read
        self._text = text
        self._delimiter = delimiter
        self._limit = limit
        self._back: deque[str] = deque()
        sign = re.escape(delimiter)
        # A quote inside a cell that is no delimiter's neighbour, and so does not end the cell.
        self._inner_quote = re.compile(rf'(?<![{sign}\r\n"])(?<!^)"(?![{sign}\r\n"])(?!$)')
        csv.field_size_limit(max(limit, csv.field_size_limit()))

    def __iter__(self) -> Iterator[Row]:
        while line := self._line():
            yield self._row(line)

    def _line(self) -> str:
        return self._back.popleft() if self._back else self._text.readline(self._limit)

    def _row(self, line: str) -> Row:
        if len(line) >= self._limit:
            while (rest := self._text.readline(self._limit)) and not rest.endswith("\n"):
                pass
            return Row([line[:1000]], "long")
        if '"' not in line:
            return Row(self._loosely(line))
        if (cells := self._strictly(line)) is not None:
            return Row(cells)
        return self._of_many_lines(line)

    def _of_many_lines(self, first: str) -> Row:
        lines: list[str] = []

        def more() -> Iterator[str]:
            size = 0
            line = first
            while line and size <= self._limit:
                size += len(line)
                lines.append(line)
                yield line
                line = self._line()
            if line:
                self._back.appendleft(line)

        try:
            cells = next(csv.reader(more(), delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            return self._mended(lines, None, ended="unexpected end" in str(error))
        return Row(cells) if len(lines) == 1 or len(cells) == self.columns else self._mended(lines, cells)

    def _mended(self, lines: list[str], cells: list[str] | None, *, ended: bool = False) -> Row:
        """The row of lines that are no proper row together, or one of another length than the header."""
        if not any(self._is_row(line) for line in lines[1 : MOST_LOOKED_AT + 1]):
            whole = "".join(lines)
            cells = cells or self._strictly(self._inner_quote.sub('""', whole.replace('\\"', '""')))
            if cells is not None:
                return Row(cells)
            if ended and len(lines) > 1:
                return Row(self._loosely(whole), "open")
        self._back.extendleft(reversed(lines[1:]))
        cells = self._loosely(lines[0])
        if len(cells) < self.columns:
            *cells, opened = cells
            cells += [cell.strip('"') for cell in self._loosely(opened.rstrip("\r\n"))]
        return Row(cells, "" if len(cells) == self.columns else "open")

    def _is_row(self, line: str) -> bool:
        cells = self._strictly(line)
        return cells is not None and len(cells) == self.columns > 1

    def _strictly(self, text: str) -> list[str] | None:
        try:
            return next(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return None

    def _loosely(self, text: str) -> list[str]:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter), [])
