"""Links as pages print them: a text, and where it leads."""

from dataclasses import dataclass, replace

from indexer.article import Article
from webui import i18n, markup, scripts
from webui.addresses import urls
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


def profile_link(field: str, name: str | None) -> Link | None:
    """A link to the page about a source, person, organisation or place."""
    return Link(words.value_label(field, name), urls.profile(field, name)) if name else None


def source_link(article: Article) -> Link | None:
    """A link to the page about the source of an article."""
    link = profile_link("source", article.source)
    return replace(link, language=foreign(link.text, article)) if link else None


def foreign(name: str, article: Article) -> str:
    """The language of a name that an article states, where it is known and not the page's own; else nothing. The source
    of a translation is named in the original's language."""
    stated = tuple(filter(None, (article.translated_from, article.language)))
    language = scripts.language_of(name, stated) or ""
    return "" if language.split("-")[0] == i18n.interface_language().split("-")[0] else language


def category_links(path: str | None) -> tuple[Link, ...]:
    """Each step of a category, leading to everything in it."""
    steps = path.split("/") if path else []
    near = urls.everything()
    return tuple(
        Link(markup.plain(step), near.with_filter("category", "/".join(steps[: at + 1])))
        for at, step in enumerate(steps)
    )
