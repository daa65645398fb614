"""What becomes of a feed's entries: the text of their pages, the facts of the feed, seen once."""

import json
from typing import Any

import pytest

from indexer.sources import Source
from tests.follow.conftest import Following
from tests.follow.server import LONG, Reply, item, page, rss

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Orrery</title><id>urn:x</id>
<entry><title>A comet</title><id>urn:o:1</id><link href="/comet"/><published>2021-10-14T11:15:48Z</published>
<author><name>Bo Chen</name></author><summary>Seen at dawn.</summary></entry></feed>"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{0}</loc><news:news><news:publication>
<news:name>Kestrel</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2021-10-14T11:15:48+03:00</news:publication_date><news:title>From the sitemap</news:title>
</news:news></url></urlset>"""


def _page(following: Following, path: str, markup: str, etag: str = "") -> str:
    headers = {"Content-Type": "text/html; charset=utf-8", **({"ETag": etag} if etag else {})}
    following.site.replies[path] = Reply(200, markup.encode(), headers)
    return following.site.address(path)


def test_an_entry_without_its_text_gets_that_of_its_page(following: Following) -> None:
    link = _page(following, "/p?utm_source=rss", page("The headline of the page"))
    following.feeds(following.site.put("/f", rss(item(1, text="Short.", link=link))))
    report = following.round()
    assert (report.build.new, report.pages, report.requests) == (1, 1, 3)
    (only,) = following.articles
    assert only.title == "The headline of the page"
    assert only.body.count("The bridge over the river reopened") >= 15
    assert (only.source, only.summary) == ("Kestrel", "Short.")
    assert only.published is not None
    assert only.published.isoformat() == "2021-10-14T08:15:48Z", "of the feed, as the page states none"
    assert only.id == f"https://127.0.0.1:{following.site.port}/p"


def test_the_facts_of_the_feed_fill_what_the_page_does_not_say(following: Following) -> None:
    _page(following, "/comet", page("A comet over the city"))
    following.feeds(following.site.put("/atom", ATOM))
    following.round()
    (only,) = following.articles
    assert (only.id, only.author, only.title) == ("urn:o:1", ("Bo Chen",), "A comet over the city")
    assert only.url == following.site.address("/comet"), "relative to the feed"


def test_an_entry_with_its_text_needs_no_page(following: Following) -> None:
    following.feeds(following.site.put("/f", rss(item(1, text=LONG, link=following.site.address("/p")))))
    following.round()
    assert (following.site.paths(), len(following.articles)) == (["/f"], 1)


@pytest.mark.parametrize("end", ["...", "…", "[…]", "Read more »"])
def test_a_text_that_is_cut_off_is_none(following: Following, end: str) -> None:
    link = _page(following, "/p", page("Whole"))
    following.feeds(following.site.put("/f", rss(item(1, text=LONG[:1_200] + end, link=link))))
    following.round()
    assert following.titles == ["Whole"]


def test_without_full_text_no_page_is_fetched(following: Following) -> None:
    link = _page(following, "/p", page())
    following.feeds(following.site.put("/f", rss(item(1, text="Short.", link=link))), full_text=False)
    following.round()
    assert (following.site.paths(), following.articles[0].body) == (["/f"], "Short.")


def test_a_page_that_says_less_than_the_feed_does_not_take_its_text(following: Following) -> None:
    link = _page(following, "/p", page("Sign in", "Please sign in to read on, or take out a subscription. "))
    text = LONG[:900]
    following.feeds(following.site.put("/f", rss(item(1, text=text, link=link))))
    following.round()
    assert following.articles[0].body == text.strip()


@pytest.mark.parametrize(
    ("markup", "kind"),
    [("<html><body></body></html>", "text/html"), ("%PDF-1.4", "application/pdf"), ("", "text/html")],
)
def test_a_page_that_is_none_leaves_what_the_feed_says(following: Following, markup: str, kind: str) -> None:
    link = following.site.put("/p", markup, Content_Type=kind)
    following.feeds(following.site.put("/f", rss(item(1, text="Short.", link=link))))
    report = following.round()
    assert (report.build.new, report.build.rejected, following.titles) == (1, 0, ["Headline 1"])
    assert following.round().pages == 0


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_page_that_is_not_to_be_had_leaves_what_the_feed_says(following: Following, status: int) -> None:
    link = following.site.put("/p", status=status)
    following.feeds(following.site.put("/f", rss(item(1, text="Short.", link=link))))
    assert following.round().build.new == 1
    assert (following.titles, following.round().pages) == (["Headline 1"], 0)


def test_a_page_that_cannot_be_had_now_is_tried_in_three_rounds(following: Following) -> None:
    link = following.site.put("/p", status=500)
    following.feeds(following.site.put("/f", rss(item(1, text="Short.", link=link)), ETag='"1"'))
    assert [following.round().build.new for _ in range(4)] == [0, 0, 1, 0]
    assert following.site.paths().count("/p") == 3
    assert following.titles == ["Headline 1"]


def test_a_page_that_can_be_had_at_the_second_try_is_one_article(following: Following) -> None:
    link = following.site.put("/p", status=503)
    following.feeds(following.site.put("/f", rss(item(1, text="Short.", link=link)), ETag='"1"'))
    following.round()
    assert (following.articles, following.status[0].waiting) == ([], 1)
    _page(following, "/p", page("Whole"))
    following.round()
    assert (following.titles, following.status[0].waiting, following.status[0].new) == (["Whole"], 0, 1)


def test_an_entry_is_read_once_and_again_when_the_feed_says_something_else(following: Following) -> None:
    link = _page(following, "/p", page("First"), etag='"1"')
    feed = following.site.put("/f", rss(item(1, text="Short.", link=link)))
    following.feeds(feed)
    following.round()
    following.round()
    assert following.site.paths().count("/p") == 1
    _page(
        following, "/p", page("Second", "Other words about the same bridge, and many more of them. " * 20), etag='"2"'
    )
    following.site.put("/f", rss(item(1, text="Short, corrected.", link=link)))
    report = following.round()
    assert (report.build.replaced, following.titles, following.status[0].new) == (1, ["Second"], 0)
    following.site.put("/f", rss(item(1, text="Short, corrected again.", link=link)))
    assert following.round().build.read == 0, "the page itself has not changed"
    assert following.site.asked[-1][1]["If-None-Match"] == '"2"'


def test_a_page_that_has_gone_leaves_the_article_as_it_is(following: Following) -> None:
    link = _page(following, "/p", page("First"))
    following.feeds(following.site.put("/f", rss(item(1, text="Short.", link=link))))
    following.round()
    following.site.put("/p", status=404)
    following.site.put("/f", rss(item(1, text="Short, corrected.", link=link)))
    assert following.round().build.read == 0
    assert following.titles == ["First"]


def test_counters_in_a_feed_do_not_make_an_entry_new(following: Following) -> None:
    more = "<slash:comments xmlns:slash='http://purl.org/rss/1.0/modules/slash/'>{0}</slash:comments>"
    following.feeds(following.site.put("/f", rss(item(1, text=LONG, more=more.format(1)))))
    following.round()
    following.site.put("/f", rss(item(1, text=LONG, more=more.format(2))))
    assert following.round().build.read == 0


def test_json_feeds_are_read(following: Following) -> None:
    link = _page(following, "/p", page("Whole"))
    items: list[Any] = [
        {
            "id": "1",
            "url": link,
            "title": "One",
            "content_text": "Short.",
            "date_published": "2021-10-14T11:15:48+03:00",
        },
        {"id": "2", "title": "Two", "content_html": f"<p>{LONG}</p>", "authors": [{"name": "Ann Lee"}]},
    ]
    record = {"version": "https://jsonfeed.org/version/1.1", "title": "Kestrel", "items": items}
    following.feeds(following.site.put("/f.json", json.dumps(record), Content_Type="application/feed+json"))
    assert following.round().build.new == 2
    one, two = sorted(following.articles, key=lambda article: article.id)
    assert (one.id, one.title, one.summary, one.source) == ("1", "Whole", "Short.", "Kestrel")
    assert one.published is not None
    assert one.published.isoformat() == "2021-10-14T08:15:48Z"
    assert (two.id, two.author, two.body) == ("2", ("Ann Lee",), LONG.strip())
    assert following.round().build.read == 0


def test_a_news_sitemap_brings_pages(following: Following) -> None:
    link = _page(following, "/p", page("Whole"))
    address = following.site.put("/news.xml", NEWS.format(link))
    following.follow(Source("Kestrel", sitemaps=(address,), private=True))
    following.round()
    (only,) = following.articles
    assert (only.title, only.language, only.source) == ("Whole", "en", "Kestrel")
    assert only.id == f"https://127.0.0.1:{following.site.port}/p", "as the page has it that was saved as a file"
    assert only.published is not None
    assert only.published.isoformat() == "2021-10-14T08:15:48Z"


def test_a_news_sitemap_without_pages_gives_headlines_as_the_file_does(following: Following) -> None:
    address = following.site.put("/news.xml", NEWS.format("https://kestrel.example/1"))
    following.follow(Source("Kestrel", sitemaps=(address,), private=True, full_text=False))
    following.round()
    assert [article.id for article in following.articles] == ["sitemap https://kestrel.example/1"]


def test_articles_are_of_the_source_that_is_configured(following: Following) -> None:
    feed = following.site.put("/f", rss(item(1, text=LONG, title="Uno"), title="Kestrel Radio | World"))
    following.feeds(feed, translated_from="ru")
    following.round()
    (only,) = following.articles
    assert (only.source, only.language, only.translated_from) == ("Kestrel", "en", "ru")


def test_a_page_comes_in_its_own_charset(following: Following) -> None:
    markup = page("Élections à Genève").encode("cp1252")
    following.site.replies["/p"] = Reply(200, markup, {"Content-Type": "text/html; charset=windows-1252"})
    link = following.site.address("/p")
    following.feeds(following.site.put("/f", rss(item(1, text="Court.", link=link))))
    following.round()
    assert following.titles == ["Élections à Genève"]


def test_two_feeds_that_bring_the_same_article_bring_it_once(following: Following) -> None:
    following.feeds(*(following.site.put(path, rss(item(1, text=LONG))) for path in ("/a", "/b")))
    report = following.round()
    assert (report.build.new, report.build.unchanged) == (1, 1)
    assert len(following.articles) == 1
