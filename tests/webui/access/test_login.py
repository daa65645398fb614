"""The login page, the logout and the change of a password, as people and attackers use them."""

import logging
import re
from functools import lru_cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from indexer.accounts.users import new_stamp
from indexer.accounts.users_file import read_users
from tests.webui.closed import PASSWORD, Browser, Site
from webui.i18n import INTERFACE_LANGUAGES

NEW = "thirty herons over a tin roof"


def test_a_reader_signs_in_reads_and_signs_out(site: Site) -> None:
    browser = Browser(site.app())
    answer = browser.login("Anna ", path="/login?next=/search?q=lavrov")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=lavrov")
    page = browser.get("/search?q=lavrov")
    assert (page.status_code, "Sergey Lavrov" in page.text) == (200, True)
    session = browser.cookie("__Host-session")
    out = browser.post("/logout", {"token": browser.form("/help")})
    assert (out.status_code, out.headers["Location"]) == (303, "/login?out=1")
    assert out.headers["Clear-Site-Data"] == '"cache"'
    assert browser.cookie("__Host-session") is None
    assert "You are signed out." in browser.get("/login?out=1").text
    assert session is not None
    browser.client.set_cookie("__Host-session", session, domain="archive.example", secure=True)
    assert browser.get("/search").status_code == 302, "the session is over, not only forgotten by the browser"


def test_every_page_has_the_way_out(anna: Browser) -> None:
    for path in ("/", "/search?q=a", "/article/a1", "/help", "/archive/", "/nowhere", "/password"):
        tree = html.document_fromstring(anna.get(path).text)
        (form,) = tree.xpath("//form[@class='who']")
        assert (form.get("method"), form.get("action")) == ("post", "/logout"), path
        assert form.xpath("string(.//button)") == "Sign out"
    page = anna.get("/logout").text
    assert "You are signed in as anna." in page


def test_cookies_are_for_the_server_and_this_host_alone(site: Site) -> None:
    browser = Browser(site.app())
    first = browser.get("/login").headers.getlist("Set-Cookie")
    second = browser.login("anna").headers.getlist("Set-Cookie")
    wanted = r"__Host-{}=[\w-]{{43}}; Secure; HttpOnly; Path=/; SameSite=Lax"
    assert re.fullmatch(wanted.format("form"), first[0])
    assert re.fullmatch(wanted.format("session"), second[0])
    assert len(first) == 1
    assert second[1].startswith("__Host-form=; Expires=Thu, 01 Jan 1970")


def test_without_tls_the_cookie_has_another_name(tmp_path: Path) -> None:
    site = Site(tmp_path, web={"base_url": ""})
    site.add("anna")
    browser = Browser(site.app(), "http://localhost:8000")
    assert browser.login("anna").headers.getlist("Set-Cookie")[0].startswith("broadsheet-session=")
    assert browser.get("/").status_code == 200


def test_a_login_never_goes_on_with_a_session_that_was_there(site: Site) -> None:
    app = site.app()
    browser = Browser(app)
    browser.client.set_cookie("__Host-session", "planted-by-an-attacker", domain="archive.example", secure=True)
    browser.login("anna")
    first = browser.cookie("__Host-session")
    assert first not in (None, "planted-by-an-attacker")
    browser.post("/login", {"name": "anna", "password": PASSWORD, "token": _form(browser)})
    second = browser.cookie("__Host-session")
    assert second != first
    old = Browser(app)
    old.client.set_cookie("__Host-session", str(first), domain="archive.example", secure=True)
    assert old.get("/").status_code == 302, "the one before has ended"


def _form(browser: Browser) -> str:
    """A login form beside a session: another tab that was opened before."""
    session = browser.cookie("__Host-session")
    browser.client.delete_cookie("__Host-session", domain="archive.example")
    token = browser.form("/login")
    browser.client.set_cookie("__Host-session", str(session), domain="archive.example", secure=True)
    return token


def test_wrong_names_and_wrong_passwords_look_alike(site: Site) -> None:
    app = site.app()
    seen = set()
    for name, password in (("anna", "wrong"), ("nobody", PASSWORD), ("", ""), ("anna", ""), ("x" * 5000, "y" * 5000)):
        answer = Browser(app).login(name, password)
        page = re.sub(r'value="[^"]*"| autofocus', "", answer.text)
        assert "__Host-session=" not in str(answer.headers.getlist("Set-Cookie"))
        seen.add((answer.status_code, page))
    assert len(seen) == 1
    ((status, page),) = seen
    assert status == 403
    assert "Wrong name or password." in page


