"""What files and the configuration say of translations and of sources."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article
from indexer.config import Config
from indexer.ingest.normalise import Preparer
from indexer.ingest.page import page_fields
from indexer.ingest.raw import Page
from indexer.ingest.readers.seed import seed_fields
from indexer.sources import Source

from .conftest import Building
from .readers.test_html import html, ld
from .readers.test_seed import PAGE

DEMO = Path(__file__).parents[2] / "demo" / "articles"


def prepared(record: dict[str, Any], *sources: Source) -> Article:
    return Preparer(Config(sources=sources))({"title": "T", "body": "B", **record})


@pytest.mark.parametrize(
    ("stated", "address", "id"),
    [
        ({"translationOfWork": {"@id": "https://wire.example/ru/1"}}, "https://wire.example/ru/1", None),
        ({"translation_of": "https://wire.example/ru/1"}, "https://wire.example/ru/1", None),
        ({"original_url": "urn:newsml:wire:1"}, None, "urn:newsml:wire:1"),
        ({"translationOfWork": {"@type": "NewsArticle", "@id": "4711"}}, None, "4711"),
        ({"original_url": "javascript:alert(1)"}, None, None),
        ({"original_url": "ftp://wire.example/x"}, None, None),
        ({"original_url": "a text of some words"}, None, None),
    ],
)
def test_what_an_article_translates(stated: dict[str, Any], address: str | None, id: str | None) -> None:
    article = prepared(stated)
    assert (article.original_url, article.extra.get("original_id")) == (address, id)


def test_a_page_names_itself_in_other_languages() -> None:
    links = "".join(
        f'<link rel="alternate" hreflang="{code}" href="https://wire.example{path}">'
        for code, path in (
            *(("en", "/en/1"), ("en-GB", "/gb/1"), ("fr", "/fr/1"), ("de", "/")),
            *(("x-default", "/int/1"), ("zh-Hant", "/zh/1")),
        )
    )  # fmt: skip
    page = html(f'<link rel="canonical" href="https://wire.example/en/1">{links}')
    fields = page_fields(Page(page, "https://www.wire.example/en/1?utm_source=x"))
    assert fields["hreflang"] == {"fr": "https://wire.example/fr/1", "zh-Hant": "https://wire.example/zh/1"}
    assert "hreflang" not in page_fields(Page(html(), "https://wire.example/en/1"))


def test_a_page_says_in_json_ld_what_it_translates_and_what_translates_it() -> None:
    described = ld(
        **{"@type": "NewsArticle", "headline": "Bridge reopens"},
        translationOfWork={"@type": "NewsArticle", "url": "https://wire.example/ru/1"},
        workTranslation=[{"@id": "https://wire.example/fr/1"}, {"@id": "#none"}],
    )
    fields = page_fields(Page(html(described), "https://wire.example/en/1"))
    article = Preparer(Config())(fields)
    assert article.original_url == "https://wire.example/ru/1"
    assert article.extra["workTranslation"] == ["https://wire.example/fr/1"]


@pytest.mark.parametrize(
    ("line", "source", "address"),
    [
        ("Source: KNA https://kna.example/ru/1", "KNA", "https://kna.example/ru/1"),
        ("Source: KNA (https://kna.example/ru/1)", "KNA", "https://kna.example/ru/1"),
        ("Source: https://www.kna.example/ru/1", "kna.example", "https://www.kna.example/ru/1"),
        ("Source: KNA", "KNA", None),
    ],
)
def test_a_saved_page_may_have_the_address_of_the_original(line: str, source: str, address: str | None) -> None:
    fields = seed_fields(PAGE.replace("Source: KNA", line))
    assert (fields["source"], fields.get("original_url")) == (source, address)


def test_wire_documents_say_what_they_translate_and_which_story_they_are_of(building: Building) -> None:
    text = "The bridge over the strait was opened again on Thursday."
    item = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:kna.example:en:1">
      <itemMeta><link rel="irel:translatedFrom" residref="urn:newsml:kna.example:ru:1"/></itemMeta>
      <contentMeta><headline>Bridge</headline></contentMeta>
      <contentSet><inlineData>{text}</inlineData></contentSet></newsItem>"""
    nitf = f"""<nitf><head><docdata><doc-id id-string="n1"/><du-key key="story-7" version="2"/></docdata></head>
      <body><body.head><hedline><hl1>Bridge</hl1></hedline></body.head>
      <body.content><p>{text}</p></body.content></body></nitf>"""
    building.write("a.xml", item)
    building.write("b.xml", nitf)
    building.run()
    first, second = building.articles
    assert (first.original_url, first.extra["original_id"]) == (None, "urn:newsml:kna.example:ru:1")
    assert second.extra["same_story"] == "story-7"


