"""What strangers get of a closed archive: nothing, by whatever address and method; and who is let in."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from tests.webui.closed import BASE, BROWSER, PASSWORD, Browser, Site
from tests.webui.page import arguments
from tests.webui.site import make_site
from webui import create_app
from webui.access.gate import OPEN_ENDPOINTS, OPEN_FILES

OPEN = {"/login", "/healthz", "/readyz", "/static/site.css", "/static/icon.svg"}


def _addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    """An address of each route."""
    adapter = app.url_map.bind("archive.example")
    for rule in app.url_map.iter_rules():
        values = {name: _value(converter) for name, converter in rule._converters.items()}
        yield rule, adapter.build(rule.endpoint, values | dict(rule.defaults or {}))


def _value(converter: BaseConverter) -> Any:
    """Something that may stand in an address there."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 11 if isinstance(converter, IntegerConverter) else "a1"


def test_every_route_is_closed_but_those_that_are_named(site: Site) -> None:
    app = site.app()
    stranger = Browser(app)
    walked = 0
    for rule, address in _addresses(app):
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = stranger._ask(method, address)
            walked += 1
            if rule.endpoint in OPEN_ENDPOINTS:
                assert answer.status_code in (200, 400), (method, address)
            elif address.startswith("/api/"):
                assert answer.status_code == 401, (method, address)
            else:
                assert answer.status_code in (302, 303), (method, address)
                assert answer.headers["Location"].startswith("/login"), (method, address)
    assert walked > 60
    assert OPEN_ENDPOINTS - {rule.endpoint for rule, _ in _addresses(app)} == {"metrics.metrics"}


def test_a_route_that_is_added_later_is_closed(site: Site) -> None:
    app = site.app()
    app.add_url_rule("/later", "later", lambda: "secrets")
    app.add_url_rule("/api/v2/all", "all", lambda: "secrets", methods=["GET", "POST"])
    stranger = Browser(app)
    assert stranger.get("/later").status_code == 302
    assert stranger.get("/api/v2/all").status_code == 401
    assert stranger.post("/api/v2/all", {}).status_code == 401
    token = {"Authorization": f"Bearer {site.token('anna')}"}
    assert stranger.get("/later", headers=token).text == "secrets"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_method_leads_past_the_gate(site: Site, method: str) -> None:
    stranger = Browser(site.app())
    for path in ("/", "/search", "/nowhere", "/static/site.js", "/feed.atom", "/logout", "/password"):
        answer = stranger._ask(method, path)
        assert answer.status_code in (302, 303), path
    assert stranger._ask(method, "/api/v1/search").status_code == 401
    assert stranger._ask(method, "/api/v1/nowhere").status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/feed.atom", "/export.csv?q=a", "/export.jsonl", "/compare.csv", "/sitemap.xml", "/sitemap/2021.xml",
     "/opensearch.xml", "/robots.txt", "/static/embed.js", "/static/site.js", "/static/nothing.css"],
)  # fmt: skip
def test_a_program_that_wants_a_file_is_told_and_not_led_to_a_page(site: Site, path: str) -> None:
    answer = Browser(site.app()).get(path, headers={"Accept": "*/*"})
    assert answer.status_code == 401
    assert answer.headers.getlist("WWW-Authenticate") == [
        'Bearer realm="archive"',
        'Basic realm="archive", charset="UTF-8"',
    ]
    assert answer.get_json()["title"] == "Unauthorized"


def test_the_api_never_calls_up_the_dialog_of_a_browser(site: Site) -> None:
    answer = Browser(site.app()).get("/api/v1/suggest?q=a")
    assert answer.headers.getlist("WWW-Authenticate") == ['Bearer realm="archive"']


def test_what_is_open_says_nothing_of_the_archive(site: Site) -> None:
    stranger = Browser(site.app())
    for path in OPEN:
        answer = stranger.get(path)
        assert (answer.status_code, "Lavrov" in answer.text) == (200, False), path
        answer.close()
    assert stranger.get("/readyz").get_json() == {"status": "ok"}
    page = stranger.get("/login").text
    assert not {"/search", "/feed.atom", "/opensearch.xml", "site.js", "/archive/"} & set(page.split('"'))
    assert {f"/static/{name}" for name in OPEN_FILES} < OPEN


def test_an_archive_that_cannot_answer_says_no_more_than_that(site: Site, tmp_path: Path) -> None:
    config = site.app().config["BROADSHEET"].with_index(tmp_path / "nothing")
    stranger = Browser(create_app(config))
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "unavailable"})
    assert stranger.login("anna").status_code == 303
    assert "indexer build" in stranger.get("/").text


def test_monitoring_reads_the_metrics_from_where_it_may(tmp_path: Path) -> None:
    app = Site(tmp_path, web={"metrics_from": ("192.0.2.0/24",)}).app()
    assert "broadsheet_requests_total" in Browser(app).get("/metrics").text
    assert Browser(app, address="198.51.100.1").get("/metrics").status_code == 404
    closed = Browser(Site(tmp_path).app())
    assert closed.get("/metrics").status_code == 302


