"""Articles as rows: every field in its column, and no cell that a spreadsheet runs."""

import csv
import gzip
import io
from datetime import UTC, datetime

import pytest

from indexer.article import Article, Entity, Precision, Published, Revision
from indexer.table import COLUMNS, cells, harmless, write_table

WHOLE = Article(
    "a1",
    "Ferry, again",
    summary="=SUM(A1)",
    body='One.\n\nTwo, with "quotes".',
    published=Published(datetime(2021, 10, 14, tzinfo=UTC), Precision.DAY),
    source="SANA",
    author=("Jane Doe", "John Roe"),
    topic=("Ferries",),
    entities=(Entity("person", "Ann Lee"), Entity("person", "Ann Lee"), Entity("place", "Rome")),
    extra={"edition": "late", "page": [1, 2]},
    revision=Revision(number=2),
    added=datetime(2026, 11, 3, 14, 0, tzinfo=UTC),
).with_hash()


def test_every_field_has_its_cell() -> None:
    row = dict(zip(COLUMNS, cells(WHOLE, COLUMNS), strict=True))
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "a1",
        "title": "Ferry, again",
        "published": "2021-10-14",
        "precision": "day",
        "source": "SANA",
        "author": "Jane Doe; John Roe",
        "topic": "Ferries",
        "person": "Ann Lee",
        "place": "Rome",
        "summary": "=SUM(A1)",
        "body": 'One.\n\nTwo, with "quotes".',
        "version": "2",
        "added": "2026-11-03T14:00:00Z",
        "extra": '{"edition":"late","page":[1,2]}',
    }
    assert cells(WHOLE, ("title", "place")) == ["Ferry, again", "Rome"]


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize(("guard", "summary"), [(True, "'=SUM(A1)"), (False, "=SUM(A1)")])
def test_a_table_is_read_back(compressed: bool, guard: bool, summary: str) -> None:
    file = io.BytesIO()
    assert write_table([WHOLE, Article("b")], file, compressed, guard=guard) == 2
    data = gzip.decompress(file.getvalue()) if compressed else file.getvalue()
    first, second = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert (first["summary"], first["body"]) == (summary, WHOLE.body)
    assert {name for name, cell in second.items() if cell} == {"id"}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5.3", "-5.3"), ("+03:00", "+03:00"), ("\tx", "'\tx"), ("plain", "plain")],
)
def test_no_cell_is_a_formula(cell: str, shown: str) -> None:
    assert harmless(cell) == shown
