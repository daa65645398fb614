"""Saved HTML pages: what is taken from JSON-LD, meta tags and the visible page."""

import json

import pytest

from indexer.ingest.page import page_fields
from indexer.ingest.raw import Page
from indexer.rejection import Rejected

from ..conftest import Building

PROSE = "The bridge over the strait was opened again on Thursday after two years of repairs, the ministry said. " * 5
MORE = (
    "Ferries will keep running until Sunday evening, so that lorries can be moved over to the new lanes in peace. " * 5
)


def html(head: str = "", body: str = "", charset: str = "utf-8") -> bytes:
    article = body or f"<article><h1>Bridge reopens</h1><p>{PROSE}</p><p>{MORE}</p></article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{article}</body></html>".encode(charset)


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_json_ld_in_a_graph_with_references() -> None:
    head = ld(
        **{
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebPage", "@id": "#page", "name": "x"},
                {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
                {
                    "@type": ["NewsArticle"],
                    "headline": "Bridge &amp; strait",
                    "datePublished": "2021-10-14T11:15:48+03:00",
                    "dateModified": "2021-10-15",
                    "author": [{"@id": "#ann"}, {"@type": "Person", "name": "Bo Chen"}],
                    "publisher": {"@type": "Organization", "name": "KNA"},
                    "articleSection": ["Local", "Transport"],
                    "inLanguage": "en-GB",
                    "description": "In short.",
                    "about": [{"@type": "Place", "name": "Port Elm"}, {"@type": "Thing", "name": "traffic"}],
                },
            ],
        }
    )
    fields = page_fields(Page(html(head), "https://kna.example/2021/bridge"))
    body = fields.pop("body")
    assert body == f"{PROSE}\n\n{MORE}".replace(" \n", "\n").strip()
    assert fields == {
        "title": "Bridge & strait",
        "summary": "In short.",
        "published": "2021-10-14T11:15:48+03:00",
        "source": "KNA",
        "category": "Local",
        "language": "en-GB",
        "author": ["Ann Lee", "Bo Chen"],
        "url": "https://kna.example/2021/bridge",
        "entities": [{"@type": "Place", "name": "Port Elm"}, {"@type": "Thing", "name": "traffic"}],
        "modified_stated": "2021-10-15",
    }


def test_meta_tags_and_a_title_without_the_site() -> None:
    head = """<title>Bridge reopens | Kestrel News</title>
    <meta property="og:title" content="Bridge reopens | Kestrel News">
    <meta property="og:site_name" content="Kestrel News"><meta name="author" content="By Ann Lee">
    <meta property="article:published_time" content="2021-10-14T08:15:48Z">
    <meta property="article:section" content="Local">
    <link rel="canonical" href="https://kestrel.example/bridge"><meta name="news_keywords" content="bridge, strait">"""
    fields = page_fields(Page(html(head)))
    assert (fields["title"], fields["source"], fields["author"]) == ("Bridge reopens", "Kestrel News", ["Ann Lee"])
    assert (fields["published"], fields["category"]) == ("2021-10-14T08:15:48Z", "Local")
    assert (fields["url"], fields["topics"]) == ("https://kestrel.example/bridge", ["bridge", "strait"])


def test_the_visible_page_when_nothing_else_speaks() -> None:
    body = (
        "<article><h1>Bridge reopens</h1><span class='byline__name'>Ann Lee</span>"
        "<time datetime='2021-10-14'>today</time>"
        f"<p>{PROSE}</p><p>{MORE}</p></article>"
    )
    fields = page_fields(Page(html("<title>Bridge reopens - Kestrel</title>", body)))
    assert (fields["title"], fields["author"], fields["published"]) == ("Bridge reopens", ["Ann Lee"], "2021-10-14")


def test_a_date_in_the_address_is_the_last_resort() -> None:
    assert page_fields(Page(html(), "https://kna.example/2021/10/14/bridge"))["published"] == "2021-10-14"
    assert "published" not in page_fields(Page(html(), "https://kna.example/2021/13/14/bridge"))


def test_a_page_of_a_web_archive_keeps_both_addresses() -> None:
    fields = page_fields(Page(html(), "https://web.archive.org/web/20220102030405/https://kna.example/bridge"))
    assert (fields["url"], fields["archived_url"]) == (
        "https://kna.example/bridge",
        "https://web.archive.org/web/20220102030405/https://kna.example/bridge",
    )


