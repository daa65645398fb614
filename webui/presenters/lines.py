"""A hit, or an article, as a line of a list; counts of them in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer.article import Article, Precision, Published, Translation
from indexer.search.request import DateRange
from indexer.search.results import Hit, Share
from webui import i18n, markup
from webui.addresses import clippings, urls
from webui.addresses.neighbours import Nearby
from webui.i18n import gettext, ngettext
from webui.presenters import words
from webui.presenters.links import Link, category_links, source_link
from webui.presenters.reading.translated import Heading, credit, heading, shown_first

SUMMARY_LENGTH = 280


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something was published: for machines, and for people with the time where it is known.

    Day and time are those of the zone in which the archive reads the instant, so that it is found under the day shown.
    """

    iso: str
    day: str
    time: str
    zone: str
    url: str

    @property
    def text(self) -> str:
        """Day and time as they stand in a line."""
        return i18n.dateline(self.day, self.time) if self.time else self.day


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause's part in a hit's score."""

    clause: str
    field: str
    share: str
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One hit in a list. One that is shown in translation has the `original` headline besides, and says who translated
    it; `language` and `direction` are those of what is shown, `foreign` says that the
    article's own is not the reader's. `name` is the title as text alone."""

    number: int
    url: str
    title: Markup
    snippets: tuple[Markup, ...]
    source: Link | None
    stamp: Stamp | None
    categories: tuple[Link, ...]
    language: str
    direction: str
    language_name: str | None
    translated_from: str | None
    reasons: tuple[Reason, ...]
    why: str
    copies: str
    clip: str
    name: str
    foreign: bool = False
    original: Heading | None = None
    translated_by: str = ""


def articles(count: int) -> str:
    """So many articles, in words."""
    return ngettext("%(count)s article", "%(count)s articles", count, count=i18n.number(count))


def stories(count: int) -> str:
    """So many stories, each told by one article or by several."""
    return ngettext("%(count)s story", "%(count)s stories", count, count=i18n.number(count))


def line(
    hit: Hit, found_by: Nearby | None = None, position: int = 0, *, narrowing: bool = False, passages: bool = True
) -> Line:
    """One hit.

    Args:
        hit: what was found.
        found_by: the search it came from, so that its page can lead to its neighbours in the list.
        position: its place in that list, from 1.
        narrowing: whether source, date and category narrow that search; else they lead to pages of their own.
        passages: whether passages stand below the headline.
    """
    article = hit.article
    near = found_by if narrowing else None
    made = article.translation if shown_first(hit) else None
    title, spans = (made.title, hit.translation_title_spans) if made else (article.title, hit.title_spans)
    shown = markup.plain(title) if title else untitled()
    return Line(
        number=position,
        url=urls.article(article.id, found_by, position or None),
        title=markup.marked(title, spans) if title else Markup.escape(shown),
        snippets=() if not passages else _translated_passages(hit, made) if made else _passages(hit),
        source=source_link(article, near),
        stamp=stamp_of(article.published, near),
        categories=category_links(article.category, near),
        language=(made.language if made else article.language) or "",
        direction=i18n.direction(made.language if made else article.language),
        language_name=i18n.language_name(article.language) if article.language else None,
        translated_from=i18n.language_name(article.translated_from) if article.translated_from else None,
        reasons=_reasons(hit.explanation),
        why=gettext("What each word adds to the score of %(score)s", score=format(hit.score, ".2f"))
        if hit.explanation
        else "",
        copies=_copies(hit),
        clip=clippings.written(article.id),
        name=" ".join(shown.split()),
        foreign=bool(article.language) and not i18n.is_read(article.language),
        original=heading(markup.marked(article.title, hit.title_spans), article.language)
        if made and article.title
        else None,
        translated_by=credit(made) if made else "",
    )


def article_line(article: Article) -> Line:
    """An article that was not found by a search."""
    return line(Hit(article, 0.0))


def untitled() -> str:
    """What stands for a title that is not there."""
    return gettext("Untitled article")


def stamp(article: Article) -> Stamp | None:
    """When an article was published."""
    return stamp_of(article.published)


def stamp_of(published: Published | None, near: Nearby | None = None) -> Stamp | None:
    """A time of publication, which leads to the archive of its day or narrows a search to it."""
    if published is None:
        return None
    exact = published.precision is Precision.SECOND
    period = i18n.published_period(published)
    return Stamp(
        iso=published.isoformat(),
        day=i18n.period(period),
        time=i18n.clock(published.instant, published.local.tzinfo) if exact else "",
        zone=i18n.offset_name(published.offset),
        url=near.with_dates(DateRange(period, period)) if near else urls.period(period),
    )


def _passages(hit: Hit) -> tuple[Markup, ...]:
    """The passages with matches; without any, how the article begins. Summaries may have been cut off in a word."""
    summary = markup.plain(hit.article.summary).strip()
    matched = any(snippet.spans for snippet in hit.snippets)
    if hit.snippets and (matched or not summary):
        return tuple(markup.snippet(snippet) for snippet in hit.snippets)
    text = summary or markup.plain(hit.article.body).strip()
    return (Markup.escape(markup.shortened(text, SUMMARY_LENGTH)),) if text else ()


def _translated_passages(hit: Hit, made: Translation) -> tuple[Markup, ...]:
    """The same of the translation."""
    summary = markup.plain(made.summary).strip()
    if hit.translation_snippets and (not summary or any(snippet.spans for snippet in hit.translation_snippets)):
        return tuple(markup.snippet(snippet) for snippet in hit.translation_snippets)
    text = summary or markup.plain(made.body).strip()
    return (Markup.escape(markup.shortened(text, SUMMARY_LENGTH)),) if text else ()


def _copies(hit: Hit) -> str:
    if not hit.copies:
        return ""
    sources = ngettext("%(count)s source", "%(count)s sources", hit.copy_sources, count=i18n.number(hit.copy_sources))
    return ngettext(
        "+%(count)s copy in %(sources)s",
        "+%(count)s copies in %(sources)s",
        hit.copies,
        count=i18n.number(hit.copies),
        sources=sources,
    )


def _reasons(shares: Sequence[Share]) -> tuple[Reason, ...]:
    whole = sum(share.score for share in shares) or 1.0
    ordered = sorted(shares, key=lambda share: -share.score)
    return tuple(
        Reason(
            clause=markup.plain(share.clause),
            field=words.field_label(share.field),
            share=i18n.percent(share.score / whole, 0),
            width=round(100 * share.score / whole),
        )
        for share in ordered
        if share.score > 0
    )
