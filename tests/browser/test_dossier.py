"""A dossier opened from a disk in a real browser: searched, read, printed, without a server and without a network."""

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.engines.corpus import article
from tests.engines.memory import make_archive
from webui import dossier

ARTICLES = [
    article("a", "Tanks in the town", "The tanks came by night, it's said in Zürich's café.", "2021-10-14"),
    article("b", "دبابات في المدينة", "وصلت الدبابات إلى المدينة ليلًا كما قال الأهالي.", "2021-10-15", language="ar"),
    article("c", "坦克进城", "昨夜坦克开进了城里。台湾没有评论。", "2021-10-16", language="zh"),
    article("d", "Two rivers", "The town is by a river; night came. The U.S. said so.", "2021-10-17"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dossier") / "all"
    dossier.write(make_archive(ARTICLES), "", made)
    return made


def search(page: Page, place: Path, query: str) -> list[str]:
    """The headlines that a search finds."""
    page.goto(f"{(place / 'search.html').as_uri()}?q={quote(query)}")
    expect(page.locator("#says")).not_to_have_text("")
    expect(page.locator("#says")).not_to_have_text("Searching …")
    return page.locator("#found h2").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tanks", ["Tanks in the town"]),
        ("TANK*", ["Tanks in the town"]),
        ("zurich cafe", ["Tanks in the town"]),
        ("دبابات", ["دبابات في المدينة"]),
        ("المدينه", ["دبابات في المدينة"]),
        ("坦克", ["坦克进城"]),
        ("臺灣", ["坦克进城"]),
        ("城", ["坦克进城"]),
        ("US", ["Two rivers"]),
        ('"night came"', ["Two rivers"]),
        ('"came night"', []),
        ("night", ["Two rivers", "Tanks in the town"]),
        ("night -river", ["Tanks in the town"]),
        ("constructor", []),
    ],
)
def test_words_are_found_as_in_the_archive(chromium: Browser, place: Path, query: str, found: list[str]) -> None:
    page = chromium.new_page()
    assert search(page, place, query) == found
    page.close()


def test_it_is_read_from_a_disk_and_asks_nobody(chromium: Browser, place: Path, tmp_path: Path) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((place / "index.html").as_uri())
    page.get_by_role("searchbox").fill("tanks")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Tanks in the town").click()
    expect(page.locator("h1")).to_have_text("Tanks in the town")
    page.go_back()
    expect(page.locator("#says")).to_have_text("1 article")
    page.get_by_role("link", name="People").or_(page.get_by_role("link", name="Dates")).first.click()
    expect(page.locator("h1")).to_have_text("Dates")
    page.goto((place / "articles/00001.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.pdf(path=tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert errors == []
    assert asked
    assert all(url.startswith(place.as_uri()) for url in asked)
    page.close()


def test_without_script_the_search_says_what_works(chromium: Browser, place: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((place / "search.html").as_uri())
    expect(page.locator(".warnings")).to_contain_text("This search needs JavaScript")
    page.get_by_role("link", name="Articles", exact=True).click()
    expect(page.locator("h2")).to_have_count(4)
    context.close()
