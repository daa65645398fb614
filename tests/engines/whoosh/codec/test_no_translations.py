"""A segment without translations has no arrays of them, as segments of before have none, and reads as if it had."""

from pathlib import Path

import pytest

from indexer.article import Translation
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.codec.layout import TRANSLATION, URL
from indexer.engines.whoosh.codec.segment import Segment
from indexer.engines.whoosh.directory import manifest
from indexer.fields import FIELDS
from tests.engines.whoosh.archives import random_articles


def test_a_segment_without_translations_has_no_arrays_of_them(tmp_path: Path) -> None:
    info = build_segment(random_articles(3, 20), tmp_path)
    segment = Segment.open(tmp_path, info)
    assert not [name for name in segment.arrays.names() if name.startswith(f"{TRANSLATION}.")]
    assert TRANSLATION not in info.lengths
    assert not segment.translated
    assert segment.verify() == []


def test_what_stands_in_for_them_is_what_a_segment_without_words_would_have(tmp_path: Path) -> None:
    articles = [each.with_translation(Translation("en", "?!")) for each in random_articles(3, 20)]
    made = Segment.open(tmp_path, build_segment(articles, tmp_path))
    bare = Segment.open(tmp_path, build_segment(random_articles(3, 20), tmp_path))
    names = [name for name in made.arrays.names() if name.startswith(f"{TRANSLATION}.")]
    assert names
    for name in names:
        mine, other = made.arrays.whole(name), bare.arrays.whole(name)
        assert (mine.tolist(), mine.dtype) == (other.tolist(), other.dtype), name
    assert {name.partition(".")[2] for name in names} >= {
        name.partition(".")[2] for name in made.arrays.names() if name.startswith(f"{URL}.")
    }


def test_the_field_of_translations_makes_no_index_of_before_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = tuple(field for field in FIELDS if field.name != TRANSLATION)
    assert len(before) == len(FIELDS) - 1
    now = manifest.fields_fingerprint.__wrapped__()
    monkeypatch.setattr(manifest, "FIELDS", before)
    assert manifest.fields_fingerprint.__wrapped__() == now
