"""Which addresses are asked: none of private networks, by whatever name, and none that changes after the look at it."""

import asyncio
import socket
from ipaddress import ip_address
from typing import Any

import pytest

from indexer.addresses import shown
from indexer.follow.addresses import host_of
from indexer.network.public import Refused, is_public
from tests.follow.conftest import Following
from tests.follow.server import LONG, item, page, rss

FEED = rss(item(1, text=LONG))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fd00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::", "::127.0.0.1"),
        *("64:ff9b:1::a00:1", "fec0::1", "::ffff:0:7f00:1", "4000::1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_asked_by_any_name(following: Following, host: str) -> None:
    following.site.put("/f", FEED)
    following.feeds(following.site.address("/f", host), private=False)
    assert "of a private network; private = true in its source allows that" in following.reason()
    assert following.site.asked == []


def test_a_source_may_be_on_the_local_network_when_it_says_so(following: Following) -> None:
    following.feeds(following.site.put("/f", FEED), private=True)
    assert following.round().build.new == 1


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """What names have as addresses: one list for each question; returns what was asked for."""
    asked: list[str] = []
    left = list(answers)

    async def getaddrinfo(self: Any, host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_with_one_private_address_among_others_is_not_asked(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, ["93.184.216.34", "127.0.0.1"])
    following.feeds(following.site.address("/f", "kestrel.example"), private=False)
    assert "kestrel.example has the address 127.0.0.1 of a private network" in following.reason()
    assert following.site.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name may have another address a moment later: it is looked up once a request, and never by the client."""
    asked = names(monkeypatch, ["127.0.0.1"])
    following.site.put("/f", FEED)
    following.feeds(following.site.address("/f", "kestrel.example"))
    assert following.round().build.new == 1
    assert [path for path, _, _ in following.site.asked] == ["/robots.txt", "/f"]
    assert asked == ["kestrel.example"] * 2
    assert {headers["Host"] for _, headers, _ in following.site.asked} == {f"kestrel.example:{following.site.port}"}


def test_a_name_that_turns_private_after_the_first_look_is_refused(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.network.checked.is_public", lambda address: str(address) != "10.0.0.1")
    names(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    following.site.put("/f", FEED)
    following.feeds(following.site.address("/f", "kestrel.example"), private=False)
    assert "kestrel.example has the address 10.0.0.1 of a private network" in following.reason()
    assert following.site.paths() == []


def test_a_redirect_to_a_private_address_is_not_followed(following: Following, monkeypatch: pytest.MonkeyPatch) -> None:
    site = following.site
    site.put("/secret", FEED)
    site.put("/f", status=302, Location=site.address("/secret", "127.0.0.2"))
    monkeypatch.setattr("indexer.network.checked.is_public", lambda address: str(address) == "127.0.0.1")
    following.feeds(site.address("/f"), private=False)
    assert "127.0.0.2 is an address of a private network" in following.reason()
    assert site.paths() == ["/f"]


def test_a_page_at_a_private_address_is_not_fetched(following: Following, monkeypatch: pytest.MonkeyPatch) -> None:
    site = following.site
    site.put("/secret", page("The secret"))
    monkeypatch.setattr("indexer.network.checked.is_public", lambda address: str(address) == "127.0.0.1")
    link = site.address("/secret", "127.0.0.2")
    following.feeds(site.put("/f", rss(item(1, text="Short.", link=link))), private=False)
    following.round()
    assert (following.titles, site.paths()) == (["Headline 1"], ["/f"])


def test_a_proxy_of_the_environment_is_not_used(following: Following, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    following.feeds(following.site.put("/f", FEED))
    assert following.round().build.new == 1


def test_what_opens_doors_is_sent_and_never_shown(following: Following) -> None:
    site = following.site
    address = site.address("/f?api_key=sesame&page=1").replace("http://", "http://ann:sesame@")
    site.replies["/f?api_key=sesame&page=1"] = site.replies.get("/f", None) or _feed_of(site)
    following.feeds(address)
    following.round()
    assert following.titles == ["Headline 1"]
    assert site.asked[-1][1]["Authorization"] == "Basic YW5uOnNlc2FtZQ=="
    kept = (following.index / "follow.sqlite").read_bytes()
    assert b"sesame" not in kept
    assert "sesame" not in str(following.status)
    assert following.status[0].address == site.address("/f?api_key=...&page=1")
    site.put("/f?api_key=sesame&page=1", status=500)
    assert "sesame" not in str(following.round())


def _feed_of(site: Any) -> Any:
    site.put("/any", FEED)
    return site.replies["/any"]


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.example/f?x=1#y", "https://a.example/f?x=1#y"),
        ("https://u:p@a.example:8443/f", "https://a.example:8443/f"),
        ("https://a.example/f?access_token=1&q=2", "https://a.example/f?access_token=...&q=2"),
        ("https://a.example/f?keyword=1&monkey=2", "https://a.example/f?keyword=1&monkey=2"),
        ("http://[::1", "(an address that cannot be read)"),
    ],
)
def test_addresses_are_shown_without_secrets(address: str, written: str) -> None:
    assert shown(address) == written


def test_hosts_are_told_apart_by_name_and_port() -> None:
    assert host_of("https://A.example/x") == host_of("http://a.example:80/y") == "a.example"
    assert host_of("http://a.example:8080/") == "a.example:8080"
    for wrong in ("javascript:alert(1)", "//a.example/", "http:///x", "http://a.example:x/", "http://a.example/ b"):
        with pytest.raises(Refused):
            host_of(wrong)
