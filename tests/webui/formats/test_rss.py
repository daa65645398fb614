import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.webui.formats.test_atom import ARTICLES
from tests.webui.site import BASE, make_client
from webui.formats import rss
from webui.formats.feed import Entry, Feed


def test_a_feed_reader_reads_what_a_search_found() -> None:
    answer = make_client(ARTICLES).get("/feed.rss?q=lavrov")
    assert answer.content_type == "application/rss+xml; charset=utf-8"
    read = feedparser.parse(answer.data)
    assert (read.bozo, read.version) == (False, "rss20")
    assert (read.feed.title, read.feed.subtitle) == ("lavrov – Broadsheet", "3 articles")
    assert [(link.rel, link.href) for link in read.feed.links] == [
        ("alternate", f"{BASE}/search?q=lavrov&sort=added"),
        ("self", f"{BASE}/feed.rss?q=lavrov"),
    ]
    assert [
        (each.id, each.link, each.title, each.get("published"), each.summary,
         [author.name for author in each.get("authors", [])])
        for each in read.entries
    ] == [
        (f"{BASE}/article/a", f"{BASE}/article/a", "Lavrov <b>arrives</b> & leaves", "Thu, 14 Oct 2021 11:15:48 GMT",
         "He came, he saw.", ["Jane Doe", "John Roe"]),
        (f"{BASE}/article/b", f"{BASE}/article/b", "Lavrov in Vienna", "Sat, 01 Feb 2020 00:00:00 GMT",
         "Nothing more.", []),
        (f"{BASE}/article/c//d", f"{BASE}/article/c//d", "Untitled article", None, "Lavrov without a date.", ["SANA"]),
    ]  # fmt: skip


def test_pages_follow_one_another() -> None:
    read = feedparser.parse(make_client(ARTICLES).get("/feed.rss?size=2").data)
    assert [link.href for link in read.feed.links if link.rel == "next"] == [f"{BASE}/feed.rss?page=2&size=2"]


@given(st.text(), st.text())
def test_whatever_a_text_holds_the_feed_is_xml_and_says_it(title: str, summary: str) -> None:
    feed = Feed("id", title, "", "me", "https://a.example/", "https://a.example/feed.rss")
    body = rss.write(feed, [Entry("https://a.example/1", title, summary)])
    item = etree.fromstring(body).find("channel/item")
    assert (item.findtext("guid"), "<" in (item.findtext("description") or "")) == ("https://a.example/1", False)
