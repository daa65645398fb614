"""Near-duplicates: signatures and groups."""

import random

import numpy as np
import pytest

from indexer.near_duplicates import signatures

WORDS = [f"word{n}" for n in range(3000)]


def text(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def signed(articles: list[list[str]]) -> signatures.Array:
    hashes = np.array([signatures.word_hash(w.encode()) for a in articles for w in a], np.uint64)
    return signatures.signatures(hashes, np.array([len(a) for a in articles]))


def test_the_same_words_have_the_same_signature_wherever_they_stand() -> None:
    one, other = text(1), text(2)
    table = signed([one, other, one])
    assert table.shape == (3, signatures.BINS)
    assert np.array_equal(table[0], table[2])
    assert np.array_equal(table[0], signed([other, one])[1])
    assert signatures.similarity(table[0], table[1]) < 0.1


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_agreement_estimates_the_similarity_of_the_shingles(share: float) -> None:
    estimates = []
    truths = []
    for seed in range(60):
        one = text(seed, 400)
        other = one[: int(400 * share)] + text(seed + 1000, 400 - int(400 * share))
        table = signed([one, other])
        estimates.append(float(signatures.similarity(table[0], table[1])))
        first, second = (
            {tuple(a[i : i + signatures.SHINGLE]) for i in range(len(a) - signatures.SHINGLE + 1)} for a in (one, other)
        )
        truths.append(len(first & second) / len(first | second))
    assert np.mean(estimates) == pytest.approx(np.mean(truths), abs=0.03)


def test_a_light_rewrite_joins_the_group_and_a_stranger_does_not() -> None:
    wire = text(1)
    rewrite = ["beirut", "agency", *wire[:90], *text(5, 12), *wire[100:]]
    articles = [text(2), wire, text(3), rewrite, wire, text(4)]
    assert signatures.group([signed(articles)]).tolist() == [0, 1, 2, 1, 1, 5]


def test_groups_do_not_depend_on_the_order_of_arrival() -> None:
    chance = random.Random(7)
    articles = []
    for story in range(30):
        base = text(story, 150)
        for _ in range(chance.randint(1, 6)):
            at = chance.randint(0, 130)
            articles.append([*base[:at], *text(chance.randint(100, 10_000), 8), *base[at + 8 :]])
    expected = None
    for seed in range(5):
        order = list(range(len(articles)))
        random.Random(seed).shuffle(order)
        labels = signatures.group([signed([articles[i] for i in order])])
        found: dict[int, set[int]] = {}
        for position, label in enumerate(labels.tolist()):
            found.setdefault(label, set()).add(order[position])
        partition = {frozenset(members) for members in found.values()}
        expected = expected or partition
        assert partition == expected
    assert len(expected or ()) == 30


def test_short_texts_are_never_grouped() -> None:
    brief = text(1, signatures.MIN_SHINGLES + signatures.SHINGLE - 2)
    assert signatures.group([signed([brief, brief])]).tolist() == [0, 1]
    long_enough = text(1, signatures.MIN_SHINGLES + signatures.SHINGLE - 1)
    assert signatures.group([signed([long_enough, long_enough])]).tolist() == [0, 0]


def test_a_shingle_does_not_run_from_one_article_into_the_next() -> None:
    one, other = text(1, 40), text(2, 40)
    assert np.array_equal(signed([one, other])[0], signed([one])[0])


def test_batches_and_deleted_articles() -> None:
    one, other = text(1), text(2)
    first, second = signed([one, other]), signed([other, one, one])
    assert signatures.group([first, second]).tolist() == [0, 1, 1, 0, 0]
    assert signatures.group([first, second], np.array([0])).tolist() == [0, 1, 1, 3, 3]
    assert signatures.group([]).tolist() == []


def test_nothing_gives_nothing() -> None:
    assert signatures.group([signed([])]).tolist() == []
    assert signatures.group([signed([[], []])]).tolist() == [0, 1]


def test_ten_thousand_copies_are_one_group() -> None:
    table = np.repeat(signed([text(1)]), 10_000, axis=0)
    assert set(signatures.group([table]).tolist()) == {0}
