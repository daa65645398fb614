"""The lead image of records and pages -> `extra["image"]`."""

from typing import Any

import pytest
from lxml import html as lxml_html

from indexer.config import Config
from indexer.ingest.images import page_image
from indexer.ingest.normalise import Preparer
from tests.ingest.conftest import Building

PREPARE = Preparer(Config())
URL = "https://kna.example/ferry.jpg"


@pytest.mark.parametrize(
    ("stated", "extra"),
    [
        ({"urlToImage": URL}, {"image": {"url": URL}}),
        (
            {"image_url": URL, "image_caption": "The <b>ferry</b>", "photo_credit": "Bo Chen", "edition": "late"},
            {"image": {"url": URL, "caption": "The ferry", "credit": "Bo Chen"}, "edition": "late"},
        ),
        (
            {"image": {"contentUrl": URL, "caption": "The ferry", "author": {"name": "Bo Chen"}, "width": 9}},
            {
                "image": {"url": URL, "caption": "The ferry", "credit": "Bo Chen"},
                "image_stated": {"contentUrl": URL, "caption": "The ferry", "author": {"name": "Bo Chen"}, "width": 9},
            },
        ),
        (
            {"multimedia": ["x", URL, "https://kna.example/2.jpg"]},
            {"image": {"url": URL}, "multimedia": ["x", URL, "https://kna.example/2.jpg"]},
        ),
        ({"image": "ferry.jpg", "thumbnail": URL}, {"image": {"url": URL}, "image_stated": "ferry.jpg"}),
        ({"image": "javascript:alert(1)"}, {"image": "javascript:alert(1)"}),
        ({"caption": "Alone", "credit": "Bo"}, {"caption": "Alone", "credit": "Bo"}),
    ],
)
def test_records(stated: dict[str, Any], extra: dict[str, Any]) -> None:
    assert PREPARE({"title": "T", **stated}).extra == extra


def test_what_was_kept_stays_when_it_comes_again() -> None:
    image = {"url": URL, "caption": "The ferry", "credit": "Bo Chen"}
    assert PREPARE({"title": "T", "extra": {"image": image, "edition": "late"}}).extra == {
        "image": image,
        "edition": "late",
    }


def test_a_page() -> None:
    tree = lxml_html.document_fromstring(
        "<html><head><meta property='og:image' content='/i/ferry.jpg?w=9'></head><body><figure>"
        "<img src='https://cdn.example/small/ferry.jpg'>"
        "<figcaption>At the <i>quay</i></figcaption></figure></body></html>"
    )
    found = {"url": "https://kna.example/i/ferry.jpg?w=9", "caption": "At the quay"}
    assert page_image(tree, {}, "https://kna.example/2021/a") == found
    described = {"image": [{"@type": "ImageObject", "url": URL, "creditText": "Bo Chen", "caption": "Sails"}]}
    assert page_image(tree, described, None) == {"url": URL, "caption": "Sails", "credit": "Bo Chen"}
    assert page_image(lxml_html.document_fromstring("<p>x</p>"), {}, None) == {}


def test_a_feed(building: Building) -> None:
    media = "xmlns:media='http://search.yahoo.com/mrss/'"
    building.write(
        "a.xml",
        f"<rss version='2.0' {media}><channel><title>K</title><item><title>A</title><guid>1</guid>"
        f"<media:content url='{URL}' medium='image'/><media:credit>Bo Chen</media:credit></item>"
        f"<item><title>B</title><guid>2</guid><enclosure url='{URL}' type='image/jpeg' length='1'/></item>"
        "<item><title>C</title><guid>3</guid><enclosure url='https://x.example/a.mp3' type='audio/mpeg' length='1'/>"
        "</item></channel></rss>",
    )
    building.run()
    found = [article.extra.get("image") for article in building.articles]
    assert found == [{"url": URL, "credit": "Bo Chen"}, {"url": URL}, None]
    assert building.articles[2].extra["enclosures"] == [
        {"href": "https://x.example/a.mp3", "type": "audio/mpeg", "length": "1", "rel": "enclosure"}
    ]
