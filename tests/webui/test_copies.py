"""Copies of one story: folded in a list, named on the article's page, compared sentence by sentence."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from indexer.archive import open_archive
from indexer.article import Article, Published
from indexer.config import Config, EngineConfig
from tests.webui.page import get
from webui import create_app

STORY = " ".join(
    f"Sentence {number} tells of the harbour, the {word} and the long night on the quay."
    for number, word in enumerate("crane rope barge pilot lamp wharf tide gull anchor mast cargo storm".split())
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    def printed(source: str, day: int, text: str) -> Article:
        when = Published(datetime(2021, 5, day, tzinfo=UTC))
        return Article(id=source, title="Night in the harbour", body=text, source=source, published=when).with_hash()

    config = Config(engine=EngineConfig(processes=1)).with_index(tmp_path_factory.mktemp("copies") / "index")
    with open_archive(config) as archive:
        archive.add(
            [
                printed("Wire", 1, STORY),
                printed("Courier", 2, f"{STORY} The Courier adds a line."),
                printed("Herald", 3, "Something else entirely: the price of tulips in the spring."),
            ]
        )
    made = create_app(config)
    made.testing = True
    return made.test_client()


def test_copies_can_be_folded_into_one_result(client: FlaskClient):
    page = get(client, "/search?q=quay")
    folded = get(client, page.link("Fold copies"))
    assert folded.texts("//ol[@class='hits']//a[@class='copies']") == ["+1 copy in 1 source"]
    assert len(folded.all("//ol[@class='hits']/li")) == 1


def test_an_article_names_who_else_ran_it_and_when(client: FlaskClient):
    page = get(client, "/article/Wire")
    assert page.texts("//section[@id='copies']//p[@class='facts']") == ["Courier May 2, 2021, 12:00 AM UTC"]
    beside = get(client, page.link("Compare the texts: Courier"))
    rows = beside.all("//div[contains(@class, 'pair text')]")
    assert ["differs" in row.get("class") for row in rows] == [False, True]
    assert [p.text_content() for p in rows[1].xpath("p")] == ["", "The Courier adds a line."]
    assert get(client, "/article/Herald").all("//section[@id='copies']") == []
