"""Hostile articles, queries and settings in a real browser: nothing runs, nothing is asked for from outside, and the
content security policy, the second wall, is never even touched."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

from indexer.archive import open_archive
from indexer.article import Article, Entity, Mention, Published
from indexer.config import ArchiveConfig, Config, EngineConfig, WebConfig
from tests.browser.conftest import served
from tests.browser.payloads import PAYLOADS
from tests.webui.site import UNLIMITED

NEVER = "iframe, object, embed, base, img, math, style, script:not([src]):not([type]), [style], [srcdoc]"
FINDINGS = f"""() => ({{
  violations: window.violations ?? [],
  elements: document.querySelectorAll('{NEVER}').length,
  protocols: [...document.querySelectorAll('a[href]')].map(a => a.protocol),
}})"""
WATCH = """
document.addEventListener('securitypolicyviolation', event =>
  (window.violations ??= []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


LISTS = (
    "/",
    "/search?size=100",
    "/search?q=hostile&size=100",
    "/search?size=100&page=2",
    "/archive/",
    "/archive/2021/10",
    "/archive/2021/10/14",
    "/facet/source",
    "/facet/category",
    "/facet/person?order=name",
    "/facet/place?part=2",
    "/trends?from=2021-10-14",
    "/compare?q=hostile",
    "/help",
)


def hostile(number: int, text: str) -> Article:
    body = f"{text}\n\nhostile {text} lavrov"
    return Article(
        id=f"{number}-{text}",
        title=f"{text} hostile",
        summary=f"{text} hostile",
        body=body,
        published=Published(datetime(2021, 10, 14, 12, tzinfo=UTC), zone=text[:20]),
        source=text,
        category=f"{text}/{text}",
        language="en",
        translated_from="ar",
        author=(text,),
        url=text,
        archived_url=text,
        original_url=text,
        dateline=text,
        entities=(
            Entity("person", text, (Mention(0, len(text)),), given=True),
            Entity("organisation", text, given=True),
            Entity("place", text, given=True),
        ),
        extra={"note": text},
    ).with_hash()


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    web = WebConfig(indexable=True, **UNLIMITED)
    archive = replace(ArchiveConfig(), name=PAYLOADS[0] + '"', tagline='"><img src=x onerror=alert(1)>')
    config = Config(archive=archive, engine=EngineConfig(processes=1), web=web)
    config = replace(config, entities=replace(config.entities, enabled=False))
    config = config.with_index(tmp_path_factory.mktemp("hostile") / "index")
    with open_archive(config) as opened:
        counts = opened.add(hostile(number, text) for number, text in enumerate(PAYLOADS))
        assert counts.new == len(PAYLOADS), counts.rejected
    with served(config) as address:
        yield address


@pytest.fixture
def tab(chromium: Browser, hostile_site: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=hostile_site, locale="en-US")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.dialogs = []  # type: ignore[attr-defined]
    page.foreign = []  # type: ignore[attr-defined]

    def dismiss(dialog: Dialog) -> None:
        page.dialogs.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()

    def note(request: Request) -> None:
        if not request.url.startswith(hostile_site):
            page.foreign.append(request.url)  # type: ignore[attr-defined]

    page.on("dialog", dismiss)
    page.on("request", note)
    yield page
    context.close()


def assert_harmless(tab: Page, path: str) -> None:
    tab.goto(path, wait_until="domcontentloaded")  # by then every script that was let in has run
    found = tab.evaluate(FINDINGS)
    assert found["violations"] == [], path
    assert tab.dialogs == [], path  # type: ignore[attr-defined]
    assert tab.foreign == [], path  # type: ignore[attr-defined]
    assert found["elements"] == 0, path
    assert set(found["protocols"]) <= {"http:", "https:"}, path


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_articles_are_harmless_on_every_list(tab: Page) -> None:
    for path in LISTS:
        assert_harmless(tab, path)


@pytest.mark.parametrize("part", range(4))
def test_every_article_is_harmless(tab: Page, part: int) -> None:
    for number, text in list(enumerate(PAYLOADS))[part::4]:
        assert_harmless(tab, "/article?" + urlencode({"id": f"{number}-{text}", "q": f"hostile {text[:60]}", "pos": 1}))


@pytest.mark.parametrize("part", range(4))
def test_every_query_and_parameter_is_harmless(tab: Page, part: int) -> None:
    for text in PAYLOADS[part::4]:
        assert_harmless(
            tab, "/search?" + urlencode({"q": text, "source": text, "-person": text, "from": text, text: text})
        )
        assert_harmless(tab, "/facet/source?" + urlencode({"contains": text, "q": text, "sort": text}))


@pytest.mark.parametrize("part", range(2))
def test_every_path_is_harmless(tab: Page, part: int) -> None:
    for text in PAYLOADS[part::2]:
        path = quote(text.replace("\x00", ""), safe="")
        if text.strip(". ") and not path.startswith("%2F"):
            assert_harmless(tab, f"/person/{path}")
            assert_harmless(tab, f"/article/{path}?ui={path}")


def test_queries_are_harmless_when_compared(tab: Page) -> None:
    for start in range(0, len(PAYLOADS), 6):
        assert_harmless(tab, "/compare?" + urlencode([("q", text) for text in PAYLOADS[start : start + 6]]))


def test_articles_are_harmless_as_clippings(tab: Page) -> None:
    for start in range(0, len(PAYLOADS), 25):
        numbered = list(enumerate(PAYLOADS))[start : start + 25]
        path = "/clippings?" + urlencode([("id", f"{number}-{text}") for number, text in numbered] + [("id", "<b>")])
        assert_harmless(tab, path)
        assert tab.locator(".clips .citation").count() == len(numbered)
        add = tab.get_by_role("button", name="Add them to mine")
        if start == 0:
            add.click()
            tab.wait_for_url(lambda url: "%3Cb%3E" not in url.rpartition("id=")[2])
            assert tab.locator("textarea").count() == len(numbered)
            assert_harmless(tab, tab.url)


def test_suggestions_are_harmless(tab: Page) -> None:
    tab.goto("/")
    for typed in ("hostile", "script", "alert", "img", "javascript"):
        tab.locator("#q").fill(typed)
        tab.wait_for_timeout(400)
    assert tab.evaluate("window.violations ?? []") == []
    assert tab.dialogs == []  # type: ignore[attr-defined]
    assert tab.evaluate("document.querySelectorAll('.offers :not(li, bdi, span)').length") == 0


def test_the_policy_holds_where_a_page_would_not(tab: Page) -> None:
    """The second wall by itself: what is put into a page by force does not run."""
    tab.goto("/help")
    tab.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)><iframe srcdoc=x></iframe>"
        "<p style=color:red>x</p><a id=j href=javascript:alert(1)>x</a>')"
    )
    tab.locator("#j").click()
    tab.wait_for_timeout(200)
    assert tab.dialogs == []  # type: ignore[attr-defined]
    assert {each.split()[0] for each in tab.evaluate("window.violations")} >= {"script-src-attr", "style-src-attr"}
