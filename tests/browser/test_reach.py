"""What a finger, forced colours, paper and a language from right to left need, in a real browser."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

COPIES = (
    "/article/halyard-wire-biden-withdraws-from-race?beside=https://harbour-courier.example/2024/hc-biden-quits&q=biden"
)
MAIN_PAGES = {
    "front": "/",
    "results": "/search?q=summit&source=SANA&source=Halyard+Wire&from=2019",
    "nothing": "/search?q=zebra+AND+lavrov&source=SANA",
    "article": "/article/a3?q=lavrov+biden&pos=1",
    "copies compared": COPIES,
    "translation": "/article?id=https://world-in-english.example/2022/qatar-opens-world-cup",
    "years": "/archive/",
    "month": "/archive/2021/10",
    "day": "/archive/2021/10/14",
    "profile": "/person/Sergey%20Lavrov",
    "values": "/facet/person?q=lavrov",
    "trends": "/trends?from=2021-10-14&to=2021-10-14",
    "compare": "/compare?q=lavrov&q=biden",
    "help": "/help",
    "about": "/about",
    "receipt": "/receipt?q=lavrov",
    "not found": "/nope",
}
# Targets below 24 x 24 CSS px. A link within a sentence may be as high as its line; a box to tick, which a browser
# draws, may be smaller where nothing else can be hit within 12 px of its middle. A bar is as wide as its share of the
# time; the same periods are chosen in the boxes and in the archive's lists.
SMALL_TARGETS = r"""() => {
  const worded = node => [...node.childNodes].some(each => each.nodeType === 3 && /[\p{L}\p{N}]/u.test(each.data));
  const around = e => e.closest('p, li, td, dd, h1, figcaption') ?? e;
  const sentence = e => getComputedStyle(e).display === 'inline' && worded(around(e));
  const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary, select, textarea')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !sentence(e))
    .filter(e => !e.closest('.unseen, .skip, .bars, .strip, .whole'))
    .map(e => [e, e.getBoundingClientRect()]);
  const alone = ([box, r]) => targets.every(([e, o]) => e === box || Math.hypot(
    Math.max(o.left - r.left - r.width / 2, r.left + r.width / 2 - o.right, 0),
    Math.max(o.top - r.top - r.height / 2, r.top + r.height / 2 - o.bottom, 0)) >= 12);
  return targets
    .filter(([e, r]) => Math.round(r.width * 10) < 240 || Math.round(r.height * 10) < 240)
    .filter(each => each[0].type !== 'checkbox' || !alone(each))
    .map(([e, r]) => `${r.width} x ${r.height}: ${e.outerHTML.slice(0, 120)}`);
}"""
STYLE = "(selector, name) => getComputedStyle(document.querySelector(selector))[name]"
EMPTY_FIELDS = """[...document.querySelectorAll('input[dir="auto"]')].filter(e => !e.value)
  .map(e => getComputedStyle(e).direction)"""
SIDES = "e => { const r = e.getBoundingClientRect(); return [r.left, r.right]; }"


def style(page: Page, selector: str, name: str) -> str:
    return str(page.evaluate(f"([selector, name]) => ({STYLE})(selector, name)", [selector, name]))


@pytest.mark.parametrize("name", MAIN_PAGES)
def test_what_is_hit_with_a_finger_is_large_enough(page: Page, name: str) -> None:
    page.goto(MAIN_PAGES[name])
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SMALL_TARGETS) == [], width


@pytest.fixture
def forced(chromium: Browser, site: str) -> Iterator[Page]:
    """A reader whose system says which colours there are."""
    context = chromium.new_context(base_url=site, forced_colors="active", locale="en-US")
    yield context.new_page()
    context.close()


def colour(page: Page, name: str) -> str:
    """A system colour as a browser computes it."""
    return str(
        page.evaluate(
            """name => {
              const probe = document.createElement('i');
              probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
              document.body.append(probe);
              const found = getComputedStyle(probe).color;
              probe.remove();
              return found;
            }""",
            name,
        )
    )


@pytest.mark.parametrize("path", ["/search?q=lavrov", "/article/a3?q=lavrov+biden"])
def test_marks_are_seen_in_forced_colours(forced: Page, path: str) -> None:
    forced.goto(path)
    marks = forced.locator("mark")
    assert marks.count() > 0
    wanted = [colour(forced, "Mark"), colour(forced, "MarkText"), "none"]
    for index in range(marks.count()):
        found = marks.nth(index).evaluate(
            "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.backgroundImage]; }"
        )
        assert found == wanted


def test_what_is_current_and_what_is_drawn_is_seen_in_forced_colours(forced: Page) -> None:
    text = "CanvasText"
    forced.goto("/archive/2021/10")
    assert style(forced, "td.heat4", "borderBottomWidth") > style(forced, "td:not(.heat4)", "borderBottomWidth")
    forced.goto("/")
    assert style(forced, ".sections [aria-current]", "borderBottomWidth") == "2px"
    assert style(forced, ".strip rect", "fill") == colour(forced, text)
    forced.goto("/search?q=lavrov&size=2&page=2")
    assert style(forced, ".pager [aria-current]", "outlineStyle") == "solid"
    assert "underline" in style(forced, ".sorts [aria-current]", "textDecorationLine")
    forced.goto("/compare?q=lavrov&q=biden")
    assert style(forced, ".series polyline, .series circle", "stroke") == colour(forced, text)
    assert style(forced, ".plot .nothing", "fill") == "none"
    assert forced.locator(".key path").nth(1).get_attribute("d") != forced.locator(".key path").nth(0).get_attribute(
        "d"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mark_is_told_by_more_than_its_colour(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/search?q=lavrov")
    drawn = numbers(style(page, "mark", "textDecorationColor"))
    paper = numbers(style(page, "body", "backgroundColor"))
    assert style(page, "mark", "textDecorationLine") == "underline"
    assert contrast(drawn, paper) >= 3


def numbers(colour: str) -> list[int]:
    """Red, green and blue of `rgb(160, 106, 0)`."""
    return [int(each) for each in re.findall(r"\d+", colour)[:3]]


def contrast(one: list[int], other: list[int]) -> float:
    """The contrast of two colours, as WCAG defines it."""

    def light(colour: list[int]) -> float:
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (each / 255 for each in colour)]
        return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", sorted(set(MAIN_PAGES) - {"not found"}))
def test_on_paper_there_are_no_forms_and_the_address_stands_below(page: Page, name: str) -> None:
    page.goto(MAIN_PAGES[name])
    expect(page.locator(".printed")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_be_visible()
    expect(page.locator(".printed")).to_contain_text("127.0.0.1")
    seen = page.evaluate(
        "[...document.querySelectorAll('input, button, select, nav, summary')]"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 0).map(e => e.outerHTML.slice(0, 99))"
    )
    assert seen == []
    page.set_viewport_size({"width": 640, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_filters_on_paper_are_a_line_of_text(page: Page) -> None:
    page.goto(MAIN_PAGES["results"])
    page.emulate_media(media="print")
    tops = page.evaluate("[...document.querySelectorAll('.chip')].map(e => e.getBoundingClientRect().top)")
    assert len(tops) == 3
    assert len(set(tops)) == 1
    assert page.evaluate("getComputedStyle(document.querySelectorAll('.chip')[1], '::before').content") == '" · "'
    assert style(page, ".chip", "borderTopWidth") == "0px"


def test_an_empty_field_stands_on_the_readers_side_and_a_full_one_on_its_texts(page: Page) -> None:
    for path in ("/?ui=ar", "/facet/person?ui=ar", "/person/Sergey%20Lavrov?ui=ar", "/compare?ui=ar"):
        page.goto(path)
        assert set(page.evaluate(EMPTY_FIELDS)) == {"rtl"}, path
    page.goto("/?ui=ar")
    box = page.locator("#q")
    box.fill("lavrov")
    assert box.evaluate("e => getComputedStyle(e).direction") == "ltr"
    box.fill("لافروف")
    assert box.evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.goto("/?ui=en")
    assert set(page.evaluate(EMPTY_FIELDS)) == {"ltr"}
    page.locator("#q").fill("لافروف")
    assert page.locator("#q").evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_the_citation_of_an_arabic_page_reads_from_right_to_left_in_its_order(page: Page) -> None:
    """The names, the day and the addresses of an English article, each further left than the one before."""
    page.set_viewport_size({"width": 2400, "height": 900})
    page.goto("/article/halyard-wire-biden-withdraws-from-race?ui=ar")
    page.evaluate(
        "document.querySelector('.story').style.maxInlineSize = 'none';"
        "document.querySelector('.citation').style.whiteSpace = 'nowrap'"
    )
    parts = page.locator("#citation bdi")
    sides = [parts.nth(index).evaluate(SIDES) for index in range(parts.count())]
    assert len(sides) == 8
    assert all(after[1] <= before[0] for before, after in pairwise(sides))


@pytest.mark.parametrize(
    ("ui", "marks"),
    [("en", "“”"), ("de", "„“"), ("ar", "«»"), ("ru", "«»"), ("es", "«»"), ("fr", "«»"), ("zh-Hans", "“”")],
)
def test_quotations_have_the_marks_of_the_language(page: Page, ui: str, marks: str) -> None:
    page.goto(f"/search?q=lavrov&ui={ui}")
    quotes = style(page, ".found q", "quotes").replace("\xa0", "").split()
    assert "".join(mark.strip('"') for mark in quotes[:2]) == marks


def test_a_chinese_headline_is_not_balanced(page: Page) -> None:
    page.goto("/search?q=北京&ui=en")
    assert style(page, ".hit h3:lang(zh)", "textWrapStyle") == "auto"
    page.goto("/search?q=lavrov")
    assert style(page, ".hit h3:lang(en)", "textWrapStyle") == "balance"


def test_the_address_of_an_article_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/article/a3?q=lavrov&pos=1")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".credits .here button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url.partition("?")[0]


def test_without_a_script_nothing_offers_to_copy(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto("/article/a3")
    expect(page.locator(".credits .here")).to_be_hidden()
    expect(page.locator(".credits div").first).to_be_visible()
    context.close()
