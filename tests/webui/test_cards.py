"""What other sites show of a page: only of an archive that may be indexed and that everyone may read."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.article import Article, Precision, Published
from tests.webui.closed import Browser, Site
from tests.webui.page import Page, get
from tests.webui.site import make_client

ARTICLE = Article(
    "derna",
    title='Floods & "dams"',
    summary="Rescuers went on\nlooking for survivors.",
    body="Text.",
    published=Published(datetime(2023, 9, 13, 10, tzinfo=UTC), Precision.SECOND),
    source="Oasis Post",
    language="en-GB",
    extra={"image": {"url": "https://oasis.example/dam.jpg"}},
)


def card(page: Page) -> dict[str, str]:
    return {meta.get("property"): meta.get("content") for meta in page.all("//head/meta[@property]")}


def test_an_article_has_a_card() -> None:
    found = card(get(make_client([ARTICLE], indexable=True), "/article/derna?q=dams&ui=ar"))
    assert found == {
        "og:type": "article",
        "og:title": 'Floods & "dams"',
        "og:url": "https://archive.example/article/derna",
        "og:description": "Rescuers went on looking for survivors.",
        "og:site_name": "Broadsheet",
        "og:locale": "en_GB",
        "og:image": "https://oasis.example/dam.jpg",
        "article:published_time": "2023-09-13T10:00:00Z",
    }


def test_what_an_article_does_not_say_is_left_out() -> None:
    bare = Article("bare", extra={"image": {"url": "javascript:alert(1)"}})
    found = card(get(make_client([bare], indexable=True), "/article/bare"))
    assert list(found) == ["og:type", "og:title", "og:url", "og:site_name"]
    assert found["og:title"] == "Untitled article"


def test_a_long_text_is_cut_at_a_word() -> None:
    long = replace(ARTICLE, summary="", body="word " * 500)
    found = card(get(make_client([long], indexable=True), "/article/derna"))
    assert found["og:description"] == "word " * 39 + "word…"


def test_the_front_page_and_a_profile_have_cards() -> None:
    client = make_client([ARTICLE], indexable=True)
    front = card(get(client, "/"))
    assert front == {
        "og:type": "website",
        "og:title": "Broadsheet",
        "og:url": "https://archive.example/",
        "og:description": "The news, kept and searchable",
        "og:site_name": "Broadsheet",
        "og:locale": "en_US",
    }
    profile = card(get(client, "/source/Oasis%20Post?ui=fr"))
    assert profile["og:title"] == "Oasis Post"
    assert profile["og:url"] == "https://archive.example/source/Oasis%20Post"
    assert profile["og:description"] == "Source · 1 article"
    assert profile["og:locale"] == "fr_FR"


@pytest.mark.parametrize("path", ["/search?q=dams", "/facet/source", "/help", "/article/derna?version=1", "/nope"])
def test_other_pages_have_none(path: str) -> None:
    found = card(get(make_client([ARTICLE], indexable=True), path))
    assert (found != {}) == path.startswith("/article")  # its only version is the newest


@pytest.mark.parametrize("path", ["/", "/article/derna", "/source/Oasis%20Post"])
def test_a_site_that_is_not_to_be_indexed_has_none(path: str) -> None:
    assert card(get(make_client([ARTICLE]), path)) == {}


def test_a_closed_archive_has_none_even_for_its_readers(tmp_path: Path) -> None:
    site = Site(tmp_path, web={"indexable": True})
    site.add("ada")
    ada = Browser(site.app())
    for known in (False, True):
        if known:
            ada.login("ada")
        for path in ("/", "/article/a1", "/login"):
            assert "og:" not in ada.get(path).text
    assert "Lavrov" in ada.get("/article/a1").text