def test_the_same_work_is_done_for_names_that_nobody_has(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    real = PasswordHasher.verify

    def verify(self: PasswordHasher, hashed: str, password: bytes) -> bool:
        checked.append(hashed.rpartition("$")[0].rpartition("$")[0])
        return real(self, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    app = site.app()
    for name in ("anna", "nobody", "ben"):
        Browser(app).login(name, "wrong wrong wrong")
    Browser(app).login("anna", "")
    assert len(checked) == 4
    assert len(set(checked)) == 1, "with the parameters that the hashes of users have"


def test_two_tabs_sign_in_one_after_the_other(site: Site) -> None:
    browser = Browser(site.app())
    first, second = browser.form("/login"), browser.form("/login?next=/help")
    data = {"name": "anna", "password": PASSWORD}
    assert browser.post("/login", data | {"token": first}).status_code == 303
    session = browser.cookie("__Host-session")
    answer = browser.post("/login?next=/help", data | {"token": second})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help")
    assert browser.cookie("__Host-session") == session


def test_a_form_of_another_site_is_not_taken(site: Site) -> None:
    app = site.app()
    browser = Browser(app)
    token = browser.form("/login")
    data = {"name": "anna", "password": PASSWORD}
    other = Browser(app).form("/login")
    for wrong in ({}, {"token": ""}, {"token": other}, {"token": token[:-1]}, {"token": "." + token}, {"token": "é.é"}):
        answer = browser.post("/login", data | wrong)
        assert answer.status_code == 400, wrong
        assert "Try again." in answer.text
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://archive.example"},
    ):
        assert browser.post("/login", data | {"token": token}, headers=headers).status_code == 400, headers
    assert browser.cookie("__Host-session") is None
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "https://archive.example"}):
        answer = browser.post("/login", data | {"token": browser.form("/login")}, headers=headers)
        assert answer.status_code == 303
        browser.client.delete_cookie("__Host-session", domain="archive.example")


def test_another_site_can_sign_nobody_out(anna: Browser) -> None:
    token = anna.form("/help")
    for data in ({}, {"token": "x.y"}, {"token": token + "0"}):
        assert anna.post("/logout", data).status_code == 200
    assert anna.post("/logout", {"token": token}, headers={"Origin": "https://evil.example"}).status_code == 200
    assert anna.get("/logout").status_code == 200
    assert anna.get("/search").status_code == 200, "still signed in"


def test_tokens_of_forms_differ_on_each_page(anna: Browser) -> None:
    first, second = anna.form("/help"), anna.form("/help")
    assert first != second
    assert anna.post("/logout", {"token": first}).status_code == 303


def test_sessions_end_with_the_user_the_password_and_by_command(site: Site) -> None:
    app = site.app()

    def signed_in() -> Browser:
        browser = Browser(app)
        browser.login("anna")
        assert browser.get("/").status_code == 200
        return browser

    browser = signed_in()
    site.change("anna", stamp=new_stamp())
    assert browser.get("/").status_code == 302
    browser = signed_in()
    site.remove("anna")
    assert browser.get("/").status_code == 302
    site.add("anna")
    assert browser.get("/").status_code == 302, "another user of that name"


def test_several_processes_know_the_same_sessions(site: Site) -> None:
    one, other = site.app(), site.app()
    browser = Browser(one)
    browser.login("anna")
    session = str(browser.cookie("__Host-session"))
    elsewhere = Browser(other)
    elsewhere.client.set_cookie("__Host-session", session, domain="archive.example", secure=True)
    assert elsewhere.get("/").status_code == 200
    elsewhere.post("/logout", {"token": elsewhere.form("/help")})
    assert browser.get("/").status_code == 302


def test_who_tries_too_often_has_to_wait(tmp_path: Path) -> None:
    site = Site(tmp_path, access={"login_limit": "3 per 15 minutes"})
    site.add("anna")
    one, other = site.app(), site.app()
    for app in (one, other, one):
        assert Browser(app).login("anna", "wrong").status_code == 403
    answer = Browser(other).login("anna")
    assert answer.status_code == 429, "with the right password too, in another process"
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "Too many attempts. Try again in 15 minutes." in answer.text
    assert Browser(other, address="198.51.100.1").login("anna").status_code == 303, "anna elsewhere"
    for _ in range(3):
        assert Browser(one).login("nobody", "wrong").status_code == 403
    assert Browser(other).login("nobody").status_code == 429, "names that nobody has alike"


def test_a_success_takes_back_the_failures(tmp_path: Path) -> None:
    site = Site(tmp_path, access={"login_limit": "2 per hour"})
    site.add("anna")
    app = site.app()
    for _ in range(3):
        assert Browser(app).login("anna", "wrong").status_code == 403
        assert Browser(app).login("anna").status_code == 303


def test_logins_are_written_down_without_what_was_typed(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "broadsheet.access")
    browser = Browser(site.app())
    browser.login("anna", "wrong-password")
    browser.login("hunter2", "wrong-password")
    browser.post("/login", {"name": "anna", "password": PASSWORD})
    browser.login("anna")
    browser.post("/logout", {"token": browser.form("/help")})
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [
        ("WARNING", "login failed user=anna reason=password"),
        ("WARNING", "login failed user=- reason=password"),
        ("WARNING", "login failed user=- reason=form"),
        ("INFO", "login user=anna"),
        ("INFO", "logout user=anna"),
    ]


def test_addresses_are_written_down_where_that_is_asked_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site = Site(tmp_path, access={"log_addresses": True})
    site.add("anna")
    Browser(site.app(), address="192.0.2.9").login("anna", "wrong")
    assert [each.getMessage() for each in caplog.records] == [
        "login failed user=anna reason=password address=192.0.2.9"
    ]


