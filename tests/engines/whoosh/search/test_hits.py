"""Hits of the embedded engine: what is read when it is looked at, and what is let go of then."""

import gc
import weakref
from pathlib import Path

import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article, Translation
from indexer.config import Config, EngineConfig, EntitiesConfig

OIL = "The oil summit was held by the river, and the minister spoke of oil."
ARTICLES = (
    Article("a", title="Oil summit", body=OIL, language="en"),
    Article("b", title="Silence", summary="…"),
    Article("c", title="Нефть", body="Саммит", language="ru", translation=Translation("en", "!!", "", "—")),
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    config = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False))
    archive = open_archive(config.with_index(tmp_path))
    archive.add([article.with_hash() for article in ARTICLES])
    return archive


def test_a_hit_that_was_read_lets_go_of_the_snapshot(archive: Archive) -> None:
    snapshot = weakref.ref(archive.engine.snapshot)  # type: ignore[attr-defined]  # of the embedded engine
    hits = archive.search("oil").hits
    archive.close()
    gc.collect()
    assert snapshot() is not None, "the article is still to be read"
    assert hits[0].to_dict()["title"] == "Oil summit"
    gc.collect()
    assert snapshot() is None
    assert (hits[0].id, hits[0].title_spans) == ("a", ((0, 3),))


def test_a_summary_without_words_is_shown_where_nothing_else_is(archive: Archive) -> None:
    (hit,) = archive.search("silence").hits
    assert [(snippet.field, snippet.text) for snippet in hit.snippets] == [("summary", "…")]


def test_a_translation_without_words_is_shown_too(archive: Archive) -> None:
    (hit,) = archive.search("нефть").hits
    assert [snippet.text for snippet in hit.translation_snippets] == ["—"]


def test_a_name_is_added_to_an_article_that_has_a_translation(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "entities.toml").write_text("[add]\nperson.'Ann Added' = 'нефть'\n")
    archive.refresh()
    (hit,) = archive.search("нефть").hits
    assert [(entity.name, entity.mentions) for entity in hit.article.entities] == [("Ann Added", ())]
