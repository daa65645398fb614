"""What the site is for: foreign news is followed, translated as it comes, and read in English beside the original."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.config import load_config
from indexer.search.request import SearchRequest
from tests.follow.server import Site, rss, serving
from tests.follow.test_rounds import KILLED
from tests.webui.page import get
from webui import create_app

SPANISH = {
    "El presidente visitó Madrid el lunes": "El presidente visitó Madrid el lunes y habló con el ministro de economía. "
    "El gobierno publicará el informe mañana.",
    "La ciudad abre un nuevo puente": "La ciudad abre un nuevo puente sobre el río. Los vecinos celebran la apertura.",
}
CATALAN = {
    "El govern aprova la llei": "El govern aprova la llei aquest dimarts. La ministra explica el text als diputats.",
    "La pluja tanca l'escola": "La pluja tanca l'escola durant dos dies. Els alumnes tornen dijous.",
}


def _pairs() -> set[str]:
    if shutil.which("apertium") is None:
        return set()
    return set(subprocess.run(["apertium", "-l"], capture_output=True, text=True, check=False).stdout.split())


pytestmark = pytest.mark.skipif(
    not {"spa-eng", "cat-eng"} <= _pairs(), reason="Apertium with spa-eng and cat-eng is not installed"
)


def _items(articles: dict[str, str], folder: str) -> list[str]:
    return [
        f"<item><title>{title}</title><link>https://{folder}.example/{number}</link>"
        f"<pubDate>Thu, 14 Oct 2021 1{number}:15:48 +0000</pubDate><description>{text}</description></item>"
        for number, (title, text) in enumerate(articles.items())
    ]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.put("/es", rss(*_items(SPANISH, "diario"), title="Diario del Almendro"), ETag='"es"')
        site.put("/ca", rss(*_items(CATALAN, "diari"), title="Diari de la Serra"), ETag='"ca"')
        yield site


@pytest.fixture
def place(site: Site, tmp_path: Path) -> Path:
    config = tmp_path / "config.toml"
    config.write_text(
        '[archive]\nindex = "index"\n[engine]\nprocesses = 1\n[follow]\nmin_delay_ms = 0\n'
        '[translation]\nengine = "apertium"\ninto = ["en"]\nwith_build = true\n'
        '[[sources]]\nname = "Diario del Almendro"\nlanguage = "es"\ncollections = ["abroad"]\nfull_text = false\n'
        f'private = true\nfeeds = ["{site.address("/es")}"]\n'
        '[[sources]]\nname = "Diari de la Serra"\nlanguage = "ca"\ncollections = ["abroad"]\nfull_text = false\n'
        f'private = true\nfeeds = ["{site.address("/ca")}"]\n'
    )
    return config


def test_foreign_feeds_come_in_and_an_english_front_page_goes_out(place: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(place), "before the commit"], check=False)
    assert killed.returncode == -signal.SIGKILL
    config = load_config(place)
    with open_archive(config) as archive:
        report = archive.follow()
        assert (report.build.new, report.build.rejected, len(report.failed)) == (4, 0, 0)
        assert archive.follow(now=True).build.read == 0, "nothing new, nothing asked twice"
        told = {article.title: article.translation for article in archive}
        assert sorted(told) == sorted((*SPANISH, *CATALAN))
        made = {title: each.title for title, each in told.items() if each}
        assert made["El presidente visitó Madrid el lunes"] == "The president visited Madrid the Monday"
        assert made["La pluja tanca l'escola"] == "The rain shuts the school"
        assert {(each.language, each.engine) for each in told.values() if each} == {("en", "apertium")}

        found = archive.search(SearchRequest("bridge", facets=("language", "collection")))
        assert [hit.article.title for hit in found.hits] == ["La ciudad abre un nuevo puente"]
        assert {b.value: b.count for b in found.facets["language"].buckets} == {"es": 1}
        assert archive.search("puente").total == 1, "one article, by the words of either text"
        whole = archive.search(SearchRequest(facets=("language", "collection")))
        assert {b.value: b.count for b in whole.facets["language"].buckets} == {"es": 2, "ca": 2}
        assert {b.value: b.count for b in whole.facets["collection"].buckets} == {"abroad": 4}

        client = create_app(config, archive).test_client()
        front = get(client, "/")
        assert set(made.values()) <= {text.strip() for text in front.texts("//h3/a")}
        page = get(client, client.get("/search?q=bridge").request.path + "?q=bridge")
        address = page.all("//article[contains(@class, 'hit')]//h3/a")[0].get("href")
        both = get(client, f"{address}&text=both")
        text = both.one("//main")
        assert "The city opens a new bridge" in text
        assert "La ciudad abre un nuevo puente sobre el río." in text
        source = get(client, "/source/Diario%20del%20Almendro")
        assert "Last news" in source.texts("//dl/div/dt | //dl/dt")
