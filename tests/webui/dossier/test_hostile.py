"""Hostile articles in a dossier: what they say stands as text, and nowhere but in the dossier."""

import json
import re
from pathlib import Path

import lxml.html
import pytest

from tests.browser.payloads import PAYLOADS
from tests.engines.corpus import article
from tests.engines.memory import make_archive
from webui import dossier

IDS = ("../../../etc/passwd", "CON", "con", "a\\b", "x" * 400, "https://x.example/a?b=c#d", "\u2028", "..", "a\x00b")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of articles that are payloads from head to foot."""
    texts = [*PAYLOADS, "a\u2028b\u2029c", "__proto__ constructor toString"]
    articles = [
        article(
            IDS[at] if at < len(IDS) else f"id-{at}", text, f"needle {text}", "2021-10-14", text, text, "en",
            people=(text,), author=(text,), topic=(text,), url="javascript:alert(1)",
        )
        for at, text in enumerate(texts)
    ]  # fmt: skip
    made = tmp_path_factory.mktemp("hostile") / "dossier"
    found = dossier.write(make_archive(articles), "needle", made)
    assert found.held == len(texts)
    assert [path.name for path in made.parent.iterdir()] == ["dossier"]
    return made


def test_nothing_that_an_article_says_is_markup(place: Path) -> None:
    for page in place.rglob("*.html"):
        html = lxml.html.fromstring(page.read_bytes().decode())
        assert not html.xpath(
            "//script[not(@src)] | //style | //iframe | //object | //embed | //img | //svg | //math | //base"
            " | //*[@style] | //@*[starts-with(name(), 'on')] | //button[@formaction]"
        ), page
        assert all(not link.lower().lstrip().startswith(("javascript:", "data:")) for link in html.xpath("//@href"))


def test_files_are_named_by_numbers_whatever_ids_are(place: Path) -> None:
    assert all(re.fullmatch(r"\d{5}\.html", path.name) for path in (place / "articles").iterdir())


def test_what_the_search_reads_is_values_and_nothing_else(place: Path) -> None:
    for script in (place / "search").iterdir():
        text = script.read_text()
        assert "\u2028" not in text
        assert "\u2029" not in text
        assert "</" not in text
        found = re.fullmatch(r"dossier\.(index|words|articles)\((.*)\);\n", text, re.DOTALL)
        assert found
        json.loads(f"[{found[2]}]")


def test_ids_and_titles_come_back_from_the_record_as_they_were(place: Path) -> None:
    ids = {each["id"] for each in json.loads((place / "dossier.json").read_text())["articles"]}
    assert set(IDS) <= ids
