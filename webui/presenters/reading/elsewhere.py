"""An article -> where it is read elsewhere: at its publisher's, in an archive of the web, in its original language."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.article import Article
from webui import markup
from webui.i18n import gettext
from webui.presenters.links import Link

# Addresses that a reader may follow; anything else ("javascript:") is not made a link.
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Picture:
    """The lead image of an article: where it is, and what is said of it. It is not shown, since it is not ours."""

    link: Link
    words: str


def originals(article: Article) -> tuple[Link, ...]:
    """Links to it, each with the host where it leads."""
    named = (
        (gettext("Where it was published"), article.url),
        (gettext("Archived copy"), article.archived_url),
        (gettext("The original"), article.original_url),
    )
    return tuple(
        Link(text, url, markup.plain(url.split("/")[2])) for text, url in named if url and url.lower().startswith(_WEB)
    )


def picture_url(article: Article) -> str:
    """The address of the lead image; empty where there is none on the web."""
    stated = article.extra.get("image")
    url = stated.get("url") if isinstance(stated, Mapping) else None
    return url if isinstance(url, str) and url.lower().startswith(_WEB) else ""


def picture(article: Article) -> Picture | None:
    """The lead image, with its caption and who made it."""
    url, stated = picture_url(article), article.extra.get("image")
    if not url or not isinstance(stated, Mapping):
        return None
    parts = (stated.get(name) for name in ("caption", "credit"))
    words = " · ".join(markup.plain(part) for part in parts if isinstance(part, str) and part)
    return Picture(Link(gettext("The picture"), url, markup.plain(url.split("/")[2])), words)
