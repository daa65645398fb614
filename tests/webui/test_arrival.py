"""What came since a day: chip, form, facet pages, feed, exports, comparison, receipt and JSON all keep it."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from indexer.article import Article
from tests.webui.page import Page, arguments, get
from tests.webui.site import BASE, make_client

ARTICLES = [
    replace(
        Article(id=id, title=f"Oil {id}", body="oil", source=source).with_hash(),
        added=datetime.fromisoformat(f"{came}+00:00"),
    )
    for id, source, came in (
        ("old", "A", "2026-10-31T12:00:00"),
        ("new", "A", "2026-11-03T14:00:30"),
        ("last", "B", "2026-11-04T09:00:00"),
    )
]
SINCE = ("added_from", "2026-11-03")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client(ARTICLES)


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    return get(client, "/search?q=oil&added_from=2026-11-03&sort=added")


def test_the_page_shows_what_came_then_and_a_chip_takes_it_off(page: Page) -> None:
    assert page.texts("//ol[@class='hits']//h3") == ["Oil last", "Oil new"]
    assert page.one("//li[@class='chip']") == "Added from November 3, 2026Remove from November 3, 2026"
    assert arguments(page.all("//li[@class='chip']/a")[0].get("href")) == [("q", "oil"), ("sort", "added")]
    assert arguments(page.link("Clear all filters", "//p[@class='apply']")) == [("q", "oil"), ("sort", "added")]


@pytest.mark.parametrize(
    ("parameters", "chip"),
    [
        ("added_to=2026-11", "up to November 2026"),
        ("added_from=2026&added_to=2026", "2026"),
        ("added_from=2026-11-03T14:00&added_to=2026-11-05", "November 3, 2026, 2:00 PM to November 5, 2026"),
        ("added_from=2026-11-03T14:00:05Z", "from November 3, 2026, 2:00:05 PM UTC"),
        ("added_from=2026-11-03T14:00%2B05:30", "from November 3, 2026, 2:00 PM UTC+05:30"),
    ],
)
def test_a_chip_says_days_and_moments_in_words(client: FlaskClient, parameters: str, chip: str) -> None:
    found = get(client, f"/search?{parameters}").texts("//li[@class='chip']/bdi")
    assert [text.replace("\N{NARROW NO-BREAK SPACE}", " ") for text in found] == [chip]


def test_the_form_shows_it_and_sends_it(page: Page) -> None:
    (field,) = page.all("//input[@name='added_from'][@form='search']")
    assert (field.get("value"), field.get("form")) == ("2026-11-03", "search")
    assert page.all("//details[@open]//input[@name='added_to']")


def test_it_stays_closed_where_nothing_is_asked(client: FlaskClient) -> None:
    plain = get(client, "/search?q=oil")
    assert plain.all("//details[not(@open)]//input[@name='added_from']")


def test_every_way_on_keeps_it(page: Page) -> None:
    for text in ("Atom", "RSS", "JSON Feed", "Compare over time", "Receipt of this search"):
        assert SINCE in arguments(page.link(text)), text
    assert all(SINCE in arguments(a.get("href")) for a in page.all("//nav[@class='takeaway']//a"))
    assert all(SINCE in arguments(a.get("href")) for a in page.all("//span[@class='acts']/a"))
    assert all(SINCE in arguments(a.get("href")) for a in page.all("//ol[@class='hits']//h3/a"))


def test_feed_exports_facets_and_comparison_keep_it(client: FlaskClient) -> None:
    feed = client.get("/feed.atom?q=oil&added_from=2026-11-03").get_data(as_text=True)
    assert feed.count("<entry>") == 2
    assert f"{BASE}/feed.atom?q=oil&amp;added_from=2026-11-03" in feed
    lines = client.get("/export.jsonl?q=oil&added_to=2026-11-03T14:00").get_data(as_text=True).splitlines()
    assert sum('"title":"Oil ' in line.replace(": ", ":") for line in lines) == 2
    values = get(client, "/facet/source?added_from=2026-11-04")
    assert values.texts("//li[contains(@class, 'choice')]//bdi") == ["B"]
    compared = get(client, "/compare?q=oil&added_from=2026-11-03")
    assert compared.texts("//li[contains(@class, 'chip')]") == ["Added from November 3, 2026"]
    (hidden,) = compared.all("//input[@type='hidden'][@name='added_from']")
    assert hidden.get("value") == "2026-11-03"


def test_a_receipt_is_of_the_same_articles(client: FlaskClient) -> None:
    issued = client.get("/receipt?q=oil&added_from=2026-11-03").headers["Location"]
    receipt = get(client, issued)
    assert receipt.texts("//tbody/tr/td")[0] == "2 articles"
    assert receipt.texts("//li[contains(@class, 'chip')]") == ["oil", "Added from November 3, 2026"]
    assert SINCE in arguments(receipt.link("Back to the results"))


def test_the_json_has_when_each_came(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?added_from=2026-11-03T14:00:30Z&sort=added").get_json()
    assert [(hit["id"], hit["added"]) for hit in answer["hits"]] == [
        ("last", "2026-11-04T09:00:00Z"),
        ("new", "2026-11-03T14:00:30Z"),
    ]
    odd = client.get("/api/v1/search?added_from=soon").get_json()
    assert (odd["total"], [each["code"] for each in odd["warnings"]]) == (3, ["bad-arrival-parameter"])


def test_nothing_found_offers_to_drop_it(client: FlaskClient) -> None:
    nothing = get(client, "/search?q=oil&added_from=2027")
    assert nothing.texts("//ul[@class='hints']/li") == ["oil 3 articles", "Added: from 2027 3 articles"]
    assert arguments(nothing.link("Added: from 2027")) == [("q", "oil")]
