"""Limits: what counts against which, for whom."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.errors import ConfigError
from tests.engines.corpus import article
from tests.webui.site import make_client, make_site

ARTICLES = [article("a", "Talks in Vienna", "They talked.", "2021-10-15")]
TIGHT: Any = {"rate_limit": "2 per minute", "page_limit": "3 per minute", "export_limit": "1 per minute"}


def _ask(client: FlaskClient, path: str, times: int, peer: str = "192.0.2.1") -> list[int]:
    found = []
    for _ in range(times):
        with client.get(path, base_url="https://archive.example", environ_overrides={"REMOTE_ADDR": peer}) as answer:
            found.append(answer.status_code)
    return found


def test_pages_files_and_the_api_are_counted_apart() -> None:
    client = make_client(ARTICLES, **TIGHT)
    assert _ask(client, "/api/v1/stats", 3) == [200, 200, 429]
    assert _ask(client, "/export.csv?q=vienna", 2) == [200, 429]
    assert _ask(client, "/search?q=vienna", 2) + _ask(client, "/", 2) == [200, 200, 200, 429]
    assert _ask(client, "/export.csv?q=vienna", 1, "192.0.2.2") == [200]
    assert _ask(client, "/healthz", 9) == [200] * 9
    assert _ask(client, "/static/site.css", 9) == [200] * 9


def test_two_hundred_people_behind_one_address_may_type() -> None:
    client = make_client(ARTICLES)
    assert _ask(client, "/suggest?q=v", 300) + _ask(client, "/api/v1/suggest?q=v", 300) == [200] * 600
    assert _ask(client, "/api/v1/stats", 1) == [200]


def test_suggestions_have_a_limit_of_their_own() -> None:
    client = make_client(ARTICLES, suggest_limit="2 per minute")
    assert _ask(client, "/suggest?q=v", 1) + _ask(client, "/api/v1/suggest?q=v", 2) == [200, 200, 429]
    assert _ask(client, "/api/v1/stats", 1) == [200]


def test_all_of_the_api_counts_as_one() -> None:
    paths = [
        str(rule.rule)
        for rule in make_site(ARTICLES).url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and "<" not in rule.rule and not rule.rule.endswith("/suggest")
    ]
    assert len(paths) > 4
    for path in paths:
        client = make_client(ARTICLES, **TIGHT)
        _ask(client, "/api/v1/stats", 2)
        assert _ask(client, path, 1) == [429], path


def test_an_empty_limit_is_none() -> None:
    client = make_client(ARTICLES, **{**TIGHT, "rate_limit": ""})
    assert _ask(client, "/api/v1/stats", 9) == [200] * 9
    assert _ask(client, "/", 4) == [200, 200, 200, 429]


def test_the_addresses_of_one_line_count_as_one() -> None:
    client = make_client(ARTICLES, **TIGHT)
    peers = ("2001:db8::1", "2001:db8::2", "2001:db8:0:0:9::1", "2001:db8:0:1::1")
    assert [status for peer in peers for status in _ask(client, "/api/v1/stats", 1, peer)] == [200, 200, 429, 200]


def test_only_refusals_say_when_to_come_back() -> None:
    client = make_client(ARTICLES, **TIGHT)
    assert "Retry-After" not in client.get("/search").headers
    answers = [client.get("/search") for _ in range(3)]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


@pytest.mark.parametrize("key", ["rate_limit", "page_limit", "export_limit", "suggest_limit"])
def test_a_limit_that_is_none_is_named(key: str) -> None:
    with pytest.raises(ConfigError, match=rf"\[web\] {key}: 'often' is no limit"):
        make_site(**dict[str, Any]({key: "often"}))


def test_a_storage_that_is_none_is_named_without_its_password() -> None:
    with pytest.raises(ConfigError, match=r"\[web\] rate_storage cannot be used") as caught:
        make_site(rate_storage="nowhere://user:secret@host")
    assert "secret" not in str(caught.value)
