"""WCAG 2.2 AA as far as a machine can tell, on every page and state; and the keyboard, narrow windows, bytes."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

PAGES = {
    "front": "/",
    "results": "/search?q=summit",
    "chosen": "/search?q=summit&source=SANA&source=Halyard+Wire&-category=Science&from=2019&to=2023&sort=newest",
    "warnings": "/search?q=colour:red+lavrov&pgae=2",
    "nothing": "/search?q=zebra+lavrov&source=SANA",
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
    "compare": "/compare?q=lavrov&q=biden&q=summit",
    "compare empty": "/compare",
    "help": "/help",
    "not found": "/nope",
    "refused": "/search?q=" + "x" * 1001,
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def violations(page: Page, options: dict[str, object] = RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run({...options, resultTypes: ['violations']})", options)["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:300]}" for each in found for node in each["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_in_light_in_dark_and_on_a_phone(page: Page, name: str):
    """Dark pages differ from light ones in nothing but colours, so no other rule is asked again there."""
    page.goto(PAGES[name])
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(page: Page, name: str):
    page.goto(PAGES[name])
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, width


@pytest.mark.parametrize("name", ["front", "chosen", "article", "month page", "compare"])
def test_no_page_breaks_a_rule_from_right_to_left(context: BrowserContext, name: str):
    page = context.new_page()
    page.goto(PAGES[name] + ("&" if "?" in PAGES[name] else "?") + "ui=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert violations(page) == []


@pytest.mark.parametrize("state", ["suggestions", "why", "keys", "filters"])
def test_what_opens_breaks_no_rule(chromium: Browser, site: str, state: str):
    width = 390 if state == "filters" else 1280
    context = chromium.new_context(base_url=site, locale="en-US", viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/search?q=lavrov")
    match state:
        case "suggestions":
            page.locator("#q").fill("lavr")
            page.locator(".offers li").first.wait_for()
            page.keyboard.press("ArrowDown")
        case "why":
            page.locator(".why summary").first.click()
        case "keys":
            page.locator("body").press("?")
            page.locator("dialog[open]").wait_for()
        case "filters":
            page.get_by_role("link", name="Narrow the search").click()
            page.locator("#filters").wait_for(state="visible")
    assert violations(page) == []
    context.close()


def test_the_first_tab_skips_to_the_content(page: Page):
    page.goto("/search?q=lavrov")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_that_acts_can_be_reached_with_the_keyboard(page: Page):
    page.goto("/search?q=lavrov")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary')]"
        ".filter(e => e.checkVisibility()).length"
    )
    reached = set()
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert len(reached - {-1}) >= wanted


def test_the_page_does_not_shift_while_it_loads(page: Page):
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTS) < 0.01


def test_a_page_stays_within_its_budget(page: Page):
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
    assert sum(sizes) < 60_000
