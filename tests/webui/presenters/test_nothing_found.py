"""The page of a search without hits: what of it is found, and nothing to narrow."""

import pytest
from flask.testing import FlaskClient

from indexer.article import Article
from tests.webui.page import Page, arguments, get
from tests.webui.site import UNLIMITED, make_client
from tests.webui.test_pages import count_of, submitted


@pytest.fixture(scope="module")
def rain() -> FlaskClient:
    """Floods in one place, another country in others."""
    texts = {
        "f1": "The floods in the valley. The dam held.",
        "f2": "The floods and the river. The dam broke.",
        "p1": "A river in Poland.",
        "m1": "Ministers spoke.",
        "m2": "Ministers went home.",
    }
    return make_client(
        (Article(id=id, title="Notes", body=text, source="Tide", language="en") for id, text in texts.items()),
        **UNLIMITED,
    )


def hints(page: Page) -> dict[str, list[str]]:
    """What is offered under each sentence."""
    lists = page.all("//ul[@class='hints']")
    return {
        " ".join(each.getprevious().text_content().split()): [
            " ".join(item.text_content().split()) for item in each.xpath("li")
        ]
        for each in lists
    }


def test_a_phrase_that_made_all_words_required_is_offered_without_it(rain: FlaskClient) -> None:
    page = get(rain, '/search?q=floods+in+"Poland"')
    assert count_of(page) == 0
    assert hints(page) == {
        "With some of the words, best first:": ["floods in Poland 3 articles"],
        "Each part of the query by itself, in the whole archive:": [
            "floods 2 articles", "in 2 articles", '"Poland" 1 article',
        ],
    }  # fmt: skip
    address = page.link("floods in Poland", "//ul[@class='hints']")
    assert arguments(address) == [("q", "floods in Poland"), ("match", "best")]
    assert count_of(get(rain, address)) == 3


def test_parts_that_are_found_together_are_offered_under_the_same_filters(rain: FlaskClient) -> None:
    page = get(rain, "/search?q=floods+AND+river+AND+Poland&source=Tide")
    assert hints(page)["These parts of the query together:"] == [
        "floods AND river 1 article", "river AND Poland 1 article",
    ]  # fmt: skip
    address = page.link("floods AND river", "//ul[@class='hints']")
    assert arguments(address) == [("q", "floods AND river"), ("source", "Tide")]
    assert count_of(get(rain, address)) == 1


def test_there_is_nothing_to_narrow_but_filters_can_be_taken_off(rain: FlaskClient) -> None:
    page = get(rain, "/search?q=zebra&source=Tide&from=2020&sort=newest&size=50")
    assert page.all("//aside | //button[text()='Apply'] | //div[@class='tools']") == []
    assert page.texts("//ul[@class='chips']/li/bdi") == ["from 2020", "Tide"]
    assert arguments(page.link("Clear all filters", "//ul[@class='chips']")) == [
        ("q", "zebra"), ("sort", "newest"), ("size", "50"),
    ]  # fmt: skip


def test_other_words_keep_the_filters(rain: FlaskClient) -> None:
    page = get(rain, "/search?q=zebra+quagga&source=Tide&-source=Wave&from=2020&sort=newest&match=all&spellcheck=0")
    assert arguments(submitted(page, q="floods")) == [
        ("q", "floods"), ("from", "2020"), ("source", "Tide"), ("-source", "Wave"), ("sort", "newest"),
    ]  # fmt: skip


def test_one_unknown_word_is_not_repeated_as_a_part(rain: FlaskClient) -> None:
    page = get(rain, "/search?q=zebra")
    assert (page.one("//h1"), hints(page)) == ("0 articles for zebra", {})
    assert "Nothing was found" in page.text


def test_the_hits_of_a_spelling_that_is_not_sure_stand_below_it(rain: FlaskClient) -> None:
    page = get(rain, "/search?q==minister&source=Tide")  # asked for as it stands, so that it is not answered otherwise
    assert page.one("//p[@class='meant']") == "Did you mean =ministers? 2 articles"
    assert len(page.all("//ol[@class='hits headlines']/li")) == 2
    first = page.all("//ol[@class='hits headlines']//h3/a")[0].get("href")
    assert arguments(first) == [("q", "=ministers"), ("source", "Tide"), ("pos", "1")]
    assert get(rain, first).link("Back to the results") == "/search?q=%3Dministers&source=Tide#hit-1"
    as_typed = get(rain, "/search?q==minister&source=Tide&spellcheck=0")
    assert as_typed.all("//ol") == []


def test_a_page_beyond_the_last_keeps_its_filters(rain: FlaskClient) -> None:
    page = get(rain, "/search?q=floods&page=9")
    assert page.all("//aside")
    assert page.link("Go to the last page") == "/search?q=floods"
