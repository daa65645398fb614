"""English is one catalogue, but its dates and numbers are those of the region that the browser prefers."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.article import Article, Precision, Published
from tests.webui.page import get
from tests.webui.site import make_client
from webui import i18n

AT = Published(datetime(2021, 10, 14, 23, 15, tzinfo=UTC), Precision.SECOND)
BRITISH, AMERICAN = "14 October 2021, 23:15 UTC", "October 14, 2021, 11:15\u202fPM UTC"


@pytest.fixture(scope="module")
def reader() -> FlaskClient:
    return make_client([Article("a", title="Fig", published=AT)])


@pytest.mark.parametrize(
    ("headers", "argument", "shown"),
    [
        ("en-GB,en;q=0.9,en-US;q=0.8", "", BRITISH),
        ("en-gb", "", BRITISH),
        ("en-US,en;q=0.9,en-GB;q=0.8", "", AMERICAN),
        ("en", "", AMERICAN),
        ("", "", AMERICAN),
        ("en,en-GB;q=0.5", "", BRITISH),
        ("en-XX,en-GB;q=0.5", "", BRITISH),
        ("en-GB;q=0,en;q=0.5", "", AMERICAN),
        ("de,en-GB;q=0.5", "?ui=en", BRITISH),
        ("de", "?ui=en", AMERICAN),
        ("en-AU", "", "14 October 2021, 11:15\u202fpm UTC"),
        ("en-GB,de;q=0.5", "?ui=de", "14. Oktober 2021, 23:15 UTC"),
        ("nl,en-GB;q=0.5", "", BRITISH),
    ],
)
def test_dates_are_those_of_the_preferred_region(reader: FlaskClient, headers: str, argument: str, shown: str) -> None:
    fresh = reader.application.test_client()  # a language that was chosen is remembered
    page = get(fresh, f"/article/a{argument}", headers={"Accept-Language": headers})
    (time,) = page.all("//dl//time")
    assert " ".join(time.text_content().split(" ")).strip() == shown


def test_the_language_stays_english_and_what_is_kept_is_kept_by_language(reader: FlaskClient) -> None:
    page = get(reader.application.test_client(), "/article/a", headers={"Accept-Language": "en-GB"})
    assert page.all("/html")[0].get("lang") == "en"
    assert page.headers["Content-Language"] == "en"
    assert "Accept-Language" in re.split(r",\s*", page.headers["Vary"])
    # A page has nothing by which a cache could take the page of another region for it.
    assert not {"ETag", "Last-Modified"} & set(page.headers)
    assert page.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "header", ["en-../../etc", "en-" + "x" * 5000, "en-\x00", "en_", "-", "EN-GB-oxendict", "en-GB" + ",en-GB" * 500]
)
def test_whatever_a_browser_prefers_there_is_a_page(app: Flask, header: str) -> None:
    with app.test_request_context("/", environ_base={"HTTP_ACCEPT_LANGUAGE": header}):
        assert str(i18n.locale()) in {"en", "en_GB"}
