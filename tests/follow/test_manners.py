"""How often hosts are asked, and as whom: the server counts."""

import threading
from dataclasses import replace
from itertools import pairwise

import pytest

from indexer.config import WebConfig
from indexer.sources import Source
from indexer.version import version
from tests.follow.conftest import Following
from tests.follow.server import LONG, item, page, rss

FEED = rss(item(1, text=LONG))


def _pauses(following: Following) -> list[float]:
    times = [when for _, _, when in following.site.asked]
    return [later - earlier for earlier, later in pairwise(times)]


def test_a_host_is_asked_one_request_at_a_time_with_a_pause(following: Following) -> None:
    following.settings(min_delay_ms=200)
    following.site.delay = 0.05
    following.feeds(*(following.site.put(f"/{number}", FEED) for number in range(4)))
    following.round()
    assert (len(following.site.asked), following.site.most_at_once) == (5, 1)
    assert min(_pauses(following)) >= 0.2


def test_the_delay_that_robots_txt_wants_holds_where_it_is_longer(following: Following) -> None:
    following.site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.4\n")
    following.feeds(following.site.put("/a", FEED), following.site.put("/b", FEED))
    following.round()
    assert min(_pauses(following)) >= 0.4


def test_hosts_are_asked_side_by_side(following: Following) -> None:
    following.settings(min_delay_ms=300)
    following.site.put("/f", FEED)
    barrier = threading.Barrier(4)

    def together(_: object) -> object:
        barrier.wait(timeout=5)
        return following.site.replies["/f"]

    following.site.replies["/robots.txt"] = together  # type: ignore[assignment]
    # The server listens on one address only, so these are four names of it.
    names = ("127.0.0.1", "localhost", "0x7f.1", "2130706433")
    following.feeds(*(following.site.address("/f", name) for name in names))
    report = following.round()
    assert (len(report.failed), following.site.most_at_once) == (0, 4)


def test_no_more_hosts_are_asked_at_once_than_wanted(following: Following) -> None:
    following.settings(hosts_at_once=2)
    following.site.put("/f", FEED)
    following.site.delay = 0.1
    names = ("127.0.0.1", "localhost", "0x7f.1", "2130706433", "127.1", "127.0.1")
    following.feeds(*(following.site.address("/f", name) for name in names))
    following.round()
    assert following.site.most_at_once == 2


@pytest.mark.parametrize(
    ("contact", "base", "known"),
    [
        ("", "", ""),
        ("", "https://archive.example", " (+https://archive.example)"),
        ("mailto:desk@archive.example", "https://archive.example", " (+mailto:desk@archive.example)"),
    ],
)
def test_who_is_asked_is_told_by_whom(following: Following, contact: str, base: str, known: str) -> None:
    following.settings(contact=contact)
    following.config = replace(following.config, web=WebConfig(base_url=base))
    following.feeds(following.site.put("/f", FEED))
    following.round()
    assert {headers["User-Agent"] for _, headers, _ in following.site.asked} == {f"Broadsheet/{version()}{known}"}


def test_what_has_not_changed_is_not_sent_again(following: Following) -> None:
    site = following.site
    following.feeds(site.put("/f", FEED, ETag='W/"weak"', Last_Modified="Thu, 14 Oct 2021 08:15:48 GMT"))
    assert following.round().unchanged_feeds == 0
    report = following.round()
    assert (report.unchanged_feeds, report.build.read, len(report.failed)) == (1, 0, 0)
    asked = site.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('W/"weak"', "Thu, 14 Oct 2021 08:15:48 GMT")
    site.put("/f", rss(item(1, text=LONG), item(2, text=LONG)), ETag='W/"other"')
    assert following.round().build.new == 1
    following.round()
    asked = site.asked[-1][1]
    assert asked["If-None-Match"] == 'W/"other"'
    assert "If-Modified-Since" not in asked


def test_no_cookie_is_kept(following: Following) -> None:
    following.feeds(following.site.put("/f", FEED, Set_Cookie="reader=1; Path=/"))
    following.round()
    following.round()
    assert all("Cookie" not in headers for _, headers, _ in following.site.asked)


def test_what_is_not_due_is_not_asked(following: Following) -> None:
    following.follow(
        Source("Often", feeds=(following.site.put("/often", FEED),), every_minutes=15, private=True),
        Source("Seldom", feeds=(following.site.put("/seldom", FEED),), every_minutes=600, private=True),
    )
    assert len(following.round(now=False).feeds) == 2
    report = following.round(now=False)
    assert report.feeds == ()
    assert report.due == min(each.due for each in following.status if each.due)
    often, seldom = following.status
    assert often.due
    assert often.tried
    assert seldom.due
    assert seldom.tried
    assert (often.due - often.tried).total_seconds() == 15 * 60
    assert (seldom.due - seldom.tried).total_seconds() == 600 * 60
    assert [each.source for each in following.round("seldom", now=True).feeds] == ["Seldom"]


def test_a_round_fetches_no_more_pages_than_allowed_and_the_next_goes_on(following: Following) -> None:
    site = following.site
    following.settings(pages_per_round=3)
    links = [site.put(f"/p{number}", page(f"Page {number}"), Content_Type="text/html") for number in range(7)]
    entries = [item(number, text="Short.", link=link) for number, link in enumerate(links)]
    following.feeds(site.put("/f", rss(*entries), ETag='"1"'))
    for expected, waiting in ((3, 4), (3, 1), (1, 0), (0, 0)):
        report = following.round()
        counts = (report.pages, report.build.new, following.status[0].waiting)
        assert counts == (expected, expected, waiting)
    assert report.unchanged_feeds == 1, "only now is it asked whether it has changed"
    assert following.titles == [f"Page {number}" for number in range(7)]
    assert len([path for path in site.paths() if path.startswith("/p")]) == 7
