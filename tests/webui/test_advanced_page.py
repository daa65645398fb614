"""The page of advanced search: filled from a search, sent, and what it says of mistakes."""

import pytest
from flask.testing import FlaskClient

from tests.webui.page import arguments, get


@pytest.mark.parametrize(
    ("sent", "query"),
    [
        ("words=lavrov+biden", "lavrov AND biden"),
        ("words=lavrov&phrase=normandy+group&none=rome&any=a+b", 'lavrov AND "normandy group" AND (a OR b) AND -rome'),
        ("near=lavrov+biden&within=5", "lavrov NEAR/5 biden"),
        ("with_person=Joe+Biden&with_language=en", 'person:"Joe Biden" AND language:en'),
        ("from=2021-10&to=2022", "published:2021-10..2022-12"),
        ("words=%D9%82%D9%85%D8%A9&with_place=%D8%A8%D9%8A%D8%B1%D9%88%D8%AA", "قمة AND place:بيروت"),
    ],
)
def test_what_is_sent_leads_to_the_results_of_its_query(client: FlaskClient, sent: str, query: str) -> None:
    answer = client.get(f"/advanced?go=1&{sent}")
    assert answer.status_code == 303
    assert arguments(answer.location) == [("q", query)]
    assert client.get(answer.location).status_code == 200


def test_filters_switches_and_the_order_go_along(client: FlaskClient) -> None:
    answer = client.get("/advanced?go=1&words=lavrov&sort=newest&source=SANA&-place=Kyiv&group=0")
    assert arguments(answer.location) == [
        ("q", "lavrov"), ("-place", "Kyiv"), ("source", "SANA"), ("sort", "newest"), ("group", "0"),
    ]  # fmt: skip


def test_nothing_filled_in_leads_to_all_articles(client: FlaskClient) -> None:
    answer = client.get("/advanced?go=1&words=&from=&sort=relevance&within=10")
    assert answer.location == "/search"


def test_the_link_on_the_results_fills_the_form(client: FlaskClient) -> None:
    results = get(client, "/search?q=lavrov+-rome+person:Biden&source=SANA&from=2021&sort=newest&ui=en")
    page = get(client, results.link("Advanced search", "//p[@class='further']"))
    filled = {box.get("name"): box.get("value") for box in page.all("//form[@class='fill']//input[not(@type)]")}
    assert {name: value for name, value in filled.items() if value} == {
        "words": "lavrov", "none": "rome", "with_person": "Biden", "from": "2021", "within": "10",
    }  # fmt: skip
    assert page.texts("//select[@id='sort']/option[@selected]") == ["Newest first"]
    assert page.texts("//label[input[@type='checkbox']]") == ["Source: SANA"]
    assert page.one("//p[@class='written']/code") == "lavrov AND -rome AND person:Biden AND published:2021.."


def test_what_no_field_can_hold_stands_in_the_last_box(client: FlaskClient) -> None:
    page = get(client, "/advanced?q=lavrov+on:10-14+(a+OR+b)+(c+OR+d)")
    assert page.all("//input[@id='rest']/@value") == ["on:10-14 AND (c OR d)"]
    assert get(client, "/advanced?q=lavrov+(").all("//input[@id='rest']/@value") == ["lavrov ("]


def test_mistakes_stand_beside_their_boxes_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    page = get(client, "/advanced?go=1&words=lavrov&near=a+b&within=far&from=soon&rest=*ing&ui=en")
    assert page.status == 400
    assert page.texts("//span[@class='problem']") == [
        "“far” is not a number of words from 0 to 1000.",
        "“soon” is not a date. Write 2021, 2021-10 or 2021-10-14.",
        '"*ing" begins with a wildcard and was left out. Put at least its first letter before * or ?.',
    ]
    assert page.all("//input[@aria-invalid]/@id") == ["within", "from", "rest"]
    assert page.all("//input[@id='words']/@value") == ["lavrov"]
    assert not get(client, "/advanced?from=soon").texts("//span[@class='problem']")


def test_a_query_that_is_too_long_is_said_above_the_form(client: FlaskClient) -> None:
    page = get(client, f"/advanced?go=1&words={'x' * 1001}&ui=en")
    assert page.status == 400
    assert page.texts("//ul[@class='warnings']/li") == [
        "The query has 1001 characters; at most 1000 are allowed. Leave some words out."
    ]


def test_boxes_offer_what_the_archive_has(client: FlaskClient) -> None:
    page = get(client, "/advanced?ui=en")
    assert "SANA" in page.all("//datalist[@id='with_source-list']/option/@value")
    assert "Sergey Lavrov" in page.all("//datalist[@id='with_person-list']/option/@value")
    assert "English" in page.texts("//select[@id='with_language']/option")
    arabic = get(client, "/advanced?ui=ar")
    assert "دمشق" in arabic.all("//datalist[@id='with_place-list']/option/@value")


def test_the_query_is_told_while_it_is_written(client: FlaskClient) -> None:
    told = client.get("/advanced/query?words=lavrov+biden&with_source=SANA&ui=en").get_json()
    shown = get(client, "/search?q=lavrov+AND+biden+AND+source:SANA&ui=en").one("//h1")
    assert told["query"] == "lavrov AND biden AND source:SANA"
    assert shown.startswith(told["count"])
    assert client.get("/advanced/query?from=soon").get_json() == {"query": "", "count": ""}


def test_without_an_archive_the_form_still_writes(unbuilt: FlaskClient) -> None:
    assert unbuilt.get("/advanced?q=lavrov").status_code == 200
    assert unbuilt.get("/advanced?go=1&words=lavrov").location == "/search?q=lavrov"
    assert unbuilt.get("/advanced/query?words=lavrov").get_json() == {"query": "lavrov", "count": ""}


@pytest.mark.parametrize("path", ["/", "/archive/", "/search?q=nosuchword", "/help", "/search?q=*ing"])
def test_the_form_is_linked_beside_the_box(client: FlaskClient, path: str) -> None:
    assert get(client, path).all("//header//p[@class='further']/a[starts-with(@href, '/advanced')]")
