"""The search box for other sites: its size, its manual, and how it behaves in a browser on a foreign page."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import BaseWSGIServer, make_server

from indexer.config import Config, WebConfig
from tests.engines.corpus import article
from tests.engines.memory import make_archive
from webui import create_app

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "webui/static/embed.js").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs/embed.md").read_text(encoding="utf-8")
ARTICLES = [
    article("a", "Lavrov in Vienna", "Text.", "2021-10-14", people=("Sergei Lavrov",), places=("Lavrovo",)),
    article("b", "Rain", "Text.", "2021-10-15", people=("Sergei Lavrov", "<img src=x onerror=alert(1)> Lavoie")),
]


def test_the_script_is_small_and_needs_nothing() -> None:
    assert len(SCRIPT.encode()) < 10_000
    assert not re.search(
        r"\bimport\b|innerHTML|outerHTML|insertAdjacentHTML|\beval\b|document\.write|cookie|localStorage", SCRIPT
    )
    assert not re.search(r"https?://(?!archive\.example)", SCRIPT)


def test_the_manual_tells_of_every_attribute_property_and_part() -> None:
    attributes = set(re.findall(r'getAttribute\("([a-z]+)"\)', SCRIPT))
    assert attributes == set(re.findall(r"^\| `([a-z]+)`", MANUAL, re.MULTILINE))
    assert set(re.findall(r"--broadsheet-[a-z-]+", SCRIPT)) == set(re.findall(r"--broadsheet-[a-z-]+", MANUAL))
    for part in re.findall(r'part: "([a-z]+)"', SCRIPT):
        assert f"`{part}`" in MANUAL


@contextmanager
def _served(app: Any) -> Iterator[str]:
    server: BaseWSGIServer = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _foreign(html: Callable[[], str]) -> Any:
    """A page of another site, with a policy that allows no inline style and no inline script."""

    def app(environ: Any, start_response: Any) -> list[bytes]:
        body, archive = html(), environ["QUERY_STRING"]
        policy = f"default-src 'none'; script-src {archive}; connect-src {archive}; form-action {archive}"
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy)])
        return [body.encode()]

    return app


class _Site:
    """A foreign page with the box, and the archive behind it."""

    def __init__(self, browser: Any, archive: str, foreign: str) -> None:
        self.archive = archive
        self.page = browser.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        self.page.goto(f"{foreign}/?{archive}")
        self.field = self.page.get_by_role("combobox", name="Search our archive")

    def options(self) -> list[str]:
        self.page.wait_for_selector("broadsheet-search li", timeout=5_000)
        return [" / ".join(option.all_inner_texts()[0].split("\n")) for option in self.page.get_by_role("option").all()]


@contextmanager
def _site(browser: Any, attributes: str = "", *, allowed: bool = True) -> Iterator[_Site]:
    archive_url = ""

    def html() -> str:
        return (
            f'<!doctype html><title>Elsewhere</title><script src="{archive_url}/static/embed.js" defer></script>'
            f'<broadsheet-search base="{archive_url}" label="Search our archive" {attributes}><a href="#">Search</a>'
            "</broadsheet-search>"
        )

    with _served(_foreign(html)) as foreign:
        web = replace(WebConfig(), cors_origins=(foreign,) if allowed else ())
        config = Config(web=web)
        with _served(create_app(config, make_archive(ARTICLES, config))) as archive_url:
            site = _Site(browser, archive_url, foreign)
            yield site
            site.page.close()
            assert site.errors == []


@pytest.mark.browser
def test_a_reader_types_and_chooses_by_keyboard(chromium: Any) -> None:
    with _site(chromium) as site:
        site.field.press_sequentially("lav")
        assert site.options() == [
            "Sergei Lavrov / Person · 2 articles",
            "<img src=x onerror=alert(1)> Lavoie / Person · 1 article",
            "Lavrovo / Place · 1 article",
            "Lavrov in Vienna / Title",
        ]
        assert site.field.get_attribute("aria-expanded") == "true"
        site.field.press("ArrowDown")
        assert site.field.get_attribute("aria-activedescendant") == "offer-0"
        site.field.press("ArrowUp")
        assert site.field.get_attribute("aria-activedescendant") is None
        site.field.press("ArrowUp")
        assert site.page.get_by_role("option", selected=True).inner_text().startswith("Lavrov in Vienna")
        site.field.press("Escape")
        assert site.field.get_attribute("aria-expanded") == "false"
        assert site.field.input_value() == "lav"
        site.field.press("ArrowDown")
        site.options()
        site.field.press("ArrowDown")
        site.field.press("Enter")
        site.page.wait_for_url(f"{site.archive}/person/Sergei%20Lavrov")


@pytest.mark.browser
def test_a_reader_clicks_an_offer(chromium: Any) -> None:
    with _site(chromium) as site:
        site.field.press_sequentially("lavrovo")
        site.options()
        site.page.get_by_role("option").first.click()
        site.page.wait_for_url(f"{site.archive}/place/Lavrovo")


@pytest.mark.browser
def test_sending_searches_with_the_page_s_own_parameters(chromium: Any) -> None:
    with _site(chromium, 'params="source=SANA&amp;lang=en" button="Go"') as site:
        site.field.fill("vienna & rain")
        site.page.get_by_role("button", name="Go").click()
        site.page.wait_for_url(f"{site.archive}/search?q=vienna+%26+rain&source=SANA&lang=en")


@pytest.mark.browser
def test_without_consent_the_box_searches_and_offers_nothing(chromium: Any) -> None:
    with _site(chromium, allowed=False) as site:
        site.field.press_sequentially("lavrov", delay=40)
        site.page.wait_for_timeout(600)
        assert site.page.get_by_role("option").count() == 0
        site.field.press("Enter")
        site.page.wait_for_url(f"{site.archive}/search?q=lavrov")


@pytest.mark.browser
def test_attributes_may_change_and_a_wrong_address_shows_what_is_inside(chromium: Any) -> None:
    with _site(chromium) as site:
        site.field.fill("kept")
        box = "document.querySelector('broadsheet-search')"
        site.page.evaluate(f"{box}.setAttribute('label', 'Suche')")
        assert site.page.get_by_role("combobox", name="Suche").input_value() == "kept"
        assert site.page.evaluate(f"{box}.value") == "kept"
        for address in ("javascript:alert(1)", "data:text/html,x", "http://"):
            site.page.evaluate(f"{box}.setAttribute('base', '{address}')")
            assert site.page.get_by_role("combobox").count() == 0
        assert site.page.get_by_role("link", name="Search").is_visible()
