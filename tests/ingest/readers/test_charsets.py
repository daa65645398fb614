"""JSON, lines of JSON and pages in charsets of before UTF-8, each as the one decoder reads them."""

import json

import pytest

from ..conftest import Building
from ..test_charset import TEXTS

CODECS = [("ru", "cp1251"), ("ja", "cp932"), ("zh", "gbk"), ("ar", "cp1256"), ("pl", "cp1250"), ("tr", "cp1254")]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.dat"])
def test_json_in_wide_letters(building: Building, codec: str, name: str) -> None:
    records = [{"title": "Мост", "body": TEXTS["ru"]}, {"title": "Bridge", "body": "Text."}]
    text = json.dumps(records, ensure_ascii=False) if name == "a.json" else "\r\n".join(map(json.dumps, records))
    building.write(name, text.encode(codec))
    assert building.run().new == 2
    assert building.titles() == ["Мост", "Bridge"]


@pytest.mark.parametrize(("language", "codec"), CODECS)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "b.json"])
def test_json_in_old_charsets(building: Building, language: str, codec: str, name: str) -> None:
    records = [{"title": f"{number}", "body": TEXTS[language]} for number in range(3)]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    whole = json.dumps({"articles": records} if name == "b.json" else records, ensure_ascii=False)
    building.write(name, (lines if name == "a.jsonl" else whole).encode(codec))
    assert building.run().notes == {}
    assert [article.body for article in building.articles] == [TEXTS[language]] * 3


@pytest.mark.parametrize(("language", "codec"), CODECS)
@pytest.mark.parametrize("declared", ["", "right", "iso-8859-1"])
def test_pages_in_old_charsets(building: Building, language: str, codec: str, declared: str) -> None:
    meta = f'<meta charset="{codec if declared == "right" else declared}">' if declared else ""
    prose = "".join(f"<p>{TEXTS[language]}</p>" for _ in range(3))
    building.write(
        "a.html",
        f"<html><head>{meta}<title>1</title></head><body><article>{prose}</article></body></html>".encode(codec),
    )
    building.run()
    assert TEXTS[language] in building.articles[0].body


def test_a_page_that_switches_alphabets_by_escapes(building: Building) -> None:
    prose = "".join(f"<p>{TEXTS['ja']}</p>" for _ in range(3))
    head = '<head><meta charset="iso-2022-jp"><title>橋</title></head>'
    page = f"<html>{head}<body><article>{prose}</article></body></html>"
    building.write("a.html", page.encode("iso2022_jp"))
    building.run()
    assert (building.titles(), TEXTS["ja"] in building.articles[0].body) == (["橋"], True)


def test_a_short_page_is_read_by_its_language(building: Building) -> None:
    page = (
        f'<html lang="tr"><head><title>Haber</title></head><body><article><p>{TEXTS["tr"]}</p></article></body></html>'
    )
    building.write("a.html", page.encode("cp1254"))
    building.run()
    assert building.articles[0].body == TEXTS["tr"]
