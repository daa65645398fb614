"""A page -> what other sites show where somebody links to it: properties of the Open Graph protocol (ogp.me).

They are printed where the archive may be indexed and everyone may read it, and nowhere else: see `base.html`.
"""

from indexer.article import Article
from webui import i18n, markup, scripts
from webui.addresses import urls
from webui.holder import settings
from webui.presenters.lines import untitled
from webui.presenters.reading.elsewhere import picture_url

Card = tuple[tuple[str, str], ...]  # property and content
DESCRIPTION_LENGTH = 200  # about what is shown


def article_card(article: Article, permalink: str) -> Card:
    """The card of an article."""
    text = markup.plain(article.summary or article.body).strip()
    return _card(
        "article",
        markup.plain(article.title) or untitled(),
        permalink,
        markup.shortened(" ".join(text[: 4 * DESCRIPTION_LENGTH].split()), DESCRIPTION_LENGTH) if text else "",
        scripts.with_territory(article.language) if article.language else "",
        ("og:image", picture_url(article)),
        ("article:published_time", article.published.isoformat() if article.published else ""),
    )


def front_card() -> Card:
    """The card of the front page."""
    archive = settings().archive
    return _card("website", archive.name, urls.absolute(urls.page("/")), archive.tagline, _locale())


def profile_card(name: str, kind: str, count: str, url: str) -> Card:
    """The card of the page about a source, person, organisation or place."""
    return _card("website", name, urls.absolute(url), f"{kind} · {count}", _locale())


def _card(kind: str, title: str, url: str, description: str, locale: str, *more: tuple[str, str]) -> Card:
    found = (
        ("og:type", kind),
        ("og:title", title),
        ("og:url", url),
        ("og:description", description),
        ("og:site_name", settings().archive.name),
        ("og:locale", locale),
        *more,
    )
    return tuple((name, markup.plain(content)) for name, content in found if content)


def _locale() -> str:
    return scripts.with_territory(i18n.interface_language())
