"""Clipping articles, noting on them, sharing and clearing; and the last searches. The server learns the ids alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

NOTE = "Ask the ministry about the date: “why so late?”"
RESULTS = "/search?q=lavrov"


@pytest.fixture
def asked(context: BrowserContext) -> list[str]:
    """Everything that is sent to the server."""
    found: list[str] = []

    def note(request: Request) -> None:
        found.append(f"{request.method} {request.url} {request.post_data or ''} {request.headers}")

    context.on("request", note)
    return found


@pytest.fixture(autouse=True)
def unbroken(page: Page) -> Iterator[None]:
    """No error, and the content security policy is never touched."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert said == []


def clip(page: Page, *numbers: int) -> list[str]:
    """Clip hits of a page; the titles of these."""
    for number in numbers:
        page.locator(".hits .clip").nth(number).click()
    return [(page.locator(".hits h3").nth(number).text_content() or "").strip() for number in numbers]


def entry(page: Page, text: str) -> None:
    expect(page.locator(".clipped a")).to_have_text(text)


def open_clippings(page: Page) -> None:
    page.locator(".clipped a").click()
    page.wait_for_url("**/clippings?id=*")


def test_without_a_script_nothing_shows_and_the_page_is_there(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto(RESULTS)
    assert page.locator(".clip, .clipped").count() == 0
    page.goto("/article/a1")
    expect(page.locator(".credits").get_by_text("Clippings")).to_be_hidden()
    page.goto("/clippings?id=a2&id=a1")
    expect(page.locator("h1")).to_have_text("2 clippings")
    expect(page.locator("#recent")).to_be_hidden()
    assert page.locator("textarea").count() == 0
    context.close()


def test_clips_of_the_results_are_counted_in_the_head_and_listed_in_order(page: Page) -> None:
    page.goto(RESULTS)
    expect(page.locator(".clipped")).to_be_hidden()
    second, first = clip(page, 1, 0)
    entry(page, "Clippings (2)")
    button = page.get_by_role("button", name=f"Clip: {first}", exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".clip[aria-pressed=true]")).to_have_count(2)
    open_clippings(page)
    expect(page.locator("h1")).to_have_text("2 clippings")
    expect(page.locator(".clips h2")).to_have_text([second, first])
    expect(page.locator("#own")).to_be_empty()
    page.go_back()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    entry(page, "Clippings (1)")


