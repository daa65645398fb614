"""Copies of one story: folded in a list, named on the article's page, compared sentence by sentence."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from indexer.archive import open_archive
from indexer.article import Article, Published
from indexer.config import Config, EngineConfig
from tests.webui.page import arguments, get, pressed
from webui import create_app

STORY = " ".join(
    f"Sentence {number} tells of the harbour, the {word} and the long night on the quay."
    for number, word in enumerate("crane rope barge pilot lamp wharf tide gull anchor mast cargo storm".split())
)

OLD = "tulip rose lily aster poppy violet daisy iris".split()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    def printed(source: str, day: int, text: str, year: int = 2021, title: str = "Night in the harbour") -> Article:
        when = Published(datetime(year, 5, day, tzinfo=UTC))
        return Article(id=source, title=title, body=text, source=source, published=when).with_hash()

    config = Config(engine=EngineConfig(processes=1)).with_index(tmp_path_factory.mktemp("copies") / "index")
    with open_archive(config) as archive:
        archive.add(
            [
                printed("Wire", 1, STORY),
                printed("Courier", 1, f"{STORY} The Courier adds a line."),
                printed("Herald", 3, "Something else entirely: the price of tulips in the spring."),
                printed(
                    "Review",
                    1,
                    "Of the crane, the rope, the barge and the gull: pictures of a long night at the harbour.",
                ),
                # In an archive of four, no word tells anything.
                *(printed(f"Old {word}", 1, f"{word} {word}", 2020, word) for word in OLD),
            ]
        )
    made = create_app(config)
    made.testing = True
    return made.test_client()


def test_copies_are_one_result_until_they_are_unfolded(client: FlaskClient) -> None:
    page = get(client, "/search?q=quay")
    assert page.texts("//ol[@class='hits']//a[@class='copies']") == ["+1 copy in 1 source"]
    assert len(page.all("//ol[@class='hits']/li")) == 1
    assert page.one("//h1") == "2 articles for quay"
    assert page.one("//div[@class='found']/p").startswith("1 story · ")
    unfolded = get(client, pressed(page, "One entry per story"))
    assert len(unfolded.all("//ol[@class='hits']/li")) == 2
    assert unfolded.all("//a[@class='copies']") == []
    assert unfolded.one("//h1") == "2 articles for quay"


def test_a_folded_list_is_paged_by_stories(client: FlaskClient) -> None:
    first = get(client, "/search?from=2021&size=1&sort=oldest")
    assert first.one("//div[@class='found']/p").startswith("1 to 1 of 3 stories · ")
    assert first.texts("//nav[@class='pager']//li[contains(@class, 'page')]") == ["1", "2", "3"]
    last = get(client, "/search?from=2021&size=1&sort=oldest&page=3")
    assert last.texts("//ol[@class='hits']//p[@class='facts']/a[@class='source']") == ["Herald"]
    assert "There is no such page" in get(client, "/search?from=2021&size=1&page=4").text
    opened = get(client, last.all("//ol[@class='hits']//h3/a")[0].get("href"))
    assert opened.one("//nav[@class='way']/span") == "3 of 3"
    assert opened.all("//nav[@class='way']//a[contains(@rel, 'next')]") == []


def test_programs_and_files_get_every_article(client: FlaskClient) -> None:
    assert [hit["id"] for hit in client.get("/api/v1/search?q=quay&sort=oldest").get_json()["hits"]] == [
        "Courier",
        "Wire",
    ]
    assert client.get("/feed.atom?q=quay").get_data(as_text=True).count("<entry>") == 2
    assert client.get("/export.jsonl?q=quay").headers["X-Broadsheet-Total"] == "2"


def test_a_story_is_listed_once_beside_an_article(client: FlaskClient) -> None:
    """Neither its thread, nor what one may like, nor the day's other articles repeat it, its copies or each other."""
    page = get(client, "/article/Wire")
    assert page.texts("//div[@class='after']//a[@class='source']") == ["Review", "Herald"]
    assert page.texts("//section[@aria-labelledby='thread-1']//a[@class='source']") == ["Review"]
    review = get(client, "/article/Review")
    sources = review.texts("//div[@class='after']//a[@class='source']")
    assert len({"Wire", "Courier"} & set(sources)) == 1


def test_an_article_names_who_else_ran_it_and_when(client: FlaskClient) -> None:
    page = get(client, "/article/Wire")
    assert page.texts("//section[@id='copies']//p[@class='facts']") == ["Courier May 1, 2021, 12:00 AM UTC"]
    found_by = get(client, "/article/Wire?q=quay&pos=2")
    address = found_by.link("Compare the texts: Courier")
    assert arguments(address) == [("q", "quay"), ("pos", "2"), ("beside", "Courier")]
    beside = get(client, address)
    assert beside.texts("//div[contains(@class, 'heads')]/h2") == ["Wire, May 1, 2021", "Courier, May 1, 2021"]
    rows = beside.all("//div[contains(@class, 'pair text')]")
    assert ["differs" in row.get("class") for row in rows] == [False, True]
    assert [p.text_content() for p in rows[1].xpath("p")] == ["", *["The Courier adds a line."] * 2]
    assert rows[1].xpath("string(p[@class='both']/ins)") == "The Courier adds a line."
    assert get(client, "/article/Herald").all("//section[@id='copies']") == []
