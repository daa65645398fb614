"""The best documents by block maxima are those that scoring every document gives, with the same scores to the bit."""

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.top import TIES, Ground, Merged, Part, Words
from indexer.engines.whoosh.kernels.words import Postings
from indexer.errors import IndexCorrupt

pytestmark = pytest.mark.skipif(native.library is None, reason="the kernels are not compiled here")

BASES = (0, 700, 701, 1500)
SIZE = BASES[-1]
# A word by its documents: how often each has it, fields weighed.
Spread = dict[int, int]


def random_word(chance: random.Random) -> tuple[list[Postings], Spread]:
    """A word in two fields of three segments, in many documents or in few."""
    runs, spread = [], dict[int, int]()
    share = chance.choice((0.002, 0.05, 0.5))
    for base, end in pairwise(BASES):
        for weight in (3, 1):
            docs = [doc for doc in range(base, end) if chance.random() < share]
            often = [min(int(chance.expovariate(0.4)) + 1, 255) for _ in docs]
            for doc, times in zip(docs, often, strict=True):
                spread[doc] = spread.get(doc, 0) + weight * times
            codes = [times << 8 | chance.randrange(256) for times in often]
            runs.append(
                Postings(
                    np.array(docs, np.uint32) - np.uint32(base), np.array(codes, np.uint16), base, end - base, weight
                )
            )
    return runs, spread


def score(groups: Sequence[tuple[bool, list[tuple[float, Spread]]]], norms: np.ndarray, doc: int) -> float | None:
    total = 0.0
    for each, words in groups:
        there = [(factor, spread[doc]) for factor, spread in words if doc in spread]
        if len(there) < (len(words) if each else 1):
            return None
        within = 0.0
        for factor, often in there:
            within += factor * float(often) / (float(often) + float(norms[doc]))
        total += within
    return total


@pytest.mark.parametrize("seed", range(60))
def test_the_best_are_those_of_a_look_at_all(seed: int) -> None:
    chance = random.Random(seed)
    norms = np.array([chance.choice((0.4, 0.9, 1.7, 0.3 + chance.random())) for _ in range(SIZE)])
    seconds = np.array([chance.randrange(chance.choice((5, 10**6))) for _ in range(SIZE)])
    days = (seconds % 50).astype(np.int32)
    live = np.array([chance.random() < 0.9 for _ in range(SIZE)]) if seed % 2 else None
    ground = Ground(norms, seconds, live, days)
    groups: list[tuple[bool, list[tuple[float, Spread]]]] = []
    parts = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        each, words = chance.random() < 0.5, []
        for left in reversed(range(chance.choice((1, 2, 3)))):
            runs, spread = random_word(chance)
            words.append((chance.uniform(0.1, 9), spread))
            merged = Merged(runs, norms, SIZE)
            assert merged.count == len(spread)
            parts.append(Part(merged, words[-1][0], each or (left == 0 and len(words) == 1), left == 0))
        groups.append((each, words))
    wanted, limits = chance.choice((1, 10, 64)), chance.choice((None, (5, 30)))
    expected = []
    for doc in range(SIZE):
        value = score(groups, norms, doc)
        on = limits is None or limits[0] <= days[doc] <= limits[1]
        if value is not None and on and (live is None or live[doc]):
            expected.append((-value, -int(seconds[doc]), doc))
    expected.sort()
    found = ground.find(Words(parts), wanted, limits)
    assert found is not None
    docs, scores, alike = found
    keys = [(-value, -int(seconds[doc]), doc) for doc, value in zip(docs.tolist(), scores.tolist(), strict=True)]
    last = expected[wanted - 1][:2] if len(expected) >= wanted else (0.0, 0)
    assert sorted(keys) == [key for key in expected if key[:2] <= last]
    assert [key[:2] for key in keys] == sorted(key[:2] for key in keys)
    assert alike == (len({key[:2] for key in keys}) < len(keys))


def one_word(docs: Sequence[int], size: int, codes: Sequence[int] | None = None) -> Merged:
    held = Postings(np.array(docs, np.uint32), np.array(codes or [256] * len(docs), np.uint16), 0, size, 1)
    return Merged([held], np.ones(size), size)


def test_where_too_many_are_alike_none_is_the_best() -> None:
    size = TIES + 100
    ground = Ground(np.ones(size), np.zeros(size, np.int64), None, np.zeros(size, np.int32))
    for many, found in ((TIES, True), (TIES + 20, False)):
        words = Words([Part(one_word(range(many), size), 1.0, True, True)])
        assert (ground.find(words, 10, None) is not None) == found


def test_a_word_of_no_document_finds_none() -> None:
    ground = Ground(np.ones(9), np.zeros(9, np.int64), None, np.zeros(9, np.int32))
    found = ground.find(Words([Part(one_word([], 9), 1.0, True, True)]), 3, None)
    assert found is not None
    assert found[0].tolist() == []


@pytest.mark.parametrize("docs", [[3, 3], [5, 4], [0, 9], [2, 4_000_000_000]])
def test_documents_out_of_order_or_range_are_damage(docs: list[int]) -> None:
    with pytest.raises(IndexCorrupt):
        one_word(docs, 9)


def test_postings_that_do_not_fit_each_other_are_damage() -> None:
    with pytest.raises(IndexCorrupt):
        one_word([1, 2], 9, [256])
    with pytest.raises(IndexCorrupt):
        Merged([Postings(np.array([1]), np.array([256], np.uint16), 0, 9, 1)], np.ones(9), 9)
    with pytest.raises(IndexCorrupt):
        Merged([Postings(np.array([1], np.uint32), np.array([256], np.uint16), 0, 99, 1)], np.ones(9), 9)
