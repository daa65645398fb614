"""RSS and Atom."""

from collections.abc import Callable
from typing import Any

import pytest

from ..conftest import Building

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Kestrel Radio</title><link>https://kestrel.example/</link><language>en-gb</language>
<item><title>Bridge reopens &amp; more</title><link>https://kestrel.example/1</link><guid isPermaLink="false">k-1</guid>
<pubDate>Thu, 14 Oct 2021 11:15:48 +0300</pubDate><dc:creator>Ann Lee</dc:creator><category>News/Local</category>
<category>Bridges</category><description>&lt;p&gt;Short.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>First.</p><p>Second <b>bold</b>.</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Two</title><link>https://kestrel.example/2</link><description>Only this.</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Orrery</title><id>urn:x</id><updated>2021-10-15T00:00:00Z</updated>
<entry><title type="html">A &lt;i&gt;comet&lt;/i&gt;</title><id>urn:o:1</id><link href="https://orrery.example/1"/>
<published>2021-10-14T11:15:48Z</published><updated>2021-10-15T00:00:00Z</updated><author><name>Bo Chen</name></author>
<content type="html" xml:lang="fr">&lt;p&gt;Une comète.&lt;/p&gt;</content></entry></feed>"""


def test_rss(building: Building) -> None:
    building.write("feed.xml", RSS)
    assert building.run().new == 2
    one, two = building.articles
    assert (one.id, one.url, one.title) == ("k-1", "https://kestrel.example/1", "Bridge reopens & more")
    assert (one.body, one.summary) == ("First.\n\nSecond bold.", "Short.")
    assert one.published is not None
    assert (one.published.isoformat(), one.published.zone) == ("2021-10-14T08:15:48Z", "+03:00")
    assert (one.source, one.category, one.author, one.language) == ("Kestrel Radio", "News/Local", ("Ann Lee",), "en")
    assert (one.topic, one.extra) == (("Bridges",), {})
    assert (two.id, two.body, two.summary, two.published) == ("https://kestrel.example/2", "Only this.", "", None)


def test_of_several_dates_the_first_that_can_be_read(building: Building) -> None:
    building.write(
        "feed.xml",
        RSS.replace("Thu, 14 Oct 2021 11:15:48 +0300</pubDate>", "any day now</pubDate><dc:date>2021-10-14</dc:date>"),
    )
    building.run()
    one, _ = building.articles
    assert one.published is not None
    assert one.published.isoformat() == "2021-10-14"
    assert one.extra["date_stated"] == "any day now"


def test_the_zero_of_programs_is_no_date(building: Building) -> None:
    building.write("feed.xml", RSS.replace("Thu, 14 Oct 2021 11:15:48 +0300", "Thu, 01 Jan 1970 02:00:00 +0200"))
    assert building.run().notes == {"date_not_understood": 1}
    assert [article.published for article in building.articles] == [None, None]


def test_atom(building: Building) -> None:
    building.write("feed", ATOM)
    building.run()
    (entry,) = building.articles
    assert (entry.id, entry.title, entry.body, entry.language) == ("urn:o:1", "A comet", "Une comète.", "fr")
    assert (entry.source, entry.author) == ("Orrery", ("Bo Chen",))
    assert entry.published is not None
    assert entry.published.isoformat() == "2021-10-14T11:15:48Z"


def test_a_feed_that_is_cut_off_gives_what_came_before(
    building: Building, rejects: Callable[[], list[dict[str, Any]]]
) -> None:
    building.write("feed.xml", RSS[: RSS.index("Only this")])
    building.run()
    assert building.titles()[0] == "Bridge reopens & more"
    assert [r["reason"] for r in rejects()] == ["truncated"]


def test_sitemaps_and_empty_feeds_are_skipped(building: Building) -> None:
    building.write(
        "sitemap.xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>x</loc></url></urlset>'
    )
    building.write("empty.xml", '<rss version="2.0"><channel><title>T</title></channel></rss>')
    report = building.run()
    assert (report.read, [skipped.reason for skipped in report.skipped_files]) == (
        0,
        ["a feed without entries", "a sitemap: it lists pages, not texts"],
    )


@pytest.mark.parametrize(
    ("feed", "address"),
    [
        (
            "<rss version='2.0'><channel><link>https://k.example/news/</link>{}</channel></rss>",
            "https://k.example/news/a/1",
        ),
        (
            "<rss version='2.0'><channel xml:base='https://b.example/'><link>/</link>{}</channel></rss>",
            "https://b.example/a/1",
        ),
        (
            "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><link>/</link>"
            "<atom:link rel='self' href='https://s.example/feed.xml'/>{}</channel></rss>",
            "https://s.example/a/1",
        ),
        ("<rss version='2.0'><channel>{}</channel></rss>", None),
        ("<rss version='2.0'><channel><link>http://[</link>{}</channel></rss>", None),
    ],
)
def test_links_of_rss_are_relative_to_the_site(building: Building, feed: str, address: str | None) -> None:
    building.write(
        "a.xml", feed.format("<item><title>T</title><link>a/1</link><description>Text.</description></item>")
    )
    building.run()
    assert [article.url for article in building.articles] == [address]


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (
            "<link rel='self' href='https://o.example/blog/feed.xml'/><link href='https://www.o.example/'/>",
            "https://o.example/blog/a/1",
        ),
        ("<link href='https://www.o.example/'/>", "https://www.o.example/a/1"),
        (
            "<link rel='self' href='/blog/feed.xml'/><link href='https://www.o.example/'/>",
            "https://www.o.example/blog/a/1",
        ),
    ],
)
def test_links_of_atom_are_relative_to_the_feed(building: Building, head: str, address: str) -> None:
    entry = "<entry><title>T</title><id>urn:1</id><link href='a/1'/><summary>Text.</summary></entry>"
    building.write("a.xml", f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}{entry}</feed>")
    building.run()
    assert [article.url for article in building.articles] == [address]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("ann@quay.photography (Ann Lee)", ("Ann Lee",)),
        ("Ann Lee &lt;ann@quay.london&gt;", ("Ann Lee",)),
        ("Ann Lee (ann@quay.museum)", ("Ann Lee",)),
        ("ann@quay.news (Ann Lee), bo@quay.org (Bo Chen)", ("Ann Lee", "Bo Chen")),
        ("desk@quay.example", ()),
        ("ann.o'neil@quay.co.uk (Ann O'Neil)", ("Ann O'Neil",)),
    ],
)
def test_mail_addresses_are_no_names(building: Building, author: str, names: tuple[str, ...]) -> None:
    item = f"<item><title>T</title><author>{author}</author><description>Text.</description></item>"
    building.write("a.xml", f"<rss version='2.0'><channel><title>K</title>{item}</channel></rss>")
    building.run()
    assert [article.author for article in building.articles] == [names]


@pytest.mark.parametrize(
    ("codec", "declared", "text"),
    [
        ("cp874", "windows-874", "นายกรัฐมนตรี “เปิดสะพาน” วันนี้"),
        ("cp1251", "windows-1251", "Губернатор открыл мост"),
        ("cp932", "Shift_JIS", "髙橋知事が①橋を開いた"),
        ("cp1254", "iso-8859-9", "Vali “köprü” açtı"),
        ("utf-16", "UTF-16", "Мост открыт"),
        ("utf-8", "iso-8859-1", "Мост открыт"),
        ("cp1251", "utf-8", "Губернатор области открыл новый мост через реку"),
    ],
)
def test_charsets_of_feeds(building: Building, codec: str, declared: str, text: str) -> None:
    item = f"<item><title>{text}</title><description>{text}.</description></item>"
    feed = (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>K</title>{item}</channel></rss>'
    )
    building.write("a.xml", feed.encode(codec))
    building.run()
    assert building.titles() == [text]
