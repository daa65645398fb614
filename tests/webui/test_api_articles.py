"""`/api/v1` of one article: what is near it, what it said before, and all about a name."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.article import Article, Revision
from indexer.config import Config
from tests.browsing.stories import stories
from tests.engines.corpus import LAVROV
from tests.engines.memory import make_archive
from tests.webui.site import ask, plain
from webui import create_app


@pytest.fixture(scope="module")
def told() -> Archive:
    return stories()


@pytest.fixture(scope="module")
def reader(told: Archive) -> FlaskClient:
    return create_app(Config(), told).test_client()


def _kept(day: int, **said: Any) -> Article:
    revision = Revision(modified=datetime(2024, 3, day, 10, tzinfo=UTC))
    return replace(Article("q", "Quay closed", body="The quay is closed.", language="en"), revision=revision, **said)


@pytest.fixture(scope="module")
def changed() -> FlaskClient:
    """A site of an article in three versions, one that was taken back, and one whose id is an address."""
    first, second = _kept(5), _kept(6, title="Quay still closed")
    newest = replace(_kept(7, body="The old quay is closed."), earlier=(first, second))
    gone = Article("gone", withdrawn=True)
    address = Article("https://a.example/x/copies", "Address", body="Text.")
    archive = make_archive([each.with_hash() for each in (newest, gone, address)])
    return create_app(Config(), archive).test_client()


def test_copies_are_paged(reader: FlaskClient, told: Archive) -> None:
    whole = ask(reader, "/copies/wire")
    assert [hit["id"] for hit in whole["copies"]] == ["courier", "post"]
    assert whole == plain(
        {"id": "wire", "total": 2, "offset": 0, "limit": 50, "copies": [hit.to_dict() for hit in told.copies("wire")]}
    )
    second = ask(reader, "/copies/wire?offset=1&limit=1")
    assert (second["copies"], second["total"]) == (whole["copies"][1:], 2)
    assert ask(reader, "/copies?id=wire&limit=0")["copies"] == []


def test_related_articles_and_other_stories(reader: FlaskClient) -> None:
    related = ask(reader, "/related/wire?size=10")
    assert (related["id"], [hit["id"] for hit in related["related"]]) == (
        "wire",
        ["courier", "post", "herald", "review"],
    )
    assert [hit["id"] for hit in ask(reader, "/related/wire?size=10&group=1")["related"]] == ["herald"]
    assert [hit["id"] for hit in ask(reader, "/related/wire?size=1")["related"]] == ["courier"]


def test_translations_lead_both_ways(reader: FlaskClient, told: Archive) -> None:
    original = ask(reader, "/translations/wire")
    assert (original["original"], [each["id"] for each in original["translations"]]) == (None, ["anzeiger"])
    assert ask(reader, "/translations/anzeiger") == plain(told.translations("anzeiger").to_dict())
    assert ask(reader, "/translations/anzeiger")["original"]["id"] == "wire"


def test_versions_are_whole_and_say_since_when(changed: FlaskClient) -> None:
    versions = ask(changed, "/versions/q")["versions"]
    assert [(each["number"], each["since"], each["title"], each["body"]) for each in versions] == [
        (1, "2024-03-05T10:00:00Z", "Quay closed", "The quay is closed."),
        (2, "2024-03-06T10:00:00Z", "Quay still closed", "The quay is closed."),
        (3, "2024-03-07T10:00:00Z", "Quay closed", "The old quay is closed."),
    ]
    assert not any("earlier" in each for each in versions)
    assert len(ask(changed, "/articles/q")["earlier"]) == 2


def test_differences_of_versions_and_of_copies(changed: FlaskClient, reader: FlaskClient) -> None:
    last = ask(changed, "/differences/q")
    assert [side["since"] for side in (last["left"], last["right"])] == ["2024-03-06T10:00:00Z", "2024-03-07T10:00:00Z"]
    assert last["rows"] == [
        {
            "left": "Quay still closed The quay is closed.", "right": "Quay closed The old quay is closed.",
            "differs": True, "left_spans": [[4, 10]], "right_spans": [[15, 19]],
        }
    ]  # fmt: skip
    assert not last["same"]
    first = ask(changed, "/differences/q?version=1&against=2")
    assert [(row["left"], row["right"], row["differs"]) for row in first["rows"]] == [
        ("Quay closed", "Quay still closed", True),
        ("The quay is closed.", "The quay is closed.", False),
    ]
    assert ask(changed, "/differences/q?version=1&against=1")["same"]
    copies = ask(reader, "/differences/wire?with=courier")
    assert (copies["left"]["id"], copies["right"]["id"]) == ("wire", "courier")
    assert [row["right"] for row in copies["rows"] if row["differs"]] == ["The Courier adds a line."]


def test_the_matches_of_a_query_in_an_article(client: FlaskClient) -> None:
    assert "matches" not in ask(client, "/articles/a1")
    assert ask(client, "/articles/a1?q=lavrov+normandy")["matches"] == {
        "title": [[0, 6]], "summary": [], "body": [[38, 46]],
    }  # fmt: skip


def test_an_id_may_end_in_what_another_address_begins_with(changed: FlaskClient) -> None:
    id = "https://a.example/x/copies"
    assert ask(changed, f"/articles/{id}")["title"] == "Address"
    assert ask(changed, f"/copies/{id}") == {"id": id, "total": 0, "offset": 0, "limit": 50, "copies": []}


def test_everything_about_a_name(client: FlaskClient, corpus: Archive) -> None:
    record = ask(client, "/profiles/person/sergey%20lavrov?size=2&facet_size=1")
    assert record == plain(corpus.profile("person", LAVROV, size=2, values=1).to_dict())
    assert (record["name"], record["total"], [hit["id"] for hit in record["hits"]]) == (LAVROV, 5, ["a4", "a1"])
    assert record["spellings"] == [{"text": LAVROV, "count": 6}]
    assert [bucket["value"] for bucket in record["named_with"]["source"]["buckets"]] == ["TASS"]
    assert ask(client, "/profiles/source?name=tass&group=1")["stories"] == 2


RELATIONS = ("articles", "copies", "related", "thread", "translations", "versions", "differences")


@pytest.mark.parametrize("relation", RELATIONS)
def test_what_is_not_there_and_what_was_taken_back(changed: FlaskClient, relation: str) -> None:
    for path, status in ((f"/{relation}/none", 404), (f"/{relation}", 404), (f"/{relation}/gone", 410)):
        answer = changed.get(f"/api/v1{path}")
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert answer.get_json()["status"] == status


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/differences/q?with=gone", 410, "taken it back"),
        ("/differences/q?with=none", 404, "'none'"),
        ("/differences/q?version=4", 404, "There is no version 4 of 'q'; it has 3, from 1."),
        ("/differences/https://a.example/x/copies", 404, "There is one version of 'https://a.example/x/copies' only."),
        ("/differences/q?against=0", 400, "against '0' is not a number from 1 to"),
        ("/copies/q?limit=1001", 400, "limit '1001' is not a number from 0 to 1000."),
        ("/related/q?group=yes", 400, "group 'yes' is not possible. Write 0, 1."),
        ("/related/q?size=101", 400, "size '101'"),
        ("/profiles/category/News", 404, "There are no profiles of 'category'"),
        ("/profiles/person", 404, "No person is named."),
        ("/profiles/person/Nobody", 404, "No article has the person 'Nobody'"),
        ("/profiles/person/x?facet_size=0", 400, "facet_size '0'"),
    ],
)
def test_what_cannot_be_answered_says_why(changed: FlaskClient, path: str, status: int, detail: str) -> None:
    answer = changed.get(f"/api/v1{path}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert detail in answer.get_json()["detail"]
