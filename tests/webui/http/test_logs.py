"""The access log and the slow-query log: what they say, and what they leave out."""

import logging
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.engines.corpus import article
from tests.webui.site import BASE, make_client
from webui.http.logs import shape

ARTICLES = [article("a", "Talks in Vienna", "They talked.", "2021-10-15", people=("Ada Lovelace",))]
CLIENT = {"REMOTE_ADDR": "192.0.2.77"}


def _lines(caplog: pytest.LogCaptureFixture, client: FlaskClient, *paths: str) -> list[str]:
    caplog.set_level(logging.INFO, "broadsheet.requests")
    for path in paths:
        client.get(path, base_url=BASE, environ_overrides=CLIENT, headers={"User-Agent": "Reader/1"}).close()
    return [
        record.getMessage() for record in caplog.records if record.name in ("broadsheet.requests", "broadsheet.slow")
    ]


def test_a_line_for_each_request_names_neither_persons_nor_queries(caplog: pytest.LogCaptureFixture) -> None:
    lines = _lines(
        caplog, make_client(ARTICLES), "/search?q=secret", "/person/Ada%20Lovelace", "/article/a?q=secret", "/zzz"
    )
    assert [line.split(" bytes=")[0] for line in lines] == [
        "GET /search status=200",
        "GET /<field>/<name> status=200",
        "GET /article/<id> status=200",
        "GET - status=404",
    ]
    assert not any(word in line for line in lines for word in ("secret", "Ada", "192.0.2.77", "Reader", "zzz"))


def test_the_bytes_are_those_of_the_answer(caplog: pytest.LogCaptureFixture) -> None:
    client = make_client(ARTICLES)
    (line,) = _lines(caplog, client, "/export.csv?q=vienna")
    with client.get("/export.csv?q=vienna", base_url=BASE) as answer:
        assert f"bytes={len(answer.get_data())} " in line


def test_a_full_log_names_the_client_and_the_address_on_one_line(caplog: pytest.LogCaptureFixture) -> None:
    lines = _lines(caplog, make_client(ARTICLES, access_log="full"), "/search?q=a%0ab&x=é", "/article/a%0aGET")
    assert [line.split(" client=")[1] for line in lines] == [
        "192.0.2.77 address=/search?q=a%0ab&x=%C3%A9",
        "192.0.2.77 address=/article/a%0AGET",
    ]


def test_no_log_where_none_is_wanted(caplog: pytest.LogCaptureFixture) -> None:
    assert _lines(caplog, make_client(ARTICLES, access_log="off"), "/") == []


@pytest.mark.parametrize(("queries", "said"), [(False, False), (True, True)])
def test_a_slow_request_is_logged_with_its_shape(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, queries: bool, said: bool
) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr("webui.http.observe.time.perf_counter", lambda: float(next(clock)))
    client = make_client(ARTICLES, access_log="off", slow_ms=1000, log_queries=queries)
    (line,) = _lines(caplog, client, "/search?q=%22talks+in%22+vien*&source=SANA&from=2020&sort=newest&page=2")
    assert line.startswith("GET /search status=200 bytes=")
    assert "characters=16 phrase=1 prefix=1 filter=source:1 dates=1 sort=newest page=2 size=20" in line
    assert ("vien" in line) == ("SANA" in line) == said


def test_a_quick_request_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert _lines(caplog, make_client(ARTICLES, access_log="off", slow_ms=3_600_000), "/search?q=vienna") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "characters=0 sort=relevance page=1 size=20"),
        ("q=vienna~+OR+tal*s&lang=en&-lang=ar", "characters=16 fuzzy=1 wildcard=1 filter=language:2"),
        ("q=" + "(a OR b) " * 99, "characters="),
        ("page=zzz&q=%ff", "characters="),
    ],
)
def test_the_shape_of_whatever_is_asked(query: str, said: str) -> None:
    assert shape(query).startswith(said)


def test_a_request_that_fails_is_logged_as_such(caplog: pytest.LogCaptureFixture, monkeypatch: Any) -> None:
    client = make_client(ARTICLES)
    monkeypatch.setattr("webui.views.search.front_page", lambda _: 1 / 0)
    assert _lines(caplog, client, "/")[0].startswith("GET / status=500 ")
