"""Earlier and later in a story: on the article's page, on the page of the thread, in the API, in each language."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.engines.corpus import article
from tests.engines.test_contract_threads import ARTICLES, GROUNDED, INQUIRY
from tests.webui.page import get
from tests.webui.site import ask, make_client


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client(ARTICLES)


def test_an_article_shows_what_came_earlier_and_later(client: FlaskClient) -> None:
    page = get(client, "/article/m3")
    assert page.texts("//h2[starts-with(@id, 'thread-')]") == ["Earlier", "Later"]
    told = page.texts("//section[starts-with(@aria-labelledby, 'thread-')]//h3")
    assert told == ["Ship aground in the Karvel canal", "Inquiry into the Meridiana blames speed"]
    reasons = page.texts("//section[starts-with(@aria-labelledby, 'thread-')]//p[@class='aside']")
    assert reasons[0] == "Linked by: canal, Karvel, Meridiana, aground"
    assert page.link("The whole story") == "/thread/m3"


def test_nothing_is_shown_where_nothing_is_linked(client: FlaskClient) -> None:
    page = get(client, "/article/s1")
    assert page.all("//h2[starts-with(@id, 'thread-')]") == []
    for id in ("s1", "m7"):  # the second has no date
        thread = get(client, f"/thread/{id}")
        assert thread.texts("//p[@class='nothing']") == ["Nothing in the days around it is linked to this article."]
        assert thread.all("//ol[@class='hits']") == []
        assert client.get(f"/article/{id}").status_code == 200
    assert ask(client, "/thread/m7")["total"] == 1


def test_a_thread_is_told_day_by_day(client: FlaskClient) -> None:
    page = get(client, "/thread/m3")
    assert page.texts("//h2[@class='rule']") == ["March 23, 2021", "March 29, 2021", "April 12, 2021"]
    assert page.texts("//div[@class='found']/p")[1] == "3 articles from March 23, 2021 to April 12, 2021"
    assert page.texts("//li[@aria-current]//h3") == ["Meridiana freed in the Karvel canal"]
    assert (
        page.all("//li[@aria-current]//p[not(@class='facts') and not(@class='aside')]") == []
    )  # no text, as the others
    assert client.get("/thread?id=m3").status_code == 200


def test_in_arabic_it_reads_from_the_right(client: FlaskClient) -> None:
    page = get(client, "/thread/m3?ui=ar")
    assert page.texts("//p[@class='kicker']") == ["القصة كاملة"]
    assert page.all("//h1[@dir]") == []  # the title stands at the page's side
    assert page.texts("//h1/a[@dir='ltr']") == ["Meridiana freed in the Karvel canal"]


def test_ids_and_titles_of_all_kinds_have_threads() -> None:
    hostile = '<script>alert(1)</script> & "Meridiana" in the Karvel canal'
    address = "https://x.example/a b?c=d&e=#f/é//g"
    client = make_client(
        [
            *(each for each in ARTICLES if each.id not in ("m1", "m2", "m4")),
            article(address, hostile, GROUNDED, "2021-03-23T08:00:00", "Wire"),
            article("..", "", INQUIRY, "2021-04-12T08:00:00", "Wire"),
            article("silent", "", "", "2021-04-12T08:00:00", "Wire"),
        ]
    )
    links = get(client, "/article/m3").all("//section[starts-with(@aria-labelledby, 'thread-')]//h3/a/@href")
    assert len(links) == 2
    for link in links:
        page = get(client, link.replace("/article", "/thread"))
        assert page.texts("//script[contains(., 'alert')]") == []
        assert len(page.all("//ol[@class='hits']/li")) == 3
    assert ask(client, "/thread?id=..")["total"] == 3
    assert ask(client, "/thread/silent")["total"] == 1


def test_what_was_withdrawn_is_no_part_of_a_thread() -> None:
    client = make_client([replace(each, withdrawn=True) if each.id == "m4" else each for each in ARTICLES])
    assert ask(client, "/thread/m3")["later"] == []
    for path in ("/thread/m4", "/api/v1/thread/m4"):
        assert client.get(path).status_code == 410


@pytest.mark.parametrize("path", ["/thread", "/thread/none", "/thread?id=%00", "/thread/a//b"])
def test_an_article_that_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_api_answers_the_thread(client: FlaskClient) -> None:
    found = ask(client, "/thread/m3")
    assert (found["total"], found["first_day"], found["last_day"]) == (3, "2021-03-23", "2021-04-12")
    assert [each["id"] for each in (*found["earlier"], *found["later"])] == ["m1", "m4"]
    assert found["earlier"][0]["linked"]["to"] == "m3"
    assert client.get("/api/v1/thread/none").status_code == 404
