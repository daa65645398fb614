"""Who asks and where the site is seen, by the word of trusted proxies alone."""

import logging
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.errors import ConfigError
from tests.engines.corpus import article
from tests.webui.page import get
from tests.webui.site import BASE, make_client, make_site
from webui.http.proxies import read_address

ARTICLES = [article("a", "Talks in Vienna", "They talked.", "2021-10-15")]
PROXY = {"REMOTE_ADDR": "10.0.0.9"}


def _client(**web: Any) -> FlaskClient:
    return make_client(ARTICLES, trusted_proxies=("10.0.0.0/8", "::1"), **web)


def _statuses(client: FlaskClient, peer: str, chains: list[str]) -> list[int]:
    return [
        client.get(
            "/api/v1/stats",
            base_url=BASE,
            headers={"X-Forwarded-For": chain},
            environ_overrides={"REMOTE_ADDR": peer},
        ).status_code
        for chain in chains
    ]


def test_a_stranger_does_not_choose_the_address_he_is_counted_under() -> None:
    client = _client(rate_limit="2 per minute")
    assert _statuses(client, "192.0.2.1", [f"203.0.113.{number}" for number in range(4)]) == [200, 200, 429, 429]


def test_a_proxy_says_who_asks() -> None:
    client = _client(rate_limit="1 per minute")
    assert _statuses(client, "10.0.0.9", [f"203.0.113.{number}" for number in range(3)]) == [200] * 3
    assert _statuses(client, "10.0.0.9", ["203.0.113.0"]) == [429]
    assert _statuses(client, "203.0.113.1", [""]) == [429]  # the same client, not through the proxy


def test_what_a_client_says_before_the_proxy_is_not_believed() -> None:
    """The proxy adds the address it sees behind what the client sent."""
    client = _client(rate_limit="1 per minute")
    assert _statuses(client, "10.0.0.9", ["1.1.1.1, 203.0.113.5", "2.2.2.2, 203.0.113.5, 10.0.0.3"]) == [200, 429]


def test_a_stranger_who_claims_to_be_a_proxy_is_named_once_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    client = _client()
    with caplog.at_level(logging.WARNING):
        _statuses(client, "192.0.2.1", ["1.1.1.1", "1.1.1.1"])
    assert [record.getMessage() for record in caplog.records] == [
        "X-Forwarded-For from 192.0.2.1 is not believed. If that is your proxy, name it in [web] trusted_proxies; "
        "until then all of its clients count as one."
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1:1234 ", "192.0.2.1"),
        ("::1", "::1"),
        ("[2001:db8::1]:80", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unknown", None),
        ("", None),
    ],
)
def test_addresses_as_proxies_write_them(text: str, address: str | None) -> None:
    found = read_address(text)
    assert (str(found) if found else None) == address


def _links(client: FlaskClient, path: str = "/", **request: Any) -> set[str]:
    page = get(client, path, base_url=BASE, **request)
    assert page.status == 200
    return {str(href).split("/")[1] for href in page.all("//nav//a/@href | //link[@rel='stylesheet']/@href")}


def test_a_prefix_is_honoured_from_a_proxy_alone() -> None:
    client = _client()
    headers = {"X-Forwarded-Prefix": "/news/"}
    assert _links(client, headers=headers, environ_overrides=PROXY) == {"news"}
    assert "news" not in _links(client, headers=headers)


@pytest.mark.parametrize("prefix", ["//evil.test", "/a b", "news", "/<x>", "/news?x", "/"])
def test_a_prefix_that_is_no_path_is_left_aside(prefix: str) -> None:
    made = _links(_client(), headers={"X-Forwarded-Prefix": prefix}, environ_overrides=PROXY)
    assert made == _links(_client())


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        ("/article/a", {}),  # the proxy takes the path off
        ("/news/article/a", {}),  # it leaves it there
        ("/article/a", {"SCRIPT_NAME": "/news"}),  # the server has mounted the site
    ],
)
def test_the_path_of_the_public_address_is_where_the_site_is_mounted(path: str, environ: dict[str, str]) -> None:
    client = make_client(ARTICLES, base_url="https://paper.example/news/", indexable=True)
    page = get(client, path, environ_overrides=environ)
    assert page.status == 200
    assert page.all("//link[@rel='canonical']/@href") == ["https://paper.example/news/article/a"]
    assert all(str(href).startswith("/news/") for href in page.all("//nav//a/@href"))
    feed = client.get("/feed.atom", environ_overrides=environ).text
    assert "https://paper.example/news/article/a" in feed
    assert "/news/news" not in feed


def test_the_scheme_is_taken_from_a_proxy() -> None:
    client = make_client(ARTICLES, base_url="", hosts=("paper.example",), trusted_proxies=("10.0.0.9",))
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "paper.example"}
    assert "https://paper.example/article/a" in client.get("/feed.atom", headers=headers, environ_overrides=PROXY).text
    assert "https" not in client.get("/feed.atom", headers=headers).text.split("<id>")[1].split("</id>")[0]


def test_a_network_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"trusted_proxies: 'nginx' is neither an address nor a network"):
        make_site(trusted_proxies=("nginx",))
