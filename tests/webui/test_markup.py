"""Text and spans -> HTML: nothing of the text becomes markup."""

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup, escape

from indexer.search.results import Snippet
from tests.browser.payloads import PAYLOADS
from webui import markup

SPANS = st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=6)
HOSTILE = st.text(st.sampled_from("<>&\"'/ab \x00\n"), max_size=50) | st.text(max_size=50)


@given(HOSTILE, SPANS)
def test_only_marks_come_out_and_the_text_stays(text: str, spans: list[tuple[int, int]]) -> None:
    html = markup.marked(text, spans)
    assert set(re.findall(r"<[^>]*>", html)) <= {"<mark>", "</mark>"}
    assert html.replace("<mark>", "").replace("</mark>", "") == escape(markup.plain(text))


@given(HOSTILE, SPANS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3))
def test_only_marks_and_our_links_come_out(
    text: str, spans: list[tuple[int, int]], ends: list[tuple[int, int]]
) -> None:
    links = [(start, end, "/person/A%20B", "person") for start, end in sorted(ends)]
    html = markup.MatchNumbers().annotate(text, spans, markup.links_within(links, 0, len(text)))
    tags = {re.sub(r"match-\d+", "match-1", tag) for tag in re.findall(r"<[^>]*>", html)}
    assert tags <= {'<mark id="match-1">', "</mark>", '<a class="person" href="/person/A%20B">', "</a>"}
    assert Markup(html).striptags().split() == escape(markup.plain(text)).unescape().split()


def test_matches_are_marked_in_place() -> None:
    assert markup.marked("oil & gas", [(6, 9), (0, 3)]) == "<mark>oil</mark> &amp; <mark>gas</mark>"


def test_overlapping_and_outlying_spans_are_cut() -> None:
    assert markup.marked("abcdef", [(0, 3), (2, 4), (5, 99)]) == "<mark>abc</mark><mark>d</mark>e<mark>f</mark>"


@pytest.mark.parametrize(
    ("snippet", "html"),
    [
        (Snippet("body", "in the middle", ((3, 6),), True, True), "…in <mark>the</mark> middle…"),
        (Snippet("body", "A sentence.", (), True, True), "A sentence."),
        (Snippet("body", "whole"), "whole"),
    ],
)
def test_a_passage_has_dots_where_it_was_cut(snippet: Snippet, html: str) -> None:
    assert markup.snippet(snippet) == html


def test_marks_and_links_share_a_paragraph() -> None:
    html = markup.MatchNumbers().annotate("met Joe Biden & co", [(8, 13)], [(4, 13, "/person/Joe%20Biden", "person")])
    assert html == ('met <a class="person" href="/person/Joe%20Biden">Joe <mark id="match-1">Biden</mark></a> &amp; co')


def test_a_link_elsewhere_does_not_pass() -> None:
    html = markup.MatchNumbers().annotate("abc", [], [(0, 3, "javascript:alert(1)", "person")])
    assert html == '<a class="person">abc</a>'


def test_paragraphs_keep_their_offsets() -> None:
    text = "  one\nline\n\n \n two \n\nthree"
    assert markup.paragraphs(text) == [(2, "one\nline"), (15, "two"), (21, "three")]
    assert all(text[at : at + len(piece)] == piece for at, piece in markup.paragraphs(text))


def test_spans_and_links_are_counted_from_their_paragraph() -> None:
    assert markup.within([(0, 4), (8, 12), (20, 30)], 10, 25) == [(0, 2), (10, 15)]
    links = [(0, 12, "/a", "x"), (12, 14, "/b", "x"), (13, 16, "/c", "x"), (24, 26, "/d", "x")]
    assert markup.links_within(links, 10, 15) == [(2, 4, "/b", "x")]


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("A whole sentence.", 40, "A whole sentence."),
        ("Cut in the mid", 40, "Cut in the…"),
        ("one two three four", 9, "one two…"),
        ("北京时间七月二十七日", 4, "北京时间…"),
    ],
)
def test_a_cut_off_summary_ends_at_a_word(text: str, length: int, short: str) -> None:
    assert markup.shortened(text, length) == short


def test_what_no_page_may_hold_is_taken_out() -> None:
    assert markup.plain("a\x00b\x1fc\ud800d\tе") == "a b c d\tе"


ALLOWED = {"mark": {"id"}, "a": {"class", "href"}}


PIECES = [*PAYLOADS, "<mark>", "</mark>", '<mark id="match-1">', "<b>", "</a>", " words "]


@given(HOSTILE | st.lists(st.sampled_from(PIECES)).map("".join))
def test_what_bleach_lets_through_its_successor_lets_through_too(text: str) -> None:
    """Both walls parse as browsers do, so that either leaves the elements and attributes allowed, and no others."""
    html = str(markup._checked(markup.plain(text)))
    elements = etree.HTML(f"<div>{html}</div>").iter()
    for element in elements:
        if element.tag in ("html", "body", "div"):
            continue
        assert element.tag in ALLOWED
        assert set(element.keys()) <= ALLOWED[element.tag]
        assert not element.get("href", "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))
    cleaned = nh3.clean(html, tags=set(ALLOWED), attributes=ALLOWED, link_rel=None)
    assert _said(cleaned) == _said(html)


def _said(html: str) -> list[tuple[str, dict[str, str], str]]:
    """The elements of a fragment, and all its text."""
    tree = etree.HTML(f"<div>{html}</div>")
    return [(str(each.tag), dict(each.items()), "".join(each.itertext())) for each in tree.iter()]