def test_an_open_archive_has_no_login() -> None:
    client = make_site().test_client()
    assert client.get("/login").status_code == 404
    assert client.get("/password").status_code == 404
    assert client.get("/").status_code == 200
    assert "articles" in client.get("/readyz").get_json()


def test_where_somebody_wanted_to_go_is_kept(site: Site) -> None:
    stranger = Browser(site.app())
    answer = stranger.get("/search?q=%D0%BC%D0%B8%D1%80&source=T%26S")
    assert arguments(answer.headers["Location"]) == [("next", "/search?q=%D0%BC%D0%B8%D1%80&source=T%26S")]
    entered = stranger.login("anna", path=answer.headers["Location"])
    assert entered.headers["Location"] == "/search?q=%D0%BC%D0%B8%D1%80&source=T%26S"
    assert stranger.get("/person/Сергей").status_code == 404
    assert Browser(site.app()).get("/person/Сергей").headers["Location"].startswith("/login?next=/person/%25D0")


def _bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def _basic(name: str, text: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{name}:{text}".encode()).decode()}


def test_a_token_opens_the_api_feeds_and_files(site: Site) -> None:
    program, token = Browser(site.app()), site.token("anna")
    for path in ("/api/v1/search?q=lavrov", "/feed.atom", "/export.csv?q=lavrov", "/opensearch.xml", "/robots.txt"):
        assert program.get(path, headers=_bearer(token)).status_code == 200, path
        assert program.get(path, headers=_basic("anna", token)).status_code == 200, path
    assert program.cookie("__Host-session") is None


def test_what_is_no_token_opens_nothing(site: Site) -> None:
    app = site.app()
    token = site.token("anna")
    site.add("ben")
    today = datetime.now(UTC).date()
    expired = site.token("anna", today - timedelta(days=1))
    lasting = site.token("anna", today)
    wrong = [
        _bearer(token[:-1]), _bearer(token + "x"), _bearer(token.upper()), _bearer(expired), _bearer(""), _bearer("_"),
        _bearer("broadsheet__"), _bearer("x" * 5000), _basic("ben", token), _basic("anna", PASSWORD),
        _basic("anna", ""), _basic("", token), {"Authorization": "Basic !"}, {"Authorization": f"Token {token}"},
        {"Authorization": "Bearer"}, {"X-Api-Key": token},
    ]  # fmt: skip
    for headers in wrong:
        assert Browser(app).get("/api/v1/stats", headers=headers).status_code == 401, headers
    for query in (f"token={token}", f"access_token={token}", f"key={token}"):
        assert Browser(app).get(f"/feed.atom?{query}", headers={"Accept": "*/*"}).status_code == 401
    assert Browser(app).get("/api/v1/stats", headers=_bearer(lasting)).status_code == 200
    assert Browser(app).get("/api/v1/stats", headers=_basic("ANNA", token)).status_code == 200


def test_tokens_and_users_that_are_removed_are_void_at_once(site: Site) -> None:
    app, token = site.app(), site.token("anna")
    assert Browser(app).get("/api/v1/stats", headers=_bearer(token)).status_code == 200
    site.change("anna", tokens=())
    assert Browser(app).get("/api/v1/stats", headers=_bearer(token)).status_code == 401
    token = site.token("anna")
    assert Browser(app).get("/api/v1/stats", headers=_bearer(token)).status_code == 200
    site.remove("anna")
    assert Browser(app).get("/api/v1/stats", headers=_bearer(token)).status_code == 401


def test_people_come_in_where_a_proxy_sends_a_header_that_is_not_for_us(site: Site, anna: Browser) -> None:
    header = _basic("proxy", "password of a proxy")
    assert anna.get("/search", headers=header).status_code == 200
    assert Browser(site.app()).get("/search", headers=header).headers["Location"] == "/login?next=/search"
    assert Browser(site.app()).get("/search", headers=header | {"Accept": "*/*"}).status_code == 401


def test_no_cache_keeps_what_is_closed(site: Site, anna: Browser) -> None:
    for path in ("/", "/suggest?q=lav", "/feed.atom", "/static/site.js?v=1", "/api/v1/stats", "/nowhere"):
        with anna.get(path) as answer:
            assert answer.headers["Cache-Control"] == "private, no-store", path
            assert {"Cookie", "Authorization"} <= set(answer.headers["Vary"].split(", ")), path
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", path
    assert Browser(site.app()).get("/").headers["Cache-Control"] == "private, no-store"
    with Browser(site.app()).get("/static/site.css?v=1") as sheet:
        assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_program_may_ask_whether_anything_has_changed(site: Site) -> None:
    program, token = Browser(site.app()), _bearer(site.token("anna"))
    for path in ("/feed.atom", "/api/v1/stats"):
        first = program.get(path, headers=token)
        assert first.headers["Cache-Control"] == "private, no-cache"
        known = {"If-None-Match": first.headers["ETag"]}
        assert program.get(path, headers=token | known).status_code == 304
        assert program.get(path, headers=known).status_code in (302, 401), "an ETag is no way in"


def test_pages_of_other_sites_may_send_a_token_where_they_are_allowed(tmp_path: Path) -> None:
    site = Site(tmp_path, web={"cors_origins": ("https://paper.example",)})
    site.add("anna")
    program, token = Browser(site.app()), _bearer(site.token("anna"))

    def preflight(origin: str, path: str = "/api/v1/search") -> TestResponse:
        asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        return program._ask("OPTIONS", path, headers=asked | {"Access-Control-Request-Headers": "authorization"})

    allowed = preflight("https://paper.example")
    assert (allowed.status_code, allowed.data) == (204, b"")
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://paper.example"
    assert allowed.headers["Access-Control-Allow-Headers"] == "Authorization"
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    assert "Access-Control-Allow-Origin" not in preflight("https://evil.example").headers
    assert preflight("https://paper.example", "/search").status_code == 303
    for headers, status in ((token, 200), ({}, 401)):
        answer = program.get("/api/v1/stats", headers={"Origin": "https://paper.example", **headers})
        assert answer.status_code == status
        assert answer.headers["Access-Control-Allow-Origin"] == "https://paper.example"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    ("public", "base", "headers", "trusted"),
    [
        ("", "http://localhost:8000", {}, True),
        ("", "http://127.0.0.1:8000", {}, True),
        ("", "http://[::1]:8000", {}, True),
        ("https://archive.example", "https://archive.example", {}, True),
        ("https://archive.example", "http://archive.example", {}, True),
        ("http://archive.example", "https://archive.example", {}, True),
        ("http://archive.example", "http://archive.example", {}, False),
        ("http://localhost.example", "http://localhost.example", {}, False),
        ("", "http://192.168.1.7:8000", {}, False),
        ("", "http://127.0.0.1:8000", {"X-Forwarded-For": "192.0.2.1"}, False),
    ],
)
def test_secrets_travel_over_tls_or_on_one_machine(
    tmp_path: Path, public: str, base: str, headers: dict[str, str], trusted: bool
) -> None:
    site = Site(tmp_path, web={"base_url": public})
    site.add("anna")
    browser, token = Browser(site.app(), base), _bearer(site.token("anna"))
    page = browser.get("/login", headers=headers)
    assert ('type="password"' in page.text) is trusted
    assert ("not encrypted" in page.text) is not trusted
    assert browser.get("/api/v1/stats", headers=headers | token).status_code == (200 if trusted else 403)
    if not trusted:
        answer = browser.post("/login", {"name": "anna", "password": PASSWORD}, headers=headers)
        assert answer.status_code == 403
        assert "session" not in str(answer.headers.getlist("Set-Cookie"))


