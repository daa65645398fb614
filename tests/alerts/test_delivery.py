"""How messages are sent: none is lost, whatever is killed; what fails is tried again; nobody waits for another."""

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from indexer import Archive
from indexer.alerts import delivery, mail
from indexer.alerts.delivery import GIVEN_UP_AFTER, PAUSES, settled
from indexer.alerts.message import AlertMessage
from indexer.alerts.store import AlertDelivery
from tests.alerts.conftest import Told

RUN = """
import sys
from dataclasses import replace
from indexer import open_archive
from indexer.config import AlertsConfig, Config, EntitiesConfig, WebConfig
index, port = sys.argv[1:]
alerts = AlertsConfig(
    smtp_host="127.0.0.1", smtp_port=int(port), smtp_security="none", sender="archive@news.example", private=True
)
config = Config(alerts=alerts, web=WebConfig(base_url="https://news.example/archive")).with_index(index)
with open_archive(config) as archive:
    archive.run_alerts()
"""


def flood(archive: Archive, *ids: str) -> None:
    archive.add([{"id": id, "title": "Flood", "language": "en"} for id in ids or ("a",)])


def killed_when(told: Told, kept: list[None], server: object) -> None:
    """A run that is killed as soon as a server has what it sends, before it answers."""
    process = subprocess.Popen(  # our own program
        [sys.executable, "-c", RUN, str(told.index), str(told.mail.port)],
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )

    def kill() -> None:
        kept.append(None)
        process.send_signal(signal.SIGKILL)
        process.wait()

    server.told = kill  # type: ignore[attr-defined]
    process.wait(timeout=60)
    server.told = lambda: None  # type: ignore[attr-defined]
    assert process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
