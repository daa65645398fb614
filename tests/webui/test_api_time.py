"""`/api/v1` over time: what rises, comparisons, calendars and receipts; and the manners of all parts of the API."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.config import Config
from indexer.search.request import SearchRequest
from tests.engines.corpus import ARTICLES, article
from tests.engines.memory import make_archive
from tests.webui.site import ask, plain
from webui import create_app


def test_what_rises_on_a_day(client: FlaskClient, corpus: Archive) -> None:
    record = ask(client, "/trends?from=2021-10-14&to=2021-10-14&size=2")
    assert record.pop("warnings") == []
    assert record == plain(corpus.trends("2021-10-14", "2021-10-14", size=2).to_dict())
    assert (record["from"], record["total"], record["history_total"]) == ("2021-10-14", 2, 28)
    assert [(each["field"], each["value"], each["count"]) for each in record["entities"]] == [
        ("person", "Sergey Lavrov", 2)
    ]
    assert record["entities"][0]["series"] == [0] * 26 + [1, 2]
    assert [(each["id"], each["because"]) for each in record["articles"]] == [
        ("a1", ["Sergey Lavrov", "News/Politics"]),
        ("a2", ["Sergey Lavrov", "News/Politics"]),
    ]


def test_the_last_day_is_the_default_and_a_long_window_is_cut(client: FlaskClient) -> None:
    last = ask(client, "/trends")
    assert (last["from"], last["to"]) == ("2022-06-06", "2022-06-06")
    assert last == ask(client, "/trends?from=2022-06-06")
    cut = ask(client, "/trends?from=2020&to=2021&q=x")
    assert (cut["from"], cut["to"]) == ("2021-09-30", "2021-12-31")
    assert [warning["code"] for warning in cut["warnings"]] == ["unknown-parameter", "long-window"]


def test_nothing_rises_where_nothing_is_dated() -> None:
    undated = create_app(Config(), make_archive([article("a", "T", "b", None)])).test_client()
    answer = undated.get("/api/v1/trends")
    assert (answer.status_code, answer.get_json()["detail"]) == (
        404,
        "Nothing in the archive has a date. Say from which day to which.",
    )
    assert ask(undated, "/trends?to=2021-01-01")["total"] == 0
    assert ask(undated, "/compare?q=t")["series"][0] == {
        "query": "t", "understood": "t", "matching": None, "corrected": None,
        "counts": [], "shares": [], "total": 1, "undated": 1,
    }  # fmt: skip


def test_queries_over_time(client: FlaskClient, corpus: Archive) -> None:
    record = ask(client, "/compare?q=lavrow&q=biden&from=2021-10&to=2021-11&interval=month&-source=Reuters")
    assert record.pop("warnings") == []
    assert record == plain(
        corpus.compare(
            ["lavrow", "biden"], interval="month", from_="2021-10", to="2021-11", exclude={"source": "Reuters"}
        ).to_dict()
    )
    assert (record["interval"], record["periods"], record["published"]) == ("month", ["2021-10", "2021-11"], [3, 1])
    assert record["series"] == [
        {
            "query": "lavrow", "understood": "lavrov", "matching": None, "corrected": {"query": "lavrov", "total": 4},
            "counts": [3, 1], "shares": [1.0, 1.0], "total": 4, "undated": 0,
        },
        {
            "query": "biden", "understood": "biden", "matching": None, "corrected": None,
            "counts": [1, 0], "shares": [0.333333, 0.0], "total": 1, "undated": 0,
        },
    ]  # fmt: skip


def test_a_gap_is_null_and_no_query_is_everything(client: FlaskClient) -> None:
    record = ask(client, "/compare?interval=year&from=1999&to=2001")
    assert [each["query"] for each in record["series"]] == [""]
    assert (record["published"], record["series"][0]["counts"]) == ([1, 0, 0], [1, None, None])
    many = ask(client, "/compare?" + "&".join(f"q=w{number}" for number in range(7)))
    assert (len(many["series"]), [warning["code"] for warning in many["warnings"]]) == (6, ["too-many-queries"])


def test_a_search_within_a_year_and_a_month(client: FlaskClient, corpus: Archive) -> None:
    assert ask(client, "/calendar?q=lavrov") == plain(corpus.calendar(None, "lavrov").to_dict())
    month = ask(client, "/calendar/2021-10?q=lavrov&source=TASS&colour=red")
    assert [warning["code"] for warning in month.pop("warnings")] == ["unknown-parameter"]
    assert month == {
        "query": "lavrov", "understood": "lavrov", "matching": None, "corrected": None,
        "period": "2021-10", "parent": "2021", "previous": None, "next": None, "total": 2, "undated": 0,
        "interval": "day", "buckets": [{"value": "2021-10-13", "count": 1}, {"value": "2021-10-14", "count": 1}],
        "generation": 1,
    }  # fmt: skip


def test_a_receipt_is_issued_and_checked() -> None:
    archive = make_archive(ARTICLES)
    client = create_app(Config(), archive).test_client()
    issued = ask(client, "/receipts?q=lavrov+biden&lang=en&page=x")
    assert [warning["code"] for warning in issued["warnings"]] == ["bad-number"]
    assert (issued["query"], issued["match"], issued["from"], issued["filters"]) == (
        "lavrov biden", "best", None, [{"field": "language", "values": ["en"], "excluded": []}],
    )  # fmt: skip
    assert (issued["total"], issued["kept"], issued["page"]) == (
        6, "list", f"http://localhost/receipt/{issued['token']}",
    )  # fmt: skip
    same = ask(client, f"/receipts/{issued['token']}")
    kept = {name: value for name, value in issued.items() if name not in ("page", "warnings")}
    assert same == {
        "receipt": kept, "understood": "lavrov OR biden", "matching": {"mode": "best", "all": 2, "best": 6},
        "total": 6, "generation": 1, "changed": False, "new": 0, "gone": 0, "net": 0, "new_articles": [],
        "gone_articles": [], "lost": 0, "edited": 0, "edited_articles": [],
    }  # fmt: skip
    archive.add([article("z", "Lavrov again", "b", "2023")])
    archive.remove(["a2"])
    later = ask(client, f"/receipts/{issued['token']}")
    assert (later["changed"], later["new"], later["gone"], later["net"], later["generation"]) == (True, 1, 1, 0, 3)
    assert [each["title"] for each in later["new_articles"]] == ["Lavrov again"]
    assert later == plain(archive.check_receipt(issued["token"]).to_dict())


def test_values_of_a_facet_say_how_the_question_was_matched(client: FlaskClient, corpus: Archive) -> None:
    record = ask(client, "/facets/source?q=lavrov+biden&limit=1")
    assert record == {
        "field": "source", "understood": "lavrov OR biden", "matching": {"mode": "best", "all": 2, "best": 6},
        "corrected": None, "buckets": [{"value": "TASS", "count": 2, "selected": False}], "total": 4, "missing": 1,
        "warnings": [], "offset": 0, "limit": 1,
    }  # fmt: skip
    corrected = ask(client, "/facets/source?q=lavrow")
    assert (corrected["understood"], corrected["corrected"]) == ("lavrov", {"query": "lavrov", "total": 6})
    assert corpus.facet_values("source", SearchRequest("lavrow")).corrected is None


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/calendar/2021-13", 404, "'2021-13' is not a date"),
        ("/calendar/lavrov", 404, "not a date"),
        ("/compare?interval=week", 400, "interval 'week' is not possible. Write year, month, day."),
        ("/compare?q=*x", 400, ""),
        ("/calendar?q=" + "x" * 1001, 400, "at most 1000"),
        ("/trends?size=51", 400, "size '51' is not a number from 0 to 50."),
        ("/receipts/xyz", 404, "not the address of a search receipt"),
        ("/receipts?q=*x", 400, ""),
    ],
)
def test_what_cannot_be_answered_says_why(client: FlaskClient, path: str, status: int, detail: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert detail in answer.get_json()["detail"]


EVERY = (
    *("/search?q=lavrov", "/facets/source", "/suggest?q=l", "/stats", "/openapi.json", "/articles/a1", "/copies/a1"),
    *("/related/a1", "/translations/a1", "/versions/a1", "/differences/a1?with=a2", "/profiles/source/TASS", "/trends"),
    *("/compare?q=lavrov", "/calendar", "/calendar/2021"),
)


@pytest.mark.parametrize("path", EVERY)
def test_every_answer_is_validated_read_only_and_open_to_the_sites_that_are_allowed(corpus: Archive, path: str) -> None:
    config = Config()
    site = create_app(replace(config, web=replace(config.web, cors_origins=("https://a.example",))), corpus)
    client, address = site.test_client(), f"/api/v1{path}"
    first = client.get(address, headers={"Origin": "https://a.example"})
    assert (first.status_code, first.headers["Access-Control-Allow-Origin"]) == (200, "https://a.example")
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    refused = client.post(address)
    assert (refused.status_code, refused.mimetype) == (405, "application/problem+json")
    assert set(refused.headers["Allow"].replace(",", "").split()) == {"GET", "HEAD", "OPTIONS"}


def test_all_parts_of_the_api_share_one_limit(corpus: Archive) -> None:
    config = Config()
    client = create_app(replace(config, web=replace(config.web, rate_limit="4 per minute")), corpus).test_client()
    paths = ("/stats", "/copies/a1", "/profiles/source/TASS", "/calendar", "/versions/a1")
    assert [client.get(f"/api/v1{path}").status_code for path in paths] == [200, 200, 200, 200, 429]
