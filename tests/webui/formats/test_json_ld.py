import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from tests.engines.corpus import article
from webui.formats.json_ld import dump, news_article

PAGE = "https://archive.example/article/a"
HOME = "https://archive.example/"


def test_a_full_article() -> None:
    full = article(
        "a", "Lavrov arrives", "He came and saw.", "2021-10-14", author=("Jane Doe", "SANA Newsroom"), summary="Short.",
        topic=("Ferries",),
        people=("Sergei Lavrov",), places=("Vienna", "Vienna"), translated_from="ar", url="https://sana.sy/a",
    )  # fmt: skip
    assert news_article(full, PAGE, "Broadsheet", HOME) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": PAGE,
        "url": PAGE,
        "mainEntityOfPage": PAGE,
        "headline": "Lavrov arrives",
        "description": "Short.",
        "datePublished": "2021-10-14",
        "inLanguage": "en",
        "articleSection": ["News", "Politics"],
        "keywords": ["Ferries"],
        "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "SANA Newsroom"}],
        "publisher": {"@type": "NewsMediaOrganization", "name": "SANA"},
        "sdPublisher": {"@type": "ArchiveOrganization", "name": "Broadsheet", "url": HOME},
        "sameAs": ["https://sana.sy/a"],
        "translationOfWork": {"@type": "NewsArticle", "inLanguage": "ar"},
        "mentions": [{"@type": "Person", "name": "Sergei Lavrov"}, {"@type": "Place", "name": "Vienna"}],
        "wordCount": 4,
    }


def test_what_an_article_does_not_say_is_left_out() -> None:
    bare = Article(id="a", title="x" * 200, url="javascript:alert(1)")
    assert news_article(bare, PAGE, "Broadsheet", HOME) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": PAGE,
        "url": PAGE,
        "mainEntityOfPage": PAGE,
        "headline": "x" * 109 + "…",
        "sdPublisher": {"@type": "ArchiveOrganization", "name": "Broadsheet", "url": HOME},
    }


def test_text_that_would_end_the_script_element() -> None:
    assert dump({"name": "</script><script>alert(1)<!-- & \u2028"}) == (
        '{"name":"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c!-- \\u0026 \\u2028"}'
    )


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.data = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.data += data


PIECES = st.sampled_from(["<", "/", "</script", ">", "<!--", "-->", "<script", "]]>", "\ud800", "&lt;"])
HOSTILE = st.lists(st.one_of(st.text(max_size=3), PIECES), max_size=12).map("".join)


@given(HOSTILE, HOSTILE)
def test_no_text_leaves_the_script_element(title: str, source: str) -> None:
    record = news_article(Article(id="a", title=title, source=source), PAGE, "Broadsheet", HOME)
    text = dump(record)
    text.encode()
    parser = _Scripts()
    parser.feed(f'<script type="application/ld+json">{text}</script>')
    parser.close()
    assert parser.seen == ["script"]
    assert json.loads(parser.data)["@type"] == "NewsArticle"
