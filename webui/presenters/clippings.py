"""Articles that were chosen one by one -> the page of them, with what became of those that are not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from indexer.article import Article
from webui import i18n, markup
from webui.addresses import clippings, urls
from webui.i18n import gettext, ngettext
from webui.presenters.lines import Line, article_line
from webui.presenters.links import Link
from webui.presenters.reading import cite
from webui.presenters.reading.article import withdrawn_page

_FILES = (("csv", "CSV"), ("jsonl", "JSON lines"))
_SUFFIXES = {"bibtex": "bib", "ris": "ris", "csl-json": "csl.json"}


@dataclass(frozen=True, slots=True)
class Clipping:
    """An article of the page, or the note in the place of one: `gone` says why it is not there, `of` what is known."""

    written: str
    line: Line | None
    citation: Markup | None = None
    name: str = ""
    gone: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class ClippingsPage:
    """Everything that the template prints."""

    title: str
    clippings: tuple[Clipping, ...]
    beyond: str
    citations: tuple[Link, ...]
    files: tuple[Link, ...]
    address: str


def clippings_page(
    ids: Sequence[str], articles: Sequence[Article | None], beyond: int, *, archive_name: str, today: date
) -> ClippingsPage:
    """Present the articles of an address.

    Args:
        ids: what the address names, in its order.
        articles: the article of each; None where there is none.
        beyond: how many more the address names.
        archive_name: what citations call the archive.
        today: the day on which they are read.
    """
    there = any(article and not article.withdrawn for article in articles)
    plain = ("txt", gettext("Plain text"))
    styles = (plain, *((_SUFFIXES[name], text) for name, text in cite.STYLES))
    return ClippingsPage(
        title=ngettext("%(count)s clipping", "%(count)s clippings", len(ids), count=i18n.number(len(ids)))
        if ids
        else gettext("Clippings"),
        clippings=tuple(_clipping(id, article, archive_name, today) for id, article in zip(ids, articles, strict=True)),
        beyond=_left_out(beyond),
        citations=_links(styles, ids) if there else (),
        files=_links(_FILES, ids) if there else (),
        address=urls.absolute(clippings.page(ids)),
    )


def _clipping(id: str, article: Article | None, archive_name: str, today: date) -> Clipping:
    written, name = clippings.written(id), markup.plain(id)
    if article is None:
        return Clipping(written, None, name=name, gone=gettext("The archive has no such article."))
    if article.withdrawn:
        left = withdrawn_page(article)
        reason = gettext("The source has taken this article back. It is neither shown nor found here any more.")
        known = " · ".join(filter(None, (left.source, left.since)))
        return Clipping(written, None, name=name, gone=reason, of=known)
    cited = cite.citation(article, urls.absolute(urls.article(id)), archive_name, today)
    return Clipping(written, article_line(article), cited)


def _left_out(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "A page holds at most %(most)s clippings: %(count)s more of this address is left out.",
        "A page holds at most %(most)s clippings: %(count)s more of this address are left out.",
        count,
        most=i18n.number(clippings.MOST),
        count=i18n.number(count),
    )


def _links(files: Sequence[tuple[str, str]], ids: Sequence[str]) -> tuple[Link, ...]:
    return tuple(Link(text, clippings.file(suffix, ids)) for suffix, text in files)
