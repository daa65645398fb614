"""What goes wrong, as people and programs see it; and the headers that every answer carries."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.article import Article
from indexer.config import Config
from indexer.engines.base import Engine
from indexer.errors import IndexCorrupt, SearchTimeout
from indexer.search.request import SearchRequest
from indexer.search.results import SearchResults
from tests.engines.memory import MemoryEngine, make_archive
from tests.webui.page import get
from webui import create_app
from webui.http.security import HEADERS


class Failing(MemoryEngine):
    """An engine whose searches raise."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def search(self, request: SearchRequest) -> SearchResults:
        raise self.error


def failing(error: Exception) -> FlaskClient:
    engine: Engine = Failing(error)
    return create_app(Config(), Archive(Config(), engine)).test_client()


def test_a_missing_index_is_a_page_with_the_command_to_run(unbuilt: FlaskClient) -> None:
    page = get(unbuilt, "/")
    assert (page.status, page.one("//h1")) == (503, "There is no archive here")
    assert page.texts("//main//a") == []
    assert page.one("//pre") == "indexer build ARTICLES"
    assert page.headers["Retry-After"] == "10"
    assert get(unbuilt, "/search?q=a").status == 503
    assert unbuilt.get("/healthz").status_code == 200
    assert unbuilt.get("/readyz").status_code == 503
    assert get(unbuilt, "/help").status == 200
    problem = unbuilt.get("/api/v1/search").get_json()
    assert (problem["status"], problem["error"]) == (503, "NoIndex")


def test_an_index_that_appears_is_served(tmp_path: Path) -> None:
    config = Config().with_index(tmp_path / "index")
    client = create_app(config).test_client()
    assert client.get("/").status_code == 503
    with Archive(replace(config, entities=replace(config.entities, enabled=False))) as archive:
        archive.add([Article(id="x", title="First light", body="It was lit.", source="Lamp").with_hash()])
    assert get(client, "/search?q=light").one("//h1") == "1 article for light"


def test_a_bug_is_a_page_with_a_number_and_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        page = get(failing(RuntimeError("secret detail")), "/search")
    assert page.status == 500
    assert page.one("//h1") == "Something went wrong on our side"
    assert "secret detail" not in page.text
    (record,) = [record for record in caplog.records if record.exc_info]
    number = record.getMessage().split()[1]
    assert f"report it with the number {number}" in page.text


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (SearchTimeout("The query took longer than 10 s."), "This search takes too long"),
        (IndexCorrupt("MAIN_1.bsd is cut"), "The archive cannot be read just now"),
    ],
)
def test_an_archive_that_cannot_answer_now_is_503(
    error: Exception, title: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = get(failing(error), "/search")
    assert (page.status, page.one("//h1")) == (503, title)
    assert caplog.records[0].getMessage() == f"{type(error).__name__}: {error}"


def test_a_search_that_takes_too_long_keeps_what_was_typed() -> None:
    client = failing(SearchTimeout("The search took longer. Raise [search] budget_ms in the configuration."))
    page = get(client, "/search?q=a*+b*&source=AP&from=2004&page=3&ui=de")
    assert (page.status, page.one("//h1")) == (503, "Diese Suche dauert zu lange")
    assert page.texts("//ul[@class='warnings']/li") == [
        "Nehmen Sie seltenere Wörter, oder schränken Sie nach Datum oder Quelle ein."
    ]
    assert page.all("//input[@name='q']/@value") == ["a* b*"]
    kept = {field.get("name"): field.get("value") for field in page.all("//input[@form='search']")}
    assert kept == {"source": "AP", "from": "2004"}
    assert "budget_ms" not in page.text


def test_an_article_that_is_not_there_says_nothing_of_paths_or_commands(client: FlaskClient) -> None:
    page = get(client, "/article/nope")
    assert (page.status, page.one("//h1")) == (404, "Nothing at this address")
    assert page.texts("//main//p") == [
        "404", "The archive has no such article.", "The page may have moved, or the address was cut short.",
        "To the front page",
    ]  # fmt: skip


def test_methods_that_no_page_takes_are_refused(client: FlaskClient) -> None:
    assert client.post("/search").status_code == 405


@pytest.mark.parametrize(
    "path", ["/", "/search", "/article/a1", "/nope", "/api/v1/search", "/healthz", "/static/site.css", "/api/v1/nope"]
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_nothing_inline_and_nothing_foreign(client: FlaskClient) -> None:
    for path in (
        "/",
        "/search?q=lavrov",
        "/article/a1?q=lavrov",
        "/archive/2021/10",
        "/facet/person",
        "/help",
        "/nope",
    ):
        page = get(client, path)
        assert page.all("//@style") == []
        assert page.all("//style") == []
        assert page.all("//script[not(@src) and not(@type='application/ld+json')]") == []
        assert page.all("//@*[starts-with(name(), 'on')]") == []
        loaded = page.all("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
        assert [address for address in loaded if not address.startswith("/static/")] == []


def test_static_files_may_be_kept_for_ever_because_their_address_changes(client: FlaskClient) -> None:
    page = get(client, "/")
    (sheet,) = page.all("//link[@rel='stylesheet']/@href")
    with client.get(sheet) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.fixture
def public() -> Flask:
    config = Config()
    config = replace(config, web=replace(config.web, indexable=True, base_url="https://archive.example"))
    return create_app(config, make_archive([Article(id="x", title="t", body="b").with_hash()], config))


def test_search_engines_are_kept_out_unless_they_are_let_in(client: FlaskClient, public: Flask) -> None:
    def robots(reader: FlaskClient, path: str) -> list[str]:
        return [str(each) for each in get(reader, path).all("//meta[@name='robots']/@content")]

    assert robots(client, "/article/a1") == ["noindex, nofollow"]
    reader = public.test_client()
    assert robots(reader, "/article/x") == []
    assert robots(reader, "/search?q=t") == ["noindex, nofollow"]
    assert get(reader, "/article/x").all("//link[@rel='canonical']/@href") == ["https://archive.example/article/x"]
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert reader.get("/robots.txt").text.splitlines()[1] == "Disallow: /search"


def test_facet_and_paging_links_are_not_for_crawlers(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&size=2")
    for a in page.all("//aside//li//a | //nav[@class='pager']//a | //ol[contains(@class,'bars')]//a"):
        assert "nofollow" in a.get("rel")
