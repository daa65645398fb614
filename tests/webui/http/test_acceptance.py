"""Which names the site answers to."""

from http import HTTPStatus
from typing import Any

import pytest

from tests.engines.corpus import article
from tests.webui.site import make_client
from webui.http.acceptance import host_name

ARTICLES = [article("a", "Talks in Vienna", "They talked.", "2021-10-15")]
STRANGER = {"REMOTE_ADDR": "192.0.2.7"}


def _status(host: str, path: str = "/feed.atom", peer: str = "192.0.2.7", **web: Any) -> int:
    client = make_client(ARTICLES, **web)
    return client.get(path, headers={"Host": host}, environ_overrides={"REMOTE_ADDR": peer}).status_code


@pytest.mark.parametrize(
    "host",
    [
        "",
        "a b",
        "evil.test/x",
        "user@evil.test",
        "evil.test:",
        "evil.test:x",
        "[::1",
        "a,b",
        "-a",
        "<x>",
        'a"b',
        "é.test",
    ],
)
def test_a_malformed_host_is_refused(host: str) -> None:
    if host:
        assert host_name(host) is None
        assert _status(host.encode().decode("latin-1"), base_url="") == 400


@pytest.mark.parametrize(
    ("host", "name"),
    [("Paper.Example:8080", "paper.example"), ("paper.example.", "paper.example"), ("[::1]:80", "[::1]"), ("", "")],
)
def test_the_name_of_a_host(host: str, name: str) -> None:
    assert host_name(host) == name


def test_names_are_those_of_the_configuration() -> None:
    web: dict[str, Any] = {"base_url": "https://paper.example", "hosts": ("archive.lan:8000",)}
    assert _status("paper.example", **web) == 200
    assert _status("PAPER.example:443", **web) == 200
    assert _status("archive.lan", **web) == 200
    assert _status("evil.test", **web) == 421
    assert _status("192.0.2.1", **web) == 421
    assert _status("localhost", **web) == 421
    assert _status("evil.test", path="/readyz", **web) == 200
    assert _status("localhost:8000", peer="127.0.0.1", **web) == 200  # this machine asks itself


def test_without_a_configured_name_the_site_answers_to_those_of_the_machine() -> None:
    assert [_status(host, base_url="") for host in ("localhost", "192.0.2.1:8000", "[2001:db8::1]")] == [200] * 3
    assert _status("evil.test", base_url="") == 421
    assert _status("evil.test", base_url="", hosts=("*",)) == 200


def test_a_name_that_is_not_allowed_stands_nowhere_but_in_the_refusal() -> None:
    client = make_client(ARTICLES, base_url="")
    answer = client.get("/api/v1/stats", headers={"Host": "evil.test"})
    assert answer.get_json()["detail"] == (
        "This site does not answer to the name evil.test. If it should, its operator adds the name to [web] hosts, or "
        "sets [web] base_url to the public address."
    )
    assert "evil.test/" not in client.get("/feed.atom", headers={"Host": "evil.test"}).text


def test_an_address_beyond_all_measure_is_refused() -> None:
    answer = make_client(ARTICLES).get("/api/v1/search?q=" + "a" * 8200)
    assert (answer.status_code, answer.get_json()["title"]) == (414, HTTPStatus(414).phrase)
