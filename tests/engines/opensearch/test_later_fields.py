"""Indices of the days before a field was there: they are searched as without, and get it when something is written."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer import fields
from indexer.archive import Archive
from indexer.config import EntitiesConfig
from indexer.engines.opensearch.cluster import document, mapping
from indexer.sources import Source
from tests.cluster.running import on_cluster

SOURCES = (Source("SANA", collections=("wire agencies",)),)
ITEMS = [
    {"id": str(number), "title": f"Ferry {number}", "body": "Ferries sail again.", "source": name}
    for number, name in enumerate(("SANA", "TASS", "SANA"))
]


@pytest.mark.parametrize("partition", ["", "year"])
def test_opensearch_indices_without_the_field_are_searched_added_to_and_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, partition: str
) -> None:
    config = on_cluster(tmp_path / "index")
    config = replace(
        config,
        entities=EntitiesConfig(enabled=False),
        sources=SOURCES,
        engine=replace(config.engine, partition=partition, processes=1),
    )
    earlier = tuple(name for name in mapping.KEYWORDS if name not in fields.LATER_FIELDS)
    with monkeypatch.context() as then:
        for module in (mapping, document):
            then.setattr(module, "KEYWORDS", earlier)
        then.setattr(mapping, "LATER_FIELDS", ())
        with Archive(config) as archive:
            archive.add(ITEMS)
    with Archive(config) as archive:
        facet = archive.search(facets="collection").facets["collection"]
        assert (facet.buckets, facet.missing) == ((), 3)
        assert archive.search("collection:wire").total == 0
        assert archive.search(collection="wire agencies").total == 0
        assert archive.search(missing="collection").total == 3
        assert archive.stats().distinct["collection"] == 0
        assert archive.add({"id": "9", "title": "Quay", "body": "A quay.", "source": "SANA", "date": "2019"}).new == 1
        assert archive.search(collection="wire agencies").total == 1
        assert archive.rebuild() == 4
        archive.refresh()
        assert archive.search('collection:"wire agencies"').total == 3
        assert archive.check().problems == ()
