"""The filters of a search in a browser: rows that tick, act and answer to keys; Apply that counts; the narrow panel."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

STOPS = """place => [...document.querySelectorAll(`${place} :is(a[href], button, input:not([type=hidden]), summary)`)]
    .filter(each => each.tabIndex >= 0 && each.checkVisibility()).length"""


def apply_of(page: Page) -> str:
    return page.locator(".filters .apply button").inner_text()


def test_a_label_ticks_its_box_and_stays_on_the_page(page: Page) -> None:
    page.goto("/search?q=lavrov")
    here = page.url
    page.locator(".choice label", has_text="TASS").locator("bdi").click()
    expect(page.get_by_role("group", name="Source").get_by_role("checkbox", name="TASS")).to_be_checked()
    assert page.url == here


def test_apply_says_how_many_changes_wait_and_is_quiet_again_without_any(page: Page) -> None:
    page.goto("/search?q=lavrov")
    status = page.locator(".filters .apply [role=status]")
    assert apply_of(page) == "Apply"
    expect(status).to_have_text("")
    page.get_by_role("checkbox", name="TASS").check()
    assert apply_of(page) == "Apply 1 change"
    expect(status).to_have_text("Apply 1 change")
    page.get_by_role("checkbox", name="SANA").check()
    page.locator("#from").fill("2021")
    assert apply_of(page) == "Apply 3 changes"
    expect(status).to_have_text("Apply 3 changes")
    expect(page.locator(".filters .apply")).to_be_in_viewport()
    page.locator("#from").fill("")
    page.get_by_role("checkbox", name="TASS").uncheck()
    page.get_by_role("checkbox", name="SANA").uncheck()
    assert apply_of(page) == "Apply"
    expect(status).to_have_text("")


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("ar", ["تطبيق تغيير واحد", "تطبيق تغييرين", "تطبيق 3 تغييرات"]),
        ("ru", ["Применить 1 изменение", "Применить 2 изменения", "Применить 3 изменения"]),
        ("zh-Hans", ["应用 1 项更改", "应用 2 项更改", "应用 3 项更改"]),
    ],
)
def test_changes_are_counted_as_each_language_counts(page: Page, language: str, texts: list[str]) -> None:
    page.goto(f"/search?q=lavrov&ui={language}")
    found = []
    for number in range(3):
        page.locator(".filters .choice input").nth(number).check()
        found.append(apply_of(page))
    assert found == texts


def test_what_is_chosen_already_is_no_change_and_taking_it_back_is_one(page: Page) -> None:
    page.goto("/search?q=lavrov&source=TASS&-source=SANA")
    assert apply_of(page) == "Apply"
    page.get_by_role("checkbox", name="not SANA").uncheck()
    assert apply_of(page) == "Apply 1 change"
    page.locator(".filters .apply button").click()
    expect(page.locator(".chip")).to_have_count(1)
    assert "SANA" not in page.url


def test_a_row_is_one_stop_and_arrows_lead_to_what_else_it_can_do(page: Page) -> None:
    page.goto("/search?q=lavrov")
    row = page.locator(".choice", has_text="TASS")
    row.locator("input").focus()
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("link", name="Only TASS")).to_be_focused()
    expect(row.locator(".acts")).to_have_css("opacity", "1")
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("link", name="Exclude TASS")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("link", name="Exclude TASS")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(row.locator("input")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('input')")
    assert page.evaluate("document.activeElement.closest('.choice') !== null")
    expect(row.locator("input")).not_to_be_focused()
    row.locator("input").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("2 articles for lavrov")


def test_from_right_to_left_the_arrows_lead_the_other_way(page: Page) -> None:
    page.goto("/search?q=lavrov&ui=ar")
    row = page.locator(".choice", has_text="TASS")
    row.locator("input").focus()
    page.keyboard.press("ArrowRight")
    expect(row.locator("input")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(row.locator(".acts a").first).to_be_focused()


def test_the_keys_of_a_row_are_told_where_it_stands_and_in_the_list_of_keys(page: Page) -> None:
    page.goto("/search?q=lavrov")
    told = "Arrow keys lead from the box of a filter to what else it can do"
    expect(page.get_by_role("group", name="Source")).to_have_attribute("aria-description", told)
    page.locator("body").press("?")
    expect(page.locator("dialog dd", has_text=told)).to_be_visible()


def test_each_row_of_a_facet_is_one_stop_on_the_way_to_the_first_hit(page: Page) -> None:
    page.goto("/search?q=lavrov")
    rows = page.locator(".filters details[open] .choice").count()
    heads = page.locator(".filters summary").count()
    # And two dates, the way to the words of the hits, and Apply.
    assert (rows, heads, page.evaluate(STOPS, ".filters")) == (17, 9, 17 + 9 + 2 + 1 + 1)
    page.locator(".filters summary").first.focus()
    for _ in range(heads - 1 + rows + 2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Apply"


def test_a_long_facet_is_searched_while_one_types(page: Page) -> None:
    page.goto("/search")
    source = page.locator(".facet", has=page.get_by_role("group", name="Source"))
    rows, box = source.locator(".choice"), source.get_by_role("searchbox")
    names = rows.locator("bdi").all_inner_texts()
    assert len(names) == 9
    rows.nth(0).locator("input").check()
    box.fill("jaz")
    expect(source.locator("[role=status]")).to_have_text("4 sources")
    assert rows.locator("bdi").all_inner_texts() == [
        names[0], "Al Jazeera", "Al Jazeera English", "Jazeera", "al jazeera",
    ]  # fmt: skip
    rows.nth(2).locator("label").click()
    assert apply_of(page) == "Apply 2 changes"
    rows.nth(1).locator("input").focus()
    page.keyboard.press("Tab")
    expect(rows.nth(2).locator("input")).to_be_focused()
    box.fill("")
    assert rows.locator("bdi").all_inner_texts() == [names[0], "Al Jazeera English", *names[1:]]
    page.locator(".filters .apply button").click()
    expect(page.locator(".chip bdi")).to_have_text([names[0], "Al Jazeera English"])


def test_the_ways_to_all_values_take_along_what_was_ticked(page: Page) -> None:
    for way in ("All ", "Enter"):
        page.goto("/search")
        source = page.locator(".facet", has=page.get_by_role("group", name="Source"))
        source.locator(".choice input").nth(1).check()
        name = source.locator(".choice bdi").nth(1).inner_text()
        if way == "Enter":
            source.get_by_role("searchbox").fill("jaz")
            source.get_by_role("searchbox").press("Enter")
        else:
            source.get_by_role("link", name=way).click()
        expect(page.locator("h1")).to_have_text("Sources")
        expect(page.locator(".values .choice").first).to_contain_text(name)
        expect(page.locator(".values input").first).to_be_checked()


@pytest.fixture(params=[False, True], ids=["without script", "with script"])
def phone(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=site,
        java_script_enabled=request.param,
        has_touch=True,
        locale="en-US",
        viewport={"width": 390, "height": 800},
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_narrow_screen_filters_open_above_the_list_and_close_again(phone: Page, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 700})
    phone.goto("/search?q=lavrov")
    panel, opener = phone.locator("#filters"), phone.get_by_role("link", name="Filters")
    expect(panel).to_be_hidden()
    opener.click()
    expect(panel).to_be_visible()
    expect(panel).to_have_css("position", "static")
    expect(phone.locator(".choice", has_text="TASS").locator(".acts")).to_have_css("opacity", "1")
    below, above = phone.locator(".list").bounding_box(), panel.bounding_box()
    assert below
    assert above
    assert below["y"] >= above["y"] + above["height"]
    assert phone.evaluate("document.documentElement.scrollWidth") == width
    phone.get_by_role("link", name="Back to the results").click()
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_escape_closes_the_narrow_panel(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/search?q=lavrov")
    page.get_by_role("link", name="Filters").click()
    page.get_by_role("checkbox", name="TASS").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.get_by_role("link", name="Filters")).to_be_focused()
