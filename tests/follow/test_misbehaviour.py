"""Servers that misbehave in every way: each is named with its reason, none holds up or harms the round."""

import gzip
import socket
import struct
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.follow.conftest import Following
from tests.follow.server import LONG, Handler, Reply, bomb, item, page, rss

FEED = rss(item(1, text=LONG))


def _drip(handler: Handler) -> None:
    for byte in FEED.encode():
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


def _endless(handler: Handler) -> None:
    while True:
        handler.wfile.write(b"<item>" * 1000)


def _reset(handler: Handler) -> None:
    handler.wfile.write(b"<rss>")
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _silent(_: Handler) -> None:
    time.sleep(3)


def _slow_head(handler: Handler) -> Reply:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.05)
    return Reply()


def test_a_slow_drip_ends_with_the_time_for_the_whole(following: Following) -> None:
    following.site.replies["/f"] = Reply(write=_drip)
    following.feeds(following.site.address("/f"))
    began = time.monotonic()
    assert following.reason() == "It took longer than 2 s ([follow] whole_seconds)."
    assert time.monotonic() - began < 4


def test_headers_that_drip_end_with_it_too(following: Following) -> None:
    following.site.replies["/f"] = _slow_head
    following.feeds(following.site.address("/f"))
    assert following.reason() == "It took longer than 2 s ([follow] whole_seconds)."


def test_silence_ends_with_the_time_to_wait(following: Following) -> None:
    following.site.replies["/f"] = Reply(write=_silent, headers={"Content-Length": "10"})
    following.feeds(following.site.address("/f"))
    assert following.reason() == "No answer in time."


def test_an_endless_body_ends_at_the_limit(following: Following) -> None:
    following.site.replies["/f"] = Reply(write=_endless)
    following.feeds(following.site.address("/f"))
    assert following.reason() == "It has more than 1 MB ([follow] max_mb)."


@pytest.mark.parametrize("coding", ["gzip", "x-gzip"])
def test_a_bomb_is_not_decompressed_beyond_the_limit(following: Following, coding: str) -> None:
    packed = bomb(300)
    assert len(packed) < 1 << 20
    following.feeds(following.site.put("/f", packed, Content_Encoding=coding))
    assert following.reason() == "It has more than 1 MB ([follow] max_mb)."


def test_a_bomb_that_is_called_a_document_is_bounded_as_files_are(following: Following) -> None:
    following.feeds(following.site.put("/f.xml.gz", bomb(100), Content_Type="application/gzip"))
    assert "the limit is 200 times" in following.reason()


def test_damaged_compression_is_named(following: Following) -> None:
    packed = gzip.compress(FEED.encode())
    following.feeds(following.site.put("/f", packed[:-20], Content_Encoding="gzip"))
    assert following.reason() == "Its compression cannot be undone: it ends too early."
    following.site.put("/f", b"no gzip at all", Content_Encoding="gzip")
    assert following.reason().startswith("Its compression cannot be undone: Error -3")
    following.site.put("/f", b"x", Content_Encoding="br")
    assert following.reason() == "Its compression cannot be undone: 'br' was not asked for."


def test_compressed_feeds_are_read(following: Following) -> None:
    following.feeds(following.site.put("/f", gzip.compress(FEED.encode()), Content_Encoding="gzip"))
    assert following.round().build.new == 1


def test_a_wrong_content_type_does_not_matter_a_wrong_content_does(following: Following) -> None:
    following.feeds(following.site.put("/f", FEED, Content_Type="text/html"))
    assert following.round().build.new == 1
    following.site.put("/f", page(), Content_Type="application/rss+xml")
    assert following.reason() == "It is HTML, not a feed (application/rss+xml)."
    following.site.put("/f", b"\x89PNG\r\n\x00\x00", Content_Type="image/png")
    assert following.reason() == "It is in no format of feeds (image/png)."
    assert following.titles == ["Headline 1"]


def test_redirects_in_a_circle_and_without_end_are_given_up(following: Following) -> None:
    site = following.site
    site.put("/a", status=302, Location="/b")
    site.put("/b", status=302, Location="/a")
    following.feeds(site.address("/a"))
    assert following.reason() == "It redirects in a circle."
    for number in range(9):
        site.put(f"/r{number}", status=302, Location=f"/r{number + 1}")
    following.feeds(site.address("/r0"))
    site.asked.clear()
    assert following.reason() == "It redirects more than 5 times."
    assert site.paths() == [f"/r{number}" for number in range(6)]
    site.put("/n", status=302)
    following.feeds(site.address("/n"))
    assert following.reason() == "It redirects nowhere."


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://kestrel.example/f", "gopher://127.0.0.1:70/_x"])
def test_a_redirect_to_another_protocol_is_not_followed(following: Following, target: str) -> None:
    following.feeds(following.site.put("/f", status=302, Location=target))
    scheme = target.partition(":")[0]
    assert following.reason() == f"Not asked: only http and https are followed, not {scheme}."


