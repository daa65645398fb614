"""How answers travel: compressed for who asks for that, and the same text for who does not."""

import gzip

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/", "/search?q=lavrov", "/api/v1/search?q=lavrov", "/static/site.css", "/feed.atom"])
def test_what_is_sent_compressed_is_the_same_text(client: FlaskClient, path: str) -> None:
    plain = client.get(path, buffered=True)
    packed = client.get(path, buffered=True, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=10)  # the time it took
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_a_client_that_has_the_compressed_answer_is_told_so(client: FlaskClient) -> None:
    for path in ("/api/v1/search?q=lavrov", "/feed.atom?q=lavrov", "/static/site.css"):
        first = client.get(path, buffered=True, headers={"Accept-Encoding": "gzip"})
        again = client.get(
            path, buffered=True, headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")


def test_files_are_streamed_as_they_are(client: FlaskClient) -> None:
    for suffix in ("csv", "jsonl", "ris"):
        answer = client.get(f"/export.{suffix}?q=lavrov", headers={"Accept-Encoding": "gzip, br, zstd"})
        assert "Content-Encoding" not in answer.headers
