"""An index that was built before a field was there opens, is searched, added to, merged and checked as one without."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer import fields
from indexer.archive import Archive
from indexer.config import Config, EngineConfig, EntitiesConfig
from indexer.engines.whoosh.codec import layout
from indexer.engines.whoosh.codec.arrayfile import ArrayFileWriter
from indexer.engines.whoosh.directory import manifest
from indexer.engines.whoosh.directory.manifest import fields_fingerprint, has_our_fields
from indexer.sources import Source

SOURCES = (Source("SANA", collections=("wire agencies",)),)
ITEMS = [
    {"id": str(number), "title": f"Ferry {number}", "body": "Ferries sail again.", "source": name}
    for number, name in enumerate(("SANA", "TASS", "SANA"))
]


def opened(place: Path, *sources: Source) -> Archive:
    config = Config(engine=EngineConfig(processes=1), entities=EntitiesConfig(enabled=False), sources=sources)
    return Archive(config.with_index(place))


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of the days before there were collections: without their arrays, and with the table of then."""
    put = ArrayFileWriter.put

    def without(writer: ArrayFileWriter, name: str, data: layout.Array) -> None:
        if not name.startswith("collection."):
            put(writer, name, data)

    with monkeypatch.context() as then:
        then.setattr(ArrayFileWriter, "put", without)
        then.setattr(
            manifest, "fields_fingerprint", lambda without=(): fields_fingerprint((*without, *fields.LATER_FIELDS))
        )
        with opened(tmp_path / "index") as archive:
            archive.add(ITEMS)
    return tmp_path / "index"


def test_the_tables_of_both_days_are_known() -> None:
    assert fields.LATER_FIELDS == ("collection",)
    assert set(fields.LATER_FIELDS) <= set(layout.MANIES)
    assert has_our_fields(fields_fingerprint())
    assert has_our_fields(fields_fingerprint(fields.LATER_FIELDS))
    assert not has_our_fields(fields_fingerprint(("topic",)))
    assert (*layout.MANIES, layout.EXTRA) == layout.COLUMNS_OF_MANY


def test_an_index_without_the_field_opens_and_has_no_value_of_it(earlier: Path) -> None:
    with opened(earlier) as archive:
        archive.engine.check_format()
        facet = archive.search(facets="collection").facets["collection"]
        assert (facet.buckets, facet.distinct, facet.missing) == ((), 0, 3)
        assert archive.search("collection:wire").total == 0
        assert archive.search(collection="wire agencies").total == 0
        assert archive.search(missing="collection").total == 3
        assert archive.check().problems == ()
        assert archive.stats().distinct["collection"] == 0


def test_it_is_added_to_merged_and_rebuilt(earlier: Path) -> None:
    with opened(earlier, *SOURCES) as archive:
        assert archive.add({"id": "9", "title": "Quay", "body": "A quay is built.", "source": "SANA"}).new == 1
        assert archive.search(collection="wire agencies").total == 1
        assert archive.check().problems == ()
        archive.optimize()
        assert archive.search(collection="wire agencies").total == 1
        assert archive.check().problems == ()
        assert archive.rebuild() == 4
        archive.refresh()
        assert archive.search(collection="wire agencies").total == 3
        assert [replace(each, collection=()).collection for each in archive] == [()] * 4
        assert archive.check().problems == ()
