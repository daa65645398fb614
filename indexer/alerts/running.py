"""One run: what has arrived, held against all alerts, becomes messages in the outbox; then what is due is sent.

arrivals → percolate → the newest of each alert → messages, written with how far was read → deliveries
"""

import heapq
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.accounts.users_file import read_users
from indexer.alerts.alert import Alert
from indexer.alerts.arrivals import OVERLAP, Arrived, arrivals, microseconds, moment, read_until
from indexer.alerts.delivery import Post, Told
from indexer.alerts.fired import Analysed, Looking, Parts
from indexer.alerts.links import Links
from indexer.alerts.message import AlertedArticle, AlertMessage
from indexer.alerts.report import AlertReport
from indexer.alerts.store import Record, Store
from indexer.article import Article, Published
from indexer.config import Config
from indexer.receipts import pairs as search_pairs
from indexer.search.request import Arrival, SearchRequest, Sort

if TYPE_CHECKING:
    from indexer.archive import Archive

TESTED = 10  # articles that a test shows
_FETCHED = 200  # articles that are read at once to be listed


@dataclass(slots=True)
class _Matches:
    """What one alert has newly found: how many, from when to when, and the newest of them."""

    most: int
    total: int = 0
    first: int = 0
    last: int = 0
    newest: list[tuple[str, str]] = field(default_factory=list)  # day and id, a heap

    def add(self, arrived: Iterable[Arrived]) -> None:
        for each in arrived:
            self.first = min(self.first, each.added) if self.total else each.added
            self.last = max(self.last, each.added)
            self.total += 1
            keep = heapq.heappushpop if len(self.newest) >= self.most else heapq.heappush
            keep(self.newest, (each.day, each.id))

    @property
    def listed(self) -> list[str]:
        """Ids, the newest article first."""
        return [id for _, id in sorted(self.newest, reverse=True)]


class Run:
    """One run over an archive. Its lock is held by who makes it."""

    def __init__(self, archive: "Archive", *, told: Told | None = None) -> None:
        self._archive = archive
        self._config = archive.config
        self._store = Store(archive.place)
        self._told = told
        self._arrived = 0
        self._identity = ""  # of the commit that is being read

    def run(self, *, skip: bool = False, again: bool = False) -> AlertReport:
        """Find, write down, send.

        Args:
            skip: take what has arrived for told: no messages are made of it.
            again: send what was not delivered now, also what was given up.

        Raises:
            NoIndex: there is no archive.
            StateError: what is kept cannot be used.
        """
        began = time.monotonic()
        messages: Sequence[AlertMessage] = ()
        while (found := self._collect(skip=skip)) is not None:
            record, alerts = found
            if record.read.identity == self._identity and self._store.record(record, alerts):
                messages = record.messages
                break
        alerts = self._store.alerts()
        active = running(alerts, self._config)
        sent = Post(self._store, self._config, active, self._told).send(again=again)
        return AlertReport(len(active), self._arrived, tuple(messages), tuple(sent), time.monotonic() - began)

    def _collect(self, *, skip: bool) -> tuple[Record, list[Alert]] | None:
        """What there is to be written down; None where nothing has been committed, or nobody waits for it.

        Where the archive moved to another commit meanwhile, as another thread may make it do, `read` is of that one.
        """
        archive, store = self._archive, self._store
        archive.refresh()  # first: an alert that is made from here on knows what is read here
        self._identity = archive.identity
        now = datetime.now(UTC)
        alerts, before = store.alerts(), store.read_state()
        if not alerts or before.identity == archive.identity:
            return None
        active = [] if skip else running(alerts, self._config)
        matches: dict[str, _Matches] = {}
        until, arrived = before.until, []
        first = min(alert.since for alert in alerts)  # what came until then was there before any of them
        for chunk in arrivals(archive, before, store.seen(), after=first):
            self._match(active, chunk, matches)
            arrived += [(each.key, each.added) for each in chunk]
            until = max([until, *(each.added for each in chunk if each.added <= microseconds(now))])
        self._arrived = len(arrived)
        forget = until - OVERLAP
        record = Record(
            messages=self._messages(active, matches, now),
            read=read_until(archive, until),
            seen=[each for each in arrived if each[1] >= forget],
            forget=forget,
            alerts=frozenset(each.id for each in alerts),
        )
        return record, alerts

    def _match(self, active: Sequence[Alert], chunk: Sequence[Arrived], matches: dict[str, _Matches]) -> None:
        oldest = min(each.added for each in chunk)
        latest = max(each.added for each in chunk)
        waiting = [alert for alert in active if alert.since < latest]
        if not waiting:
            return
        by_id = {each.id: each for each in chunk}
        requests = list(map(asked, waiting))
        for alert, ids in zip(waiting, self._archive.percolate(requests, list(by_id)), strict=True):
            found = [by_id[id] for id in ids]
            if alert.since >= oldest:
                found = [each for each in found if each.added > alert.since]
            if found:
                matches.setdefault(alert.id, _Matches(self._config.alerts.listed)).add(found)

    def _messages(self, active: Sequence[Alert], matches: dict[str, _Matches], now: datetime) -> list[AlertMessage]:
        fired = [alert for alert in active if alert.id in matches]
        listed = listing(self._archive, [(alert, matches[alert.id].listed) for alert in fired])
        links = Links(self._config.web.base_url)
        found = []
        for alert in fired:
            held = matches[alert.id]
            search = _arrived_between(alert, held.first, held.last)
            found.append(
                AlertMessage(
                    id=f"msg_{secrets.token_hex(12)}",
                    alert=alert.id,
                    name=alert.name,
                    made=now,
                    total=held.total,
                    search=search,
                    articles=tuple(listed[alert.id]),
                    link=links.search(search),
                )
            )
        return found


