"""`/metrics`: who may read it, and that it counts."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from tests.engines.corpus import article
from tests.webui.site import BASE, make_client

ARTICLES = [article("a", "Talks in Vienna", "They talked.", "2021-10-15")]
OPEN: dict[str, Any] = {"metrics_from": ("127.0.0.1", "10.0.0.0/8"), "trusted_proxies": ("10.0.0.9",)}
Sample = tuple[str, tuple[tuple[str, str], ...]]


def _read(client: FlaskClient) -> dict[Sample, float]:
    answer = client.get("/metrics", base_url=BASE)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")
    families = text_string_to_metric_families(answer.text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


@pytest.mark.parametrize(
    ("peer", "forwarded", "status"),
    [
        ("127.0.0.1", "", 200),
        ("10.0.0.1", "", 200),
        ("192.0.2.1", "", 404),
        ("10.0.0.9", "192.0.2.1", 404),  # through the proxy, from outside
        ("192.0.2.1", "127.0.0.1", 404),  # says that it is from here
    ],
)
def test_metrics_are_read_by_whom_the_configuration_names(peer: str, forwarded: str, status: int) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    answer = make_client(ARTICLES, **OPEN).get(
        "/metrics", base_url=BASE, headers=headers, environ_overrides={"REMOTE_ADDR": peer}
    )
    assert answer.status_code == status


def test_they_are_closed_by_default() -> None:
    assert make_client(ARTICLES).get("/metrics", base_url=BASE).status_code == 404


def test_requests_are_counted_by_page_and_status() -> None:
    client = make_client(ARTICLES, **OPEN, slow_ms=0)
    for path in ("/search?q=vienna", "/search?q=x", "/article/a", "/article/zzz", "/nowhere"):
        client.get(path, base_url=BASE).close()
    found = _read(client)
    counted = {labels: value for (name, labels), value in found.items() if name == "broadsheet_requests_total"}
    assert counted == {
        (("method", "GET"), ("page", "/search"), ("status", "200")): 2,
        (("method", "GET"), ("page", "/article/<id>"), ("status", "200")): 1,
        (("method", "GET"), ("page", "/article/<id>"), ("status", "404")): 1,
        (("method", "GET"), ("page", "-"), ("status", "404")): 1,
    }
    assert found["broadsheet_request_seconds_count", (("page", "/search"),)] == 2
    assert found["broadsheet_sent_bytes_total", ()] > 1000
    assert found["broadsheet_ready", ()] == 1
    assert found["broadsheet_articles", ()] == 1
    assert found["broadsheet_all_processes_counted", ()] == 0


def test_an_archive_that_is_not_there_is_not_ready(tmp_path: Any) -> None:
    from indexer.config import Config, WebConfig
    from webui import create_app

    client = create_app(Config(web=WebConfig(**OPEN, base_url=BASE)).with_index(tmp_path / "none")).test_client()
    found = _read(client)
    assert found["broadsheet_ready", ()] == 0
    assert ("broadsheet_articles", ()) not in found
