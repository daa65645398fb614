"""Names, dates and addresses keep their order and their language in a page of another direction; signs are its own."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from indexer.article import Article, Precision, Published
from tests.webui.page import Page, get
from tests.webui.site import make_client
from webui import i18n

DAY = Published(datetime(2023, 9, 13, tzinfo=UTC), Precision.DAY)
DERNA = Article(
    "derna",
    title="درنة المنكوبة",
    body="تواصل فرق الإنقاذ.",
    published=DAY,
    source="بريد الواحة",
    language="ar",
    author=("سلمى الحوراني", "ليلى حداد"),
    topic=("فيضان",),
    url="https://oasis.example/derna",
)
STORM = Article(
    "storm", title="After the storm", body="Dams.", published=DAY, source="بريد الواحة", language="en",
    translated_from="ar", author=("Dana Whitcombe",),
)  # fmt: skip
WIRE = replace(STORM, id="wire", source="Halyard Wire", translated_from=None)


@pytest.fixture(scope="module")
def reader() -> FlaskClient:
    return make_client([DERNA, STORM, WIRE])


def citation(page: Page) -> str:
    (found,) = page.all("//p[@id='citation']")
    text = html.tostring(found, encoding="unicode", with_tail=False)
    return str(text).replace(datetime.now(UTC).date().isoformat(), "TODAY")


def test_the_parts_of_a_citation_are_isolated_in_an_english_page(reader: FlaskClient) -> None:
    assert citation(get(reader, "/article/derna?ui=en")) == (
        '<p id="citation" class="citation"><bdi>الحوراني, سلمى</bdi>; <bdi>حداد, ليلى</bdi>. '
        '“<bdi lang="ar">درنة المنكوبة</bdi>”. <bdi lang="ar">بريد الواحة</bdi>. <bdi dir="ltr">2023-09-13</bdi>. '
        '<bdi dir="ltr">https://oasis.example/derna</bdi>. '
        '<bdi>Broadsheet</bdi>: <bdi dir="ltr">https://archive.example/article/derna</bdi> '
        '(accessed <bdi dir="ltr">TODAY</bdi>).</p>'
    )


def test_the_parts_of_a_citation_are_isolated_in_an_arabic_page(reader: FlaskClient) -> None:
    assert citation(get(reader, "/article/wire?ui=ar")) == (
        '<p id="citation" class="citation"><bdi>Whitcombe, Dana</bdi>. «<bdi lang="en">After the storm</bdi>». '
        '<bdi lang="en">Halyard Wire</bdi>. <bdi dir="ltr">2023-09-13</bdi>. '
        '<bdi>Broadsheet</bdi>: <bdi dir="ltr">https://archive.example/article/wire</bdi> '
        '(اطُّلع عليه في <bdi dir="ltr">TODAY</bdi>).</p>'
    )


def test_several_authors_are_parted_by_the_signs_of_the_language(reader: FlaskClient) -> None:
    assert "الحوراني, سلمى</bdi>؛ <bdi>حداد, ليلى" in citation(get(reader, "/article/derna?ui=ar"))
    credits = "//dl[@class='credits']/div[1]/dd"
    assert get(reader, "/article/derna?ui=en").one(credits) == "سلمى الحوراني and ليلى حداد"
    assert get(reader, "/article/derna?ui=zh-Hans").one(credits) == "سلمى الحوراني和ليلى حداد"
    assert get(reader, "/article/derna?ui=ar").one(credits) == "سلمى الحوراني وليلى حداد"


@pytest.mark.parametrize(
    ("ui", "id", "languages"),
    [
        ("en", "derna", ["ar"]),
        ("en", "storm", ["ar"]),  # a translation: its source is named in the original's language
        ("en", "wire", [None]),
        ("ar", "derna", [None]),
        ("ar", "wire", ["en"]),
    ],
)
def test_a_name_in_another_language_says_so(reader: FlaskClient, ui: str, id: str, languages: list[str | None]) -> None:
    page = get(reader, f"/article/{id}?ui={ui}")
    assert [bdi.get("lang") for bdi in page.all("//dl//a[starts-with(@href, '/source/')]/bdi")] == languages
    hits = get(reader, f"/search?ui={ui}").all(
        f"//article[h3/a[starts-with(@href, '/article/{id}')]]//a[@class='source']"
    )
    assert [hit.find("bdi").get("lang") for hit in hits] == languages


@pytest.mark.parametrize(
    ("ui", "marks"),
    [
        ("en", ("“", "”")),
        ("zh-Hans", ("“", "”")),
        ("de", ("„", "“")),
        ("ar", ("«", "»")),
        ("ru", ("«", "»")),
        ("es", ("«", "»")),
        ("fr", ("«\u00a0", "\u00a0»")),
    ],
)
def test_quotation_marks_are_those_of_the_language(reader: FlaskClient, ui: str, marks: tuple[str, str]) -> None:
    text = get(reader, f"/article/wire?ui={ui}").all("//p[@id='citation']")[0].text_content()
    assert f"{marks[0]}After the storm{marks[1]}" in text
    caption = get(reader, f"/compare?q=storm&ui={ui}").all("//span[@id='chart-caption']")[0].text_content()
    assert caption.endswith(f"{marks[0]}storm{marks[1]}")


def test_the_style_sheet_has_the_same_quotation_marks() -> None:
    style = (Path(i18n.__file__).parent / "static" / "site.css").read_text(encoding="utf-8")
    assert 'q:lang(de) { quotes: "„" "“"' in style
    assert 'q:is(:lang(ar), :lang(ru), :lang(es)) { quotes: "«" "»"' in style
    assert 'q:lang(fr) { quotes: "«\\a0" "\\a0»"' in style
    assert set(i18n.QUOTATION_MARKS) == {"de", "ar", "ru", "es", "fr"}


def test_a_day_and_a_time_are_parted_as_the_language_parts_them() -> None:
    at = Published(datetime(2021, 10, 14, 11, 15, tzinfo=UTC), Precision.SECOND)
    reader = make_client([Article("a", title="Fig", published=at)])
    shown = {ui: get(reader, f"/article/a?ui={ui}").one("//dl//time") for ui in ("en", "ar", "zh-Hans", "de")}
    assert shown == {
        "en": "October 14, 2021, 11:15 AM UTC",
        "ar": "14 أكتوبر 2021، 11:15 ص UTC",
        "zh-Hans": "2021年10月14日 11:15 UTC",
        "de": "14. Oktober 2021, 11:15 UTC",
    }
