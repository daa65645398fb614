"""Ids and names of any characters come back from their addresses; hostile ones stay text."""

from urllib.parse import urljoin

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article, Entity
from indexer.config import Config
from tests.engines.memory import make_archive
from tests.webui.page import get
from webui import create_app
from webui.addresses import urls

STRANGE = [
    "https://example.org/2021/10/14/a?b=c&d=e#f",
    "a//b",
    "/leading",
    "trailing/",
    "..",
    "a/../b",
    "./x",
    "a b+c%20d%2Fe",
    "ünï çødé 北京 سانا",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE articles; --",
    "{{ 7*7 }}",
    "a\\b\\..\\c",
    "?q=1",
    "#top",
    ";a=b",
    "%",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "x" * 500,
]


@pytest.fixture(scope="module")
def site() -> Flask:
    articles = [
        Article(
            id=name, title=name, summary=name, body=f"{name}\n\nnamed", source=name, author=(name,), category=name,
            dateline=name, entities=(Entity("person", name, given=True),), url=name, archived_url=name,
        ).with_hash()
        for name in STRANGE
    ]  # fmt: skip
    return create_app(Config(), make_archive(articles))


@pytest.mark.parametrize("name", STRANGE)
def test_an_article_is_found_by_its_address(site: Flask, name: str) -> None:
    with site.test_request_context():
        address = urls.article(name)
    page = get(site.test_client(), address)
    assert page.status == 200
    assert page.all("//h1")[0].text_content() == name


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("field", ["source", "person"])
def test_a_name_is_found_by_its_address(site: Flask, field: str, name: str) -> None:
    with site.test_request_context():
        address = urls.profile(field, name)
    page = get(site.test_client(), address)
    assert page.status == 200
    assert page.texts("//ol[@class='hits']//h3")[0] == " ".join(name.split())


@pytest.mark.parametrize("path", ["/", "/search", "/search?q=named", "/facet/source", "/facet/category", "/archive/"])
def test_hostile_texts_stay_texts(site: Flask, path: str) -> None:
    page = get(site.test_client(), path)
    assert page.status == 200
    assert page.all("//script[not(@src)] | //img | //@onerror") == []
    assert [href for href in page.all("//a/@href") if not href.startswith(("/", "#", "https://example.org"))] == []


@given(st.text(min_size=1, max_size=40))
def test_what_fits_a_path_survives_a_browser(text: str) -> None:
    """Dot segments are the one thing that the rules of addresses take out of a path."""
    if urls.fits_path(text) and text.isprintable():
        path = f"/article/{urls.segment(text)}"
        assert urljoin("https://archive.example/x/y", path) == f"https://archive.example{path}"


def test_a_site_below_a_path_stays_there(site: Flask) -> None:
    page = site.test_client().get("/", headers={}, environ_overrides={"SCRIPT_NAME": "/news"}).get_data(as_text=True)
    assert 'action="/news/search"' in page
    assert 'href="/news/archive/' in page
