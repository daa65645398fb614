"""Posts of the REST API of WordPress."""

import json
from typing import Any

from .conftest import Building

POST: dict[str, Any] = {
    "id": 31,
    "date": "2023-07-01T23:30:00",
    "date_gmt": "2023-07-02T03:30:00",
    "guid": {"rendered": "https://quay.example/?p=31"},
    "link": "https://quay.example/cranes",
    "title": {"rendered": "Cranes &#038; quays"},
    "content": {"rendered": "<p>The cranes came.</p>\n<p>They stay.</p>", "protected": False},
    "excerpt": {"rendered": "<p>Cranes.</p>"},
    "author": 4,
    "categories": [7],
    "tags": [],
}
EMBEDDED = {
    "author": [{"id": 4, "name": "Ann Lee"}],
    "wp:term": [[{"taxonomy": "category", "name": "Harbour"}], [{"taxonomy": "post_tag", "name": "cranes"}]],
}


def test_a_post(building: Building) -> None:
    building.write("posts.json", json.dumps([POST]))
    building.run()
    article = building.articles[0]
    assert (article.title, article.summary, article.body) == (
        "Cranes & quays",
        "Cranes.",
        "The cranes came.\n\nThey stay.",
    )
    assert (article.url, article.author, article.category) == ("https://quay.example/cranes", (), None)
    assert (article.extra["author_id"], article.extra["category_ids"]) == (4, [7])
    assert article.published
    assert article.published.instant.isoformat() == "2023-07-02T03:30:00+00:00"
    assert article.published.zone == "-04:00"


def test_names_that_come_along(building: Building) -> None:
    head = {"author": "A. Lee", "og_site_name": "The Quay"}
    building.write("posts.jsonl", json.dumps(POST | {"_embedded": EMBEDDED, "yoast_head_json": head}))
    building.run()
    article = building.articles[0]
    assert (article.author, article.category, article.source) == (("Ann Lee",), "Harbour", "The Quay")


def test_posts_in_a_wrapper_and_an_odd_time(building: Building) -> None:
    building.write("posts.json", json.dumps({"articles": [POST | {"date_gmt": "soon"}]}))
    building.run()
    assert building.articles[0].published
    assert building.articles[0].published.instant.isoformat() == "2023-07-01T23:30:00+00:00"
