"""The list of results as it lies on a screen: what is in view, what folds on a phone, where the keyboard goes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_access import violations

FOCUSED = "document.activeElement.id"


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[Page]:
    """A narrow screen without scripts."""
    context = chromium.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="en-US"
    )
    yield context.new_page()
    context.close()


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


def test_five_headlines_are_in_view(page: Page) -> None:
    page.goto("/search?q=minister")
    assert top(page, ".hits .hit") < 320
    expect(page.locator(".hits h3").nth(4)).to_be_in_viewport(ratio=1)
    expect(page.locator(".chart")).to_be_visible()
    expect(page.locator(".over-time > summary")).to_be_hidden()
    page.get_by_role("link", name="Headlines").click()
    expect(page.locator(".hits h3").nth(8)).to_be_in_viewport(ratio=1)


def test_on_a_phone_filters_and_order_stay_at_hand_and_the_chart_is_folded(phone: Page) -> None:
    phone.goto("/search?q=minister")
    assert top(phone, ".hits .hit") < 450
    expect(phone.locator(".chart")).to_be_hidden()
    phone.locator(".over-time > summary").click()
    expect(phone.locator(".chart")).to_be_visible()
    phone.locator(".hits h3").nth(9).scroll_into_view_if_needed()
    phone.mouse.wheel(0, 2000)
    expect(phone.get_by_role("link", name="Filters")).to_be_in_viewport(ratio=1)
    phone.locator(".order > summary").click()
    phone.get_by_role("link", name="Oldest first").click()
    expect(phone.locator(".order > summary")).to_have_text("Sort: Oldest first")


def test_a_switch_turns_without_a_script(phone: Page) -> None:
    phone.goto("/search?q=minister")
    phone.locator(".order > summary").click()
    phone.locator(".options > summary").click()
    phone.get_by_role("button", name="Include passing mentions").click()
    assert phone.url.endswith("/search?q=minister&all=1")
    phone.locator(".order > summary").click()
    phone.locator(".options > summary").click()
    expect(phone.get_by_role("button", name="Include passing mentions", pressed=True)).to_be_visible()
    expect(phone.get_by_role("button", name="Favour newer", pressed=False)).to_be_visible()


@pytest.mark.parametrize("address", ["/search?q=minister", "/search?q=zz+AND+minister", "/search?q=minister&page=99"])
def test_the_first_key_behind_the_search_box_skips_to_the_results(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#q").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the results")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "list-title"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_opened_controls_break_no_rule_and_stay_on_the_screen(page: Page, language: str) -> None:
    page.goto(f"/search?q=minister&ui={language}")
    page.locator(".options > summary").click()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    page.locator(".order > summary").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
