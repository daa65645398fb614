"""A site whose archive is swapped, deleted, damaged or put right while it runs."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.archive import open_archive
from indexer.article import Article
from indexer.config import Config, EngineConfig, EntitiesConfig
from tests.webui.page import get
from webui import create_app
from webui.holder import archive
from webui.memo import remembered


def built(place: Path, *words: str) -> Path:
    """An index with an article for each word, one commit each."""
    config = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False)).with_index(place)
    with open_archive(config) as archive:
        for word in words:
            archive.add([Article(word, title=word, body=f"The festival: {word}.", source=word).with_hash()])
    return place


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return built(tmp_path / "index", "one", "two", "three")


@pytest.fixture
def site(place: Path) -> FlaskClient:
    app = create_app(Config().with_index(place))
    app.testing = True
    return app.test_client()


def total(site: FlaskClient) -> int:
    found: int = site.get("/api/v1/search?q=festival").get_json()["total"]
    return found


def test_another_archive_in_its_place_is_served_at_the_next_request(
    site: FlaskClient, place: Path, tmp_path: Path
) -> None:
    first = site.get("/feed.atom?q=festival")
    assert (total(site), get(site, "/search?q=festival").one("//h1")) == (3, "3 articles for festival")
    known = site.get("/readyz").get_json()
    place.rename(tmp_path / "old")
    built(tmp_path / "new", "four").rename(place)
    assert (total(site), get(site, "/search?q=festival").one("//h1")) == (1, "1 article for festival")
    now = site.get("/readyz").get_json()
    assert (known["generation"], now["generation"], now["articles"]) == (3, 1, 1)
    assert known["identity"] != now["identity"]
    headers = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    again = site.get("/feed.atom?q=festival", headers=headers)
    assert (again.status_code, b"four" in again.data) == (200, True)


def test_what_is_remembered_is_of_the_archive_that_is_there(site: FlaskClient, place: Path, tmp_path: Path) -> None:
    memo = site.application.extensions["memo"]
    with site.application.test_request_context():
        assert remembered(archive(), "total", lambda: total(site)) == 3
        assert memo._identity == archive().identity
    place.rename(tmp_path / "old")
    built(place, "five", "six", "seven")
    site.get("/readyz")
    with site.application.test_request_context():
        assert archive().generation == 3
        assert remembered(archive(), "total", lambda: archive().stats().distinct["source"] * 10) == 30


def test_an_archive_that_is_gone_is_said_to_be_and_comes_back(site: FlaskClient, place: Path, tmp_path: Path) -> None:
    assert total(site) == 3
    place.rename(tmp_path / "away")
    for _ in range(2):
        ready = site.get("/readyz")
        assert (ready.status_code, ready.mimetype) == (503, "application/problem+json")
        assert ready.get_json()["error"] == "NoIndex"
        page = get(site, "/search?q=festival")
        assert (page.status, page.one("//h1")) == (503, "There is no archive here")
        assert "puts the one that was here back" in page.one("//div[@class='notice']/p[3]")
        assert site.get("/api/v1/search?q=festival").status_code == 503
    assert site.get("/healthz").get_json() == {"status": "ok"}
    (tmp_path / "away").rename(place)
    assert (total(site), site.get("/readyz").status_code) == (3, 200)


def test_damage_that_is_mended_is_no_damage_any_more(site: FlaskClient, place: Path) -> None:
    assert total(site) == 3
    kept = place.with_name("kept")
    shutil.copytree(place, kept)
    for path in place.glob("*.bsd"):
        data = path.read_bytes()
        path.unlink()  # never overwritten: readers have it mapped
        path.write_bytes(data[:70] + bytes([data[70] ^ 255]) + data[71:])
    manifest = place / "manifest-3.json"
    said = manifest.read_bytes()
    manifest.unlink()
    manifest.write_bytes(said)
    assert site.get("/api/v1/search?q=festival").status_code == 503
    for path in place.glob("*.bsd"):
        path.unlink()
        shutil.copy(kept / path.name, path)
    assert total(site) == 3


def test_an_older_state_is_said_to_be_one(site: FlaskClient, place: Path) -> None:
    assert site.get("/readyz").get_json()["status"] == "ok"
    (place / "manifest-3.json").write_bytes(b"damaged")
    ready = site.get("/readyz")
    assert (ready.status_code, ready.get_json()["status"], ready.get_json()["generation"]) == (200, "older", 2)
    assert ready.get_json()["warning"].startswith("manifest-3.json is damaged")
    found = site.get("/api/v1/search?q=festival").get_json()
    assert (found["total"], [warning["code"] for warning in found["warnings"]]) == (2, ["older-state"])
    assert "The newest state of the archive is damaged" in get(site, "/search?q=festival").text
