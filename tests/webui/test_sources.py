"""What pages and the API say of sources and collections."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer.article import Article
from indexer.config import Config, WebConfig
from indexer.ingest.normalise import Preparer
from indexer.sources import Source
from tests.engines.memory import make_archive
from tests.webui.page import get
from tests.webui.site import ask
from webui import create_app

SANA = Source(
    "SANA",
    other_names=("sena", "الوكالة العربية السورية للأنباء"),
    country="SY",
    language="en",
    translated_from="ar",
    site="https://sana.sy/",
    collections=("wire agencies", "Levant & beyond"),
    licence="Agency text <b>for reading</b>",
)
TASS = Source("TASS", collections=("wire agencies",), translated_from="ru")
RECORDS = [
    {"id": "1", "title": "Ferries", "body": "Ferries sail again.", "source": "sena", "date": "2021-10-14"},
    {"id": "2", "title": "Quay", "body": "A quay is built.", "source": "SANA", "date": "2021-10-16"},
    {"id": "3", "title": "Tide", "body": "High water.", "source": "Courier", "date": "2021-10-15"},
    {"id": "4", "title": "Lamp", "body": "The lamp is lit.", "source": "TASS", "date": "2021-10-12", "lang": "en"},
    {"id": "5", "title": "Visit", "body": "A visit.", "original_url": "https://wire.example/fr/1", "lang": "en"},
    {
        "id": "6",
        "title": "Visita",
        "body": "Una visita.",
        "original_url": "http://www.wire.example/fr/1/",
        "lang": "es",
    },
    {"url": "https://wire.example/fr/1?utm_source=x", "title": "Visite", "body": "Une visite.", "lang": "fr"},
]
CONFIG = Config(web=replace(WebConfig(), page_limit="", rate_limit=""), sources=(SANA, TASS))


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    prepare = Preparer(CONFIG)
    articles: list[Article] = [prepare(record) for record in RECORDS]
    app = create_app(CONFIG, make_archive(articles, CONFIG))
    app.testing = True
    return app.test_client()


def test_the_page_of_a_source_says_what_is_known_of_it(client: FlaskClient) -> None:
    page = get(client, "/source/SANA")
    said = dict(zip(page.texts("//dl/div/dt"), page.texts("//dl/div/dd"), strict=True))
    assert said == {
        "Country": "Syria",
        "Language": "English",
        "Translated from": "Arabic",
        "Site": "https://sana.sy/",
        "Collections": "wire agencies and Levant & beyond",
        "Other names": "sena, الوكالة العربية السورية للأنباء",
        "Licence": "Agency text <b>for reading</b>",
    }
    (site,) = page.all("//dl//a[@rel='noopener noreferrer nofollow external']")
    assert site.get("href") == "https://sana.sy/"
    narrowed = get(client, page.link("wire agencies", "//dl"))
    assert narrowed.texts("//ol[contains(@class,'hits')]//h3") == ["Quay", "Ferries", "Lamp"]


def test_a_source_is_described_in_the_readers_language(client: FlaskClient) -> None:
    page = get(client, "/source/SANA", headers={"Accept-Language": "de"})
    assert page.texts("//dl/div/dt") == [
        "Land",
        "Sprache",
        "Originalsprache",
        "Website",
        "Sammlungen",
        "Andere Namen",
        "Lizenz",
    ]
    assert page.texts("//dl/div/dd")[0] == "Syrien"


def test_another_name_leads_to_the_page_of_the_source(client: FlaskClient) -> None:
    assert client.get("/source/SENA").headers["Location"] == "/source/SANA"
    assert client.get("/source/nobody").status_code == 404


def test_the_page_of_a_source_without_an_entry_says_nothing_of_it(client: FlaskClient) -> None:
    assert get(client, "/source/Courier").all("//dl[@class='credits']") == []
    assert get(client, "/source/TASS").texts("//dl/div/dd") == ["Russian", "wire agencies"]


def test_collections_are_a_panel_beside_the_results(client: FlaskClient) -> None:
    page = get(client, "/search?q=")
    boxes = {
        " ".join(box.getparent().text_content().split()): box.get("value")
        for box in page.all("//input[@name='collection']")
    }
    assert set(boxes.values()) >= {"wire agencies", "Levant & beyond"}
    chosen = get(client, "/search?q=&collection=wire+agencies&-collection=Levant+%26+beyond")
    assert chosen.texts("//ol[contains(@class,'hits')]//h3") == ["Lamp"]
    values = get(client, "/facet/collection")
    assert "wire agencies" in values.text


def test_the_api_lists_the_sources(client: FlaskClient) -> None:
    found = ask(client, "/sources")
    assert [(each["name"], each["articles"], each["first_day"], each["last_day"]) for each in found["sources"]] == [
        ("SANA", 2, "2021-10-14", "2021-10-16"),
        ("TASS", 1, "2021-10-12", "2021-10-12"),
    ]
    assert {each["name"] for each in found["unlisted"]} == {"Courier", "wire.example"}
    assert ask(client, "/profiles/source/sena")["source"]["country"] == "SY"
    assert ask(client, "/search?collection=wire+agencies")["total"] == 3
    assert ask(client, "/search?q=ferries")["hits"][0]["collection"] == ["wire agencies", "Levant & beyond"]


def test_the_pages_of_an_article_and_its_translations_lead_to_each_other(client: FlaskClient) -> None:
    original = get(client, "/article/https://wire.example/fr/1")
    assert original.texts("//ul[@class='others']//a") == [
        "Read the translation beside it (English)",
        "Read the translation beside it (Spanish)",
    ]
    translation = get(client, "/article/6")
    assert translation.texts("//ul[@class='others']//a") == [
        "Read the original beside it (French)",
        "Read the translation beside it (English)",
    ]
    found = ask(client, "/translations/6")
    assert (found["original"]["id"], [each["id"] for each in found["translations"]]) == (
        "https://wire.example/fr/1",
        ["5"],
    )
