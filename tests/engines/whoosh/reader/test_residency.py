"""Maps of the index are let go of when searches have touched much, and mapped again when asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.whoosh.codec.arrayfile import ArrayFile
from indexer.engines.whoosh.reader import residency
from indexer.search.request import SearchRequest
from tests.engines.whoosh.archives import open_engine, random_articles


def test_a_search_lets_go_of_the_maps_once_too_much_was_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go: list[str] = []
    release = ArrayFile.release

    def noted(file: ArrayFile) -> None:
        let_go.append(file.path.suffix)
        release(file)

    monkeypatch.setattr(ArrayFile, "release", noted)
    mapped = iter([0, residency.MOST_MAPPED, residency.MOST_MAPPED + 1, 500, residency.MOST_MAPPED + 500])
    monkeypatch.setattr(residency, "mapped_bytes", lambda: next(mapped))
    engine = open_engine(tmp_path, random_articles(3, 60), 2)
    let_go.clear()
    request = SearchRequest(query="minister OR war", facets=("source", "person"), size=5)
    first = engine.search(request)
    assert let_go == []
    again = engine.search(request)
    assert let_go == [".bsx", ".bsd", ".bsx", ".bsd"]
    later = engine.search(request)
    assert len(let_go) == 4
    assert replace(first, took_ms=0) == replace(again, took_ms=0) == replace(later, took_ms=0)
    assert first.total > 0


def test_the_system_may_not_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residency, "_STATM", tmp_path / "none")
    assert residency.mapped_bytes() == 0
