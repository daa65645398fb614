"""Rows of a batch as the cells of a table, for CSV files on the command line and in the browser."""

import csv
import io
from collections.abc import Iterable, Iterator

from indexer.batch.rows import BatchRow
from indexer.table import harmless

NARROWERS = 3  # that are named of each row
COLUMNS = (
    "line",
    "query",
    "understood",
    "total",
    "first",
    "last",
    "sources",
    "distinct_sources",
    "match",
    "did_you_mean",
    "narrows",
    "warnings",
    "error",
    "same_as",
    "receipt",
)


def cells(row: BatchRow) -> list[str]:
    """The cells of a row under `COLUMNS`."""
    meant = row.did_you_mean
    found: tuple[object, ...] = (
        row.line,
        row.query,
        row.understood,
        row.total,
        row.first,
        row.last,
        sources_text(row),
        row.distinct_sources if row.total is not None else None,
        row.matching.mode.value if row.matching else None,
        f"{meant.query} ({meant.total})" if meant else None,
        narrows_text(row),
        " ".join(warning.message for warning in row.warnings),
        row.error,
        row.same_as,
        row.receipt,
    )
    return ["" if cell is None else str(cell).replace("\x00", "") for cell in found]


def sources_text(row: BatchRow) -> str:
    """`SANA (12); TASS (3)`."""
    return "; ".join(f"{each.value} ({each.count})" for each in row.sources)


def narrows_text(row: BatchRow) -> str:
    """`"john smith" (7); source: SANA (312)`; nothing where there are not too many hits."""
    choices = row.narrowing.named(NARROWERS) if row.narrowing else ()
    return "; ".join(f"{each.label} ({each.total})" for each in choices)


def as_csv(rows: Iterable[BatchRow], *, guard: bool = True) -> Iterator[str]:
    """A header and a line for each row; with `guard`, no cell is one that a spreadsheet would run as a formula."""
    yield _line(COLUMNS)
    for row in rows:
        found = cells(row)
        yield _line(map(harmless, found) if guard else found)


def _line(found: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(found)
    return buffer.getvalue()
