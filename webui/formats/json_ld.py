"""An article -> schema.org `NewsArticle` as JSON-LD, for crawlers and reference managers. Called by the article page.

A template prints it as `<script type="application/ld+json">{{ data }}</script>`. A browser does not run a script of
such a type, so the content security policy has nothing to forbid (HTML, "prepare the script element", ends before the
policy is asked). `dump` leaves nothing in the text that could end the element.
"""

import re
from typing import Any

import orjson
from markupsafe import Markup

from indexer.article import ENTITY_KINDS, Article
from webui.formats import author_names

CONTEXT = "https://schema.org"
HEADLINE_LENGTH = 110  # search engines show no more
_TYPES = {"person": "Person", "organisation": "Organization", "place": "Place"}
_MENTIONED = 20  # of each kind
_SURROGATE = re.compile("[\ud800-\udfff]")
_WEB = ("http://", "https://")
# `</script>` and `<!--` change how HTML reads on; the line separators ended lines in JavaScript before 2019.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def news_article(article: Article, permalink: str, archive: str, home: str) -> dict[str, Any]:
    """The description of an article; what it does not say is left out.

    Args:
        article: the article.
        permalink: the address of its page here.
        archive: the name of the archive.
        home: the address of its front page.
    """
    published = article.published
    record: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "@id": permalink,
        "url": permalink,
        "mainEntityOfPage": permalink,
        "headline": _headline(article.title),
        "description": article.summary,
        "datePublished": published.isoformat() if published else None,
        "inLanguage": article.language,
        "articleSection": article.category.split("/") if article.category else None,
        "keywords": list(article.topic),
        "author": [_author(name) for name in article.author],
        "publisher": {"@type": "NewsMediaOrganization", "name": article.source} if article.source else None,
        "sdPublisher": {"@type": "ArchiveOrganization", "name": archive, "url": home},
        "sameAs": [url for url in (article.url, article.archived_url) if _web(url)],
        "translationOfWork": _original(article),
        "mentions": [
            {"@type": _TYPES[kind], "name": name}
            for kind in ENTITY_KINDS
            for name in list(dict.fromkeys(article.names(kind)))[:_MENTIONED]
        ],
        "wordCount": len(article.body.split()),
    }
    return {name: value for name, value in record.items() if value}


def dump(record: dict[str, Any]) -> Markup:
    """JSON that may stand in a script element."""
    text = orjson.dumps(_printable(record)).decode()
    for character, code in _ESCAPES.items():
        text = text.replace(character, code)
    return Markup(text)  # noqa: S704  # it holds neither "<" nor "&"


def _headline(title: str) -> str:
    text = " ".join(title.split())
    return text if len(text) <= HEADLINE_LENGTH else text[: HEADLINE_LENGTH - 1].rstrip() + "…"


def _author(text: str) -> dict[str, str]:
    return {"@type": "Organization" if author_names.is_office(text) else "Person", "name": text}


def _original(article: Article) -> dict[str, str] | None:
    if not article.translated_from:
        return None
    url = article.original_url
    found = {"@type": "NewsArticle", "inLanguage": article.translated_from}
    return found | ({"url": url} if url and _web(url) else {})


def _web(url: str | None) -> bool:
    return url is not None and url.lower().startswith(_WEB)


def _printable(value: Any) -> Any:
    """Without lone surrogates, which no UTF-8 can hold."""
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case list():
            return [_printable(each) for each in value]
        case dict():
            return {name: _printable(each) for name, each in value.items()}
        case _:
            return value
