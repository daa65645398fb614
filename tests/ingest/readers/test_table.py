"""CSV and TSV."""

from collections.abc import Callable
from typing import Any

import pytest

from ..conftest import Building


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", 'id,title,text\n1,"One, two","He said ""no"".\nThen left."\n2,Three,Four\n'),
        ("a.tsv", 'id\ttitle\ttext\n1\tOne, two\t"He said ""no"".\nThen left."\n2\tThree\tFour\n'),
        ("a.csv", 'id;title;text\r\n1;"One, two";"He said ""no"".\r\nThen left."\r\n2;Three;Four\r\n'),
        ("a.dat", '\ufeffid|title|text\n1|One, two|"He said ""no"".\nThen left."\n2|Three|Four\n'),
    ],
)
def test_delimiters_quotes_and_marks(building: Building, name: str, data: str) -> None:
    building.write(name, data)
    assert building.run().new == 2
    assert [(a.id, a.title, a.body) for a in building.articles] == [
        ("1", "One, two", 'He said "no".\n\nThen left.'),
        ("2", "Three", "Four"),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_encodings(building: Building, encoding: str) -> None:
    building.write("a.csv", "id,title,text\n1,Café,déjà vu\n".encode(encoding))
    building.run()
    assert (building.articles[0].title, building.articles[0].body) == ("Café", "déjà vu")


def test_cells_that_say_nothing_and_cells_that_hold_json(building: Building) -> None:
    building.write(
        "a.csv", ',headline,body,author,persons\n0,One,Text,NaN,"[""Ann Lee""]"\n1,Two,Text,"[\'Bo\', \'Cy\']",None\n'
    )
    building.run()
    one, two = building.articles
    assert (one.author, one.names("person"), one.extra) == ((), ("Ann Lee",), {})
    assert (two.author, two.names("person")) == (("Bo", "Cy"), ())


def test_a_row_with_too_many_cells_is_rejected(building: Building, rejects: Callable[[], list[dict[str, Any]]]) -> None:
    building.write("a.csv", "id,title,text\n1,One,a, b, c\n2,Two,d\n3,Three\n")
    assert building.run().new == 2
    assert [(r["record"], r["reason"]) for r in rejects()] == [(1, "bad_record")]


def test_a_table_of_something_else_is_rejected_once(
    building: Building, rejects: Callable[[], list[dict[str, Any]]]
) -> None:
    building.write("a.csv", "Symbol,Sector\nMMM,Industrials\n")
    building.run()
    assert [(r["record"], r["reason"]) for r in rejects()] == [(None, "bad_record")]


def test_a_long_cell_is_read(building: Building) -> None:
    building.write("a.csv", "id,title,text\n1,One," + "word " * 100_000 + "\n")
    building.run()
    assert len(building.articles[0].body) == 499_999