@pytest.mark.parametrize("status", [301, 308])
def test_a_feed_that_has_moved_for_good_is_asked_there_and_told(following: Following, status: int) -> None:
    site = following.site
    site.put("/new", FEED, ETag='"1"')
    following.feeds(site.put("/old", status=status, Location="/new"))
    following.round()
    (told,) = following.status
    assert told.moved == site.address("/new")
    assert told.reason == f"It has moved to {site.address('/new')}; write that into the configuration."
    site.asked.clear()
    following.round()
    assert site.paths() == ["/new"]
    assert following.status[0].moved == site.address("/new")
    site.put("/new", status=404)
    following.round()
    site.put("/old", FEED)
    site.asked.clear()
    following.round()
    assert site.paths() == ["/old"], "where it had moved to, it is no more"


def test_a_feed_that_has_moved_for_now_is_asked_where_it_was(following: Following) -> None:
    site = following.site
    site.put("/new", FEED)
    site.put("/between", status=302, Location="/new")
    following.feeds(site.put("/old", status=301, Location="/between"))
    following.round()
    assert following.status[0].moved == site.address("/between"), "as far as it is for good"


def test_a_gone_feed_is_asked_no_more_until_that_is_wanted(following: Following) -> None:
    site = following.site
    following.feeds(site.put("/f", status=410))
    assert following.reason() == "It is gone for good (410); take it out of the configuration."
    (told,) = following.status
    assert (told.gone, told.due) == (True, None)
    site.asked.clear()
    report = following.round(now=False)
    assert (report.feeds, report.due, site.asked) == ((), None, [])
    site.put("/f", FEED)
    assert following.round(now=True).build.new == 1
    assert following.status[0].gone is False


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 502])
def test_a_feed_that_fails_is_asked_later_and_later(following: Following, status: int) -> None:
    following.feeds(following.site.put("/f", status=status), every_minutes=10)
    pauses = []
    for _ in range(10):
        assert following.reason() == f"The server answered {status}."
        (told,) = following.status
        assert told.due is not None
        assert told.tried is not None
        pauses.append((told.due - told.tried) / timedelta(minutes=10))
    for failure, pause in enumerate(pauses[:7]):
        assert 0.9 * 2**failure <= pause <= 1.1 * 2**failure
    assert max(pauses) <= 144, "a day"
    assert (told.failures, following.round(now=False).feeds) == (10, ())


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("dated", [False, True])
def test_who_wants_to_be_left_alone_is(following: Following, status: int, dated: bool) -> None:
    site = following.site
    later = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True) if dated else "7200"
    following.feeds(site.put("/f", status=status, Retry_After=later), site.put("/g", status=status), every_minutes=1)
    first, second = following.round().feeds
    answered = [each for each in (first, second) if each.reason == f"The server answered {status}."]
    left = [each for each in (first, second) if each.reason == "Its host wants to be left alone for now."]
    assert (len(answered), len(left)) == (1, 1), "the other feed of the host was not asked"
    for each in following.status:
        assert each.due is not None
        assert each.tried is not None
        assert timedelta(minutes=119) < each.due - each.tried <= timedelta(minutes=121)
    site.asked.clear()
    following.round(now=True)
    assert site.asked == [], "also when a person is impatient"


def test_a_short_wait_is_waited_for(following: Following) -> None:
    site = following.site
    site.put("/f", status=503, Retry_After="1")
    site.put("/g", FEED)
    following.feeds(site.address("/f"), site.address("/g"))
    report = following.round()
    assert (report.build.new, len(report.failed)) == (1, 1)


def test_robots_txt_is_obeyed_and_kept_for_a_day(following: Following) -> None:
    site = following.site
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    following.feeds(site.put("/closed/f", FEED), site.put("/f", FEED))
    closed, free = sorted(following.round().feeds, key=lambda each: each.address)
    assert (closed.reason, free.failures) == ("robots.txt of its host forbids it.", 0)
    following.round()
    assert site.paths(robots=True).count("/robots.txt") == 1
    assert "/closed/f" not in site.paths()


def test_the_pages_that_robots_txt_closes_are_taken_from_the_feed(following: Following) -> None:
    site = following.site
    site.put("/robots.txt", "User-agent: Broadsheet\nDisallow: /p\n")
    site.put("/p1", page())
    following.feeds(site.put("/f", rss(item(1, text="Short.", link=site.address("/p1")))))
    following.round()
    assert [(each.title, each.body) for each in following.articles] == [("Headline 1", "Short.")]
    assert "/p1" not in site.paths()


def test_a_robots_txt_that_cannot_be_had_closes_the_host(following: Following) -> None:
    site = following.site
    site.put("/robots.txt", status=503)
    following.feeds(site.put("/f", FEED))
    assert following.reason() == "robots.txt: The server answered 503."
    assert site.paths() == []


