"""The keys by which spellings meet: kept in the segments, and made anew where other rules made them."""

from pathlib import Path

import numpy as np
import pytest

from indexer.article import ENTITY_KINDS
from indexer.engines.whoosh.codec import builder, hashing
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.codec.hashing import KEY_VERSION, key_version, keys_name, label_keys
from indexer.engines.whoosh.codec.layout import unpack_strings
from indexer.engines.whoosh.codec.segment import Segment
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.writer import merge_segments as merging
from indexer.engines.whoosh.writer.merge_policy import MergeInput
from indexer.engines.whoosh.writer.merge_segments import merge_segments
from indexer.search.request import SearchRequest
from tests.engines.whoosh.archives import open_engine, random_articles

FACETS = SearchRequest(facets=ENTITY_KINDS, facet_size=50)


def names(segment: Segment, field: str) -> list[bytes]:
    return unpack_strings(
        segment.arrays.whole(f"{field}.values.bytes"), segment.arrays.whole(f"{field}.values.offsets")
    )


def by_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is written from here on have keys of other rules: each label its own."""
    for module in (builder, merging, hashing):
        monkeypatch.setattr(module, "key_version", lambda: "other")
    monkeypatch.setattr("indexer.engines.whoosh.codec.columns.label_keys", own_keys)


def own_keys(_field: str, labels: object) -> hashing.Hashes:
    assert not isinstance(labels, str)
    return np.arange(len(list(labels)), dtype=np.uint64)  # type: ignore[call-overload]


def assert_keys(segment: Segment) -> None:
    assert segment.arrays.metadata[KEY_VERSION] == key_version()
    for field in ENTITY_KINDS:
        assert segment.arrays[keys_name(field)].tolist() == label_keys(field, names(segment, field)).tolist()


def test_labels_that_surely_name_the_same_have_one_key() -> None:
    labels = [b"Sergei Lavrov", b"Sergey Lavrov", b"SERGEY LAVROV", b"Sergey Lavrin"]
    first, second, third, other = label_keys("person", labels).tolist()
    assert first == second == third != other
    assert label_keys("place", [b"US"]).tolist() == label_keys("place", [b"United States"]).tolist()
    assert label_keys("place", []).tolist() == []


def test_keys_of_another_hash_have_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_version()
    monkeypatch.setattr(hashing, "_HASH_SEED", 1)
    key_version.cache_clear()
    assert key_version().rpartition("-")[0] == before.rpartition("-")[0]
    assert key_version() != before
    key_version.cache_clear()


@pytest.mark.parametrize("older", [False, True], ids=["same rules", "one source of other rules"])
def test_a_merge_keeps_the_keys_of_the_labels_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, older: bool
) -> None:
    articles = random_articles(4, 60)
    with monkeypatch.context() as patch:
        if older:
            by_other_rules(patch)
        first = build_segment(articles[:30], tmp_path)
    second = build_segment(articles[30:], tmp_path)
    gone = np.arange(0, 30, 2, dtype=np.uint32)
    inputs = [MergeInput(first, gone), MergeInput(second, np.empty(0, np.uint32))]
    if not older:
        assert_keys(Segment.open(tmp_path, first))
    merged = Segment.open(tmp_path, merge_segments(tmp_path, inputs, "MAIN_merged"))
    assert all(names(merged, field) for field in ENTITY_KINDS)
    assert_keys(merged)
    assert merged.verify() == []


def test_keys_are_read_and_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(tmp_path, random_articles(11, 120), 3)
    monkeypatch.setattr(hashing, "label_keys", None)
    joined = engine.search(FACETS).facets["person"]
    assert "ana ruiz" not in [bucket.value for bucket in joined.buckets]


def test_keys_of_other_rules_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = random_articles(11, 120)
    expected = open_engine(tmp_path / "new", articles, 3).search(FACETS).facets
    with monkeypatch.context() as patch:
        by_other_rules(patch)
        engine: WhooshEngine = open_engine(tmp_path / "old", articles, 3)
    assert engine.search(FACETS).facets == expected
