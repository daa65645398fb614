"""Finding, narrowing, reading, with JavaScript off and on; and what JavaScript adds."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture(params=[False, True], ids=["without script", "with script"])
def reader(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=site, java_script_enabled=request.param, locale="en-US", viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()


def test_from_the_front_page_to_an_article_and_through_the_list(reader: Page) -> None:
    reader.goto("/")
    reader.get_by_role("searchbox").or_(reader.get_by_role("combobox")).first.fill("lavrov biden")
    reader.get_by_role("button", name="Search").click()
    expect(reader.locator("h1")).to_contain_text("for lavrov biden")
    first = reader.locator(".hits h3 a").first.text_content()
    reader.locator(".hits h3 a").first.click()
    expect(reader.locator("h1")).to_have_text(first or "")
    expect(reader.locator(".story mark").first).to_be_visible()
    reader.get_by_role("link", name="Next", exact=False).first.click()
    expect(reader.locator(".way .aside")).to_contain_text("2 of")
    reader.get_by_role("link", name="Back to the results").click()
    expect(reader.locator("h1")).to_contain_text("for lavrov biden")


def test_ticking_boxes_and_pressing_apply(reader: Page) -> None:
    reader.goto("/search?q=lavrov")
    reader.get_by_role("checkbox", name="TASS").check()
    reader.get_by_role("checkbox", name="SANA").check()
    reader.locator(".filters .apply button").click()
    expect(reader.locator(".chip")).to_have_count(2)
    assert sorted(reader.url.split("?")[1].split("&"))[-2:] == ["source=TASS", "to="]
    reader.locator(".chips").get_by_role("link", name="Remove TASS").click()
    expect(reader.locator(".chip")).to_have_count(1)


def test_a_typed_date_narrows(reader: Page) -> None:
    reader.goto("/search?q=lavrov")
    dates = reader.get_by_role("group", name="Date", exact=True)
    dates.get_by_label("From").fill("2021-10")
    dates.get_by_label("To").fill("2021-10")
    dates.get_by_label("To").press("Enter")
    expect(reader.locator(".chip").last).to_contain_text("October 2021")


def test_filters_on_a_phone_open_and_close(chromium: Browser, site: str) -> None:
    context = chromium.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 800}, locale="en-US"
    )
    page = context.new_page()
    page.goto("/search?q=lavrov")
    expect(page.locator("#filters")).to_be_hidden()
    page.get_by_role("link", name="Filters").click()
    expect(page.locator("#filters")).to_be_visible()
    page.get_by_role("checkbox", name="TASS").check()
    page.locator(".filters .apply button").click()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("2 articles")
    context.close()


# With JavaScript


def test_suggestions_can_be_chosen_with_the_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.locator("#q")
    box.fill("lavr")
    options = page.get_by_role("option")
    expect(options.first).to_have_text("Search for lavr")
    expect(options.nth(1)).to_contain_text("Sergey Lavrov")
    expect(page.locator("#search [role=status]")).to_have_text(re.compile(r"Suggestions: \d+"))
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(box).to_have_value("lavr")
    box.press("ArrowDown")
    expect(box).to_have_value("Sergey Lavrov")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    box.press("Escape")
    expect(box).to_have_value("lavr")
    expect(page.locator(".offers")).to_be_hidden()


def test_a_chosen_name_finds_as_many_as_stand_beside_it(page: Page) -> None:
    page.goto("/")
    box = page.locator("#q")
    box.fill("lavr")
    option = page.get_by_role("option").nth(1)
    expect(option).to_contain_text("Sergey Lavrov")
    count = option.locator(".count").inner_text().split()[-1]
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text(f"{count} articles")
    assert "person=Sergey+Lavrov" in page.url


def test_the_last_word_is_completed_and_those_before_it_stay(page: Page) -> None:
    page.goto("/")
    page.locator("#q").fill("minsk lavr")
    option = page.get_by_role("option").nth(1)
    expect(option).to_have_text(re.compile(r"^Sergey Lavrov\s*Person\s*$"))
    option.click()
    expect(page.locator("#q")).to_have_value("minsk")
    assert "q=minsk" in page.url
    assert "person=Sergey+Lavrov" in page.url


def test_behind_the_search_box_one_key_leads_to_the_results(page: Page) -> None:
    page.goto("/search?q=lavrov")
    page.locator("#search button").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.list').contains(document.activeElement)")


def test_keys_go_through_the_results(page: Page) -> None:
    page.goto("/search?q=lavrov")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.locator("#q").blur()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".hits h3 a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".hits h3 a").nth(0)).to_be_focused()
    title = page.locator(".hits h3 a").nth(0).text_content()
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text(title or "")


def test_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/search?q=lavrov")
    page.keyboard.press("?")
    page.get_by_role("button", name="Switch the shortcuts off").click()
    page.get_by_role("button", name="Close", exact=True).click()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.hits')") is None
    page.reload()
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("button", name="Switch the shortcuts on").click()
    page.get_by_role("button", name="Close", exact=True).click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_the_matches_of_an_article_can_be_walked_through(page: Page) -> None:
    page.goto("/article/a3?q=lavrov+biden")
    page.get_by_role("button", name="Next match").click()
    expect(page.locator("mark.current")).to_have_attribute("id", "match-1")
    page.get_by_role("button", name="Previous match").click()
    expect(page.locator("mark.current")).to_have_attribute("id", "match-5")
    expect(page.locator(".matches [role=status]")).to_have_text("5 / 5")


def test_on_paper_there_is_only_the_article(page: Page) -> None:
    page.goto("/article/a3?q=lavrov+biden&pos=1")
    page.emulate_media(media="print")
    for selector in (".story h1", ".text", ".citation"):
        expect(page.locator(selector)).to_be_visible()
    for selector in (".box", ".sections", ".way", ".matches", ".rail", ".after", ".foot nav >> nth=0", ".cite button"):
        expect(page.locator(selector)).to_be_hidden()


def test_pages_jump_where_they_are_told_to(page: Page) -> None:
    """A long article is 10,000 px: gliding there would be a film."""
    page.goto("/article/a3?q=lavrov+biden")
    preferences: tuple[Literal["no-preference", "reduce"], ...] = ("no-preference", "reduce")
    for preference in preferences:
        page.emulate_media(reduced_motion=preference)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
