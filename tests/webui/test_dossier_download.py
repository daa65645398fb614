"""`/dossier.zip`: the dossier of a search from its page."""

import io
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.engines.corpus import article
from tests.webui.page import get
from tests.webui.site import BASE, make_client
from webui.addresses import downloads


def test_the_page_of_a_search_offers_its_dossier(client: FlaskClient) -> None:
    page = get(client, "/search?q=lavrov&sort=oldest")
    assert page.link("Dossier (pages to be read offline)") == "/dossier.zip?q=lavrov&sort=oldest"


def test_it_is_that_of_the_command_line_with_the_address_of_the_archive() -> None:
    client = make_client([article("a", "Oil", "oil", "2021"), article("b", "Sand", "sand", "2021")])
    answer = client.get("/dossier.zip?q=oil&ui=ar")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].endswith('-oil-dossier.zip"')
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.testzip() is None
        assert [name for name in packed.namelist() if "/articles/" in name] == ["dossier/articles/00001.html"]
        front = packed.read("dossier/index.html").decode()
        assert f'href="{BASE}/receipt/' in front
        assert '<html lang="ar" dir="rtl">' in front
        assert f"{BASE}/article/a" in packed.read("dossier/articles/00001.html").decode()


def test_a_search_that_finds_too_much_is_told_how(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "DOSSIER_MOST", 1)
    answer = client.get("/dossier.zip?q=oil")
    assert answer.status_code == 400
    assert "indexer dossier" in answer.text
    assert "/dossier.zip" not in client.get("/search?q=oil").text


def test_a_query_that_cannot_be_run_makes_no_file(client: FlaskClient) -> None:
    assert client.get("/dossier.zip?q=" + "a?b " * 400 + "").status_code == 400


def test_it_counts_against_the_limit_of_exports() -> None:
    client = make_client([article("a", "Oil", "oil", "2021")], export_limit="1 per minute")
    assert [client.get(path).status_code for path in ("/dossier.zip?q=oil", "/export.csv?q=oil")] == [200, 429]
