"""Links as pages print them: a text, and where it leads."""

from dataclasses import dataclass

from indexer.article import Article
from webui import i18n, markup, scripts
from webui.addresses import urls
from webui.addresses.neighbours import Nearby
from webui.presenters import words


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `note` says more about it. `language` is that of the text, where it is known and not
    the page's."""

    text: str
    url: str
    count: str = ""
    current: bool = False
    note: str = ""
    language: str = ""


def source_link(article: Article, near: Nearby | None = None) -> Link | None:
    """A link to the page about the source of an article, or to what of a search is from there."""
    if not article.source:
        return None
    text = words.value_label("source", article.source)
    url = near.with_only("source", article.source) if near else urls.profile("source", article.source)
    return Link(text, url, language=foreign(text, article))


def foreign(name: str, article: Article) -> str:
    """The language of a name that an article states, where it is known and not the page's own; else nothing. The source
    of a translation is named in the original's language."""
    stated = tuple(filter(None, (article.translated_from, article.language)))
    language = scripts.language_of(name, stated) or ""
    return "" if language.split("-")[0] == i18n.interface_language().split("-")[0] else language


def category_links(path: str | None, near: Nearby | None = None) -> tuple[Link, ...]:
    """Each step of a category, leading to everything in it, or to what of a search is in it."""
    steps = path.split("/") if path else []
    near = near or urls.everything()
    return tuple(
        Link(markup.plain(step), near.with_only("category", "/".join(steps[: at + 1]))) for at, step in enumerate(steps)
    )
