"""RSS and Atom."""

from collections.abc import Callable
from typing import Any

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
