"""Alerts of readers of a closed archive: pages, feed and API, each reader's own; none of it in an open archive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask

from indexer import Archive, open_archive
from indexer.accounts.users_file import change_users
from indexer.alerts.links import Links
from indexer.config import AccessConfig, AlertsConfig, Config, EntitiesConfig, WebConfig
from indexer.receipts import pairs as search_pairs
from indexer.search.options import build_request
from tests.webui.closed import BASE, BROWSER, Browser, Site, user
from webui import create_app
from webui.addresses import params, urls

ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass
class Alerted:
    """A closed archive in a folder, with two readers."""

    config: Config
    archive: Archive
    app: Flask

    def browser(self, name: str = "anna") -> Browser:
        found = Browser(self.app)
        found.login(name)
        return found

    def token(self, name: str = "anna") -> str:
        return Site(Path(self.config.access.users).parent).token(name)

    def ask(self, path: str, method: str = "GET", *, token: str, **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}", **options.pop("headers", {})}
        return self.app.test_client().open(path, method=method, base_url=BASE, headers=headers, **options)

    def arrives(self, *titles: str) -> None:
        with open_archive(self.config) as archive:
            archive.add([{"id": title, "title": title, "language": "en", "source": "SANA"} for title in titles])
            archive.run_alerts()


@pytest.fixture
def alerted(tmp_path: Path) -> Iterator[Alerted]:
    access = AccessConfig("closed", str(tmp_path / "users.toml"), str(tmp_path / "sessions.sqlite"))
    config = Config(
        access=access,
        entities=EntitiesConfig(enabled=False),
        web=WebConfig(base_url=BASE),
        alerts=AlertsConfig(
            recipients=("*@news.example",), webhooks=("https://hooks.news.example/in/*",), per_reader=3
        ),
    ).with_index(tmp_path / "index")
    change_users(Path(access.users), lambda users: users | {name: user(name) for name in ("anna", "ben")})
    with open_archive(config) as archive:
        archive.add([{"id": "old", "title": "Flood in Mainz", "language": "en"}])
        app = create_app(config)
        app.testing = True
        yield Alerted(config, archive, app)


def made(browser: Browser, path: str = "/alerts/new?q=flood", **said: str) -> str:
    """Make an alert with the form; returns its id."""
    answer = browser.post(path, {"token": browser.form(path), **said})
    assert answer.status_code == 303, answer.text
    return answer.location.rpartition("/")[2]


def test_a_results_page_offers_an_alert_which_is_made_with_a_form(alerted: Alerted) -> None:
    browser = alerted.browser()
    link = re.search(r'href="(/alerts/new[^"]*)"', browser.get("/search?q=flood&source=SANA&sort=newest&page=2").text)
    assert link
    assert link[1] == "/alerts/new?q=flood&amp;source=SANA"
    id = made(browser, "/alerts/new?q=flood&source=SANA", name="Floods", mail="anna@news.example")
    (status,) = alerted.archive.alerts("anna")
    assert (status.alert.id, status.alert.name, status.alert.mail) == (id, "Floods", ("anna@news.example",))
    assert status.alert.pairs == (("q", "flood"), ("source", "SANA"))
    assert "Floods" in browser.get("/alerts").text


def test_where_nothing_is_found_an_alert_is_offered_too(alerted: Alerted) -> None:
    assert 'href="/alerts/new?q=eruption"' in alerted.browser().get("/search?q=eruption").text


def test_the_page_of_an_alert_says_what_it_has_told_and_which_words_fired(alerted: Alerted) -> None:
    browser = alerted.browser()
    id = made(browser, "/alerts/new?q=flood+OR+dam")
    assert "Nothing new yet" in browser.get(f"/alerts/{id}").text
    alerted.arrives("Flood in Trier", "Dam breaks")
    page = browser.get(f"/alerts/{id}").text
    assert "2 new articles" in page
    assert "dam (Title)" in page
    assert 'href="/article/Flood%20in%20Trier"' in page


def test_a_test_shows_what_is_there_and_tells_nobody(alerted: Alerted) -> None:
    browser = alerted.browser()
    id = made(browser)
    page = browser.get(f"/alerts/{id}?test=1").text
    assert "Nothing is sent." in page
    assert "Flood in Mainz" in page
    assert alerted.archive.alert_messages(id) == []


def test_the_feed_has_an_entry_for_each_message_with_its_id(alerted: Alerted) -> None:
    id = made(alerted.browser())
    alerted.arrives("Flood in Trier")
    alerted.arrives("Flood in Bonn", "Flood in Köln")
    answer = alerted.ask(f"/alerts/{id}.atom", token=alerted.token())
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    entries = fromstring(answer.data).findall(f"{ATOM}entry")  # our own
    messages = alerted.archive.alert_messages(id)
    assert [each.findtext(f"{ATOM}id") for each in entries] == [f"{BASE}/alerts/{id}#{each.id}" for each in messages]
    assert [each.findtext(f"{ATOM}title") for each in entries] == ["2 new articles", "1 new article"]
    assert "Flood in Köln" in (entries[0].findtext(f"{ATOM}summary") or "")
    again = alerted.ask(f"/alerts/{id}.atom", token=alerted.token(), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_feed_reader_sends_the_token_as_a_password(alerted: Alerted) -> None:
    id, token = made(alerted.browser()), alerted.token()
    answer = alerted.app.test_client().get(f"/alerts/{id}.atom", base_url=BASE, auth=("anna", token))
    assert answer.status_code == 200


@pytest.mark.parametrize("said", [{"mail": "anna@evil.example"}, {"webhook": "https://evil.example/in/x"}])
def test_messages_go_where_the_configuration_lets_them_alone(alerted: Alerted, said: dict[str, str]) -> None:
    browser, path = alerted.browser(), "/alerts/new?q=flood"
    answer = browser.post(path, {"token": browser.form(path), **said})
    assert answer.status_code == 422
    assert f"Messages may not be sent to {next(iter(said.values()))}." in answer.text
    assert alerted.archive.alerts() == []


def test_what_is_no_address_is_said_to_be_none(alerted: Alerted) -> None:
    browser, path = alerted.browser(), "/alerts/new?q=flood"
    answer = browser.post(path, {"token": browser.form(path), "mail": "a..b@news.example"})
    assert answer.status_code == 422
    assert "is not an address that messages can be sent to" in answer.text


def test_the_secret_of_a_webhook_is_shown_once(alerted: Alerted) -> None:
    browser, path = alerted.browser(), "/alerts/new?q=flood"
    answer = browser.post(path, {"token": browser.form(path), "webhook": "https://hooks.news.example/in/1"})
    (status,) = alerted.archive.alerts("anna")
    assert status.alert.secret in answer.text
    assert status.alert.secret not in browser.get(f"/alerts/{status.alert.id}").text


def test_a_form_that_was_not_ours_makes_and_removes_nothing(alerted: Alerted) -> None:
    browser = alerted.browser()
    assert browser.post("/alerts/new?q=flood", {"token": "made.up"}).status_code == 422
    id = made(browser)
    assert browser.post(f"/alerts/{id}", {"token": "made.up", "do": "remove"}).status_code == 422
    assert [each.alert.id for each in alerted.archive.alerts()] == [id]


def test_an_alert_is_paused_resumed_and_removed(alerted: Alerted) -> None:
    browser = alerted.browser()
    id = made(browser)
    for action, paused in (("pause", True), ("resume", False)):
        browser.post(f"/alerts/{id}", {"token": browser.form(f"/alerts/{id}"), "do": action})
        assert alerted.archive.alert(id).paused is paused
    answer = browser.post(f"/alerts/{id}", {"token": browser.form(f"/alerts/{id}"), "do": "remove"})
    assert (answer.status_code, answer.location) == (303, "/alerts")
    assert alerted.archive.alerts() == []


def test_nobody_sees_the_alerts_of_another(alerted: Alerted) -> None:
    id, ben, token = made(alerted.browser()), alerted.browser("ben"), alerted.token("ben")
    assert ben.get(f"/alerts/{id}").status_code == 404
    assert id not in ben.get("/alerts").text
    assert ben.post(f"/alerts/{id}", {"token": ben.form("/alerts"), "do": "remove"}).status_code == 404
    for path in (f"/alerts/{id}.atom", f"/api/v1/alerts/{id}", f"/api/v1/alerts/{id}/test"):
        assert alerted.ask(path, token=token).status_code == 404
    assert alerted.ask(f"/api/v1/alerts/{id}", "DELETE", token=token).status_code == 404
    assert alerted.ask("/api/v1/alerts", token=token).json == {"alerts": []}
    own = alerted.archive.add_alert("flood")  # of the command line
    assert ben.get(f"/alerts/{own.id}").status_code == 404


def test_a_reader_has_as_many_as_are_configured(alerted: Alerted) -> None:
    browser = alerted.browser()
    for _ in range(3):
        made(browser)
    answer = browser.post("/alerts/new?q=flood", {"token": browser.form("/alerts/new?q=flood")})
    assert answer.status_code == 422
    assert "You have as many alerts as you may have: 3." in answer.text


def test_alerts_of_a_user_who_is_removed_say_nothing_more(alerted: Alerted) -> None:
    id = made(alerted.browser())
    users = Path(alerted.config.access.users)
    change_users(users, lambda known: {name: each for name, each in known.items() if name != "anna"})
    alerted.arrives("Flood in Trier")
    assert alerted.archive.alert_messages(id) == []
    assert [each.stopped for each in alerted.archive.alerts()] == [True]


def test_the_api_makes_lists_tests_and_removes(alerted: Alerted) -> None:
    token = alerted.token()
    said = {"name": "Floods", "mail": ["anna@news.example"], "webhook": "https://hooks.news.example/in/2"}
    answer = alerted.ask("/api/v1/alerts?q=flood&source=SANA", "POST", token=token, json=said)
    assert answer.status_code == 201
    assert answer.json["search"] == [["q", "flood"], ["source", "SANA"]]
    assert answer.json["secret"].startswith("whsec_")
    id = answer.json["id"]
    assert answer.headers["Location"] == f"/api/v1/alerts/{id}"
    alerted.arrives("Flood in Trier")
    (listed,) = alerted.ask("/api/v1/alerts", token=token).json["alerts"]
    assert (listed["id"], listed["name"], "secret" in listed) == (id, "Floods", False)
    (message,) = alerted.ask(f"/api/v1/alerts/{id}", token=token).json["messages"]
    assert [each["fired"] for each in message["articles"]] == [[{"text": "flood", "fields": ["title"]}]]
    assert alerted.ask(f"/api/v1/alerts/{id}/test", token=token).json["total"] == 1
    assert alerted.ask(f"/api/v1/alerts/{id}", "DELETE", token=token).json == {"removed": id}
    assert alerted.ask(f"/api/v1/alerts/{id}", token=token).status_code == 404


@pytest.mark.parametrize(
    "body", [{"mail": "anna@news.example"}, {"mail": ["anna@evil.example"]}, {"to": "x"}, ["x"], {"name": 1}]
)
def test_the_api_refuses_what_it_cannot_use(alerted: Alerted, body: Any) -> None:
    answer = alerted.ask("/api/v1/alerts?q=flood", "POST", token=alerted.token(), json=body)
    assert answer.status_code == 400
    assert alerted.archive.alerts() == []


def test_a_session_changes_nothing_through_the_api(alerted: Alerted) -> None:
    browser = alerted.browser()
    answer = browser.client.post("/api/v1/alerts?q=flood", base_url=BASE, json={}, headers=BROWSER)
    assert answer.status_code == 404
    assert alerted.archive.alerts() == []


def test_a_closed_archive_describes_them(alerted: Alerted) -> None:
    paths = alerted.ask("/api/v1/openapi.json", token=alerted.token()).json["paths"]
    assert {path: sorted(methods) for path, methods in paths.items() if path.startswith("/alerts")} == {
        "/alerts": ["get", "post"],
        "/alerts/{id}": ["delete", "get"],
        "/alerts/{id}/test": ["get"],
    }


def test_an_open_archive_has_none_of_it(tmp_path: Path) -> None:
    config = Config(entities=EntitiesConfig(enabled=False)).with_index(tmp_path / "index")
    with open_archive(config) as archive:
        archive.add([{"id": "a", "title": "Flood", "language": "en"}])
        client = create_app(config, archive).test_client()
        for path in ("/alerts", "/alerts/new?q=flood", "/alerts/a", "/alerts/a.atom", "/api/v1/alerts"):
            assert client.get(path).status_code == 404
        assert "alert" not in client.get("/search?q=flood").text.lower().replace('role="alert"', "")


def test_links_of_messages_are_those_of_the_site(alerted: Alerted) -> None:
    links = Links(BASE)
    options: Any = {"source": ["SANA", ""], "exclude": {"person": "Ann & Bo"}, "from_": "2021", "language": "ar"}
    request = build_request('flood "dam" +x', options | {"added_from": "2026-11-03T14:00:05Z", "match": "all"})
    with alerted.app.test_request_context("/", base_url=BASE):
        wanted = urls.only_what_is_found(request)
        read = params.read(
            parse_qsl(urlsplit(links.search(search_pairs.write(request))).query, True), urls.base_request()
        )
        assert read.warnings == ()
        assert search_pairs.write(read.request) == search_pairs.write(wanted)
        for id in ("a", "https://a.example/x?y=z", "../b", "/c", "ü é"):
            assert links.article(id) == urls.absolute(urls.article(id))
        assert links.alert("abc") == urls.absolute(urls.alert("abc"))
        assert links.feed("abc") == urls.absolute(urls.alert_feed("abc"))
