"""Choosing a range on the chart over time: by dragging, by keys, and without scripts."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

SEARCH = "/search?q=summit"


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def names(page: Page) -> list[str]:
    return [str(bar.get_attribute("data-at")) for bar in page.locator(".bars > li").all()]


def middle(page: Page, at: int) -> tuple[float, float]:
    box = page.locator(".bars > li").nth(at).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + 10


def drag(page: Page, start: int, end: int) -> None:
    page.mouse.move(*middle(page, start))
    page.mouse.down()
    page.mouse.move(*middle(page, end), steps=4)


@pytest.mark.parametrize(("start", "end"), [(1, 3), (3, 1)])
def test_dragging_over_bars_leads_to_their_range(page: Page, start: int, end: int) -> None:
    page.goto(SEARCH)
    bars = names(page)
    drag(page, start, end)
    expect(page.locator(".bars .in")).to_have_count(3)
    expect(page.locator(".chart [role=status]")).to_have_text(re.compile(r".+ to .+"))
    page.mouse.up()
    page.wait_for_url(re.compile("from="))
    assert asked(page) == {"q": ["summit"], "from": [bars[1]], "to": [bars[3]]}


def test_escape_gives_a_drag_up(page: Page) -> None:
    page.goto(SEARCH)
    address = page.url
    drag(page, 1, 3)
    page.keyboard.press("Escape")
    expect(page.locator(".bars .in")).to_have_count(0)
    page.mouse.up()
    page.wait_for_timeout(200)
    assert page.url == address


def test_a_click_on_a_bar_still_is_a_link(page: Page) -> None:
    page.goto(SEARCH)
    page.locator(".bars a").first.click()
    page.wait_for_url(re.compile("from="))
    assert asked(page)["from"] == asked(page)["to"]


@pytest.mark.parametrize(
    ("ui", "later", "earlier"), [("en", "ArrowRight", "ArrowLeft"), ("ar", "ArrowLeft", "ArrowRight")]
)
def test_shift_and_arrows_choose_a_range(page: Page, ui: str, later: str, earlier: str) -> None:
    page.goto(f"{SEARCH}&ui={ui}")
    bars = names(page)
    first = page.locator(".bars a").first
    start = bars.index(str(first.locator("xpath=..").get_attribute("data-at")))
    first.focus()
    for key in (later, later, later, earlier):
        page.keyboard.press(f"Shift+{key}")
    expect(page.locator(".bars .in")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator(".bars .in")).to_have_count(0)
    page.keyboard.press(f"Shift+{later}")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("from="))
    assert (asked(page)["from"], asked(page)["to"]) == ([bars[start]], [bars[start + 1]])


def test_the_bars_are_one_stop_and_arrows_lead_through_them(page: Page) -> None:
    page.goto(SEARCH)
    links = page.locator(".bars a")
    assert links.count() > 1
    links.first.focus()
    page.keyboard.press("ArrowRight")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.bars')")
    page.keyboard.press("Shift+Tab")
    expect(links.nth(1)).to_be_focused()
    expect(page.locator(".chart [role=status]")).to_have_text(re.compile("^The arrow keys"))


def test_all_the_time_of_a_search_is_one_stop_too(page: Page) -> None:
    page.goto(f"{SEARCH}&from=2022&to=2022")
    links = page.locator(".whole a")
    assert links.count() > 1
    assert [links.nth(at).get_attribute("tabindex") for at in range(2)] == ["0", "-1"]


def test_without_scripts_bars_neighbours_and_strip_are_links(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto(SEARCH)
    page.locator(".bars a").last.click()
    assert asked(page)["from"] == asked(page)["to"]
    page.locator(".whole a").first.click()
    assert asked(page)["from"] == asked(page)["to"]
    page.locator(".steps a").last.click()
    assert asked(page)["q"] == ["summit"]
    context.close()
