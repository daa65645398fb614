"""Sources under the names and in the collections of the configuration, whichever engine keeps the archive."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive
from indexer.article import Article
from indexer.config import Config, EntitiesConfig
from indexer.errors import NotFound
from indexer.sources import Source
from indexer.writing import WriteCounts
from tests.engines.conftest import Opener

SOURCES = (
    Source(
        "SANA",
        other_names=("sena",),
        site="https://sana.sy/",
        collections=("wire agencies", "Levant"),
        translated_from="ar",
    ),
    Source("TASS", collections=("wire agencies",), country="RU"),
    Source("Bote", collections=("local",)),
    Source("Nobody", collections=("empty",)),
)
HARBOUR = "The harbour is open to all ships again since Monday, the mayor said."
STRIKES = "The harbour is open to all ships again, but strikes have closed its terminals until the spring."
ITEMS: list[dict[str, Any]] = [
    {"id": "1", "title": "Ferries", "body": "Ferries sail again.", "source": "SANA", "date": "2021-10-14"},
    {"id": "2", "title": "Harbour", "body": HARBOUR, "source": "Sena", "date": "2021-10-16"},
    {"id": "3", "title": "Quay", "body": "A new quay is built.", "url": "https://www.sana.sy/en/3", "lang": "en"},
    {"id": "4", "title": "Lighthouse", "body": "The lamp is lit.", "source": "TASS", "date": "2021-10-12"},
    {"id": "5", "title": "Tide", "body": "High water on Friday.", "source": "Courier", "date": "2021-10-13"},
    {"id": "6", "title": "Untold", "body": "Nobody says where.", "date": "2021-10-15"},
    {"id": "7", "title": "Cargo", "body": "Cargo is unloaded.", "source": "SENA", "translated_from": "fa"},
    # The id of another article, which another source has given to its own.
    {"id": "4", "title": "Budget", "body": "Members read the budget for a second time.", "source": "sena"},
]
Open = Callable[..., Archive]


@pytest.fixture
def opened(opener: Opener, tmp_path: Path) -> Iterator[Open]:
    """What opens the same archive with other sources."""
    with ExitStack() as stack:

        def open_with(sources: tuple[Source, ...]) -> Archive:
            config = replace(Config(entities=EntitiesConfig(enabled=False)), sources=sources)
            config = config.with_index(tmp_path / "index")
            return stack.enter_context(Archive(config, opener(tmp_path / "index")))

        yield open_with


def counts(archive: Archive, field: str) -> dict[str, int]:
    facet = archive.search(facets=field, facet_size=50).facets[field]
    return {bucket.value: bucket.count for bucket in facet.buckets}


def fates(found: WriteCounts) -> tuple[int, int, int]:
    return found.new, found.replaced, found.unchanged


def expected(articles: list[Article], field: str) -> dict[str, int]:
    """The same by looking at every article."""
    values = [getattr(article, field) for article in articles]
    return dict(Counter(v for each in values for v in (each if isinstance(each, tuple) else [each]) if v))


def test_articles_are_counted_under_the_name_that_the_configuration_gives_their_source(opened: Open) -> None:
    archive = opened(SOURCES)
    assert archive.add(ITEMS).new == 8
    assert counts(archive, "source") == {"SANA": 5, "Courier": 1, "TASS": 1}
    assert {each.title: each.source for each in archive} == {
        **dict.fromkeys(("Ferries", "Harbour", "Quay", "Cargo", "Budget"), "SANA"),
        **{"Lighthouse": "TASS", "Tide": "Courier", "Untold": None},
    }
    assert archive.get("2").extra["source_stated"] == "Sena"
    assert archive.get("3").extra["source_stated"] == "sana.sy"
    assert "source_stated" not in archive.get("1").extra
    assert archive.search("extra.source_stated:sena").total == 3


def test_collections_are_a_filter_a_facet_and_a_field_of_queries(opened: Open) -> None:
    archive = opened(SOURCES)
    archive.add(ITEMS)
    articles = list(archive)
    for field in ("collection", "source", "translated_from"):
        assert counts(archive, field) == expected(articles, field)
    assert counts(archive, "collection") == {"wire agencies": 6, "Levant": 5}
    assert archive.search(collection="WIRE agencies").total == 6
    assert archive.search(collection="wire agencies", exclude={"collection": "Levant"}).total == 1
    assert archive.search('collection:"wire agencies" -collection:levant').total == 1
    assert archive.search(missing="collection").total == 2
    assert archive.search("collection:empty").total == 0
    for bucket in archive.search(facets="collection").facets["collection"].buckets:
        assert archive.search(collection=bucket.value).total == bucket.count


def test_a_source_declares_its_articles_translations_where_they_state_nothing(opened: Open) -> None:
    archive = opened(SOURCES)
    archive.add([*ITEMS, {"id": "9", "title": "خبر", "body": "عادت العبارات إلى الميناء.", "source": "sena"}])
    assert archive.get("1").translated_from == "ar"
    assert archive.get("7").translated_from == "fa"
    assert archive.get("4").translated_from is None
    assert (archive.get("9").language, archive.get("9").translated_from) == ("ar", None)


def test_a_configuration_that_changes_changes_no_article_and_no_id(opened: Open) -> None:
    plain = opened(())
    plain.add(ITEMS)
    before = {each.id: (each.content_hash, len(each.versions)) for each in plain}
    plain.close()
    archive = opened(SOURCES)
    assert fates(archive.add(ITEMS)) == (0, 0, 8)
    assert counts(archive, "collection") == {}
    assert archive.sources().outdated
    assert archive.rebuild() == 8
    archive.refresh()
    assert {each.id: (each.content_hash, len(each.versions)) for each in archive} == before
    assert counts(archive, "collection") == {"wire agencies": 6, "Levant": 5}
    assert counts(archive, "source") == {"SANA": 5, "Courier": 1, "TASS": 1}
    assert not archive.sources().outdated
    assert fates(archive.add(ITEMS)) == (0, 0, 8)
    assert fates(archive.add(list(archive))) == (0, 0, 8)
    assert fates(archive.add([each.to_dict() for each in archive])) == (0, 0, 8)
    archive.close()
    again = opened(())
    again.rebuild()
    again.refresh()
    assert {each.id: (each.content_hash, len(each.versions)) for each in again} == before
    assert counts(again, "collection") == {}
    assert counts(again, "source") == {
        **{"SANA": 1, "Sena": 1, "sana.sy": 1, "TASS": 1, "Courier": 1, "SENA": 1, "sena": 1}
    }


def test_a_further_version_stays_one_of_the_article_when_its_source_got_another_name(opened: Open) -> None:
    plain = opened(())
    plain.add(ITEMS)
    plain.close()
    archive = opened(SOURCES)
    assert archive.add({**ITEMS[1], "body": STRIKES}).replaced == 1
    held = archive.get("2")
    assert ([each.source for each in held.versions], held.collection) == (["Sena", "SANA"], SOURCES[0].collections)


def test_a_program_may_change_the_source(opened: Open) -> None:
    archive = opened(SOURCES)
    archive.add(ITEMS)
    assert archive.update("2", source="Courier").source == "Courier"
    assert archive.get("2").collection == ()
    assert archive.add(replace(archive.get("7"), source="TASS")).replaced == 1
    assert (archive.get("7").source, archive.get("7").collection) == ("TASS", ("wire agencies",))
    assert archive.update("1", translated_from=None).translated_from == "ar"  # as long as the source declares it
    assert archive.update("1", translated_from="he").translated_from == "he"


def test_what_the_archive_holds_of_each_source(opened: Open) -> None:
    archive = opened(SOURCES)
    archive.add(ITEMS)
    found = archive.sources()
    assert [(each.source.name, each.articles, str(each.first_day), str(each.last_day)) for each in found.held] == [
        ("SANA", 5, "2021-10-14", "2021-10-16"),
        ("TASS", 1, "2021-10-12", "2021-10-12"),
        ("Bote", 0, "None", "None"),
        ("Nobody", 0, "None", "None"),
    ]
    assert (found.unlisted, found.outdated) == ((("Courier", 1),), False)
    profile = archive.profile("source", "sena")
    assert (profile.name, profile.found.total, profile.source) == ("SANA", 5, SOURCES[0])
    assert archive.profile("source", "Courier").source is None
    with pytest.raises(NotFound):
        archive.profile("source", "Bote")
    assert opened(()).sources().to_dict() == {"sources": [], "unlisted": [], "outdated": False}


def test_corrections_of_sources_still_apply(opened: Open, tmp_path: Path) -> None:
    archive = opened(SOURCES)
    archive.add(ITEMS)
    corrections = tmp_path / "index" / "entities.toml"
    corrections.parent.mkdir(exist_ok=True)
    corrections.write_text('[merge]\nsource."Courier" = "SANA"\n', encoding="utf-8")
    archive.add({"id": "8", "title": "Buoy", "body": "A buoy is adrift.", "source": "Courier"})
    assert counts(archive, "source") == {"SANA": 7, "TASS": 1}
    assert archive.sources().outdated is False
