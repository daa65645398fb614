"""Alerts as methods of `Archive`: searches that are kept, and messages of what they newly find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Unpack, cast

from indexer.arriving import Arriving
from indexer.errors import NoIndex, QueryTooExpensive, UsageError
from indexer.search.options import SearchOptions
from indexer.search.request import SearchRequest
from indexer.search.signature import with_options

if TYPE_CHECKING:
    from indexer.alerts.alert import Alert
    from indexer.alerts.message import AlertMessage
    from indexer.alerts.report import AlertReport, AlertStatus
    from indexer.alerts.store import AlertDelivery, ReadState, Store
    from indexer.archive import Archive


class Alerting(Arriving):
    """The methods."""

    @with_options
    def add_alert(
        self,
        query: str | SearchRequest = "",
        *,
        name: str = "",
        mail: str | Iterable[str] = (),
        webhook: str = "",
        owner: str = "",
        most: int | None = None,
        **options: Unpack[SearchOptions],
    ) -> Alert:
        """Keep a search, and have it told of what it newly finds: of what arrives from now on.

        Of a query of plain words every one must match, unless the options say otherwise.

        Args:
            query: the search, with the options.
            name: what the alert is called; the search itself without one.
            mail: the addresses that its messages are mailed to.
            webhook: where they are posted; `secret` of the alert is what they are signed with.
            owner: the user of a closed archive whose it is.
            most: how many alerts the owner may have.

        Raises:
            UsageError, QueryTooExpensive: the search cannot be answered, an address is none, or there are `most`.
        """
        from indexer.alerts.alert import new_alert
        from indexer.search.parser import parse

        request = self.request(query, **options)
        if not request.query.strip() and not request.narrowed:
            raise UsageError("An alert looks for something: write words or a filter, or '*' for everything.")
        parsed = parse(request.query)
        if parsed.refused:
            raise QueryTooExpensive(parsed.warnings[-1].message, parsed.warnings[-1])
        read = self._read_until_now()
        addresses = (mail,) if isinstance(mail, str) else tuple(mail)
        now = datetime.now(UTC)
        alert = new_alert(request, now, name=name, owner=owner, mail=addresses, webhook=webhook, since=read.until)
        if not self._alerts.add(alert, read=read, most=most):
            raise UsageError(f"{owner} has {most} alerts, and may have no more. Remove one first.")
        return alert

    def alerts(self, owner: str | None = None) -> list[AlertStatus]:
        """All alerts, or those of one user, each with how it stands."""
        from indexer.alerts.report import AlertStatus
        from indexer.alerts.running import running

        found = self._alerts.alerts(owner)
        last, unsent = self._alerts.last_made(), self._alerts.unsent()
        runs = {alert.id for alert in running(found, self.config)}
        return [
            AlertStatus(
                each, last.get(each.id), tuple(unsent.get(each.id, ())), not each.paused and each.id not in runs
            )
            for each in found
        ]

    def alert(self, id: str) -> Alert:
        """The alert of an id, or of the beginning of one.

        Raises:
            NotFound: there is none, or more than one.
        """
        return self._alerts.alert(id)

    def alert_messages(self, id: str) -> list[AlertMessage]:
        """The last messages of an alert, the newest first.

        Raises:
            NotFound: there is no such alert.
        """
        return self._alerts.messages(self.alert(id).id)

    def test_alert(self, id: str) -> AlertMessage:
        """What an alert would say of the last ten articles that it finds, by arrival. Nothing is sent or written down.

        Raises:
            NotFound: there is no such alert.
        """
        from indexer.alerts.running import tested

        return tested(cast("Archive", self), self.alert(id), datetime.now(UTC))

    def run_alerts(
        self, *, skip: bool = False, again: bool = False, told: Callable[[AlertDelivery], None] | None = None
    ) -> AlertReport:
        """Tell of what has arrived since the last run: one message of each alert that finds something in it.

        What is killed between sending a message and writing that down sends it again with the next run, with the id
        that it had.

        Args:
            skip: take what has arrived for told, and make no messages of it.
            again: send all that was not delivered, also what was given up.
            told: called with each delivery when it is done with.

        Raises:
            NoIndex: there is no archive.
            IndexLocked: another process runs the alerts, after the `timeout` the archive was opened with.
        """
        from indexer.alerts.lock import AlertsLock
        from indexer.alerts.running import Run
        from indexer.patience import patiently

        self._check_open()
        with patiently(lambda: AlertsLock(self.config.archive.index), self._timeout):
            return Run(cast("Archive", self), told=told).run(skip=skip, again=again)

    def pause_alert(self, id: str, *, paused: bool = True) -> Alert:
        """Have an alert say nothing, or go on with what arrives from now on.

        Raises:
            NotFound: there is no such alert.
        """
        alert = self.alert(id)
        since = 0 if paused else self._read_until_now().until
        self._alerts.set_paused(alert.id, paused=paused, since=since)
        return self.alert(alert.id)

    def remove_alert(self, id: str) -> Alert:
        """Forget an alert, its messages, and what of them was not delivered; returns what it was.

        Raises:
            NotFound: there is no such alert.
        """
        alert = self.alert(id)
        self._alerts.remove([alert.id])
        return alert

    def _read_until_now(self) -> ReadState:
        """What a run remembers that has read all that is there; nothing where there is no archive yet."""
        from indexer.alerts.arrivals import newest, read_until
        from indexer.alerts.store import ReadState

        archive = cast("Archive", self)
        try:
            archive.refresh()
            return read_until(archive, newest(archive, datetime.now(UTC)))
        except NoIndex:
            return ReadState()

    @property
    def _alerts(self) -> Store:
        from indexer.alerts.store import Store

        self._check_open()
        return Store(self.config.archive.index)
