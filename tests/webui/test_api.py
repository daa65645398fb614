"""The JSON API: the same answers as the archive's, and problems instead of pages."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.archive import Archive
from indexer.config import Config
from indexer.errors import ConfigError
from indexer.fields import FACET_FIELDS
from indexer.interchange import to_record
from webui import create_app
from webui.addresses import params


def ask(client: FlaskClient, path: str) -> Any:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "application/json"
    return answer.get_json()


def refused(client: FlaskClient, path: str) -> tuple[int, Any]:
    answer: TestResponse = client.get(path)
    assert answer.mimetype == "application/problem+json"
    record = answer.get_json()
    assert record["status"] == answer.status_code
    return answer.status_code, record


def test_a_search_is_the_archives_answer(client: FlaskClient, corpus: Archive) -> None:
    record = ask(
        client, "/search?q=lavrov&source=TASS&-place=Kyiv&from=2021&sort=newest&facets=source,person&explain=1"
    )
    expected = corpus.search(
        "lavrov", source="TASS", exclude={"place": "Kyiv"}, from_="2021", sort="newest",
        facets=["source", "person"], explain=True,
    ).to_dict()  # fmt: skip
    for answer in (record, expected):
        del answer["took_ms"]
    assert record == json.loads(json.dumps(expected))


def test_cursors_reach_every_hit_once(client: FlaskClient) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        record = ask(client, f"/search?size=7&facets=none{'&cursor=' + cursor if cursor else ''}")
        seen += [hit["id"] for hit in record["hits"]]
        cursor = record["next_cursor"]
    assert len(seen) == len(set(seen)) == record["total"]


def test_only_the_wanted_fields_come(client: FlaskClient) -> None:
    record = ask(client, "/search?q=lavrov&size=1&fields=title,source,colour")
    assert set(record["hits"][0]) == {"id", "title", "source"}
    assert record["warnings"][0]["message"].startswith("“colour” is not possible for fields")


def test_warnings_of_the_address_come_with_those_of_the_query(client: FlaskClient) -> None:
    record = ask(client, "/search?q=colour:red&page=x")
    assert [warning["code"] for warning in record["warnings"]] == ["bad-number", "unknown-field"]


def test_an_article_is_its_export_record(client: FlaskClient, corpus: Archive) -> None:
    assert ask(client, "/articles/a1") == json.loads(json.dumps(to_record(corpus.get("a1"))))
    assert ask(client, "/articles?id=a1") == ask(client, "/articles/a1")


def test_values_of_a_facet_are_paged(client: FlaskClient) -> None:
    whole = ask(client, "/facets/source?q=lavrov&limit=100")
    parts = [ask(client, f"/facets/source?q=lavrov&limit=2&offset={at}")["buckets"] for at in (0, 2)]
    assert [bucket for part in parts for bucket in part] == whole["buckets"]
    assert whole["total"] == 4


def test_suggestions_and_statistics(client: FlaskClient, corpus: Archive) -> None:
    assert ask(client, "/suggest?q=lavr")["suggestions"][0] == {"kind": "person", "text": "Sergey Lavrov", "count": 5}
    assert ask(client, "/suggest?q=") == {"query": "", "before": "", "suggestions": []}
    last = ask(client, "/suggest?q=ministers+in+minsk+lavr")
    assert (last["before"], last["suggestions"][0]["text"]) == ("ministers in minsk", "Sergey Lavrov")
    assert {each["kind"] for each in last["suggestions"]} <= {"person", "organisation", "place", "source"}
    assert ask(client, "/stats") == json.loads(json.dumps(corpus.stats().to_dict()))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/articles/none", 404),
        ("/api/v1/articles", 404),
        ("/api/v1/facets/colour", 404),
        ("/api/v1/nothing", 404),
        ("/api/v2/search", 404),
        ("/api/v1/search?q=" + "x" * 1001, 400),
        ("/api/v1/search?cursor=nonsense", 409),
        ("/api/v1/search?cursor=no+cursor", 400),
        ("/api/v1/facets/source?limit=", 400),
        ("/api/v1/suggest?size=51", 400),
        ("/api/v1/facets/source?limit=-1", 400),
        ("/api/v1/facets/source?order=best", 400),
        ("/api/v1/suggest?q=a&size=x", 400),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(client: FlaskClient, path: str, status: int) -> None:
    code, record = refused(client, path)
    assert code == status
    assert record["detail"]
    assert set(record) >= {"type", "title", "status", "detail"}


def test_other_methods_are_refused(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert set(answer.headers["Allow"].replace(",", "").split()) == {"GET", "HEAD", "OPTIONS"}


def test_the_description_names_every_parameter(client: FlaskClient) -> None:
    document = ask(client, "/openapi.json")
    assert document["openapi"] == "3.1.0"
    named = {parameter["name"] for parameter in document["paths"]["/search"]["get"]["parameters"]}
    filters = {name for field in FACET_FIELDS for name in (params.FILTER_PARAMETERS[field.name],)}
    assert named == {"q", "match", "from", "to", "added_from", "added_to", "sort", "page", "size", "cursor", "facets",
                     "facet_size", "snippets", "explain", "group", "recency", "all", "spellcheck", "translation",
                     "fields",
                     *filters, *(f"-{name}" for name in filters)}  # fmt: skip


def test_an_answer_says_how_the_words_were_matched(client: FlaskClient) -> None:
    some = ask(client, "/search?q=lavrov+biden")
    assert (some["understood"], some["total"]) == ("lavrov OR biden", 6)
    assert some["matching"] == {"mode": "best", "all": 2, "best": 6}
    every = ask(client, "/search?q=lavrov+biden&match=all")
    assert (every["understood"], every["total"], every["matching"]["mode"]) == ("lavrov AND biden", 2, "all")
    assert ask(client, "/search?q=lavrov&match=best")["matching"] is None
    assert ask(client, "/search?q=lavrov&match=most")["warnings"][0]["code"] == "bad-choice"


def test_an_answer_that_a_client_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=lavrov")
    again = client.get("/api/v1/search?q=lavrov", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/v1/search?q=biden").headers["ETag"] != first.headers["ETag"]


def test_a_client_that_asks_too_often_waits(corpus: Archive) -> None:
    config = Config()
    app = create_app(replace(config, web=replace(config.web, rate_limit="2 per minute")), corpus)
    reader = app.test_client()
    assert [reader.get("/api/v1/stats").status_code for _ in range(3)] == [200, 200, 429]
    answer = reader.get("/api/v1/search")
    assert answer.mimetype == "application/problem+json"
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["X-RateLimit-Limit"] == "2"
    assert [reader.get("/search").status_code for _ in range(5)] == [200] * 5


def test_a_limit_that_is_none_is_said_at_the_start(corpus: Archive) -> None:
    config = Config()
    with pytest.raises(ConfigError, match="120 per minute"):
        create_app(replace(config, web=replace(config.web, rate_limit="often")), corpus)
    free = create_app(replace(config, web=replace(config.web, rate_limit="")), corpus).test_client()
    assert "X-RateLimit-Limit" not in free.get("/api/v1/stats").headers


def test_other_sites_may_ask_only_as_the_configuration_allows(client: FlaskClient, corpus: Archive) -> None:
    config = Config()
    config = replace(config, web=replace(config.web, cors_origins=("https://paper.example",)))
    reader = create_app(config, corpus).test_client()
    theirs = reader.get("/api/v1/stats", headers={"Origin": "https://paper.example"})
    assert theirs.headers["Access-Control-Allow-Origin"] == "https://paper.example"
    strangers = reader.get("/api/v1/stats", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in strangers.headers
    assert (
        "Access-Control-Allow-Origin"
        not in client.get("/api/v1/stats", headers={"Origin": "https://a.example"}).headers
    )
