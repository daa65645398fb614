"""The head of an article leads to the original and copies the address; on paper a page says where it is from."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from indexer.article import Article
from indexer.timeline import of_day
from tests.webui.page import get
from tests.webui.site import make_client
from webui import i18n

WEB = "https://oasis.example/2023/derna?a=1&b=2"


@pytest.fixture(scope="module")
def reader() -> FlaskClient:
    return make_client(
        [
            Article("both", title="Fig", url=WEB, archived_url="https://web.example/copy", body="Dams"),
            Article("archived", title="Date", archived_url="https://web.example/copy"),
            Article("neither", title="Plum", url="javascript:alert(1)"),
        ]
    )


@pytest.mark.parametrize(
    ("id", "head"),
    [
        ("both", [("Where it was published", WEB, "oasis.example")]),
        ("archived", [("Archived copy", "https://web.example/copy", "web.example")]),
        ("neither", []),
    ],
)
def test_the_original_is_linked_with_its_host(reader: FlaskClient, id: str, head: list[tuple[str, str, str]]) -> None:
    found = get(reader, f"/article/{id}").all("//dl[@class='credits']/div[@class='away']")
    assert [
        (div.find("dt").text, div.find("dd/a").get("href"), div.find("dd/a").text_content()) for div in found
    ] == head
    assert all("nofollow" in div.find("dd/a").get("rel") for div in found)


def test_a_script_may_copy_the_address_without_the_search(reader: FlaskClient) -> None:
    page = get(reader, "/article/both?q=dams&pos=1&version=1&ui=en")
    (button,) = page.all("//dl[@class='credits']//button")
    assert (button.text, button.get("hidden"), button.get("data-copies")) == ("Copy link", "", "address")
    assert page.one("//*[@id='address']") == "https://archive.example/article/both?version=1"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/search?q=a%26b&source=No%20such", "https://archive.example/search?q=a%26b&source=No%20such"),
        ("/archive/2021/10", "https://archive.example/archive/2021/10"),
        ("/help", "https://archive.example/help"),
        ("/", "https://archive.example/"),
        ("/search?q=%3Cscript%3E", "https://archive.example/search?q=%3Cscript%3E"),
    ],
)
def test_every_page_has_its_address_and_the_day_for_print(reader: FlaskClient, path: str, address: str) -> None:
    with reader.application.test_request_context("/?ui=en"):
        today = i18n.period(of_day(datetime.now(UTC).date()))
    page = get(reader, path)
    assert page.one("//p[@class='printed']") == f"{address} · Retrieved on {today}"
    assert page.all("//*[@id='address']")[0].get("dir") == "ltr"


def test_an_error_page_names_no_address(reader: FlaskClient) -> None:
    assert get(reader, "/nope").all("//p[@class='printed']") == []


def test_controls_that_are_repeated_say_for_what(reader: FlaskClient) -> None:
    page = get(reader, "/search?q=fig")
    assert page.texts("//details[@class='why']/summary") == ["Why this result? Fig"]
    (title,) = page.all("//details[@class='why']/summary/span")
    assert title.get("class") == "unseen"