def tested(archive: "Archive", alert: Alert, now: datetime) -> AlertMessage:
    """What an alert would say of the last articles to have come that it finds. Nothing is written down."""
    request = replace(asked(alert), sort=Sort.ADDED, size=TESTED, budget_ms=archive.request().budget_ms)
    found = archive.search(request)
    ids = [hit.article.id for hit in found.hits]
    listed = listing(archive, [(alert, ids)])[alert.id]
    link = Links(archive.config.web.base_url).search(alert.pairs)
    return AlertMessage("", alert.id, alert.name, now, found.total, alert.pairs, tuple(listed), link)


def asked(alert: Alert) -> SearchRequest:
    """The request of an alert. It has all the time it needs: one that was given up would lose what it finds."""
    return replace(alert.request, facets=(), snippets=False, budget_ms=None)


def running(alerts: Sequence[Alert], config: Config) -> list[Alert]:
    """The alerts that are told of something: not paused, and in a closed archive not of a user who is gone."""
    active = [alert for alert in alerts if not alert.paused]
    if not config.access.closed or not any(alert.owner for alert in active):
        return active
    users = read_users(Path(config.access.users))
    return [alert for alert in active if not alert.owner or alert.owner in users]


def listing(archive: "Archive", wanted: Sequence[tuple[Alert, Sequence[str]]]) -> dict[str, list[AlertedArticle]]:
    """The articles of each alert as its message lists them; each article is read and analysed once."""
    parts = Parts()
    looking = {alert.id: Looking(alert.request, parts) for alert, _ in wanted}
    of: dict[str, list[str]] = {}
    for alert, ids in wanted:
        for id in ids:
            of.setdefault(id, []).append(alert.id)
    links = Links(archive.config.web.base_url)
    made: dict[tuple[str, str], AlertedArticle] = {}
    every = list(of)
    for start in range(0, len(every), _FETCHED):
        for article in filter(None, archive.get_many(every[start : start + _FETCHED])):
            analysed, entry = Analysed(article), _entry(article, links)
            for id in of[article.id]:
                made[id, article.id] = replace(entry, fired=looking[id].fired(analysed))
    return {alert.id: [made[alert.id, id] for id in ids if (alert.id, id) in made] for alert, ids in wanted}


def _entry(article: Article, links: Links) -> AlertedArticle:
    return AlertedArticle(
        id=article.id,
        title=article.title,
        source=article.source or "",
        published=_day(article.published) if article.published else "",
        language=article.language or "",
        translated_title=article.translation.title if article.translation else "",
        link=links.article(article.id),
    )


def _day(published: Published) -> str:
    """The day under which an article is found, or the month or year where no day is known."""
    return published.day.isoformat()[: len(published.isoformat())]


def _arrived_between(alert: Alert, first: int, last: int) -> tuple[tuple[str, str], ...]:
    """The search of an alert among what arrived from one time to another."""
    return search_pairs.write(replace(alert.request, added=Arrival(moment(first), moment(last))))