def test_a_mail_is_sent_again_with_its_id_where_a_run_is_killed_before_it_noted_it(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood", mail=["a@news.example", "b@news.example"])
        flood(archive)
    kills: list[None] = []
    killed_when(told, kills, told.mail)
    assert told.mail.recipients == ["a@news.example"]
    with told.open() as archive:
        report = archive.run_alerts()
        assert (len(report.messages), report.sent) == (0, 2)
        assert archive.run_alerts().sent == 0
    assert told.mail.recipients == ["a@news.example", "a@news.example", "b@news.example"]
    first, again, other = told.mail.raw
    assert first == again
    assert len({message_from_bytes(each)["Message-ID"] for each in (first, again, other)}) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
def test_a_webhook_is_asked_again_with_the_same_id_and_body_where_a_run_is_killed(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood", webhook=told.hook.address)
        flood(archive)
    kills: list[None] = []
    killed_when(told, kills, told.hook)
    with told.open() as archive:
        assert archive.run_alerts().sent == 1
        assert archive.run_alerts().sent == 0
    (_, first, body), (_, again, same) = told.hook.requests
    assert (first["webhook-id"], body) == (again["webhook-id"], same)


def test_requests_are_signed_as_standard_webhooks_has_it(told: Told) -> None:
    with told.open() as archive:
        alert = archive.add_alert("flood", webhook=told.hook.address, name="Floods")
        flood(archive)
        (message,) = archive.run_alerts().messages
    ((path, headers, body),) = told.hook.requests
    assert path == "/hook"
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == message.id
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    kind, _, secret = alert.secret.partition("_")
    assert kind == "whsec"
    signed = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    expected = base64.b64encode(hmac.new(base64.b64decode(secret), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    event = json.loads(body)
    assert (event["type"], event["data"]["id"], event["data"]["total"]) == ("alert.matches", message.id, 1)
    assert AlertMessage.from_dict(event["data"]) == message


def test_what_fails_is_tried_again_later_with_the_reason_kept(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood", mail=["bad@news.example", "good@news.example"], webhook=told.hook.address)
        told.mail.refused.add("bad@news.example")
        told.hook.answers["/hook"] = 500
        flood(archive)
        assert archive.run_alerts().sent == 1
        (status,) = archive.alerts()
        assert {each.address: each.reason for each in status.unsent} == {
            "bad@news.example": "The mail server refuses the address: 550 no such mailbox.",
            told.hook.address: "The server answered 500.",
        }
        assert archive.run_alerts().deliveries == ()  # not due yet
        told.mail.refused.clear()
        told.hook.answers.clear()
        assert archive.run_alerts(again=True).sent == 2
        assert archive.alerts()[0].unsent == ()


def test_redirects_are_not_followed(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood", webhook=told.hook.address)
        told.hook.answers["/hook"] = 307
        flood(archive)
        (failed,) = archive.run_alerts().failed
    assert failed.reason == "The server answered 307; redirects are not followed."
    assert [path for path, _, _ in told.hook.requests] == ["/hook"]


def test_a_private_address_is_not_asked_unless_the_configuration_allows_it(told: Told) -> None:
    with told.open(private=False) as archive:
        archive.add_alert("flood", webhook=told.hook.address)
        flood(archive)
        (failed,) = archive.run_alerts().failed
    assert failed.reason == (
        "Not asked: 127.0.0.1 is an address of a private network; private = true under [alerts] allows that."
    )
    assert told.hook.requests == []


def test_a_mail_server_that_is_not_there_keeps_no_webhook_waiting(told: Told) -> None:
    with told.open(smtp_port=1) as archive:
        archive.add_alert("flood", mail="desk@news.example", webhook=told.hook.address)
        flood(archive)
        report = archive.run_alerts()
    assert report.sent == 1
    assert [each.address for each in report.failed] == ["desk@news.example"]
    assert report.failed[0].reason.startswith("The mail server 127.0.0.1:1 cannot be reached: ")


def test_without_a_mail_server_it_says_what_to_do(told: Told) -> None:
    with told.open(smtp_host="") as archive:
        archive.add_alert("flood", mail="desk@news.example")
        flood(archive)
        (failed,) = archive.run_alerts().failed
    assert failed.reason == "No mail server is configured: set smtp_host under [alerts] in config.toml."


def test_a_server_that_ends_connections_gets_the_rest_over_others(told: Told) -> None:
    told.mail.most = 2
    with told.open() as archive:
        archive.add_alert("flood", mail=[f"reader{n}@news.example" for n in range(5)])
        flood(archive)
        report = archive.run_alerts()
        assert report.sent + len(report.failed) == 5
        archive.run_alerts(again=True)
        archive.run_alerts(again=True)
    assert sorted(set(told.mail.recipients)) == [f"reader{n}@news.example" for n in range(5)]


def test_name_and_password_are_used_and_never_shown(told: Told) -> None:
    with told.open(smtp_user="archive", smtp_password="hunter2") as archive:  # made up
        archive.add_alert("flood", mail="desk@news.example")
        flood(archive)
        assert archive.run_alerts().sent == 1
        assert "hunter2" not in repr(archive.config)
    assert [base64.b64decode(each.split()[-1]) for each in told.mail.logins] == [b"\0archive\0hunter2"]


def test_what_strangers_write_stays_out_of_headers(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert(
            "flood", mail="desk@news.example", name="Floods\r\nBcc: spy@x.example\r\n\r\nHello \u202eolleh"
        )
        archive.add([{"id": "a", "title": "Flood\r\nBcc: spy@x.example", "body": "فيضان " * 400, "language": "ar"}])
        archive.run_alerts()
    (sent,) = told.mail.mails
    assert sent["Bcc"] is None
    assert sent["Subject"] == "Broadsheet: 1 new article: Floods Bcc: spy@x.example Hello olleh"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["List-Id"].endswith(".alerts.news.example>")
    assert all(len(line) < 998 for line in told.mail.raw[0].split(b"\r\n"))


def test_pauses_grow_and_after_a_week_it_is_given_up() -> None:
    tried = AlertDelivery("msg", "mail", "desk@news.example")
    pauses = []
    now = made = 1_000_000.0
    while not tried.given_up:
        tried = settled(tried, "No.", made, now)
        pauses.append(tried.due - now)
        now = tried.due
    assert pauses[:7] == list(PAUSES)
    assert now - made >= GIVEN_UP_AFTER
    assert settled(tried, "", made, now) == replace(
        tried, sent=now, tries=tried.tries + 1, due=0.0, given_up=False, reason=""
    )


def test_what_was_given_up_is_shown_until_it_is_sent_after_all(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "GIVEN_UP_AFTER", 0.0)
    monkeypatch.setattr(mail, "SECONDS", 1.0)
    with told.open(smtp_port=1) as archive:
        archive.add_alert("flood", mail="desk@news.example")
        flood(archive)
        archive.run_alerts()
        assert [each.given_up for each in archive.alerts()[0].unsent] == [True]
        assert archive.run_alerts().deliveries == ()
    with told.open() as archive:
        assert archive.run_alerts(again=True).sent == 1


def test_removing_an_alert_removes_what_waits(told: Told) -> None:
    with told.open(smtp_port=1) as archive:
        alert = archive.add_alert("flood", mail="desk@news.example")
        flood(archive)
        archive.run_alerts()
        archive.remove_alert(alert.id)
    with told.open() as archive:
        assert archive.run_alerts(again=True).deliveries == ()
    assert told.mail.raw == []