@pytest.mark.parametrize(
    ("charset", "head", "stated"),
    [
        ("windows-1251", "<meta charset='windows-1251'>", None),
        ("koi8-r", "", "koi8-r"),
        ("utf-8", "<meta charset='iso-8859-1'>", None),
        ("utf-8", "", "iso-8859-1"),
    ],
)
def test_the_charset_is_found(charset: str, head: str, stated: str | None) -> None:
    text = "Мост через пролив снова открыт в четверг после двух лет ремонта, сообщило министерство. " * 8
    body = f"<article><h1>Мост открыт</h1><p>{text}</p><p>{text}</p></article>"
    fields = page_fields(Page(html(head, body, charset), None, stated))
    assert fields["title"] == "Мост открыт"
    assert fields["body"].startswith("Мост через пролив")


def test_text_that_the_page_cuts_is_mended_from_json_ld() -> None:
    whole = "\n\n".join([PROSE, MORE, PROSE.replace("bridge", "tunnel"), MORE.replace("Ferries", "Trains")])
    head = ld(**{"@type": "NewsArticle", "headline": "Bridge", "articleBody": whole, "datePublished": "2021-10-14"})
    assert "Trains will keep running" in page_fields(Page(html(head)))["body"]


@pytest.mark.parametrize(
    "markup", [b"", b"   ", b"\x00\x00", b"<html><body><nav><a href='/'>Home</a></nav></body></html>"]
)
def test_a_page_without_an_article_is_rejected(markup: bytes) -> None:
    with pytest.raises(Rejected, match="no_article"):
        page_fields(Page(markup))


def test_a_saved_page_becomes_an_article(building: Building) -> None:
    building.write("a.html", b"<!-- saved from url=(0026)https://kna.example/bridge -->\n" + html())
    building.write("b.txt", html("<title>By content</title><meta property='og:url' content='https://kna.example/b'>"))
    assert building.run().new == 2
    assert [(a.id, a.title) for a in building.articles] == [
        ("https://kna.example/bridge", "Bridge reopens"),
        ("https://kna.example/b", "By content"),
    ]


def test_a_page_inside_a_json_record(building: Building) -> None:
    head = "<meta property='og:site_name' content='KNA'>"
    building.write("a.jsonl", json.dumps({"id": "x", "url": "https://kna.example/1", "html": html(head).decode()}))
    building.run()
    (article,) = building.articles
    assert (article.id, article.title, article.source) == ("x", "Bridge reopens", "KNA")
    assert article.body.startswith("The bridge over the strait")


def test_no_code_or_headline_stands_in_the_text() -> None:
    article = (
        f"<article><h1>Bridge <span>reopens</span></h1><p>TRANSPORT:</p><p>Bridge reopens!</p>"
        f"<p><style>.a{{color:red}}</style>{PROSE}<script>var a = '{MORE}';</script></p>"
        f"<p>{MORE}<ruby>尹錫悦<rp>（</rp><rt>ユン</rt><rp>）</rp></ruby>大統領</p></article>"
    )
    body = page_fields(Page(html(body=article)))["body"]
    assert body == f"{PROSE.strip()}\n\n{MORE}尹錫悦大統領"


def own(**fields: object) -> str:
    return ld(**{"@type": "NewsArticle", "headline": "Bridge reopens", "datePublished": "2021-10-14"} | fields)


@pytest.mark.parametrize(
    "head",
    [
        own(author="Ann Lee")
        + ld(**{"@type": "NewsArticle", "headline": "Trams late", "articleBody": PROSE, "author": "Bo"}),
        own(author="Ann Lee", mentions={"@type": "NewsArticle", "headline": "Trams late", "articleBody": PROSE}),
        ld(
            **{
                "@type": "LiveBlogPosting",
                "headline": "Bridge reopens",
                "datePublished": "2021-10-14",
                "author": "Ann Lee",
                "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "First lorry", "articleBody": PROSE}],
            }
        ),
        ld(
            **{
                "@graph": [
                    {"@type": "NewsArticle", "@id": "#b", "headline": "Trams late", "articleBody": PROSE},
                    {"@type": "WebPage", "mainEntity": {"@id": "#a"}},
                    {
                        "@type": "Article",
                        "@id": "#a",
                        "headline": "Bridge reopens",
                        "datePublished": "2021-10-14",
                        "author": "Ann Lee",
                    },
                ]
            }
        ),
        ld(**{"@type": "Article", "headline": "Trams late", "url": "https://kna.example/trams", "author": "Bo"})
        + own(
            author="Ann Lee", headline="Strait crossing works again", mainEntityOfPage="https://www.kna.example/bridge/"
        ),
    ],
    ids=["headline", "mentions", "live blog", "main entity", "address"],
)
def test_the_json_ld_of_this_page_is_told_from_others(head: str) -> None:
    fields = page_fields(Page(html(head), "https://kna.example/bridge"))
    assert (fields["author"], fields["published"]) == (["Ann Lee"], "2021-10-14")


