"""The outbox -> the addresses: what is due is sent, each delivery noted at once, what fails tried again later.

The pauses grow from a minute to a day. After a week a delivery is given up, which `indexer alerts list` says until
somebody has it sent again (`indexer alerts run --again`) or removes the alert. One address that fails keeps no other
waiting; where the mail server, or the host of a webhook, cannot be reached, all that would go there waits.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from indexer.alerts import mail, webhook
from indexer.alerts.alert import Alert
from indexer.alerts.message import AlertMessage
from indexer.alerts.store import MAIL, AlertDelivery, Store
from indexer.config import Config
from indexer.version import version

Told = Callable[[AlertDelivery], None]
PAUSES = (60.0, 300.0, 900.0, 3_600.0, 10_800.0, 43_200.0, 86_400.0)  # seconds after each try
GIVEN_UP_AFTER = 7 * 86_400.0  # seconds after the message was made
MOST_AT_ONCE = 50  # webhooks that are asked at a time; each takes a file handle
MOST_BARREN = 2  # connections in a row over which nothing was sent


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """One delivery that is due, with what it carries."""

    delivery: AlertDelivery
    message: AlertMessage
    alert: Alert


class Post:
    """Sends what is due of some alerts; what is due of others stays."""

    def __init__(self, store: Store, config: Config, alerts: Sequence[Alert], told: Told | None = None) -> None:
        self._store = store
        self._config = config
        self._alerts = {alert.id: alert for alert in alerts}
        self._told = told
        self._done: list[AlertDelivery] = []

    def send(self, *, again: bool = False) -> list[AlertDelivery]:
        """Send it; returns what became of each. With `again` all that was not delivered, also what was given up."""
        due = list(filter(None, map(self._outgoing, self._store.due(time.time(), again=again))))
        self._mail([each for each in due if each.delivery.kind == MAIL])
        posts = [each for each in due if each.delivery.kind != MAIL]
        if posts:
            with ThreadPoolExecutor(1) as aside:  # a program, or a notebook, may have a loop of its own here
                aside.submit(lambda: asyncio.run(self._post(posts))).result()
        return self._done

    def _mail(self, waiting: list[_Outgoing]) -> None:
        """Mails one after the other over one connection. A server may end it at any time: then another one is opened,
        until two in a row have come to nothing."""
        barren, why = 0, ""
        while waiting and barren < MOST_BARREN:
            barren += 1
            try:
                with mail.connected(self._config.alerts) as server:
                    while waiting:
                        self._mail_one(server, waiting.pop(0))
                        barren = 0
            except mail.NoServer as error:
                why = str(error)
        self._note(waiting, why)

    def _mail_one(self, server: mail.Server, outgoing: _Outgoing) -> None:
        made = mail.mail_of(outgoing.message, outgoing.alert, outgoing.delivery.address, self._config)
        try:
            mail.send(server, made)
        except mail.Refused as why:
            self._note([outgoing], str(why))
        except mail.NoServer as why:
            self._note([outgoing], str(why))
            raise
        else:
            self._note([outgoing], "")

    async def _post(self, waiting: Sequence[_Outgoing]) -> None:
        """Requests to many hosts at a time, one to each."""
        places = asyncio.Semaphore(MOST_AT_ONCE)
        async with webhook.Poster(self._config.alerts, agent(self._config)) as poster:
            await asyncio.gather(*(self._post_to_host(poster, group, places) for group in _by_host(waiting)))

    async def _post_to_host(
        self, poster: webhook.Poster, group: Sequence[_Outgoing], places: asyncio.Semaphore
    ) -> None:
        for at, each in enumerate(group):
            async with places:
                outcome = await poster.post(each.message, each.alert)
            self._note([each], outcome.problem)
            if outcome.unreachable:
                self._note(group[at + 1 :], outcome.problem)
                return

    def _outgoing(self, delivery: AlertDelivery) -> _Outgoing | None:
        message = self._store.message(delivery.message)
        alert = self._alerts.get(message.alert) if message else None
        return _Outgoing(delivery, message, alert) if message and alert else None

    def _note(self, outgoing: Sequence[_Outgoing], problem: str) -> None:
        now = time.time()
        done = [settled(each.delivery, problem, each.message.made.timestamp(), now) for each in outgoing]
        self._store.note(done)
        self._done += done
        if self._told is not None:
            for each in done:
                self._told(each)


def settled(delivery: AlertDelivery, problem: str, made: float, now: float) -> AlertDelivery:
    """A delivery after a try: sent, or to be tried again, or given up."""
    tries = delivery.tries + 1
    if not problem:
        return replace(delivery, sent=now, tries=tries, due=0.0, given_up=False, reason="")
    due = now + PAUSES[min(tries, len(PAUSES)) - 1]
    return replace(delivery, tries=tries, due=due, given_up=now - made >= GIVEN_UP_AFTER, reason=problem)


def agent(config: Config) -> str:
    """Who we say we are."""
    return f"Broadsheet/{version()}" + (f" (+{config.web.base_url})" if config.web.base_url else "")


def _by_host(waiting: Sequence[_Outgoing]) -> list[list[_Outgoing]]:
    groups: dict[str, list[_Outgoing]] = {}
    for each in waiting:
        groups.setdefault(urlsplit(each.delivery.address).netloc, []).append(each)
    return list(groups.values())
