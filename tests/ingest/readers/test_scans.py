"""ALTO, METS, hOCR and TEI."""

from collections.abc import Callable
from typing import Any

from tests.ingest.conftest import Building
from tests.ingest.readers.documents import alto, packed

Rejects = Callable[[], list[dict[str, Any]]]
FIRST = alto(
    ("B1", [["Ferry", "sails"]]), ("B2", [["It", "sailed", "on", "Thurs-|Thursday"], ["day|Thursday", "at", "noon."]]),
    ("B3", [["For", "sale:", "a", "boat."]]), number=1,
)  # fmt: skip
SECOND = alto(("B4", [["The", "quay", "was", "full."]]), ("B5", [["Rain", "is", "near."]]), number=2)
METS = """<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="bote-19310502">
<dmdSec ID="ISSUE"><mdWrap><xmlData><mods><titleInfo><title>Lindentaler Bote</title></titleInfo><originInfo>
<dateIssued>1931-05-02</dateIssued></originInfo><language><languageTerm>en</languageTerm></language><part>
<detail type="volume"><number>12</number></detail></part></mods></xmlData></mdWrap></dmdSec>
<dmdSec ID="ART1"><mdWrap><xmlData><mods><titleInfo><title>Ferry Sails Again</title></titleInfo><name>
<displayForm>Ann Lee</displayForm></name></mods></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp><file ID="F1"><FLocat xlink:href="file://./alto/0001.xml"/></file>
<file ID="F2"><FLocat xlink:href="alto/0002.xml"/></file></fileGrp></fileSec>
<structMap TYPE="PHYSICAL"><div><div ORDERLABEL="3"><fptr><area FILEID="F1"/></fptr></div>
<div ORDERLABEL="4"><fptr><area FILEID="F2"/></fptr></div></div></structMap>
<structMap TYPE="LOGICAL"><div TYPE="Newspaper"><div TYPE="ARTICLE" ID="A1" DMDID="ART1">
<div TYPE="HEADING"><fptr><area BETYPE="IDREF" FILEID="F1" BEGIN="B1"/></fptr></div>
<div TYPE="BODY"><fptr><area BETYPE="IDREF" FILEID="F1" BEGIN="B2"/></fptr>
<fptr><area BETYPE="IDREF" FILEID="F2" BEGIN="B4"/></fptr></div></div></div></structMap></mets>"""


def test_a_page_alone(building: Building) -> None:
    building.write("bote_1931-05-02_p1.xml", FIRST)
    building.run()
    (page,) = building.articles
    assert (page.title, page.body) == (
        "bote_1931-05-02_p1, 1", "Ferry sails\n\nIt sailed on Thursday at noon.\n\nFor sale: a boat.",
    )  # fmt: skip
    assert page.published is not None
    assert page.published.isoformat() == "1931-05-02"
    assert page.extra == {"page": "1", "scan": "scan.tif", "ocr_confidence": 0.9}


def test_a_page_is_called_after_its_folder_where_its_own_name_says_nothing(building: Building) -> None:
    building.write("bote 1931-05-02/alto/0001.xml", FIRST)
    building.run()
    (page,) = building.articles
    assert page.title == "alto 0001, 1"
    assert page.published is not None
    assert page.published.isoformat() == "1931-05-02"


def check_issue(building: Building) -> None:
    ferry, first, second = sorted(building.articles, key=lambda article: article.id)
    assert (ferry.id, ferry.title, ferry.author) == ("bote-19310502#A1", "Ferry Sails Again", ("Ann Lee",))
    assert ferry.body == "It sailed on Thursday at noon.\n\nThe quay was full."
    assert (ferry.source, ferry.language, ferry.extra["page"]) == ("Lindentaler Bote", "en", "3, 4")
    assert (ferry.extra["heading_printed"], ferry.extra["volume"]) == ("Ferry sails", "12")
    assert ferry.published is not None
    assert ferry.published.isoformat() == "1931-05-02"
    assert (first.title, first.body) == ("Lindentaler Bote 1931-05-02, 3", "For sale: a boat.")
    assert (second.id, second.body) == ("bote-19310502#F2", "Rain is near.")


def test_an_issue_with_its_pages_beside_it(building: Building) -> None:
    building.write("issue/mets.xml", METS)
    building.write("issue/alto/0001.xml", FIRST)
    building.write("issue/alto/0002.xml", SECOND)
    report = building.run()
    assert {skipped.reason for skipped in report.skipped_files} == {"a page of the issue that mets.xml describes"}
    check_issue(building)


def test_an_issue_in_a_zip_file(building: Building) -> None:
    building.write("a.zip", packed({"i/bote-METS.xml": METS, "i/alto/0001.xml": FIRST, "i/alto/0002.xml": SECOND}))
    building.run()
    check_issue(building)


