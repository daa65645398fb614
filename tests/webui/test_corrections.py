"""What readers are told of corrections: on the page of a name, beside the names of an article, and in the API."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.archive import open_archive
from indexer.config import Config, EngineConfig, EntitiesConfig
from tests.engines.corpus import article
from tests.webui.site import ask
from webui import create_app

RULES = """
[merge]
source."sena" = "SANA"  # one agency
person."J. Smith" = "John Smith"
[retype]
person."Kremlin" = "organisation"
[add]
person."Jane Doe" = '"Ms Doe"'  # never <named> in full
[split]
person."John Smith" = { "John Smith (senator)" = 'senate' }
"""
SENATE = "John Smith and Ms Doe in the senate."
ADDED = "Corrected: “Jane Doe” was added to the articles for “&#34;Ms Doe&#34;”. (never &lt;named&gt; in full)"
ARTICLES = (
    article("s1", "Votes", SENATE, "2021-01-01", "sena", people=("John Smith", "Kremlin")),
    article("s2", "Rests", "J. Smith rested.", "2021-01-02", "SANA", people=("J. Smith",)),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    place: Path = tmp_path_factory.mktemp("corrected") / "index"
    config = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False)).with_index(place)
    with open_archive(config) as archive:
        archive.add(ARTICLES)
    (place / "entities.toml").write_text(RULES, encoding="utf-8")
    return create_app(config).test_client()


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        ("/person/Jane%20Doe", [ADDED]),
        ("/organisation/Kremlin", ["Corrected: “Kremlin” was found under “Person”."]),
        ("/source/SANA", ["Corrected: “sena” is shown under this name. (one agency)"]),
        (
            "/person/John%20Smith%20(senator)",
            [
                "Corrected: “J. Smith” is shown under this name.",
                "Corrected: “John Smith” was split by searches: “John Smith (senator)” (senate).",
            ],
        ),
    ],
)  # fmt: skip
def test_the_page_of_a_name_says_what_was_corrected(client: FlaskClient, path: str, sentences: list[str]) -> None:
    page = client.get(path).get_data(as_text=True)
    assert [f'<p class="aside">{sentence}</p>' in page for sentence in sentences] == [True] * len(sentences)
    assert page.count("Corrected: ") == len(sentences)


def test_a_merged_source_leads_to_the_one_that_is_shown(client: FlaskClient) -> None:
    answer = client.get("/source/sena")
    assert (answer.status_code, answer.location) == (302, "/source/SANA")


def test_an_article_says_which_name_was_added(client: FlaskClient) -> None:
    page = client.get("/article/s1").get_data(as_text=True)
    assert '<a href="/person/Jane%20Doe" title="Added by a correction: never &lt;named&gt; in full">' in page
    assert 'John Smith and <a class="person" href="/person/Jane%20Doe">Ms Doe</a> in' in page
    assert page.count('title="Added') == 1


def test_the_api_says_what_was_corrected(client: FlaskClient) -> None:
    rule = {
        "rule": "add",
        "field": "person",
        "name": "Jane Doe",
        "into": None,
        "queries": [{"name": "Jane Doe", "query": '"Ms Doe"'}],
        "comment": "never <named> in full",
    }
    assert ask(client, "/profiles/person/Jane%20Doe")["corrections"] == [rule]
    merged = {"rule": "merge", "field": "source", "name": "sena", "into": {"field": "source", "name": "SANA"}}
    assert ask(client, "/profiles/source/sena")["corrections"] == [{**merged, "queries": [], "comment": "one agency"}]
    (doe,) = (each for each in ask(client, "/articles/s1")["entities"] if each["name"] == "Jane Doe")
    assert doe["added"] == {"query": '"Ms Doe"', "comment": "never <named> in full"}
    assert ask(client, "/search?person=Jane+Doe&facets=source")["facets"]["source"]["buckets"] == [
        {"value": "SANA", "count": 1, "selected": False}
    ]