@pytest.mark.parametrize("broken", [500, 404])
def test_what_robots_txt_said_holds_while_it_cannot_be_had(
    following: Following, broken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = following.site
    site.put("/robots.txt", "User-agent: *\nDisallow: /f\n")
    following.feeds(site.put("/f", FEED))
    following.round()
    monkeypatch.setattr("indexer.follow.hosts.KEPT", 0.0)
    site.put("/robots.txt", status=broken)
    (feed,) = following.round().feeds
    assert feed.reason == ("robots.txt of its host forbids it." if broken == 500 else "")


def test_broken_xml_is_named(following: Following) -> None:
    following.feeds(following.site.put("/f", "<rss><channel><title>A</channel>"))
    assert following.reason().startswith("The feed is cut off: ")
    following.site.put("/f", "<rss><channel><title>A</oops></rss>")
    assert following.reason().endswith(": mismatched tag.")
    following.site.put("/f", "")
    assert following.reason() == "It is empty."
    following.site.put("/f", '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel></channel></rss>')
    assert following.reason() == "Remove the <!ENTITY> declarations and try again."


def test_what_a_feed_that_is_cut_off_has_is_read(following: Following) -> None:
    whole = rss(item(1, text=LONG), item(2, text=LONG))
    following.feeds(following.site.put("/f", whole[: whole.index("Headline 2") + 30]))
    report = following.round()
    assert (report.build.new, report.failed) == (1, ())
    assert report.feeds[0].reason.startswith("The feed is cut off: ")
    assert report.build.rejected_by_reason == {"truncated": 1}
    assert following.rejects[0]["path"] == following.site.address("/f")
    following.site.put("/f", whole)
    following.round()
    assert (following.titles, following.rejects) == (["Headline 1", "Headline 2"], [])


def test_a_wrong_encoding_is_seen_through(following: Following) -> None:
    text = rss(item(1, text=LONG, title="Élections à Genève")).replace('"1.0"?', '"1.0" encoding="utf-8"?')
    following.feeds(following.site.put("/f", text.encode("cp1252"), Content_Type="application/xml; charset=utf-8"))
    following.round()
    assert following.titles == ["Élections à Genève"]


def test_an_empty_feed_is_no_failure(following: Following) -> None:
    following.feeds(following.site.put("/f", rss()))
    report = following.round()
    assert (report.build.read, report.failed, report.feeds[0].reason) == (0, (), "It is a feed without entries.")


@pytest.mark.slow
def test_a_feed_of_ten_thousand_entries_is_read_once(following: Following) -> None:
    following.settings(max_mb=20)
    items = [item(number, text="Short.") for number in range(10_000)]
    following.feeds(following.site.put("/f", rss(*items)), full_text=False)
    began = time.monotonic()
    assert (following.round().build.new, following.status[0].new) == (10_000, 10_000)
    assert time.monotonic() - began < 120
    assert (following.round().build.read, following.status[0].new) == (0, 0)


def test_entries_without_an_id_are_told_apart(following: Following) -> None:
    nameless = "<item><title>{0}</title><description>{1}</description></item>"
    one, two = nameless.format("One", LONG), nameless.format("Two", LONG + "More.")
    following.feeds(following.site.put("/f", rss(one, two, one)))
    assert following.round().build.new == 2
    assert following.round().build.read == 0
    assert following.titles == ["One", "Two"]


def test_dates_in_the_future_are_kept_as_they_are(following: Following) -> None:
    following.feeds(following.site.put("/f", rss(item(1, text=LONG)).replace("2021", "2099")))
    following.round()
    (only,) = following.articles
    assert only.published is not None
    assert only.published.instant.year == 2099


def test_a_connection_that_breaks_is_named(following: Following) -> None:
    following.site.replies["/f"] = Reply(write=_reset, headers={"Content-Length": "100"})
    following.feeds(following.site.address("/f"))
    assert following.reason().startswith("The connection broke off: ")


def test_a_host_without_a_server_is_named_and_left_alone(following: Following) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    following.feeds(*(f"http://127.0.0.1:{port}/{number}" for number in range(5)))
    reasons = sorted(each.reason for each in following.round().feeds)
    assert reasons[:2] == ["Its host does not answer in this round."] * 2
    assert all(reason.startswith("No connection: ") for reason in reasons[2:])


def test_a_server_without_tls_under_https_is_named(following: Following) -> None:
    following.feeds(following.site.address("/f").replace("http:", "https:"))
    assert following.reason().startswith(("The connection is not safe: ", "No connection: "))


def test_a_name_that_nobody_has_is_named(following: Following) -> None:
    following.feeds("http://nobody.invalid/f")
    assert following.reason().startswith("Its host cannot be found: ")


@pytest.mark.parametrize("address", ["news.example/rss", "http://", "http://[::1", "http://a b/c", "http://x:99999/"])
def test_what_is_no_address_is_named(following: Following, address: str) -> None:
    following.feeds(address)
    assert following.reason().startswith("Not asked: ")


def test_one_bad_feed_does_not_hold_up_the_others(following: Following) -> None:
    site = following.site
    site.replies["/slow"] = Reply(write=_drip)
    following.feeds(site.address("/slow"), site.put("/f", FEED))
    report = following.round()
    assert (report.build.new, len(report.failed)) == (1, 1)


def test_a_fault_of_ours_is_named_and_the_round_goes_on(following: Following, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no parser")

    monkeypatch.setattr("indexer.ingest.readers.feed._fields", fails)
    following.feeds(following.site.put("/f", FEED))
    assert following.reason() == "RuntimeError: no parser"
