"""A closed archive in a real browser: the way in and out, without scripts, in two directions, on a phone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect

from indexer.accounts.users_file import change_users
from indexer.archive import open_archive
from indexer.config import AccessConfig, Config, EngineConfig
from tests.browser.conftest import served
from tests.engines.corpus import ARTICLES
from tests.webui.closed import PASSWORD, user

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a closed archive that anna may read."""
    folder = tmp_path_factory.mktemp("closed")
    access = AccessConfig("closed", str(folder / "users.toml"), str(folder / "sessions.sqlite"))
    config = Config(engine=EngineConfig(processes=1), access=access).with_index(folder / "index")
    with open_archive(replace(config, entities=replace(config.entities, enabled=False))) as archive:
        archive.add(ARTICLES)
    change_users(folder / "users.toml", lambda _: {"anna": user("anna")})
    with served(config) as address:
        yield address


@pytest.fixture(params=[("en", 1280, True), ("en", 360, False), ("ar", 360, False)], ids=lambda each: str(each[:2]))
def context(request: pytest.FixtureRequest, chromium: Browser, closed: str) -> Iterator[BrowserContext]:
    language, width, scripts = request.param
    made = chromium.new_context(
        base_url=closed, viewport={"width": width, "height": 800}, locale=language, java_script_enabled=scripts
    )
    yield made
    made.close()


def _enter(page: Page, password: str) -> None:
    page.locator("#name").fill("anna")
    page.locator("#password").fill(password)
    page.locator("main button").click()


def _narrow(page: Page) -> None:
    """Nothing sticks out of the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_in_and_out(context: BrowserContext) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/search?q=lavrov")
    assert "/login?next=" in page.url
    _narrow(page)
    _enter(page, "wrong")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#name")).to_have_value("anna")
    _enter(page, PASSWORD)
    page.wait_for_url("**/search?q=lavrov")
    _narrow(page)
    assert {cookie["name"] for cookie in context.cookies()} == {"broadsheet-session"}
    (cookie,) = context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Lax", -1)
    if scripts := page.locator(".clip").count():
        page.locator(".clip").first.click()
        expect(page.locator(".clipped a")).to_contain_text("(1)")
    page.locator(".who button").click()
    page.wait_for_url("**/login?out=1")
    if scripts:  # kept for anna alone: what she clipped, and nothing of what she searched for
        kept = page.evaluate("Object.entries(localStorage).map(([key, text]) => [key, JSON.parse(text).list.length])")
        assert sorted(kept) == [["broadsheet-clippings anna", 1], ["broadsheet-searches anna", 0]]
        assert page.locator(".clipped").count() == 0
    expect(page.get_by_role("status")).to_be_visible()
    page.go_back()
    expect(page.locator("#password")).to_be_visible()
    assert page.locator("article.hit").count() == 0, "the way back shows nothing either"
    assert [text for text in said if "403" not in text and "Clear-Site-Data" not in text] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_way_in_is_for_everyone(chromium: Browser, closed: str, scheme: str, language: str) -> None:
    context = chromium.new_context(base_url=closed, locale=language, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()

    def check() -> None:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("options => axe.run(document, options)", WCAG)
        assert [(each["id"], each["nodes"][0]["target"]) for each in found["violations"]] == []

    page.goto("/login")
    check()
    _enter(page, "wrong")
    check()
    _enter(page, PASSWORD)
    page.wait_for_url("**/")
    check()
    for path in ("/logout", "/password"):
        page.goto(path)
        check()
    context.close()