def test_an_article_is_clipped_on_its_own_page(page: Page) -> None:
    page.goto("/article/a1")
    button = page.get_by_role("button", name="Clip: Lavrov meets ministers in Damascus", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    open_clippings(page)
    assert page.url.endswith("/clippings?id=a1")


def test_notes_outlast_a_reload_and_are_printed_and_never_sent(page: Page, asked: list[str]) -> None:
    page.goto(RESULTS)
    (title,) = clip(page, 0)
    open_clippings(page)
    page.get_by_label(f"Note: {title}").fill(NOTE)
    page.reload()
    expect(page.get_by_label(f"Note: {title}")).to_have_value(NOTE)
    page.emulate_media(media="print")
    expect(page.locator(".noted")).to_have_text(NOTE)
    expect(page.locator(".printed")).to_contain_text("/clippings?id=")
    assert page.locator("textarea, .clip-tools, #recent").locator("visible=true").count() == 0
    page.emulate_media(media="screen")
    page.goto("/")
    assert not [each for each in asked if "ministry" in each or "late" in each]
    assert not [each for each in asked if not each.startswith("GET ")]


def test_a_note_comes_back_when_its_article_was_taken_away_by_mistake(page: Page) -> None:
    page.goto("/article/a1")
    page.locator(".clip").click()
    open_clippings(page)
    page.locator("textarea").fill(NOTE)
    page.goto("/article/a1")
    page.locator(".clip").click()
    page.locator(".clip").click()
    open_clippings(page)
    expect(page.locator("textarea")).to_have_value(NOTE)


def test_a_clipping_is_removed_from_the_address_too_and_the_rest_keeps_its_notes(page: Page) -> None:
    page.goto(RESULTS)
    titles = clip(page, 0, 1, 2)
    open_clippings(page)
    page.get_by_label(f"Note: {titles[2]}").fill(NOTE)
    page.get_by_role("button", name=f"Remove {titles[1]}", exact=True).click()
    expect(page.locator("h1")).to_have_text("2 clippings")
    expect(page.locator(".clips h2")).to_have_text([titles[0], titles[2]])
    expect(page.get_by_label(f"Note: {titles[2]}")).to_have_value(NOTE)
    entry(page, "Clippings (2)")


def test_all_are_cleared_after_a_second_question(page: Page) -> None:
    page.goto(RESULTS)
    clip(page, 0, 1)
    open_clippings(page)
    page.get_by_role("button", name="Clear all").click()
    dialog = page.get_by_role("dialog", name="Clear all clippings?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Clear all").click()
    dialog.get_by_role("button", name="Clear all").click()
    page.wait_for_url("**/clippings")
    expect(page.locator("main")).to_contain_text("There is nothing here yet")
    expect(page.locator(".clipped")).to_be_hidden()


def test_what_another_sent_can_be_added_to_ones_own(page: Page) -> None:
    page.goto("/article/a3")
    page.locator(".clip").click()
    page.goto("/clippings?id=a2&id=zzz&id=a1")
    expect(page.locator("#own")).to_contain_text("These clippings came with the address.")
    expect(page.locator("textarea:visible")).to_have_count(0)
    page.get_by_role("button", name="Add them to mine").click()
    page.wait_for_url("**/clippings?id=a3&id=a2&id=a1")
    expect(page.locator("#own")).to_be_empty()
    entry(page, "Clippings (3)")
    page.goto("/clippings?id=a1")
    expect(page.locator("#own")).to_contain_text("These clippings came with the address.")
    assert page.get_by_role("button", name="Add them to mine").count() == 0
    page.locator("#own").get_by_role("link", name="To my clippings").click()
    expect(page.locator("h1")).to_have_text("3 clippings")


def test_the_bare_address_leads_to_ones_own(page: Page) -> None:
    page.goto("/article/a1")
    page.locator(".clip").click()
    page.goto("/clippings")
    page.wait_for_url("**/clippings?id=a1")


def test_text_citations_and_link_are_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/article/a1")
    page.locator(".clip").click()
    open_clippings(page)
    page.locator("textarea").fill(NOTE)
    citation = page.locator(".citation").text_content()

    def copied(name: str) -> str:
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name="Copied").last).to_be_visible()
        return str(page.evaluate("navigator.clipboard.readText()"))

    assert copied("Copy as text") == f"{citation}\nNote: {NOTE}\n\n{page.url}"
    assert copied("Copy the citations") == citation
    assert copied("Copy link") == page.url


def test_two_tabs_agree(page: Page, context: BrowserContext) -> None:
    page.goto("/article/a1")
    page.locator(".clip").click()
    open_clippings(page)
    other = context.new_page()
    other.goto("/article/a1")
    entry(other, "Clippings (1)")
    page.locator("textarea").fill(NOTE)
    other.locator(".clip").click()
    expect(page.locator("textarea")).to_be_hidden()
    expect(page.locator(".clipped")).to_be_hidden()
    other.locator(".clip").click()
    entry(page, "Clippings (1)")
    expect(page.locator("textarea")).to_have_value(NOTE)


@pytest.mark.parametrize(
    "stored",
    ["{", "null", "7", '"x"', "[]", '{"list":7}', '{"list":[null,7,{"id":7},{"id":"<b>"},{"id":"javascript:x y"}]}'],
)
def test_whatever_stands_in_the_storage_the_page_works(page: Page, stored: str) -> None:
    page.goto("/help")
    page.evaluate(
        "text => { for (const name of ['clippings', 'searches']) localStorage[`broadsheet-${name}`] = text; }", stored
    )
    page.goto("/article/a1")
    expect(page.locator(".clipped")).to_be_hidden()
    page.locator("#q").fill("")
    page.locator("#q").focus()
    expect(page.locator(".offers")).to_be_hidden()
    page.locator(".clip").click()
    entry(page, "Clippings (1)")
    open_clippings(page)
    expect(page.locator("#recent")).to_contain_text("No searches are kept.")


