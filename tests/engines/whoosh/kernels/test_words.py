"""Whole words at a time: what they find and score is what their postings say, in numpy and compiled."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.words import Postings, WordPostings, find_words, frequencies_of, score_words
from indexer.errors import IndexCorrupt

pytestmark = pytest.mark.usefixtures("kernels")

# Two segments, each of so many documents.
SPAN = 40
SIZE = 2 * SPAN
NORMS = np.linspace(0.3, 3, SIZE)
# Of each document of a segment that has it, how often a term is there.
term = st.dictionaries(st.integers(0, SPAN - 1), st.integers(1, 255), max_size=SPAN)
# Terms, each with its segment and the weight of its field.
word = st.lists(st.tuples(term, st.integers(0, 1), st.sampled_from([1, 3])), max_size=4)


def postings(word: list[tuple[dict[int, int], int, int]]) -> WordPostings:
    found = []
    for held, segment, weight in word:
        docs = sorted(held)
        codes = np.array([held[doc] << 8 for doc in docs], np.uint16)
        found.append(Postings(np.array(docs, np.uint32), codes, segment * SPAN, SPAN, weight))
    return WordPostings(found)


def often(word: list[tuple[dict[int, int], int, int]], doc: int, *, weighted: bool) -> int:
    segment, local = divmod(doc, SPAN)
    return sum(held.get(local, 0) * (weight if weighted else 1) for held, part, weight in word if part == segment)


@given(st.lists(st.lists(word, min_size=1, max_size=2), min_size=1, max_size=3))
def test_documents_that_have_some_word_of_each_group(groups: list[list[list[tuple[dict[int, int], int, int]]]]) -> None:
    flags = np.zeros(SIZE, np.bool_)
    found = find_words([[postings(word) for word in group] for group in groups], SIZE, flags)
    assert found.tolist() == [
        doc for doc in range(SIZE) if all(any(often(word, doc, weighted=False) for word in group) for group in groups)
    ]
    assert not flags.any()


@given(word, st.sets(st.integers(0, SIZE - 1)).map(sorted), st.booleans())
def test_how_often_a_word_is_in_documents(
    word: list[tuple[dict[int, int], int, int]], docs: list[int], weighted: bool
) -> None:
    scratch = np.zeros(SIZE, np.uint16)
    found = frequencies_of(postings(word), np.array(docs, np.intp), scratch, weighted=weighted)
    assert found.tolist() == [often(word, doc, weighted=weighted) for doc in docs]
    assert not scratch.any()


@given(
    st.lists(st.tuples(word, st.floats(0.1, 9)), max_size=3), st.sets(st.integers(0, SIZE - 1), min_size=1).map(sorted)
)
def test_scores_are_added_up_word_by_word(
    words: list[tuple[list[tuple[dict[int, int], int, int]], float]], docs: list[int]
) -> None:
    scratch = np.zeros(SIZE, np.uint16)
    weighed = [(postings(word), factor) for word, factor in words]
    scores = score_words(weighed, np.array(docs, np.intp), NORMS, scratch)
    expected = [0.0] * len(docs)
    for word, factor in words:
        for at, doc in enumerate(docs):
            count = often(word, doc, weighted=True)
            expected[at] += factor * count / (count + float(NORMS[doc]))
    assert scores.tolist() == expected


@pytest.mark.skipif(native.library is None, reason="the kernels are not compiled here")
def test_numbers_that_point_to_nothing_are_damage() -> None:
    if native.library is None:
        pytest.skip("numpy would raise something else")
    beyond = WordPostings([Postings(np.array([SIZE], np.uint32), np.array([256], np.uint16), 0, SPAN, 1)])
    with pytest.raises(IndexCorrupt):
        find_words([[beyond]], SIZE, np.zeros(SIZE, np.bool_))
    with pytest.raises(IndexCorrupt):
        score_words([(beyond, 1.0)], np.array([SIZE]), NORMS, np.zeros(SIZE, np.uint16))
    with pytest.raises(IndexCorrupt):
        WordPostings([Postings(np.array([1], np.uint32), np.array([], np.uint16), 0, SPAN, 1)])
