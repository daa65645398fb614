"""robots.txt, by the examples of RFC 9309 and of Google's description of the same."""

import time

import pytest

from indexer.follow.robots import parse

HOST = "https://kestrel.example"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /fish", "/fish", False),
        ("Disallow: /fish", "/fish/salmon.html?x=1", False),
        ("Disallow: /fish", "/Fish.asp", True),
        ("Disallow: /fish", "/catfish", True),
        ("Disallow: /fish*", "/fishheads/yummy.html", False),
        ("Disallow: /fish/", "/fish", True),
        ("Disallow: /*.php", "/folder/any.php.file.html", False),
        ("Disallow: /*.php", "/windows.PHP", True),
        ("Disallow: /*.php$", "/filename.php", False),
        ("Disallow: /*.php$", "/filename.php?parameters", True),
        ("Disallow: /*.php$", "/filename.php5", True),
        ("Disallow: /fish*.php", "/fishheads/catfish.php?parameters", False),
        ("Allow: /p\nDisallow: /", "/page", True),
        ("Allow: /folder\nDisallow: /folder", "/folder/page", True),
        ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("Allow: /$\nDisallow: /", "/", True),
        ("Allow: /$\nDisallow: /", "/page.htm", False),
        ("Disallow:", "/x", True),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow: /café", "/caf%c3%a9", False),
        ("disallow : /x # all of it", "/x", False),
        ("Disallow: /*?print", "/a?x=1", True),
        ("Disallow: /*?print", "/a?print=1", False),
        ("Disallow: /a$b", "/a$b", False),
    ],
)
def test_the_longest_rule_holds(rules: str, path: str, allowed: bool) -> None:
    assert parse(f"User-agent: *\n{rules}\n", "Broadsheet").allow(HOST + path) is allowed


def test_the_groups_that_name_us_hold_in_place_of_those_for_all() -> None:
    text = (
        "\ufeffUser-agent: other\nUser-agent: broadsheet/2.0\nDisallow: /a\nCrawl-delay: 3\n\n"
        "User-agent: *\nDisallow: /\nSitemap: https://kestrel.example/s.xml\n"
        "User-agent: Broadsheet\nDisallow: /b\n"
    )
    ours, theirs = parse(text, "Broadsheet"), parse(text, "Somebody")
    assert [ours.allow(HOST + path) for path in ("/a", "/b", "/c")] == [False, False, True]
    assert (ours.delay, theirs.delay, theirs.allow(HOST + "/c")) == (3.0, 0.0, False)


@pytest.mark.parametrize(("stated", "delay"), [("2.5", 2.5), ("1e9", 120), ("-1", 0), ("nan", 0), ("soon", 0)])
def test_the_delay_is_within_reason(stated: str, delay: float) -> None:
    assert parse(f"User-agent: *\nCrawl-delay: {stated}\n", "Broadsheet").delay == delay


def test_a_page_that_is_no_robots_txt_forbids_nothing() -> None:
    assert parse("<html><body>Disallow: /</body></html>", "Broadsheet").allow(HOST + "/")
    assert parse("", "Broadsheet").allow(HOST + "/")
    assert parse("Disallow: /", "Broadsheet").allow(HOST + "/"), "of no group"


def test_a_rule_of_many_stars_takes_no_time() -> None:
    rules = parse("User-agent: *\nDisallow: /" + "*a" * 200 + "*b$\n", "Broadsheet")
    began = time.perf_counter()
    assert rules.allow(f"{HOST}/" + "a" * 4000)
    assert time.perf_counter() - began < 1
