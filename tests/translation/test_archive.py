"""An archive and Apertium in earnest: built, translated, rebuilt, in one process and in several."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.archive import open_archive
from indexer.article import Article
from indexer.config import Config, EntitiesConfig
from tests.translation.fakes import spanish, translating
from tests.translation.test_apertium import needs_apertium, needs_catalan

BODY = (
    "Pablo Iglesias anunció el 12 de marzo de 2023 que el gobierno aprobó 3.500 millones de euros.\n\n"
    "Véase https://example.es/noticia?id=7 y\nla casa azul."
)


def sources(tmp_path: Path, count: int) -> Path:
    file = tmp_path / "articles.jsonl"
    articles = [replace(spanish(n % 28 + 1, f"{BODY}\n\nEs la casa {n}."), id=f"n{n}") for n in range(count)]
    file.write_text("\n".join(json.dumps(article.to_dict()) for article in articles))
    return file


def with_names(config: Config) -> Config:
    return replace(config, entities=EntitiesConfig())


@needs_apertium
@pytest.mark.parametrize("processes", [1, 2])
def test_a_build_translates_in_its_processes(tmp_path: Path, processes: int) -> None:
    config = with_names(translating(tmp_path, processes=processes, engine="apertium", with_build=True))
    with open_archive(config) as archive:
        report = archive.build(sources(tmp_path, 200))
        assert (report.new, report.rejected, dict(report.notes)) == (200, 0, {})
        one = archive.get("n7")
        assert one.translation is not None
        assert one.translation.title == "Title 8"
        assert one.translation.body == (
            "Pablo Iglesias announced on 12 March 2023 that the government approved 3.500 million euros.\n\n"
            "See https://example.es/noticia?id=7 and\nthe blue house.\n\nIt is the house 7."
        )
        assert "Pablo Iglesias" in one.names("person")
        stats = archive.translation_stats()
        assert (stats.engines, stats.wanting, stats.paragraphs) == ({"apertium": 200}, 0, 28 + 2 + 200)
        assert archive.search('"blue house"').total == 200
        assert archive.search('"blue house"', translation=False).total == 0


@needs_apertium
def test_an_archive_is_translated_afterwards_and_keeps_it_through_a_rebuild(tmp_path: Path) -> None:
    config = with_names(translating(tmp_path, processes=2, engine="apertium"))
    with open_archive(config) as archive:
        archive.build(sources(tmp_path, 100))
        report = archive.translate()
        assert (report.translated, report.failed, report.numbers_lost, report.names_lost) == (100, 0, 0, 0)
        archive.rebuild(entities=True)
        archive.refresh()
        assert archive.translate().wanted == 0
        assert archive.translation_stats().engines == {"apertium": 100}


@needs_apertium
@needs_catalan
def test_each_language_goes_by_its_own_pair(tmp_path: Path) -> None:
    catalan = Article("ca", title="La casa", body="El gos menja tres pomes al jardí de casa seva.", language="ca")
    english = Article("en", title="The house", body="The dog eats three apples in the garden.", language="en")
    with open_archive(translating(tmp_path, engine="apertium", into=("es",))) as archive:
        archive.add([catalan, english, spanish(1)])
        assert archive.translate().translated == 2
        titles = [
            article.translation and article.translation.title for article in archive.get_many(["ca", "en"]) if article
        ]
        assert titles == ["La casa", "La casa"]
        assert archive.get("es1").translation is None
