"""What a machine translated, in a browser: the switch between the texts, two columns or one, without a script too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from indexer.archive import open_archive
from indexer.article import Translation
from indexer.config import Config, EngineConfig, WebConfig
from tests.browser.conftest import served
from tests.browser.test_access import violations
from tests.engines.corpus import article
from tests.webui.site import UNLIMITED

ARABIC = article(
    "ar-1", "الحرب مستمرة", "الجنود ينتظرون.\n\nالمطر يهطل.", "2026-11-29", "SANA", language="ar"
).with_translation(Translation("en", "The war continues", "", "Soldiers wait.\n\nRain is falling.", "apertium"))


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with one translated article."""
    config = Config(engine=EngineConfig(processes=1), web=WebConfig(**UNLIMITED))
    config = config.with_index(tmp_path_factory.mktemp("translated") / "index")
    with open_archive(config) as archive:
        archive.add([ARABIC])
    with served(config) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(chromium: Browser, translated: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=translated,
        viewport={"width": 1280, "height": 900},
        locale="en-US",
        java_script_enabled=request.param,
    )
    yield context.new_page()
    context.close()


def box(page: Page, selector: str) -> tuple[float, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return found["x"], found["y"]


def test_a_reader_goes_from_the_list_to_each_text(reader: Page) -> None:
    reader.goto("/search?q=soldiers")
    reader.get_by_role("link", name="The war continues").click()
    expect(reader.locator("h1")).to_have_text("The war continues")
    expect(reader.locator(".text mark")).to_have_text("Soldiers")
    reader.get_by_role("link", name="Original", exact=True).click()
    expect(reader.locator("h1")).to_have_text("الحرب مستمرة")
    expect(reader.locator(".story")).to_have_css("direction", "rtl")
    reader.get_by_role("link", name="Side by side").click()
    expect(reader.get_by_role("link", name="Side by side")).to_have_attribute("aria-current", "true")
    expect(reader.locator(".pair.text p").nth(0)).to_have_css("direction", "rtl")
    expect(reader.locator(".pair.text p").nth(1)).to_have_css("direction", "ltr")
    (left, top), (right, other) = (box(reader, f".pair.text p:nth-child({at})") for at in (1, 2))
    assert left < right
    assert top == other
    reader.set_viewport_size({"width": 390, "height": 844})
    (left, top), (right, other) = (box(reader, f".pair.text p:nth-child({at})") for at in (1, 2))
    assert left == right
    assert top < other < box(reader, ".pair.text:nth-of-type(3) p")[1]
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("text", ["translation", "original", "both"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_use_each_text(chromium: Browser, translated: str, text: str, language: str) -> None:
    page = chromium.new_page(base_url=translated)
    page.goto(f"/article/ar-1?text={text}&ui={language}&q=soldiers")
    assert violations(page) == []
    page.close()