def test_plain_http_may_be_allowed(tmp_path: Path) -> None:
    site = Site(tmp_path, access={"plain_http": True}, web={"base_url": ""})
    site.add("anna")
    browser = Browser(site.app(), "http://192.168.1.7:8000")
    assert browser.login("anna").status_code == 303
    assert browser.get("/").status_code == 200


def test_nobody_is_let_in_while_the_users_cannot_be_read(
    site: Site, anna: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    site.users.write_text("[anna", encoding="utf-8")
    answer = anna.get("/search")
    assert answer.status_code == 503
    assert str(site.users) not in answer.text
    assert f"{site.users} is not valid TOML" in caplog.text
    assert anna.get("/healthz").status_code == 200


def test_nobody_is_let_in_while_sessions_cannot_be_read(site: Site, anna: Browser) -> None:
    database = site.folder / "sessions.sqlite"
    database.write_bytes(b"no database" * 100)
    answer = anna.get("/search")
    assert answer.status_code == 503
    assert "sqlite" not in answer.text
    assert anna.get("/healthz").status_code == 200
    database.unlink()
    assert anna.get("/search").status_code == 302


def test_the_site_below_a_path(site: Site) -> None:
    client = site.app().test_client()
    answer = client.get("/search?q=a", base_url=BASE + "/news", headers=BROWSER)
    assert answer.headers["Location"] == "/news/login?next=/news/search%3Fq%3Da"


def test_the_description_of_the_api_speaks_of_the_token(site: Site) -> None:
    program = Browser(site.app())
    found = program.get("/api/v1/openapi.json", headers=_bearer(site.token("anna"))).get_json()
    assert found["security"] == [{"token": []}]
    assert found["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    answers = [each["responses"]["401"] for path in found["paths"].values() for each in path.values()]
    assert answers == [{"$ref": "#/components/responses/Unauthorized"}] * sum(map(len, found["paths"].values()))
    assert "401" not in make_site().test_client().get("/api/v1/openapi.json").text


def test_browsers_never_ask_without_tls_again(site: Site, tmp_path: Path) -> None:
    assert Browser(site.app()).get("/login").headers["Strict-Transport-Security"] == "max-age=31536000"
    local = Site(tmp_path / "local", web={"base_url": ""})
    local.folder.mkdir()
    assert "Strict-Transport-Security" not in Browser(local.app(), "http://localhost:8000").get("/login").headers