def test_an_issue_without_articles_gives_each_page(building: Building) -> None:
    building.write("mets.xml", METS.replace('TYPE="ARTICLE"', 'TYPE="SECTION"'))
    building.write("alto/0001.xml", FIRST)
    building.write("alto/0002.xml", SECOND)
    building.run()
    assert building.titles() == ["Lindentaler Bote 1931-05-02, 3", "Lindentaler Bote 1931-05-02, 4"]


def test_pages_that_are_missing_are_named(building: Building, rejects: Rejects) -> None:
    building.write("mets.xml", METS)
    building.write("alto/0001.xml", FIRST)
    building.run()
    assert "Ferry Sails Again" in building.titles()
    assert [(r["reason"], r["detail"]) for r in rejects()] == [
        ("bad_record", "The page alto/0002.xml is not beside it, or too large.")
    ]


def test_a_path_out_of_the_folder_is_not_followed(building: Building, rejects: Rejects) -> None:
    building.write("out.xml", FIRST)
    building.write("in/mets.xml", METS.replace("alto/0001.xml", "../out.xml").replace("alto/0002.xml", "/etc/a.xml"))
    building.run(building.folder / "in")
    assert [r["reason"] for r in rejects()] == ["bad_record"]


def test_hocr(building: Building) -> None:
    building.write(
        "scan.hocr",
        """<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>
        <meta name="ocr-system" content="x"/></head><body>
        <div class="ocr_page" title='image "p1.png"; bbox 0 0 9 9; ppageno 0; pageno 0'><p class="ocr_par">
        <span class="ocr_line"><span class="ocrx_word" title="x_wconf 90">Ferry</span>
        <span class="ocrx_word" title="x_wconf 70">sails</span></span></p><p class="ocr_par"><span class="ocr_line">It
        sailed.</span></p></div><div class="ocr_page"></div></body></html>""",
    )
    building.run()
    (page,) = building.articles
    assert (page.title, page.body) == ("scan, 1", "Ferry sails\n\nIt sailed.")
    assert page.extra == {"page": "1", "scan": "p1.png", "ocr_confidence": 0.8}


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Ferry sails</title>
<author>Ann Lee</author></titleStmt><publicationStmt><publisher>Text Bureau</publisher><idno>t-1</idno>
<date when="2020-01-01"/></publicationStmt><sourceDesc><bibl><title level="j">Lindentaler Bote</title>
<date when="1931-05-02">2 May</date></bibl></sourceDesc></fileDesc><profileDesc><langUsage><language ident="en"/>
</langUsage><textClass><keywords><term>Ferries</term></keywords></textClass></profileDesc></teiHeader>
<text><body>{}</body></text></TEI>"""
PARAGRAPHS = (
    "<p>It sail<lb break='no'/>ed on <choice><sic>Thrusday</sic><corr>Thursday</corr></choice><note>x</note>.</p>"
    "<lg><l>O ferry,</l><l>sail!</l></lg>"
)


def test_tei(building: Building) -> None:
    building.write("a.xml", TEI.format(PARAGRAPHS))
    building.run()
    (article,) = building.articles
    assert (article.id, article.title, article.author) == ("t-1", "Ferry sails", ("Ann Lee",))
    assert article.body.split("\n\n")[0] == "It sailed on Thursday."
    assert article.body.split("\n\n")[1].split() == ["O", "ferry,", "sail!"]
    assert (article.source, article.language, article.topic) == ("Lindentaler Bote", "en", ("Ferries",))
    assert article.published is not None
    assert article.published.isoformat() == "1931-05-02"


def test_divisions_of_a_tei_document_that_are_articles(building: Building) -> None:
    parts = "".join(f'<div type="article" xml:id="d{n}"><head>Title {n}</head><p>Text {n}.</p></div>' for n in (1, 2))
    building.write("a.xml", TEI.format(parts))
    building.run()
    assert [(a.id, a.title, a.body) for a in building.articles] == [
        ("t-1#d1", "Title 1", "Text 1."), ("t-1#d2", "Title 2", "Text 2."),
    ]  # fmt: skip


def test_what_stands_outside_of_the_articles_of_a_tei_document_is_kept(building: Building) -> None:
    parts = (
        '<div type="news"><head>Page 3</head><div type="article"><head>One</head><p>Text one.</p></div>'
        '<div type="article"><p>Text two.</p><div type="letter"><p>A letter in it.</p></div></div></div>'
        "<div><p>Between them.</p></div>"
    )
    building.write("a.xml", TEI.format(parts).replace("<idno>t-1</idno>", ""))
    building.run()
    assert sorted((a.title, a.body) for a in building.articles) == [
        ("Ferry sails", "Page 3\n\nBetween them."),
        ("Ferry sails, 2", "Text two.\n\nA letter in it."),
        ("One", "Text one."),
    ]
