"""What the site shows of an article that changed, and of one that its source took back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.archive import open_archive
from indexer.article import Article, Revision
from indexer.config import Config, EngineConfig, EntitiesConfig, WebConfig
from webui import create_app

TEXT = "The quay is closed to lorries. The crane has to be mended. The market has moved to the customs house."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    directory: Path = tmp_path_factory.mktemp("versions")
    entities, web = EntitiesConfig(enabled=False), WebConfig(indexable=True)
    config = Config(engine=EngineConfig(processes=1), entities=entities, web=web).with_index(directory / "index")
    first = Article("q", "Quay closed", body=TEXT, source="Tern", language="en")
    times = [datetime(2024, 3, day, 10, tzinfo=UTC) for day in (5, 6, 7)]
    versions = [
        replace(first, revision=Revision(modified=times[0])),
        replace(
            first,
            title="Quay closed for a week",
            body=f"{TEXT} It opens on Monday.",
            revision=Revision(modified=times[1]),
        ),
    ]
    killed = replace(first, id="k", title="Do not use", withdrawn=True, revision=Revision(number=2, modified=times[2]))
    with open_archive(config) as archive:
        archive.add([*versions, replace(first, id="k", body=f"Secret. {TEXT}"), killed])
        app = create_app(config, archive)
        with app.test_client() as opened:
            yield opened


def test_an_article_says_how_often_it_changed(client: FlaskClient) -> None:
    page = client.get("/article/q").text
    assert "Quay closed for a week" in page
    assert "Changed 1 time" in page
    assert "/article/q?version=1" in page
    assert "noindex" not in page.partition("</head>")[0]


def test_an_earlier_version_is_read_with_a_note(client: FlaskClient) -> None:
    page = client.get("/article/q?version=1").text
    assert "<h1>Quay closed</h1>" in page
    assert "This is how the article stood on March 5, 2024" in page
    assert "noindex" in page.partition("</head>")[0]
    assert client.get("/article/q?version=7").text.count("This is how") == 0


def test_two_versions_are_compared_word_by_word(client: FlaskClient) -> None:
    page = client.get("/article/q?version=1&against=2").text
    assert "<ins> for a week</ins>" in page
    assert "<ins>It opens on Monday.</ins>" in page


def test_what_its_source_took_back_is_a_note(client: FlaskClient) -> None:
    page = client.get("/article/k")
    assert page.status_code == 410
    assert "The source has taken this article back." in page.text
    assert "Secret" not in page.text
    for address in ("/api/v1/articles/k", "/cite/bibtex/k"):
        answer = client.get(address)
        assert (answer.status_code, "Secret" in answer.text) == (410, False)
    assert client.get("/search?q=secret").text.count("/article/k") == 0


def test_the_json_of_an_article_has_its_earlier_versions(client: FlaskClient) -> None:
    record = client.get("/api/v1/articles/q").json
    assert record is not None
    assert [each["title"] for each in record["earlier"]] == ["Quay closed"]
