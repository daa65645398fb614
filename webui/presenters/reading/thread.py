"""How a story goes on -> what the article's page shows of it, and the page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.article import Article
from indexer.search.request import Period
from indexer.threads.thread import Thread, ThreadLink
from indexer.timeline import of_day
from webui import i18n, markup
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters.lines import Line, article_line, articles, untitled

SHOWN = 3  # of what came earlier, and of what came later, beside the article
BY_DAY = 31  # days; a longer story is told by months


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a thread, and why it is there; `here` is the one that was asked for."""

    line: Line
    because: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What came earlier or later, or on one day or in one month."""

    title: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the article's page shows."""

    parts: tuple[Part, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Everything that the template of the thread prints."""

    title: str
    language: str
    direction: str
    url: str
    count: str
    parts: tuple[Part, ...]


def beside_article(thread: Thread) -> Beside | None:
    """The strongest links to either side, in the order of days; None where there are none."""
    sides = ((gettext("Earlier"), thread.earlier), (gettext("Later"), thread.later))
    parts = tuple(Part(title, tuple(map(_told, _strongest(links)))) for title, links in sides if links)
    return Beside(parts, urls.thread(thread.article.id)) if parts else None


def shown_beside(thread: Thread) -> frozenset[str]:
    """The ids of what the article's page shows of a thread."""
    return frozenset(link.article.id for side in (thread.earlier, thread.later) for link in _strongest(side))


def _strongest(links: Sequence[ThreadLink]) -> tuple[ThreadLink, ...]:
    kept = sorted(links, key=lambda link: (-link.strength, link.article.id))[:SHOWN]
    return tuple(link for link in links if link in kept)


def thread_page(thread: Thread) -> ThreadPage:
    """The whole thread, the oldest first; without parts where there is none."""
    article, links = thread.article, {link.article.id: link for link in thread.links}
    told = [
        (_day(each), _told(links[each.id]) if each.id in links else _here(each))
        for each in (thread.articles if thread else ())
    ]
    days = [day for day, _ in told]
    by_month = (days[-1].first - days[0].first).days > BY_DAY if days else False
    parts = groupby(told, key=lambda each: each[0].parent if by_month else each[0])
    return ThreadPage(
        title=markup.plain(article.title) or untitled(),
        language=article.language or "",
        direction=i18n.direction(article.language),
        url=urls.article(article.id),
        count=_count(days),
        parts=tuple(Part(i18n.period(period), tuple(one for _, one in group)) for period, group in parts if period),
    )


def _count(days: Sequence[Period]) -> str:
    """How many articles from when to when."""
    if not days or days[0] == days[-1]:
        return articles(len(days))
    return gettext(
        "%(articles)s from %(start)s to %(end)s",
        articles=articles(len(days)),
        start=i18n.period(days[0]),
        end=i18n.period(days[-1]),
    )


def _day(article: Article) -> Period:
    assert article.published is not None, "articles of threads have days"
    return of_day(article.published.day)


def _told(link: ThreadLink) -> Told:
    words = i18n.comma().join(markup.plain(word) for word in link.because)
    return Told(article_line(link.article), gettext("Linked by: %(words)s", words=words))


def _here(article: Article) -> Told:
    return Told(article_line(article.without_body()), "", here=True)
