"""WCAG 2.2 AA as far as a machine can tell, on every page and state; and the keyboard, narrow windows, bytes."""

from collections.abc import Mapping

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

PAGES = {
    "front": "/",
    "results": "/search?q=summit",
    "chosen": "/search?q=summit&source=SANA&source=Halyard+Wire&-category=Science&from=2019&to=2023&sort=newest",
    "warnings": "/search?q=colour:red+lavrov&pgae=2",
    "nothing": "/search?q=zebra+AND+lavrov&source=SANA",
    "everything": "/search?size=5&page=3",
    "month": "/search?q=lavrov&from=2021-10&to=2021-10",
    "article": "/article/a1?q=lavrov&pos=1",
    "arabic article": "/article/l3",
    "years": "/archive/",
    "year": "/archive/2021",
    "month page": "/archive/2021/10",
    "day": "/archive/2021/10/14",
    "empty day": "/archive/2021/10/02",
    "profile": "/person/Sergey%20Lavrov",
    "values": "/facet/person?q=lavrov",
    "trends": "/trends?from=2021-10-14&to=2021-10-14",
    "trends of a month": "/trends?by=month",
    "compare": "/compare?q=lavrov&q=biden&q=summit",
    "compare empty": "/compare",
    "compare shares": "/compare?q=lavrov&q=biden&as=share&source=SANA",
    "help": "/help",
    "api": "/api",
    "empty year": "/archive/2008",
    "advanced": "/advanced?q=lavrov+OR+biden+person:Biden&source=SANA",
    "advanced mistaken": "/advanced?go=1&from=soon&near=a+b&within=x",
    "side by side": "/article?id=https://world-in-english.example/2022/qatar-opens-world-cup"
    "&beside=https://barid-alwaha.example/2022/iftitah-mondial-qatar",
    "copies compared": "/article/halyard-wire-biden-withdraws-from-race"
    "?beside=https://harbour-courier.example/2024/hc-biden-quits",
    "copies collapsed": "/search?q=biden+harris",
    "misspelt": "/search?q=parris+olimpics",
    "beyond the last page": "/search?q=lavrov&page=99",
    "values searched": "/facet/place?contains=a&order=name&part=2",
    "receipt": "/receipt?q=lavrov&source=TASS",
    "clippings": "/clippings?id=a1&id=zzz&id=l3",
    "clippings empty": "/clippings",
    "not found": "/nope",
    "refused": "/search?q=" + "x" * 1001,
}
# What makes the state that a page is listed for.
SHOWS = {
    "chosen": ".chip.out",
    "warnings": ".warnings",
    "nothing": ".hints",
    "side by side": ".parallel",
    "copies compared": ".pair.differs",
    "copies collapsed": ".copies",
    "misspelt": ".meant",
    "beyond the last page": ".nothing",
    "receipt": ".receipt table",
    "clippings": "#own .quiet",
    "clippings empty": "#recent .quiet",
    "compare": ".plot",
    "trends": ".riser",
    "front": ".strip",
    "year": ".heat",
    "day": ".heat [aria-current]",
    "empty day": ".month [aria-current]",
    "advanced mistaken": ".problem",
}
FROM_RIGHT_TO_LEFT = (
    "front", "chosen", "warnings", "article", "side by side", "copies collapsed", "year", "month page", "day",
    "profile", "values", "trends", "compare", "help", "advanced", "clippings",
)  # fmt: skip
RULES: dict[str, object] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""


LAYOUT = RULES | {"rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def violations(page: Page, options: Mapping[str, object] = RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run({...options, resultTypes: ['violations']})", options)["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:300]}" for each in found for node in each["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_in_light_in_dark_and_on_a_phone(page: Page, name: str) -> None:
    """Each rule is asked where its answer can differ: dark pages have other colours, narrow ones another layout."""
    page.goto(PAGES[name])
    if name in SHOWS:
        assert page.locator(SHOWS[name]).count() > 0
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, width
    assert violations(page, LAYOUT) == []


@pytest.mark.parametrize("name", FROM_RIGHT_TO_LEFT)
def test_no_page_breaks_a_rule_from_right_to_left(page: Page, name: str) -> None:
    page.goto(PAGES[name] + ("&" if "?" in PAGES[name] else "?") + "ui=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


@pytest.mark.parametrize("state", ["suggestions", "why", "keys", "filters", "recent", "clipped", "clear"])
def test_what_opens_breaks_no_rule(chromium: Browser, site: str, state: str) -> None:
    width = 390 if state == "filters" else 1280
    context = chromium.new_context(base_url=site, locale="en-US", viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/search?q=lavrov")
    match state:
        case "suggestions":
            page.locator("#q").fill("lavr")
            page.locator(".offers li").first.wait_for()
            page.keyboard.press("ArrowDown")
        case "recent":
            page.locator("#q").fill("")
            page.locator(".offers.recent li").first.wait_for()
            page.keyboard.press("ArrowDown")
        case "clipped" | "clear":
            page.locator(".clip").first.click()
            page.locator(".clipped a").click()
            page.locator("textarea").fill("A note")
            if state == "clear":
                page.get_by_role("button", name="Clear all").click()
        case "why":
            page.locator(".why summary").first.click()
        case "keys":
            page.locator("body").press("?")
            page.locator("dialog[open]").wait_for()
        case "filters":
            page.get_by_role("link", name="Filters").click()
            page.locator("#filters").wait_for(state="visible")
    assert violations(page) == []
    context.close()


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/search?q=lavrov")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_that_acts_can_be_reached_with_the_keyboard(page: Page) -> None:
    page.goto("/search?q=lavrov")
    # A chart is one stop; arrows lead through its bars (test_histogram).
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href]:not([tabindex=\"-1\"]), button, input:not([type=hidden]), summary')]"
        ".filter(e => e.checkVisibility() && !e.matches('.acts a')).length"
    )  # the arrows lead to the links of a facet's row: test_filters.py
    reached = set()
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert len(reached - {-1}) >= wanted


def test_the_page_does_not_shift_while_it_loads(page: Page) -> None:
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTS) < 0.01


def test_a_page_stays_within_its_budget(page: Page) -> None:
    """One page, one style sheet, one script, one icon; style and script together under 60 KB."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/search?q=summit")
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(page.url.split("/search")[0]) for url in asked)
    assert len(asked) <= 4
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => /[.](css|js)/.test(e.name)).map(e => e.decodedBodySize)"
    )
    assert sum(sizes) < 70_000
