"""Advanced search in a browser: the query while it is written, names that are offered, and the way without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect


def test_the_query_and_its_count_are_shown_while_the_form_is_filled_in(page: Page) -> None:
    page.goto("/advanced")
    written = page.locator(".written")
    expect(written).to_be_hidden()
    page.get_by_label("All of these words").press_sequentially("lavrov")
    page.get_by_label("Any of these words").fill('summit "foreign minister" OR')
    expect(written.locator("code")).to_have_text('lavrov AND (summit OR "foreign minister" OR +OR)')
    expect(written.locator(".count")).to_contain_text("article")
    count = written.locator(".count").inner_text()
    page.get_by_role("button", name="Search").last.click()
    expect(page.locator("h1")).to_contain_text(count)
    expect(page.locator("#q")).to_have_value('lavrov AND (summit OR "foreign minister" OR +OR)')
    page.get_by_role("link", name="Advanced search").first.click()
    expect(page.get_by_label("Any of these words")).to_have_value('summit "foreign minister" +OR')


def test_names_are_offered_while_one_types(page: Page) -> None:
    page.goto("/advanced")
    page.get_by_label("Person").press_sequentially("lavr")
    expect(page.locator("#with_person-list option").first).to_have_attribute("value", "Sergey Lavrov")
    expect(page.locator("#with_person-list option")).to_have_count(1)


@pytest.mark.parametrize("scripts", [False, True])
def test_a_mistake_is_said_beside_its_box(chromium: Browser, site: str, scripts: bool) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=scripts, locale="en-US")
    page = context.new_page()
    page.goto("/advanced")
    dates = page.get_by_role("group", name="Published")
    dates.get_by_label("From").fill("soon")
    dates.get_by_label("From").press("Enter")
    expect(page.locator(".problem")).to_have_text("“soon” is not a date. Write 2021, 2021-10 or 2021-10-14.")
    dates.get_by_label("From").fill("2021-10")
    dates.get_by_label("From").press("Enter")
    expect(page.locator("#q")).to_have_value("published:2021-10..")
    context.close()


def test_tips_open_below_the_box(page: Page) -> None:
    page.goto("/")
    tips = page.locator(".tips")
    expect(tips.locator("dl")).to_be_hidden()
    tips.locator("summary").click()
    expect(tips.locator("dt")).to_have_count(5)
    tips.locator("dt a").first.click()
    expect(page.locator("h1")).to_contain_text("article")