def test_a_folder_is_declared_to_be_of_a_source_and_translated(building: Building) -> None:
    folder = Source("Wire", folders=(str(building.folder / "wire"),), translated_from="ru", collections=("wires",))
    building.config = replace(building.config, sources=(folder,))
    building.write("wire/a.txt", "Ferries\n\nThe ferries sail again from Monday on, the company said.")
    building.write("wire/b.json", '{"title": "Quay", "body": "A quay.", "source": "Courier", "lang": "en"}')
    building.write("wire/c.json", '{"title": "Мост", "body": "Мост через пролив открыли снова.", "lang": "ru"}')
    building.write("other/d.txt", "Bridge\n\nThe bridge over the strait was opened again on Thursday.")
    building.run()
    found = {each.title: (each.source, each.translated_from, each.collection) for each in building.articles}
    assert found == {
        "Ferries": ("Wire", "ru", ("wires",)),
        "Quay": ("Courier", "ru", ()),
        "Мост": ("Wire", None, ("wires",)),
        "Bridge": (None, None, ()),
    }
    assert building.run().unchanged == 4


def test_the_language_of_a_source_helps_where_articles_state_none() -> None:
    text = {"title": "Oslo", "body": "Han er i Oslo.", "source": "nb wire"}
    danish, norwegian = (
        Source("Wire", other_names=("NB Wire",), language=code, site="https://wire.example/") for code in ("da", "nb")
    )
    assert (prepared(text, danish).language, prepared(text, norwegian).language) == ("da", "nb")
    placed = {**text, "source": None, "url": "https://wire.example/1"}
    assert (prepared(placed, danish).language, prepared(placed, norwegian).language) == ("da", "nb")
    assert prepared({**text, "lang": "sv"}, danish).language == "sv"
    config = Config(sources=(danish,))
    both = replace(config, ingest=replace(config.ingest, source_languages={"nb wire": "nb"}))
    assert Preparer(both)(text).language == "nb"  # the older key goes on working, and is the more exact one


def test_the_demonstrations_saved_pages_are_declared_translated(building: Building) -> None:
    papers = {"Сосновый телеграф": "ru", "بريد الواحة": "ar", "青石晚报": "zh", "SANA": "ar", "Lindentaler Bote": "de"}
    listed = [Source(name, translated_from=code) for name, code in papers.items()]
    building.config = replace(building.config, sources=(*listed, Source("World in English", translated_from="fr")))
    building.run(DEMO / "saved-pages", DEMO / "originals" / "ru.jsonl")
    pages = [each for each in building.articles if "tagline" in each.extra]
    assert len(pages) == 11
    assert {each.source: each.translated_from for each in pages} == {
        **papers,
        # The site that gathers them is declared too, for papers that are not.
        **dict.fromkeys(("Le Quai des Nouvelles", "La Gaceta del Almendro", "World in English desk"), "fr"),
    }
    originals = [each for each in building.articles if each.language == "ru"]
    assert [each.translated_from for each in originals] == [None] * 6
