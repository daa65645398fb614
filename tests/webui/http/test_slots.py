"""How many files are made at once."""

from flask.testing import FlaskClient

from tests.engines.corpus import article
from tests.webui.site import BASE, make_client

ARTICLES = [article("a", "Talks in Vienna", "They talked.", "2021-10-15")]


def _status(client: FlaskClient, query: str = "") -> int:
    with client.get(f"/export.csv{query}", base_url=BASE) as answer:
        return answer.status_code


def test_pages_go_on_while_files_are_made() -> None:
    client = make_client(ARTICLES, threads=4)
    held = [client.get("/export.csv", base_url=BASE, buffered=False) for _ in range(2)]
    refused = client.get("/export.csv", base_url=BASE)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert "Other downloads are being made just now." in refused.text
    assert client.get("/search", base_url=BASE).status_code == 200
    held[0].close()
    assert _status(client) == 200
    assert _status(client) == 200
    held[1].close()


def test_a_place_is_given_back_with_the_last_article() -> None:
    client = make_client(ARTICLES, threads=2)
    held = client.get("/export.csv", base_url=BASE, buffered=False)
    assert _status(client) == 503
    assert b"Talks in Vienna" in held.get_data()
    assert _status(client) == 200
    held.close()  # once is enough
    assert _status(client) == 200


def test_a_place_is_given_back_whatever_is_answered() -> None:
    client = make_client(ARTICLES, threads=1)
    assert [_status(client, query) for query in ("", "?q=*a", "?page=x", "?q=(") * 3] == [200, 400, 200, 200] * 3
    with client.head("/export.csv", base_url=BASE) as answer:
        assert answer.status_code == 200
    assert _status(client) == 200
