"""What only the compiled kernels do: phrases compared where they lie, damage found, a library of another source."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.kernels import Posted, building, native, sources
from indexer.errors import IndexCorrupt
from indexer.near_duplicates import signatures

pytestmark = pytest.mark.skipif(native.library is None, reason="the kernels are not compiled here")

DOCS = 12
# For each document the positions of a term, which may be none.
term = st.lists(st.sets(st.integers(0, 30), max_size=6), min_size=DOCS, max_size=DOCS)


def posted(places: list[set[int]], width: type = np.uint16) -> Posted:
    held = [doc for doc, found in enumerate(places) if found]
    positions = [place for found in places for place in sorted(found)]
    counts = [len(places[doc]) for doc in held]
    return Posted(np.array(held, np.uint32), np.array(counts, np.uint32), np.array(positions, width))


@given(
    st.lists(st.lists(term, min_size=1, max_size=2), min_size=1, max_size=4),
    st.sets(st.integers(0, DOCS - 1)).map(sorted),
    st.sampled_from([np.uint16, np.uint32]),
    st.sampled_from([0, 500]),
)
def test_a_phrase_is_found_where_its_words_stand_side_by_side(
    words: list[list[list[set[int]]]], docs: list[int], width: type, base: int
) -> None:
    found = native.in_phrase(
        [[posted(part, width) for part in word] for word in words], np.array(docs, np.intp) + base, base
    )
    pooled = [[set().union(*(part[doc] for part in word)) for doc in range(DOCS)] for word in words]
    assert found.tolist() == [
        any(all(start + n in word[doc] for n, word in enumerate(pooled)) for start in range(31)) for doc in docs
    ]


def test_a_word_repeated_in_a_phrase_stands_twice() -> None:
    bora = posted([{1, 2}, {1, 3}])
    assert native.in_phrase([[bora], [bora]], np.array([0, 1]), 0).tolist() == [True, False]


def test_numbers_that_point_to_nothing_are_damage() -> None:
    docs = np.array([0, 1, 99])
    with pytest.raises(IndexCorrupt):
        native.member(docs, docs, 50)
    with pytest.raises(IndexCorrupt):
        native.union([docs, np.array([-1])], 200)
    counts = np.zeros(9, np.uint32)
    with pytest.raises(IndexCorrupt):
        native.count_single(np.array([0, 7], np.uint16), docs[:2], 7, counts)
    with pytest.raises(IndexCorrupt):
        native.count_single(np.array([0, 1], np.uint16), docs, 7, counts)
    edges = np.array([0, 1, 3], np.uint32)
    for numbers in ([0, 1], [0, 1, 9]):
        with pytest.raises(IndexCorrupt):
            native.count_many(np.array(numbers, np.uint32), edges[:-1], edges[1:], docs[:2], 0, None, 9, counts)
    having = np.array([0, 1, 1], np.uint32)
    for named in ([0], [0, 9]):
        with pytest.raises(IndexCorrupt):
            native.count_many(having, edges[:-1], edges[1:], docs[:2], 0, np.array(named), 9, counts)
    with pytest.raises(IndexCorrupt):
        native.take_counts(np.ones(9, np.uint32), 9, 8)
    with pytest.raises(IndexCorrupt):
        native.difference(docs, docs[:1], 50)
    disordered = np.array([4, 5, 3], np.uint32), np.array([256, 256, 256], np.uint16)
    with pytest.raises(IndexCorrupt):
        native.codes_at(*disordered, np.array([4, 6]), 0, np.zeros(2, np.uint16))
    short = Posted(np.array([0, 1], np.uint32), np.array([1, 5], np.uint32), np.array([0, 1], np.uint16))
    with pytest.raises(IndexCorrupt):
        native.in_phrase([[short]], docs[:2], 0)


def test_arrays_that_do_not_fit_each_other_are_damage() -> None:
    held, codes, docs = np.array([0, 1], np.uint32), np.array([256, 256], np.uint16), np.array([0, 1])
    for bad_held, bad_codes in ((held[:1], codes), (held, codes.astype(np.uint8)), (held.astype(np.uint16), codes)):
        with pytest.raises(IndexCorrupt):
            native.codes_at(bad_held, bad_codes, docs, 0, np.zeros(2, np.uint16))
    with pytest.raises(IndexCorrupt):
        native.count_others(held, held.astype(np.uint16))
    with pytest.raises(IndexCorrupt):
        native.count_single(np.array([0, 1], np.uint8), docs, 2, np.zeros(2, np.uint32))
    edges = np.array([0, 1, 2], np.uint32)
    with pytest.raises(IndexCorrupt):
        native.count_many(held, edges[:-1], edges[1:].astype(np.int64), docs, 0, None, 2, np.zeros(2, np.uint32))
    with pytest.raises(IndexCorrupt):
        native.count_many(held, edges[:-1], edges[1:], docs, 0, None, 2, np.zeros(1, np.uint32))
    with pytest.raises(IndexCorrupt):
        native.in_phrase([[Posted(held, held, held.astype(np.uint64))]], docs, 0)
    with pytest.raises(ValueError, match="whole arrays"):
        native.member(docs[::-1], docs, 2)


def test_codes_are_found_on_both_sides_of_a_block() -> None:
    chance = np.random.default_rng(5)
    held = np.flatnonzero(chance.random(60_000) < 0.4).astype(np.uint32)
    codes = chance.integers(1, 1 << 16, len(held)).astype(np.uint16)
    docs = np.flatnonzero(chance.random(60_000) < 0.5)
    found = np.full(len(docs), 9, np.uint16)
    native.codes_at(held, codes, docs, 0, found)
    known = dict(zip(held.tolist(), codes.tolist(), strict=True))
    assert found.tolist() == [known.get(doc, 0) for doc in docs.tolist()]


FORMS = st.lists(st.integers(0, 50), max_size=80)


@given(st.lists(st.tuples(FORMS, FORMS), max_size=5))
def test_signatures_are_those_of_numpy(documents: list[tuple[list[int], list[int]]]) -> None:
    hashes = np.random.default_rng(3).integers(0, 1 << 64, 51, np.uint64, endpoint=False)
    hashes[::2] &= np.uint64((1 << 64) - 4)  # half of them neither numbers nor function words
    hashes[0] = np.uint64((1 << 64) - 1)
    parts = []
    for texts in zip(*documents, strict=True) if documents else ([], []):
        forms = np.array([form for text in texts for form in text], np.uint32)
        parts.append((forms, np.array([len(text) for text in texts], np.int64)))
    found = building.find_signatures(hashes, *parts)
    assert found.tolist() == signatures.signatures(*(signatures.Texts(hashes[of], n) for of, n in parts)).tolist()


def test_signatures_of_numbers_beyond_the_arrays_are_not_looked_for() -> None:
    forms, none = np.array([0, 1, 9], np.uint32), (np.zeros(0, np.uint32), np.zeros(1, np.int64))
    hashes = np.zeros(10, np.uint64)
    for known, length in ((9, 3), (10, 4), (10, -1)):
        for parts in (((forms, np.array([length])), none), (none, (forms, np.array([length])))):
            with pytest.raises(AssertionError, match="not of the same tokens"):
                building.find_signatures(hashes[:known], *parts)


def test_a_library_of_another_source_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    changed = tmp_path / "search.c"
    changed.write_bytes(sources.SOURCES[0].read_bytes() + b"\n")
    assert native.load() is not None
    monkeypatch.setattr(sources, "SOURCES", (changed, sources.SOURCES[1]))
    assert native.load() is None
    assert [record.getMessage() for record in caplog.records] == [
        f"{sources.LIBRARY} is of other sources and is not used: install the package again."
    ]


def test_there_may_be_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LIBRARY", tmp_path / "none.so")
    assert native.load() is None
    monkeypatch.undo()
    monkeypatch.setenv("BROADSHEET_KERNELS", "numpy")
    assert native.load() is None
