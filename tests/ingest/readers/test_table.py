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


@pytest.mark.parametrize(
    "head",
    ["sep=;\n", '"sep=;"\r\n', "SEP=;\n", "\ufeffsep=;\n", "\n\n", "Export of 5 May 2021\n\n"],
)
def test_lines_before_the_header(building: Building, head: str) -> None:
    building.write("a.csv", head + 'title;text\nOne;"One; two."\nTwo;Three.\n')
    assert building.run().new == 2
    assert [(a.title, a.body) for a in building.articles] == [("One", "One; two."), ("Two", "Three.")]


def test_a_delimiter_that_only_the_file_states(building: Building) -> None:
    building.write("a.csv", "sep=^\ntitle^text\nOne^Two, three; four\n")
    building.run()
    assert [(a.title, a.body) for a in building.articles] == [("One", "Two, three; four")]


@pytest.mark.parametrize(
    "head",
    [
        "título;texto;fecha;autor", "TÍTULO;Conteúdo;Data;Autor", "Überschrift;Inhalt;Datum;Verfasser",
        "titre;contenu;date de publication;auteur", "заголовок;текст;дата;автор", "标题;正文;日期;作者",
        "العنوان;النص;التاريخ;الكاتب", "タイトル;本文;日付;著者", "제목;본문;날짜;기자", "tytuł;treść;data;autor",
        "başlık;metin;tarih;yazar",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_columns_named_in_many_languages(building: Building, head: str, encoding: str) -> None:
    building.write("a.csv", f"{head}\nOne;Two.;2021-04-05;Ann Lee\n".encode(encoding))
    building.run()
    article = building.articles[0]
    assert (article.title, article.body, article.author) == ("One", "Two.", ("Ann Lee",))
    assert article.published
    assert article.published.instant.isoformat()[:10] == "2021-04-05"


ROWS = [f"Story {number},Text number {number}.,2021-04-0{number}" for number in range(2, 8)]


@pytest.mark.parametrize(
    ("row", "body"),
    [
        ('Bridge,"It opened.,2021-04-01', "It opened."),
        ('Bridge,"It opened.,"2021-04-01"', "It opened."),
        ('"Bridge","It opened.,2021-04-01', "It opened."),
        ('Bridge,"It ""opened"".,2021-04-01', 'It "opened".'),
        ('Bridge,"He said "it opened" then",2021-04-01', 'He said "it opened" then'),
        (r'Bridge,"He said \"it opened\".",2021-04-01', 'He said "it opened".'),
        ('Bridge,"It opened.\n\nAll came.",2021-04-01', "It opened.\n\nAll came."),
        ('Bridge,"It opened,\nsaid "Ann" to all",2021-04-01', 'It opened,\n\nsaid "Ann" to all'),
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_an_open_quote_takes_in_no_other_rows(building: Building, row: str, body: str, quoted: bool) -> None:
    rows = [f'"{others}"'.replace(",", '","') for others in ROWS] if quoted else ROWS
    building.write("a.csv", "\n".join(["title,text,date", rows[0], row, *rows[1:]]) + "\n")
    report = building.run()
    assert (report.new, report.rejected) == (7, 0)
    assert building.titles() == ["Story 2", "Bridge", *(f"Story {number}" for number in range(3, 8))]
    assert building.articles[1].body == body
    assert all(article.published for article in building.articles)


def test_a_quote_that_stays_open_is_told(building: Building, rejects: Callable[[], list[dict[str, Any]]]) -> None:
    building.write("a.csv", 'title,text,date\nOne,Text.,2021-04-01\nTwo,"It opened\n\nand then')
    assert building.run().new == 2
    assert building.articles[1].body == "It opened\n\nand then"
    assert [(r["record"], r["reason"]) for r in rejects()] == [(2, "bad_record")]


def test_open_quotes_in_every_row_cost_little(building: Building) -> None:
    rows = [f'T{number},"text {number},2021-04-01' for number in range(3000)]
    building.write("a.csv", "\n".join(["title,text,date", *rows]))
    assert building.run().new == 3000


def test_rows_in_several_charsets(building: Building) -> None:
    rows = ["Заря,Губернатор открыл новый мост через реку.".encode("cp1251")] * 2 + [b"Plain,Text."]
    building.write("a.csv", b"\n".join([b"title,text", *rows]))
    building.run()
    assert building.titles() == ["Заря", "Plain"]