def test_ids_and_notes_in_the_storage_are_bounded(page: Page) -> None:
    page.goto("/help")
    page.evaluate(
        "localStorage['broadsheet-clippings'] = JSON.stringify("
        "{list: Array.from({length: 900}, (_, number) => ({id: `x${number}`, note: 'y'.repeat(3000)}))})"
    )
    page.goto("/article/a1")
    entry(page, "Clippings (200)")
    page.locator(".clip").click()
    expect(page.get_by_role("alert")).to_have_text("There is no room for more clippings.")
    expect(page.locator(".clip")).to_have_attribute("aria-pressed", "false")
    open_clippings(page)
    expect(page.locator("textarea").first).to_have_value("y" * 2000)


def test_a_browser_that_keeps_nothing_says_so(page: Page) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto("/article/a1")
    page.locator(".clip").click()
    expect(page.get_by_role("alert")).to_have_text("This browser does not keep it.")
    expect(page.locator(".clip")).to_have_attribute("aria-pressed", "false")
    page.goto(RESULTS)
    expect(page.locator("h1")).to_contain_text("for lavrov")


def search(page: Page, *queries: str) -> None:
    for query in queries:
        page.goto(f"/search?q={query}")


def test_an_empty_box_offers_the_last_searches(page: Page, asked: list[str]) -> None:
    search(
        page, *(f"word{number}" for number in range(9)), "lavrov&source=SANA", "word3", "lavrov&source=SANA&sort=newest"
    )
    page.goto("/")
    page.locator("#q").focus()
    options = page.get_by_role("listbox", name="Recent searches").get_by_role("option")
    kept = ["lavrov · SANA", *(f"word{number}" for number in (3, 8, 7, 6, 5, 4, 2, 1, 0))]
    expect(options).to_have_text([*kept, "Clear or switch off"])
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_value("")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=lavrov&source=SANA&sort=newest")
    page.locator("#q").fill("")
    expect(options.first).to_have_text("lavrov · SANA")
    page.keyboard.press("Escape")
    expect(page.locator(".offers")).to_be_hidden()
    assert not [each for each in asked if "suggest" in each]


def test_searches_are_removed_one_by_one_or_all_or_not_kept_at_all(page: Page) -> None:
    search(page, "lavrov", "biden", "summit")
    page.goto("/")
    page.locator("#q").click()
    page.get_by_role("option", name="Clear or switch off").click()
    page.wait_for_url("**/clippings#recent")
    recent = page.locator("#recent")
    expect(recent.get_by_role("link")).to_have_text(["summit", "biden", "lavrov"])
    recent.get_by_role("button", name="Remove biden").click()
    expect(recent.get_by_role("link")).to_have_text(["summit", "lavrov"])
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Remove lavrov"
    recent.get_by_role("button", name="Clear").click()
    expect(recent).to_contain_text("No searches are kept.")
    search(page, "minsk")
    page.goto("/clippings")
    expect(recent.get_by_role("link")).to_have_text(["minsk"])
    recent.get_by_role("button", name="Do not keep searches").click()
    search(page, "lavrov")
    page.goto("/clippings")
    expect(recent).to_contain_text("No searches are kept.")
    recent.get_by_role("button", name="Keep searches").click()
    search(page, "biden")
    page.goto("/clippings")
    expect(recent.get_by_role("link")).to_have_text(["biden"])


def test_typing_still_suggests(page: Page) -> None:
    search(page, "minsk")
    page.goto("/")
    page.locator("#q").press_sequentially("lavr")
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option").first).to_have_text("Search for lavr")
    page.locator("#q").fill("")
    expect(page.get_by_role("option").first).to_have_text(re.compile("minsk"))
