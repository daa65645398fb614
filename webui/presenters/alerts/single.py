"""An alert, its messages, and what it would say now -> its page; and the messages as entries of its feed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from indexer.alerts.message import AlertedArticle, AlertMessage, as_text
from indexer.alerts.report import AlertStatus
from indexer.receipts import pairs as search_pairs
from indexer.receipts.pairs import Pairs
from indexer.search.parser import parse
from indexer.search.request import Period, SearchRequest, Sort
from webui import i18n, markup
from webui.addresses import urls
from webui.formats.feed import Entry, Feed
from webui.holder import settings
from webui.i18n import gettext, ngettext
from webui.presenters import words
from webui.presenters.lines import untitled
from webui.presenters.results.facets import Chip, chips


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One article of a message, with what of the alert it matches."""

    title: str
    url: str
    facts: tuple[str, ...]
    fired: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One message: when it was made, what it says, and where all of its articles are found."""

    id: str
    when: str
    when_iso: str
    headline: str
    lines: tuple[ListedLine, ...]
    further: str
    url: str


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Everything that the template of an alert prints."""

    id: str
    name: str
    state: str
    problems: tuple[str, ...]
    secret: str
    chips: tuple[Chip, ...]
    search_url: str
    sent_to: tuple[str, ...]
    feed_url: str
    feed_address: str
    test_url: str
    paused: bool
    test: MessagePart | None
    messages: tuple[MessagePart, ...]


def alert_page(
    status: AlertStatus,
    messages: Sequence[AlertMessage],
    test: AlertMessage | None = None,
    *,
    secret: str = "",
    problem: str = "",
) -> AlertPage:
    """Present an alert; `secret` is shown where it has just been made, `problem` is what went wrong just now."""
    alert = status.alert
    request = searched(alert.pairs)
    return AlertPage(
        id=alert.id,
        name=markup.plain(alert.name),
        state=state(status),
        problems=(*filter(None, (problem,)), *problems(status)),
        secret=secret,
        chips=tuple(chips(request, parse(request.query).tree)),
        search_url=urls.search(request),
        sent_to=sent_to(status),
        feed_url=urls.alert_feed(alert.id),
        feed_address=urls.absolute(urls.alert_feed(alert.id)),
        test_url=urls.page(f"/alerts/{alert.id}", [("test", "1")]),
        paused=alert.paused,
        test=_part(test) if test else None,
        messages=tuple(map(_part, messages)),
    )


def searched(pairs: Pairs) -> SearchRequest:
    """The search of an alert or of one of its messages, as a page of results has it."""
    return urls.only_what_is_found(search_pairs.read(pairs))


def state(status: AlertStatus) -> str:
    """When it last said something, or that it says nothing."""
    if status.alert.paused:
        return gettext("Paused")
    if status.last is None:
        return gettext("Nothing new yet")
    return gettext("Last message: %(when)s", when=_when(status.last))


def sent_to(status: AlertStatus) -> tuple[str, ...]:
    """Where its messages go."""
    return (*status.alert.mail, *filter(None, (status.alert.webhook,)), gettext("the feed"))


def problems(status: AlertStatus) -> tuple[str, ...]:
    """What was not delivered, for each address."""
    waiting: dict[str, int] = {}
    for each in status.unsent:
        if each.tries:
            waiting[each.address] = waiting.get(each.address, 0) + 1
    return tuple(
        ngettext(
            "%(count)s message to %(address)s could not be delivered.",
            "%(count)s messages to %(address)s could not be delivered.",
            count,
            count=i18n.number(count),
            address=address,
        )
        for address, count in waiting.items()
    )


def headline(total: int) -> str:
    """How many articles a message tells of."""
    return ngettext("%(count)s new article", "%(count)s new articles", total, count=i18n.number(total))


def _part(message: AlertMessage) -> MessagePart:
    return MessagePart(
        id=message.id,
        when=_when(message.made),
        when_iso=message.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        headline=headline(message.total),
        lines=tuple(map(_line, message.articles)),
        further=gettext("%(count)s further", count=i18n.number(message.further)) if message.further else "",
        url=urls.search(replace(searched(message.search), sort=Sort.ADDED)),
    )


def _line(article: AlertedArticle) -> ListedLine:
    fired = (
        gettext(
            "%(words)s (%(fields)s)",
            words=each.text,
            fields=i18n.listed([words.field_label(name) for name in each.fields]),
        )
        for each in article.fired
    )
    return ListedLine(
        title=markup.plain(article.translated_title or article.title) or untitled(),
        url=urls.article(article.id),
        facts=tuple(filter(None, (markup.plain(article.source), _day(article.published)))),
        fired=tuple(map(markup.plain, fired)),
    )


def _day(published: str) -> str:
    return i18n.period(Period.parse(published)) if published else ""


def _when(at: datetime) -> str:
    return f"{i18n.full_day(at.date())}, {i18n.clock(at)} UTC"


def alert_feed(status: AlertStatus, messages: Sequence[AlertMessage]) -> tuple[Feed, list[Entry]]:
    """The messages of an alert as a feed: an entry for each, whose id is made of that of the message."""
    alert, page = status.alert, urls.absolute(urls.alert(status.alert.id))
    about = Feed(
        id=urls.absolute(urls.alert_feed(alert.id)),
        title=f"{alert.name} – {settings().archive.name}",
        subtitle=state(status),
        author=settings().archive.name,
        page_url=page,
        self_url=urls.absolute(urls.alert_feed(alert.id)),
        language=i18n.interface_language(),
        total=len(messages),
        size=len(messages),
    )
    entries = [
        Entry(
            permalink=f"{page}#{message.id}",
            title=headline(message.total),
            summary=as_text(message, settings().archive.name),
            updated=message.made,
        )
        for message in messages
    ]
    return about, entries
