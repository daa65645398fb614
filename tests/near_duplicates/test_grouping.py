"""Groups of all articles: what is found, whatever the order."""

import random

import numpy as np

from indexer.near_duplicates import signatures
from indexer.near_duplicates.grouping import group
from tests.near_duplicates.test_signatures import signed, text


def test_a_light_rewrite_joins_the_group_and_a_stranger_does_not() -> None:
    wire = text(1)
    rewrite = ["beirut", "agency", *wire[:90], *text(5, 12), *wire[100:]]
    articles = [text(2), wire, text(3), rewrite, wire, text(4)]
    assert group([signed(articles)]).tolist() == [0, 1, 2, 1, 1, 5]


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
        labels = group([signed([articles[i] for i in order])])
        found: dict[int, set[int]] = {}
        for position, label in enumerate(labels.tolist()):
            found.setdefault(label, set()).add(order[position])
        partition = {frozenset(members) for members in found.values()}
        expected = expected or partition
        assert partition == expected
    assert len(expected or ()) == 30


def test_short_texts_are_never_grouped() -> None:
    brief = text(1, signatures.MIN_SHINGLES + signatures.SHINGLE - 2)
    assert group([signed([brief, brief])]).tolist() == [0, 1]
    long_enough = text(1, signatures.MIN_SHINGLES + signatures.SHINGLE - 1)
    assert group([signed([long_enough, long_enough])]).tolist() == [0, 0]


def test_batches_and_deleted_articles() -> None:
    one, other = text(1), text(2)
    first, second = signed([one, other]), signed([other, one, one])
    assert group([first, second]).tolist() == [0, 1, 1, 0, 0]
    assert group([first, second], np.array([0])).tolist() == [0, 1, 1, 3, 3]
    assert group([]).tolist() == []


def test_nothing_gives_nothing() -> None:
    assert group([signed([])]).tolist() == []
    assert group([signed([[], []])]).tolist() == [0, 1]


def test_ten_thousand_copies_are_one_group() -> None:
    table = np.repeat(signed([text(1)]), 10_000, axis=0)
    assert set(group([table]).tolist()) == {0}
