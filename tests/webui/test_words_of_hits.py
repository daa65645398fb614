"""The words of hits on the page of results and in the API: asked for, listed, and what they lead to."""

import pytest
from flask.testing import FlaskClient

from tests.engines.memory import make_archive
from tests.engines.test_contract_significance import ARTICLES
from tests.webui.page import Page, arguments, get
from tests.webui.site import UNLIMITED, ask, make_client, plain
from tests.webui.test_pages import count_of, submitted

PANEL = "//details[summary/h3='Words of these hits']"


@pytest.fixture(scope="module")
def site() -> FlaskClient:
    """A reader of the articles about a strike and a harvest."""
    return make_client(ARTICLES, **UNLIMITED)


def rows(page: Page) -> list[tuple[str, str]]:
    """The words of the panel, and where each leads."""
    return [(a.text_content(), str(a.get("href"))) for a in page.all(f"{PANEL}//li/a")]


def test_the_panel_is_closed_until_it_is_asked_for(site: FlaskClient) -> None:
    page = get(site, "/search?q=strike&source=Field+Courier")
    assert page.all(PANEL) == []
    address = page.link("Words of these hits", "//aside")
    assert arguments(address) == [("q", "strike"), ("source", "Field Courier"), ("words", "1")]
    assert address.endswith("#filters")
    opened = get(site, address)
    assert [word for word, _ in rows(opened)][:3] == ["Heike Petersen", "crane", "harbour"]
    closed = opened.link("Hide", PANEL)
    assert arguments(closed) == [("q", "strike"), ("source", "Field Courier")]
    assert get(site, closed).all(PANEL) == []


def test_a_word_leads_to_as_many_articles_as_stand_beside_it(site: FlaskClient) -> None:
    page = get(site, "/search?q=strike&words=1")
    counts = page.texts(f"{PANEL}//li/span[@class='count']/text()[1]/..")
    assert counts[0] == "6 Person, in 100% of these, 0% of the rest"
    assert counts[1] == "6 in 100% of these, 0% of the rest"
    for (word, address), count in zip(rows(page), counts, strict=True):
        narrowed = get(site, address)
        assert count_of(narrowed) == int(count.split()[0]), word
        assert len(narrowed.all(PANEL)) == 1, "the panel stays open"
        assert narrowed.all("//ul[@class='warnings']") == []


def test_what_stands_beside_a_word_is_said_to_all(site: FlaskClient) -> None:
    page = get(site, "/search?q=strike&words=1")
    (row, *_) = page.all(f"{PANEL}//li[a='crane']")
    assert row.get("title") == "in 100% of these, 0% of the rest"
    assert row.xpath("string(.//span[@class='unseen'])") == row.get("title")
    assert row.xpath("string(a/bdi/@lang)") == "en"


def test_filters_keep_the_panel_open(site: FlaskClient) -> None:
    assert ("words", "1") in arguments(submitted(get(site, "/search?q=strike&words=1")))
    assert "words" not in dict(arguments(submitted(get(site, "/search?q=strike"))))


def test_where_nothing_is_said_more_the_panel_says_so(site: FlaskClient) -> None:
    page = get(site, "/search?words=1")
    assert rows(page) == []
    assert page.one(f"{PANEL}//p") == "Nothing is said much more in these than elsewhere in the archive. Hide"
    nothing = get(site, "/search?q=zzyzx&words=1")
    assert (count_of(nothing), nothing.all(PANEL)) == (0, [])


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("ar", "كلمات هذه النتائج"),
        ("zh-Hans", "这些结果中的词语"),
        ("fr", "Mots de ces résultats"),
        ("de", "Wörter dieser Ergebnisse"),
        ("ru", "Слова этих результатов"),
        ("es", "Palabras de estos resultados"),
    ],
)
def test_the_panel_is_in_the_language_of_the_reader(site: FlaskClient, language: str, label: str) -> None:
    page = get(site, f"/search?q=strike&words=1&ui={language}")
    assert page.texts("//aside//summary/h3")[0] == label
    assert "of these" not in page.text


def test_the_api_says_what_python_does(site: FlaskClient) -> None:
    archive = make_archive(ARTICLES)
    record = ask(site, "/words?q=strike&limit=2")
    assert record == plain(archive.significant_terms("strike", limit=2).to_dict())
    assert record["terms"][1] == {
        "kind": "word",
        "text": "crane",
        "language": "en",
        "count": 6,
        "share": 1.0,
        "rest_share": 0.0,
        "score": 26.992,
        "query": "strike AND crane",
    }
    assert (record["terms"][0]["kind"], record["terms"][0]["query"]) == ("person", "strike")
    assert [each["code"] for each in ask(site, "/words?q=strike&sise=2")["warnings"]] == ["perhaps-parameter"]
    assert site.get("/api/v1/words?limit=101").status_code == 400
