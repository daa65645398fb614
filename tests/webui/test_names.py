"""One name in every language: addresses, suggestions and what the reader's language calls places and institutions."""

import json

import pytest
from flask.testing import FlaskClient

from indexer.config import Config, WebConfig
from tests.engines.corpus import article
from tests.engines.memory import make_archive
from tests.webui.page import get
from tests.webui.site import UNLIMITED
from webui import create_app

ARTICLES = (
    article("t1", "One", "Talks.", "2021", places=("Tunisia", "Beirut"), organisations=("NATO",)),
    article("t2", "Two", "Talks.", "2021", places=("Tunisia", "Germany", "Gadyukino"), people=("Sergei Ivanov",)),
    article("t3", "Three", "Talks.", "2021", places=("Egypt",), people=("Igor Ivanov", "Vladimir Putin")),
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    made = create_app(Config(web=WebConfig(**UNLIMITED)), make_archive(ARTICLES))
    made.testing = True
    return made.test_client()


IN_OTHER_LANGUAGES = [
    ("/place/بيروت", "/place/Beirut"),
    ("/place/Beyrouth", "/place/Beirut"),
    ("/place/Тунис", "/place/Tunisia"),
    ("/organisation/НАТО", "/organisation/NATO"),
    ("/organisation/OTAN", "/organisation/NATO"),
    ("/person/普京", "/person/Vladimir%20Putin"),
]


@pytest.mark.parametrize(("address", "page"), IN_OTHER_LANGUAGES)
def test_a_name_in_another_language_leads_to_the_page(client: FlaskClient, address: str, page: str) -> None:
    assert client.get(address).headers["Location"] == page
    assert client.get(page).status_code == 200


def test_the_page_of_a_place_is_headed_as_the_reader_calls_it(client: FlaskClient) -> None:
    page = get(client, "/place/Tunisia?ui=ar")
    assert (page.one("//h1"), page.one("//title").split(" ")[0]) == ("تونس", "تونس")
    assert page.texts("//p[@class='aside']/bdi") == ["Tunisia"]
    assert page.all("//input[@type='hidden' and @name='place' and @value='Tunisia']")
    assert get(client, "/place/Tunisia?ui=en").one("//h1") == "Tunisia"
    assert get(client, "/place/Gadyukino?ui=ar").one("//h1") == "Gadyukino"


LABELS = [
    ("ar", ["تونس", "ألمانيا", "بيروت", "مصر"], "الناتو"),
    ("ru", ["Тунис", "Германия", "Бейрут", "Египет"], "НАТО"),
    ("fr", ["Tunisie", "Allemagne", "Beyrouth", "Égypte"], "Otan"),
    ("de", ["Tunesien", "Deutschland", "Beirut", "Ägypten"], "Nato"),
    ("es", ["Túnez", "Alemania", "Beirut", "Egipto"], "OTAN"),
    ("zh-Hans", ["突尼斯", "德国", "贝鲁特", "埃及"], "北约"),
    ("en", ["Tunisia", "Germany", "Beirut", "Egypt"], "NATO"),
]


@pytest.mark.parametrize(("language", "places", "body"), LABELS)
def test_values_are_written_as_the_reader_writes_them(
    client: FlaskClient, language: str, places: list[str], body: str
) -> None:
    page = get(client, f"/search?q=talks&ui={language}")
    for name, label in zip(("Tunisia", "Germany", "Beirut", "Egypt"), places, strict=True):
        assert page.one(f"//li[.//input[@name='place' and @value='{name}']]//bdi") == label
    assert page.one("//li[.//input[@name='organisation' and @value='NATO']]//bdi") == body


def test_a_chip_has_the_readers_name_and_the_address_the_archives(client: FlaskClient) -> None:
    page = get(client, "/search?q=talks&place=تونس&ui=ru")
    assert page.texts("//li[contains(@class, 'chip')]/*[self::bdi]") == ["Тунис"]
    assert page.all("//input[@name='place' and @value='Tunisia' and @checked]")


SORTED = [
    ("ru", ["Бейрут", "Германия", "Египет", "Тунис", "Gadyukino"]),
    ("ar", ["ألمانيا", "بيروت", "تونس", "مصر", "Gadyukino"]),
    ("fr", ["Allemagne", "Beyrouth", "Égypte", "Gadyukino", "Tunisie"]),
    ("en", ["Beirut", "Egypt", "Gadyukino", "Germany", "Tunisia"]),
]


@pytest.mark.parametrize(("language", "labels"), SORTED)
def test_values_are_sorted_as_the_reader_writes_them(client: FlaskClient, language: str, labels: list[str]) -> None:
    page = get(client, f"/facet/place?order=name&ui={language}")
    assert page.texts("//li[.//input[@name='place']]//bdi") == labels


def test_values_are_found_by_what_the_reader_calls_them(client: FlaskClient) -> None:
    for typed in ("герм", "Allem", "ألما", "german"):
        page = get(client, f"/facet/place?contains={typed}&ui=ru")
        assert page.texts("//li[.//input[@name='place']]//bdi") == ["Германия"]


def test_suggestions_show_the_name_that_was_typed(client: FlaskClient) -> None:
    offered = client.get("/api/v1/suggest?q=بير").get_json()["suggestions"]
    assert offered == [{"kind": "place", "text": "Beirut", "count": 1, "matched": "بيروت"}]
    [typed, texts, remarks, addresses] = json.loads(client.get("/suggest?q=بير&ui=en").data)
    assert (typed, texts, remarks) == ("بير", ["بيروت"], ["Beirut · Place · 1 article"])
    assert [address.rpartition("/place/")[2] for address in addresses] == ["Beirut"]
    assert client.get("/api/v1/suggest?q=beir").get_json()["suggestions"] == [
        {"kind": "place", "text": "Beirut", "count": 1}
    ]


def test_of_several_people_one_is_offered_in_the_place_of_the_name(client: FlaskClient) -> None:
    page = get(client, "/search?q=talks+AND+person:Иванов&ui=en")
    assert page.one("//p[@class='meant']") == "Person: nothing is called Иванов. Did you mean Igor Ivanov?"
    link = page.link("Igor Ivanov", "//p[@class='meant']")
    found = get(client, link)
    assert found.texts("//h2/a") == ["Three"] or "Three" in found.text
    page = get(client, "/search?q=talks&person=Иванов&ui=en")
    assert "person=Igor+Ivanov" in page.link("Igor Ivanov", "//p[@class='meant']")


def test_the_api_and_exports_keep_the_archives_names(client: FlaskClient) -> None:
    record = client.get("/api/v1/search?q=talks&place=Тунис&ui=ru").get_json()
    assert record["facets"]["place"]["buckets"][0]["value"] == "Tunisia"
    assert {name for hit in record["hits"] for name in hit["place"]} == {"Tunisia", "Beirut", "Germany", "Gadyukino"}
    assert b"Tunisia" in client.get("/export.csv?q=talks&place=Tunisia&ui=ru").data
