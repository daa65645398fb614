"""What happens beside a run: alerts that are made, commits that are read, other writers, and many hosts."""

import asyncio
import sqlite3
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from indexer.alerts import arrivals, running
from indexer.alerts.alert import Alert, new_alert
from indexer.alerts.delivery import Post
from indexer.alerts.message import AlertMessage
from indexer.alerts.store import ReadState, Record
from indexer.alerts.webhook import Outcome, Poster
from indexer.search.request import SearchRequest
from tests.alerts.conftest import Told

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def kept(told: Told, count: int, webhook: str = "") -> list[Alert]:
    alerts = [new_alert(SearchRequest("flood"), NOW, owner="anna", webhook=webhook.format(n)) for n in range(count)]
    told.store.add_all(alerts, ReadState())
    return alerts


def record(alerts: list[Alert], run: int, *, of: range) -> Record:
    messages = [AlertMessage(f"m{run}-{n}", alerts[n].id, "Flood", NOW, 1, (("q", "flood"),), ()) for n in of]
    return Record(messages, ReadState(run), (), 0, frozenset(each.id for each in alerts))


def test_of_two_forms_that_are_sent_at_once_one_alert_too_many_is_not_kept(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(told, 1)
    both, real = threading.Barrier(2), sqlite3.connect

    class Slow(sqlite3.Connection):
        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
            found = super().execute(sql, *given)
            if "COUNT(*) FROM alerts" in sql:
                with suppress(threading.BrokenBarrierError):
                    both.wait(0.3)  # the other one has counted too, if it may
            return found

    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, factory=Slow, **k))
    outcomes: list[bool] = []

    def add() -> None:
        outcomes.append(told.store.add(new_alert(SearchRequest("x"), NOW, owner="anna"), read=ReadState(), most=2))

    threads = [threading.Thread(target=add) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == [False, True]
    assert len(told.store.alerts("anna")) == 2


def test_a_run_whose_archive_moved_on_reads_again(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    real = arrivals.read_until
    times: list[int] = []

    with told.open() as archive:
        archive.add_alert("flood")
        archive.add([{"id": "a", "title": "Flood"}])

        def moves(*given: Any) -> ReadState:
            times.append(1)
            if len(times) == 1:  # a thread of the same program commits
                archive.add([{"id": "b", "title": "Flood"}])
                archive.refresh()
            return real(*given)

        monkeypatch.setattr(running, "read_until", moves)
        (message,) = archive.run_alerts().messages
        assert sorted(each.id for each in message.articles) == ["a", "b"]
        assert archive.run_alerts().messages == ()
    assert len(times) == 2


def test_what_was_delivered_of_old_messages_goes_with_them(told: Told) -> None:
    alerts = kept(told, 2, webhook="https://hooks.example/{}")
    for run in range(1, 30):
        told.store.record(record(alerts, run, of=range(2)), alerts)
        if run < 25:
            told.store.note(replace(each, sent=1.0) for each in told.store.due(1e12))
    with sqlite3.connect(told.store.path) as file:
        assert file.execute("SELECT COUNT(*) FROM messages").fetchone() == (40,)
        assert file.execute("SELECT COUNT(*), SUM(sent = 0) FROM deliveries").fetchone() == (40, 10)


def test_so_many_webhooks_are_asked_at_a_time(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    alerts = kept(told, 12, webhook="https://h{}.example/")
    told.store.record(record(alerts, 1, of=range(12)), alerts)
    now, most = 0, 0

    async def post(self: Poster, message: AlertMessage, alert: Alert) -> Outcome:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        return Outcome()

    monkeypatch.setattr(Poster, "post", post)
    monkeypatch.setattr("indexer.alerts.delivery.MOST_AT_ONCE", 5)
    done = Post(told.store, told.config, alerts).send()
    assert (len(done), most) == (12, 5)


def test_half_a_character_in_a_name_is_left_out(told: Told) -> None:
    with told.open() as archive:
        assert archive.add_alert("flood", name="Fl\ud800ood").name == "Fl ood"
