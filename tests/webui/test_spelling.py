"""What is typed nearly right: misspelt queries, and filter values in another case or spelling."""

import csv
import io
from collections.abc import Iterator

from flask.testing import FlaskClient

from tests.webui.page import Page, arguments, get
from tests.webui.test_pages import choices, count_of, submitted


def searches(page: Page) -> Iterator[dict[str, str]]:
    """The parameters of all links of a page that ask for the articles of a query."""
    for link in page.all("//main//a[@href] | //link[@href]"):
        if "q" in (found := dict(arguments(link.get("href")))):
            yield found


def test_a_misspelt_query_shows_what_was_meant_and_the_way_back(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrow&sort=newest")
    assert page.one("//p[@class='meant']") == "Showing results for lavrov. Search instead for lavrow"
    assert (count_of(page), page.one("//h1")) == (6, "6 articles for lavrov")
    assert arguments(page.link("lavrov", "//p[@class='meant']")) == [("q", "lavrov"), ("sort", "newest")]
    back = get(client, page.link("lavrow", "//p[@class='meant']"))
    assert count_of(back) == 0
    assert back.one("//p[@class='meant']") == "Did you mean lavrov? 6 articles"
    assert count_of(get(client, back.link("lavrov", "//p[@class='meant']"))) == 6


def test_all_links_of_a_corrected_page_have_the_corrected_query(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrow")
    *others, back = [found for found in searches(page) if found.get("spellcheck") or found["q"] != "lavrov"]
    assert (others, back) == ([], {"q": "lavrow", "spellcheck": "0"})
    assert [found["q"] for found in searches(page)].count("lavrov") > 20
    for value, (count, address) in choices(page, "source").items():
        assert count_of(get(client, address)) == count, value
    assert ("q", "lavrov") in arguments(submitted(page))


def test_files_and_feeds_of_a_misspelt_query_have_what_the_page_shows(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/export.csv?q=lavrow").get_data(as_text=True))))
    assert len(rows) == 1 + 6
    assert client.get("/export.ris?q=lavrow&spellcheck=0").headers["X-Broadsheet-Total"] == "0"
    feed = client.get("/feed.atom?q=lavrow").get_data(as_text=True)
    assert feed.count("</entry>") == 6
    assert "lavrow" not in feed
    assert client.get("/feed.atom?q=lavrow&spellcheck=0").get_data(as_text=True).count("</entry>") == 0
    receipt = get(client, client.get("/receipt?q=lavrow").headers["Location"])
    assert receipt.texts("//li[contains(@class, 'chip')]") == ["lavrov"]
    assert receipt.texts("//tbody/tr/td")[0] == "6 articles"


def test_a_feed_of_what_is_not_there_yet_waits_for_it(client: FlaskClient) -> None:
    page = get(client, "/search?q=zzyzx")
    feeds = page.all("//link[@rel='alternate' and contains(@type, 'atom')]")
    assert [("q", "zzyzx"), ("spellcheck", "0")] in [arguments(feed.get("href")) for feed in feeds]


def test_a_filter_in_another_case_chooses_the_label(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&source=sana&-person=JOE+biden")
    assert (count_of(page), page.all("//p[@class='meant']"), page.all("//ul[@class='warnings']")) == (1, [], [])
    assert page.texts("//li[contains(@class, 'chip')]/*[self::bdi]") == ["not Joe Biden", "SANA"]
    assert page.all("//input[@name='source' and @value='SANA' and @checked]")
    assert not any("sana" in found.values() for found in searches(page))
    values = get(client, "/facet/source?q=lavrov&source=sana")
    assert values.all("//input[@name='source' and @value='SANA' and @checked]")


def test_the_page_of_a_source_is_found_by_its_name_in_another_case(client: FlaskClient) -> None:
    assert client.get("/source/sana").headers["Location"] == "/source/SANA"
    assert client.get("/source/SANA").status_code == 200
    assert client.get("/source/sanna").status_code == 404


def test_a_filter_that_is_no_label_names_the_nearest(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&source=sanna")
    assert count_of(page) == 0
    assert page.one("//p[@class='meant']") == "Source: nothing is called sanna. Did you mean SANA?"
    assert arguments(page.link("SANA", "//p[@class='meant']")) == [("q", "lavrov"), ("source", "SANA")]
    page = get(client, "/search?q=lavrov&-person=Joe+Bidden")
    assert arguments(page.link("Joe Biden", "//p[@class='meant']")) == [("q", "lavrov"), ("-person", "Joe Biden")]
    assert "Source: no value is &#34;sanna&#34;" in get(client, "/facet/person?source=sanna").text


def test_the_api_says_what_was_corrected_and_what_may_have_been_meant(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=lavrow&size=2").get_json()
    assert (found["query"], found["understood"], found["total"]) == ("lavrow", "lavrov", 6)
    assert found["corrected"] == {"query": "lavrov", "total": 6}
    more = client.get("/api/v1/search", query_string={"q": "lavrow", "size": 2, "cursor": found["next_cursor"]})
    assert {hit["id"] for hit in more.get_json()["hits"]} & {hit["id"] for hit in found["hits"]} == set()
    assert client.get("/api/v1/search?q=lavrow&spellcheck=0").get_json()["total"] == 0
    [warning] = client.get("/api/v1/search?source=sanna").get_json()["warnings"]
    assert (warning["code"], warning["values"]) == ("perhaps-value", ["source", "sanna", "SANA"])
    assert client.get("/api/v1/facets/place?source=sanna").get_json()["warnings"] == [warning]


def test_a_comparison_counts_what_was_meant_and_says_so(client: FlaskClient) -> None:
    page = get(client, "/compare?q=lavrow&q=biden")
    assert page.texts("//ul[@class='warnings']/li") == ["Nothing has “lavrow”; the numbers are those of “lavrov”."]
    assert page.texts("//ul[@class='legend']/li/a[1]") == ["lavrov", "biden"]
    assert page.texts("//ul[@class='legend']/li/span") == ["6 articles, 1 undated", "2 articles"]
    assert count_of(get(client, page.link("lavrov", "//ul[@class='legend']"))) == 6
    right = get(client, "/compare?q=lavrov&q=biden")
    assert page.texts("//tbody//td") == right.texts("//tbody//td")
    assert right.all("//ul[@class='warnings']") == []
    as_typed = get(client, "/compare?q=lavrow&q=biden&spellcheck=0")
    assert as_typed.texts("//ul[@class='legend']/li/span") == ["0 articles", "2 articles"]