@pytest.mark.parametrize("tag", INTERFACE_LANGUAGES)
def test_the_login_page_speaks_the_language(site: Site, tag: str) -> None:
    browser = Browser(site.app())
    page = html.document_fromstring(browser.get(f"/login?ui={tag}&next=/help").text)
    (root,) = page.xpath("/html")
    assert (root.get("lang"), root.get("dir")) == (tag, "rtl" if tag == "ar" else "ltr")
    assert page.xpath("//script | //@style | //style") == []
    heading = page.xpath("string(//h1)")
    assert (heading == "Sign in") is (tag == "en")
    assert page.xpath("string(//main//form/@action)") == "/login?next=/help"
    assert {label.get("for") for label in page.xpath("//label")} == {"name", "password"}
    assert page.xpath("//input[@type='password']/@autocomplete") == ["current-password"]
    links = page.xpath("//nav[@class='tongues']//a/@href")
    assert f"/login?next=/help&ui={tag}" in links


def test_where_nobody_may_read_the_page_says_what_to_do(tmp_path: Path) -> None:
    browser = Browser(Site(tmp_path).app())
    assert "indexer user add NAME" in browser.get("/login").text
    assert browser.login("anna").status_code == 403


ANYTHING = st.text(max_size=50) | st.sampled_from(("\x00", "anna", "anna\x00", "\u202e", "' OR '1'='1", "%s", "../.."))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=ANYTHING, password=ANYTHING, token=ANYTHING | st.none(), target=ANYTHING)
def test_nothing_that_is_sent_breaks_the_login(
    site: Site, name: str, password: str, token: str | None, target: str
) -> None:
    browser = Browser(_app(site))
    sent = browser.form("/login") if token is None else token
    data = {"name": name, "password": password, "token": sent}
    answer = browser.post("/login", data, query_string={"next": target})
    assert answer.status_code == (400 if token is not None else 403) or answer.status_code == 429
    assert browser.cookie("__Host-session") is None


@lru_cache(maxsize=1)
def _cached(folder: Path) -> Flask:
    return Site(folder, access={"login_limit": "1000 per second"}).app()


def _app(site: Site) -> Flask:
    return _cached(site.folder)


def test_a_hostile_name_is_shown_as_text(site: Site) -> None:
    answer = Browser(site.app()).login('"><script>alert(1)</script>', "x")
    tree = html.document_fromstring(answer.text)
    assert tree.xpath("//script") == []
    assert tree.xpath("//input[@name='name']/@value") == ['"><script>alert(1)</script>']


def _change(browser: Browser, present: str, new: str, again: str) -> tuple[int, str]:
    data = {"present": present, "new": new, "again": again, "token": browser.form("/password")}
    answer = browser.post("/password", data)
    found = html.document_fromstring(answer.text).xpath("string(//*[@role='alert'])")
    return answer.status_code, found or answer.headers.get("Location", "")


def test_a_reader_changes_the_password(site: Site) -> None:
    app = site.app()
    here, elsewhere = Browser(app), Browser(app)
    here.login("anna")
    elsewhere.login("anna")
    before = here.cookie("__Host-session")
    assert _change(here, PASSWORD, NEW, NEW) == (303, "/password?done=1")
    assert here.cookie("__Host-session") != before
    assert "Your other sessions have ended." in here.get("/password?done=1").text
    assert elsewhere.get("/").status_code == 302
    assert elsewhere.login("anna").status_code == 403
    assert elsewhere.login("anna", NEW).status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "again", "said"),
    [
        ("wrong", NEW, NEW, "The current password is not right."),
        ("", NEW, NEW, "The current password is not right."),
        (PASSWORD, NEW, NEW + "x", "The two new passwords differ."),
        (PASSWORD, "short", "short", "The new password is too short, or easily guessed."),
        (PASSWORD, "anna" * 5, "anna" * 5, "The new password is too short, or easily guessed."),
    ],
)
def test_a_password_stays_where_it_may_not_be_changed(
    site: Site, anna: Browser, present: str, new: str, again: str, said: str
) -> None:
    before = read_users(site.users)
    assert _change(anna, present, new, again) == (422, said)
    assert read_users(site.users) == before
    assert anna.get("/").status_code == 200


def test_another_site_changes_no_password(site: Site, anna: Browser) -> None:
    before = read_users(site.users)
    data = {"present": PASSWORD, "new": NEW, "again": NEW}
    assert anna.post("/password", data).status_code == 422
    headers = {"Origin": "https://evil.example"}
    assert anna.post("/password", data | {"token": anna.form("/password")}, headers=headers).status_code == 422
    assert read_users(site.users) == before


def test_a_token_changes_no_password(site: Site) -> None:
    headers = {"Authorization": f"Bearer {site.token('anna')}"}
    assert Browser(site.app()).get("/password", headers=headers).status_code == 404


def test_a_site_need_not_be_able_to_change_passwords(
    site: Site, anna: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("webui.views.readers.password.change_users", refused)
    assert _change(anna, PASSWORD, NEW, NEW) == (503, "Passwords cannot be changed here. Ask whoever runs the archive.")
