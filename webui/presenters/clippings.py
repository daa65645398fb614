"""Articles that were chosen one by one -> the page of them, with what became of those that are not there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.article import Article
from webui import i18n, markup
from webui.addresses import clippings, urls
from webui.i18n import gettext, ngettext
from webui.presenters.article import withdrawn_page
from webui.presenters.citing import STYLES, citation
from webui.presenters.lines import Line, article_line
from webui.presenters.links import Link

_FILES = (("csv", "CSV"), ("jsonl", "JSON lines"))
_ISLANDS = re.compile(r"(https?://\S*[^\s.,;]|\d{4}-\d\d(?:-\d\d)?)")
_SUFFIXES = {"bibtex": "bib", "ris": "ris", "csl-json": "csl.json"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a citation. `url` is where its permanent link leads; what is set `apart` runs from left to right."""

    text: str
    url: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Clipping:
    """An article of the page, or the note in the place of one: `gone` says why it is not there, `of` what is known."""

    written: str
    line: Line | None
    citation: tuple[Piece, ...] = ()
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
    today: str


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
    styles = (plain, *((_SUFFIXES[name], text) for name, text in STYLES))
    return ClippingsPage(
        title=ngettext("%(count)s clipping", "%(count)s clippings", len(ids), count=i18n.number(len(ids)))
        if ids
        else gettext("Clippings"),
        clippings=tuple(_clipping(id, article, archive_name, today) for id, article in zip(ids, articles, strict=True)),
        beyond=_left_out(beyond),
        citations=_links(styles, ids) if there else (),
        files=_links(_FILES, ids) if there else (),
        address=urls.absolute(clippings.page(ids)),
        today=i18n.full_day(today),
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
    return Clipping(written, article_line(article), tuple(_pieces(citation(article, archive_name, today), id)))


def _pieces(text: str, id: str) -> Iterator[Piece]:
    path = urls.article(id)
    before, link, behind = text.rpartition(urls.absolute(path))
    yield from _islands(before)
    yield Piece(link, path)
    yield from _islands(behind)


def _islands(text: str) -> Iterator[Piece]:
    """Dates and addresses apart from the words around them, which may run from right to left."""
    for at, part in enumerate(_ISLANDS.split(text)):
        if part:
            yield Piece(part, apart=at % 2 == 1)


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
