"""PDF, Word and EPUB."""

import io
import sys
from collections.abc import Callable
from typing import Any

import docx
import pytest

from tests.ingest.conftest import Building
from tests.ingest.readers.documents import epub, packed, pdf

Rejects = Callable[[], list[dict[str, Any]]]
PROSE = "The ferry sailed again on Thursday after two years of repairs, and the quay was full of people who waved. "


def word(**facts: str) -> bytes:
    document = docx.Document()
    document.add_heading("Ferry sails", 1)
    document.add_paragraph("It sailed on Thursday.")
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Passengers", "212"
    document.add_paragraph("It came back.")
    for name, value in facts.items():
        setattr(document.core_properties, name, value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_pdf_has_its_text_and_the_numbers_of_its_pages(building: Building) -> None:
    pages = [["Ferry sails", "It sailed on Thursday."], ["It came back."], []]
    facts = {"Title": "Ferry sails again", "Author": "Ann Lee", "Keywords": "ferry, harbour"}
    building.write("bote-1931-05-02.pdf", pdf(pages, **facts, CreationDate="D:20110304050607Z"))
    assert building.run().new == 1
    (article,) = building.articles
    assert (article.title, article.author, article.topic) == ("Ferry sails again", ("Ann Lee",), ("ferry", "harbour"))
    assert article.body == "[p. 1]\n\nFerry sails\nIt sailed on Thursday.\n\n[p. 2]\n\nIt came back."
    assert article.published is not None
    assert article.published.isoformat() == "1931-05-02"
    assert (article.extra["pages"], article.extra["made"]) == (3, "20110304050607Z")


def test_a_pdf_of_one_page_has_no_page_numbers_and_is_titled_by_its_first_line(building: Building) -> None:
    building.write("a.pdf", pdf([["Ferry sails", "It sailed."]], Title="Microsoft Word - draft.doc"))
    building.run()
    (article,) = building.articles
    assert (article.title, article.published) == ("Ferry sails", None)
    assert article.body.endswith("It sailed.")
    assert "[p." not in article.body


def test_pdf_files_without_text_and_damaged_ones(building: Building, rejects: Rejects) -> None:
    building.write("pictures.pdf", pdf([[], []]))
    building.write("damaged.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 4)
    report = building.run()
    assert [s.reason for s in report.skipped_files] == ["a PDF file without text: its pages are pictures"]
    assert [r["reason"] for r in rejects()] == ["broken_stream"]


def test_a_word_document(building: Building) -> None:
    building.write("a.docx", word(author="Ann Lee", keywords="ferry; harbour", title="Template of 1998"))
    building.run()
    (article,) = building.articles
    assert (article.title, article.author, article.topic) == ("Ferry sails", ("Ann Lee",), ("ferry", "harbour"))
    assert article.body == "It sailed on Thursday.\n\nPassengers 212\n\nIt came back."


def test_a_damaged_word_document(building: Building, rejects: Rejects) -> None:
    building.write("a.docx", packed({"word/document.xml": "<w:document"}))
    building.run()
    assert [r["reason"] for r in rejects()] == ["broken_stream"]


@pytest.mark.parametrize(("module", "name", "data"), [("pypdf", "a.pdf", pdf([["x"]])), ("docx", "a.docx", word())])
def test_without_the_library_the_file_waits_with_advice(
    building: Building, rejects: Rejects, monkeypatch: pytest.MonkeyPatch, module: str, name: str, data: bytes
) -> None:
    building.write(name, data)
    with monkeypatch.context() as without:
        without.setitem(sys.modules, module, None)
        building.run()
    (reject,) = rejects()
    assert reject["reason"] == "needs_package"
    assert "pip install 'broadsheet[documents]'" in reject["detail"]
    assert building.run().new == 1
    assert rejects() == []


def test_each_chapter_of_an_epub(building: Building) -> None:
    chapters = {
        "cover.xhtml": "<h1>Quay Quarterly</h1>",
        "one.xhtml": f"<h1>Ferry sails</h1><p>{PROSE}</p><p>Second.</p>",
        "two.xhtml": f"<h2>Harbour grows</h2><p>{PROSE}</p>",
    }
    building.write("a.epub", epub(chapters))
    assert building.run().new == 2
    one, two = building.articles
    assert (one.id, one.title, one.source) == ("urn:isbn:1#OEBPS/one.xhtml", "Ferry sails", "Quay Quarterly")
    assert one.body == f"{PROSE.strip()}\n\nSecond."
    assert (one.author, one.language, one.topic) == (("Ann Lee",), "en", ("Harbours",))
    assert one.published is not None
    assert one.published.isoformat() == "2019-05-01"
    assert two.title == "Harbour grows"


def test_an_epub_whose_chapter_is_missing_keeps_the_others(building: Building, rejects: Rejects) -> None:
    data = epub({"one.xhtml": f"<h1>One</h1><p>{PROSE}</p>", "two.xhtml": f"<p>{PROSE}</p>"})
    building.write("a.epub", data.replace(b"OEBPS/two.xhtml", b"OEBPS/off.xhtml"))
    building.run()
    assert building.titles() == ["One"]
    assert [(r["reason"], r["record"]) for r in rejects()] == [("bad_record", 2)]
