"""Merged segments say what their sources said."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer import analysis
from indexer.article import Article
from indexer.engines.whoosh.codec import merge_postings, strings
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.codec.segment import Segment
from indexer.engines.whoosh.writer.merge_policy import MergeInput
from indexer.engines.whoosh.writer.merge_segments import merge_segments
from tests.engines.whoosh.samples import content, expected, make_articles

NONE = np.empty(0, np.uint32)


def merge(directory: Path, parts: list[list[Article]], deletes: list[list[int]]) -> Segment:
    infos = [build_segment(part, directory) for part in parts]
    inputs = [MergeInput(info, np.array(gone, np.uint32)) for info, gone in zip(infos, deletes, strict=True)]
    return Segment.open(directory, merge_segments(directory, inputs, "MAIN_merged"))


@pytest.fixture(params=["whole", "runs"])
def small_runs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Merge in one go, and in many tiny runs and slices."""
    if request.param == "runs":
        monkeypatch.setattr(merge_postings, "RUN_TOKENS", 40)
        monkeypatch.setattr(strings, "RUN_STRINGS", 3)


@pytest.mark.usefixtures("small_runs")
def test_a_merge_equals_a_segment_built_at_once(tmp_path: Path) -> None:
    articles = make_articles(90)
    parts = [articles[:40], articles[40:41], articles[41:]]
    merged = merge(tmp_path, parts, [[], [], []])
    assert content(merged) == expected(articles)
    assert merged.verify() == []
    whole = build_segment(articles, tmp_path)
    assert (merged.info.documents, merged.info.lengths, merged.info.languages) == (90, whole.lengths, whole.languages)
    assert [merged.id(number) for number in range(90)] == [article.id for article in articles]
    assert [merged.find_id(article.id) for article in articles] == list(range(90))


@pytest.mark.usefixtures("small_runs")
def test_deleted_documents_and_what_only_they_had_are_gone(tmp_path: Path) -> None:
    articles = make_articles(80)
    rng = random.Random(5)
    parts = [articles[:50], articles[50:]]
    deletes = [sorted(rng.sample(range(50), 20)), sorted(rng.sample(range(30), 29))]
    kept = [a for part, gone in zip(parts, deletes, strict=True) for at, a in enumerate(part) if at not in gone]
    merged = merge(tmp_path, parts, deletes)
    assert content(merged) == expected(kept)
    fresh = Segment.open(tmp_path, build_segment(kept, tmp_path))
    # Not only what is said of live documents: no stale term, surface or label either.
    for name in fresh.arrays.names():
        if ".variants" in name or ".surfaces" in name:  # numbered in another order, gaps for crowded terms among them
            continue
        assert merged.arrays[name].tolist() == fresh.arrays[name].tolist(), name
    assert merged.arrays.metadata == fresh.arrays.metadata
    assert len(merged.arrays["body.surfaces.sorted"]) == len(fresh.arrays["body.surfaces.sorted"])
    assert (merged.info.lengths, merged.info.languages) == (fresh.info.lengths, fresh.info.languages)


def test_a_replaced_article_lives_once(tmp_path: Path) -> None:
    old, new = make_articles(10, seed=1), make_articles(10, seed=2)
    merged = merge(tmp_path, [old, new], [list(range(10)), []])
    assert content(merged) == expected(new)


@pytest.mark.usefixtures("small_runs")
def test_large_frequencies_survive(tmp_path: Path) -> None:
    loud = [Article(id=f"loud-{n}", body="oil " * (254 + n) + "gas", language="en").with_hash() for n in range(6)]
    merged = merge(tmp_path, [loud[:3], loud[3:]], [[1], [0, 2]])
    assert content(merged) == expected([loud[0], loud[2], loud[4]])
    assert merged.arrays["body.big.tf"].tolist() == [256, 258]


def initials(words: Sequence[str], language: str | None) -> list[str]:
    return [word[0] for word in words]


@pytest.mark.usefixtures("small_runs")
def test_words_of_crowded_terms_are_never_taken_for_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "plain_terms", initials)
    first = [f"a{number}" for number in range(300)]
    second = [f"a{number}" for number in range(290, 320)] + ["b1", "b2"]
    third = [f"a{number}" for number in range(10)]
    parts = [[Article(id=str(at), body=" ".join(words)).with_hash()] for at, words in enumerate((first, second, third))]
    merged = merge(tmp_path, parts, [[], [], []])
    found = content(merged).postings["body"]
    words = {id: [word for _, word in tokens] for id, tokens in found["a"].items()}
    assert words["0"][:200] == first[:200]
    assert set(words["0"][255:]) == {None}
    assert all(
        word in (None, own)
        for id, of in (("0", first), ("1", second), ("2", third))
        for word, own in zip(words.get(id, []), of, strict=False)
    )
    assert words["2"] == third
    surfaces = merged.arrays["body.surfaces.starts"].tolist()
    assert surfaces[1] - surfaces[0] == 320


def test_crowded_terms_leave_a_gap_rather_than_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "plain_terms", initials)
    first = [f"a{number}" for number in range(300)]
    second = [f"a{number}" for number in range(299, 0, -1)]
    parts = [[Article(id=str(at), body=" ".join(words)).with_hash()] for at, words in enumerate((first, second))]
    merged = merge(tmp_path, parts, [[], []])
    words = {id: [word for _, word in tokens] for id, tokens in content(merged).postings["body"]["a"].items()}
    assert all(word in (None, own) for word, own in zip(words["0"], first, strict=True))
    assert all(word in (None, own) for word, own in zip(words["1"], second, strict=True))
    assert {word for word in words["0"] if word} == {"a0", *(f"a{n}" for n in range(45, 255))}


def test_long_bodies_keep_their_chunks(tmp_path: Path) -> None:
    body = ("The minister spoke. " * 8000).strip()
    parts = [[Article(id=f"{n}", body=body, title=str(n)).with_hash(), *make_articles(3, n)] for n in range(2)]
    parts[1] = [parts[1][0]]
    merged = merge(tmp_path, parts, [[1], []])
    assert [merged.article(number).id for number in range(4)] == ["0", "id-1", "id-2", "1"]
    assert merged.article(3) == parts[1][0]
    assert merged.stored.chunk_count(0) == merged.stored.chunk_count(3) == 3
    assert merged.stored.chunk_count(1) == 0
