import orjson
from hypothesis import given
from hypothesis import strategies as st

from tests.webui.formats.test_atom import ARTICLES
from tests.webui.site import BASE, make_client
from webui.formats import json_feed
from webui.formats.feed import Entry, Feed


def test_a_search_is_a_json_feed() -> None:
    answer = make_client(ARTICLES).get("/feed.json?q=lavrov&size=2")
    assert answer.content_type == "application/feed+json; charset=utf-8"
    feed = answer.get_json(force=True)
    items = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "lavrov – Broadsheet",
        "description": "3 articles",
        "home_page_url": f"{BASE}/search?q=lavrov&sort=added",
        "feed_url": f"{BASE}/feed.json?q=lavrov&size=2",
        "next_url": f"{BASE}/feed.json?q=lavrov&page=2&size=2",
        "language": "en",
        "authors": [{"name": "Broadsheet"}],
    }
    first, second = items
    assert first.pop("date_modified") == second.pop("date_modified")
    assert first == {
        "id": f"{BASE}/article/a",
        "url": f"{BASE}/article/a",
        "external_url": "https://sana.sy/a?x=1&y=2",
        "title": "Lavrov <b>arrives</b> & leaves",
        "content_text": "He came, he saw.",
        "date_published": "2021-10-14T11:15:48Z",
        "authors": [{"name": "Jane Doe"}, {"name": "John Roe"}],
        "tags": ["News/Politics", "Sergei Lavrov"],
        "language": "en",
    }
    assert (second["content_text"], "language" in second, "authors" in second) == ("Nothing more.", False, False)


@given(st.text(), st.text())
def test_whatever_a_text_holds_it_is_json(title: str, summary: str) -> None:
    feed = Feed("id", title, "", "me", "https://a.example/", "https://a.example/feed.json")
    (item,) = orjson.loads(json_feed.write(feed, [Entry("https://a.example/1", title, summary)]))["items"]
    assert item["id"] == "https://a.example/1"