def test_json_ld_of_another_page_alone_is_not_believed() -> None:
    head = ld(**{"@type": "Article", "headline": "Trams late", "url": "https://kna.example/trams", "author": "Bo"})
    fields = page_fields(Page(html(head), "https://kna.example/bridge"))
    assert (fields["title"], fields.get("author")) == ("Bridge reopens", None)


@pytest.mark.parametrize(
    ("head", "shown", "expected"),
    [
        ("2021-10-15T03:30:00Z", "Oct 14, 2021, 11:30 PM", "2021-10-14T23:30:00-04:00"),
        ("2021-10-14T22:30:00+00:00", "15 October 2021", "2021-10-15"),
        ("2021-10-15T03:30:00Z", "15 October 2021", "2021-10-15T03:30:00Z"),
        ("2021-10-15T03:30:00Z", "Updated 16 October 2021", "2021-10-15T03:30:00Z"),
        ("", "Am 14. Oktober 2021", "14. Oktober 2021"),
        ("", "14 de octubre de 2021", "14 de octubre de 2021"),
        ("", "2021년 10월 14일", "2021년 10월 14일"),
    ],
)
def test_the_day_is_the_one_printed(head: str, shown: str, expected: str) -> None:
    meta = f"<meta property='article:published_time' content='{head}'>" if head else ""
    body = f"<article><h1>Bridge reopens</h1><p class='date'>{shown}</p><p>{PROSE}</p><p>{MORE}</p></article>"
    assert page_fields(Page(html(meta, body)))["published"] == expected


@pytest.mark.parametrize("query", ["p=123", "page_id=7", "id=bridge&lang=en"])
def test_an_address_that_names_an_article_is_no_front_page(query: str) -> None:
    assert page_fields(Page(html(), f"https://kna.example/?{query}"))["title"] == "Bridge reopens"


@pytest.mark.parametrize("query", ["", "?utm_source=x", "?lang=en", "?paged=2"])
def test_a_front_page_is_no_article(query: str) -> None:
    with pytest.raises(Rejected, match="no_article"):
        page_fields(Page(html(), f"https://kna.example/{query}"))


def test_a_paywall_is_no_text(building: Building) -> None:
    wall = "<div class='wall'><p>Already a subscriber? Log in. Subscribe now to continue reading.</p></div>"
    building.write("a.html", html(body=f"<article><h1>Bridge</h1><p>The bridge is open.</p>{wall}</article>"))
    building.write("b.html", html(body=f"<article><h1>Tram</h1>{wall}</article>"))
    building.write("c.jsonl", json.dumps({"id": "c", "title": "Ferry", "body": "This story is for subscribers only."}))
    report = building.run()
    assert {article.title: article.body for article in building.articles} == {
        "Bridge": "The bridge is open.",
        "Tram": "",
        "Ferry": "This story is for subscribers only.",
    }
    assert report.notes == {"only_notice": 2}


def test_pages_laid_out_by_tables_and_forms_keep_their_paragraphs() -> None:
    table = f"<table><tr><td><a href='/'>Home</a></td><td><h1>Bridge</h1><p>{PROSE}</p><p>{MORE}</p></td></tr></table>"
    body = page_fields(Page(html(body=f"<form id='all'>{table}</form>")))["body"]
    assert body == f"{PROSE.strip()}\n\n{MORE.strip()}"


def test_a_table_is_text_without_bars() -> None:
    table = "<table><tr><th>Lane</th><th>Lorries</th></tr><tr><td>North</td><td>40</td></tr></table>"
    body = page_fields(Page(html(body=f"<article><h1>Bridge</h1><p>{PROSE}</p>{table}<p>{MORE}</p></article>")))["body"]
    assert "Lane Lorries\nNorth 40" in body
    assert "|" not in body


def test_a_page_that_names_no_part_is_read_whole() -> None:
    body = page_fields(Page(html(body=f"<footer><h1>Bridge</h1><p>{PROSE}</p><p>{MORE}</p></footer>")))["body"]
    assert PROSE.strip() in body
