"""The list of results: how it is shown, in which order, and that every link of the page keeps to it."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.webui.page import Page, arguments, get, pressed
from tests.webui.test_pages import count_of, submitted

HEADLINES = "/search?q=lavrov+biden&size=2&snippets=0"


def current(page: Page, label: str) -> list[str]:
    return page.texts(f"//nav[@aria-label='{label}']//a[@aria-current='true']")


def addresses(page: Page) -> Iterator[dict[str, str]]:
    """The parameters of all links and forms of the list that ask for hits of the query."""
    for link in page.all("//main//a[@href]"):
        path, found = link.get("href").partition("?")[0], dict(arguments(link.get("href")))
        if found.get("q") == "lavrov biden" and not path.startswith(
            ("/feed.", "/export.", "/dossier.", "/receipt", "/compare")
        ):
            yield found
    for toggle in ("One entry per story", "Favour newer", "Include passing mentions"):
        yield dict(arguments(pressed(page, toggle)))


def test_passages_or_headlines_alone(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov")
    assert current(page, "View") == ["Passages"]
    assert len(page.all("//ol[@class='hits']//p[@class='snippet']")) == 6
    bare = get(client, page.link("Headlines"))
    assert current(bare, "View") == ["Headlines"]
    assert bare.texts("//ol[@class='hits headlines']//h3") == page.texts("//ol[@class='hits']//h3")
    assert bare.texts("//p[@class='facts']") == page.texts("//p[@class='facts']")
    assert bare.all("//p[@class='snippet'] | //details[@class='why']") == []
    assert arguments(bare.link("Passages")) == [("q", "lavrov")]


def test_another_view_is_of_the_same_page_of_the_list(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&size=2&page=2")
    assert arguments(page.link("Headlines")) == [("q", "lavrov"), ("page", "2"), ("size", "2"), ("snippets", "0")]


def test_every_link_keeps_the_view_and_the_number_of_hits(client: FlaskClient) -> None:
    page = get(client, HEADLINES)
    found = list(addresses(page))
    assert len(found) > 60
    assert [each for each in found if each.get("snippets") != "0"] == [dict(arguments(page.link("Passages")))]
    assert {each.get("size") for each in found} == {"2", None, "50", "100"}
    assert [each for each in found if each.get("size") is None] == [dict(arguments(page.link("20")))]


def test_forms_and_other_pages_keep_them_too(client: FlaskClient) -> None:
    page = get(client, HEADLINES)
    kept = {("size", "2"), ("snippets", "0")}
    assert kept <= set(arguments(submitted(page)))
    facet = get(client, HEADLINES.replace("/search", "/facet/source"))
    assert kept <= set(arguments(submitted(facet, "pick")))
    assert kept <= set(arguments(client.get(submitted(facet, "pick") + "&show=1").headers["Location"]))
    article = get(client, page.all("//ol[@class='hits headlines']//h3/a")[1].get("href"))
    assert kept <= set(arguments(article.link("Back to the results")))


@pytest.mark.parametrize(
    ("address", "sizes"),
    [
        ("/search", ["20", "50", "100"]),
        ("/search?size=50", ["20", "50", "100"]),
        ("/search?q=lavrov&size=2", ["2", "20", "50", "100"]),
        ("/search?q=lavrov", []),  # all find room
    ],
)
def test_how_many_hits_a_page_has_can_be_chosen(client: FlaskClient, address: str, sizes: list[str]) -> None:
    page = get(client, address)
    assert page.texts("//nav[contains(@class, 'sizes')]//a") == sizes
    for size in sizes:
        link = page.link(size, "//nav[contains(@class, 'sizes')]")
        assert dict(arguments(link)).get("size", "20") == size
        listed = len(get(client, link).all("//ol[@class='hits']/li"))
        assert listed == int(size) or (listed < int(size) and not get(client, link).all("//nav[@class='pager']"))


def test_a_switch_says_whether_it_is_on_and_turns(client: FlaskClient) -> None:
    def states(page: Page) -> list[tuple[str, str]]:
        return [(each.text_content(), each.get("aria-pressed")) for each in page.all("//button[@class='toggle']")]

    page = get(client, "/search?q=lavrov&source=TASS&page=1")
    assert states(page) == [
        ("One entry per story", "true"), ("Favour newer", "false"), ("Include passing mentions", "false"),
    ]  # fmt: skip
    assert arguments(pressed(page, "Favour newer")) == [("q", "lavrov"), ("source", "TASS"), ("recency", "1")]
    other = get(client, pressed(page, "Include passing mentions"))
    assert dict(states(other))["Include passing mentions"] == "true"
    assert arguments(pressed(other, "Include passing mentions")) == [("q", "lavrov"), ("source", "TASS")]
    # Each is described by what it does.
    (button,) = page.all("//button[@class='toggle'][text()='Include passing mentions']")
    (note,) = page.all(f"//*[@id='{button.get('aria-describedby')}']")
    assert note.text_content() == "Filters and counts of names also take articles that only mention them."


def test_newer_articles_can_be_favoured_where_relevance_decides(client: FlaskClient) -> None:
    for address in ("/search?q=lavrov&sort=newest", "/search"):
        assert "Favour newer" not in get(client, address).texts("//button")


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("lavrov", []),
        ('"gas+prices"', []),
        ("lavr*", []),
        ("title:lavrov", ["title:lavrov"]),  # parsed, not only repeated
        ("lavrov+AND+gas", ["lavrov", "gas"]),
        ("lavrov&source=TASS", ["TASS"]),
    ],
)
def test_a_word_that_stands_beside_the_count_is_no_chip(client: FlaskClient, query: str, chips: list[str]) -> None:
    assert get(client, f"/search?q={query}").texts("//ul[@class='chips']/li/bdi") == chips


def test_files_of_all_hits_are_named_by_what_they_are_for(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&source=TASS")
    assert page.texts("//nav[@class='takeaway']//li") == [
        "Follow as a feed: Atom, RSS, JSON Feed",
        "Download all: Table (CSV), References (RIS), Data (JSON lines), Dossier (pages to be read offline)",
        "Compare over time",
        "Receipt of this search to cite it, and to check later what has changed",
    ]
    for text, path in (("Table (CSV)", "/export.csv"), ("References (RIS)", "/export.ris")):
        assert page.link(text) == f"{path}?q=lavrov&source=TASS"
    assert count_of(page) == 2
