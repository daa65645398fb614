"""Near-duplicates: signatures and groups."""

import random
from itertools import islice, product

import numpy as np
import pytest

from indexer.near_duplicates import signatures

WORDS = ["".join(letters) for letters in islice(product("bdfgklmnprstvz", repeat=4), 3000)]


def text(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def texts(words: list[list[str]]) -> signatures.Texts:
    hashes = np.array([signatures.word_hash(word.encode()) for text in words for word in text], np.uint64)
    return signatures.Texts(hashes, np.array([len(text) for text in words], np.int64))


def signed(articles: list[list[str]], titles: list[str] | None = None) -> signatures.Array:
    return signatures.signatures(texts([title.split() for title in titles or [""] * len(articles)]), texts(articles))


def agreement(table: signatures.Array) -> float:
    return float((table[0, : signatures.BINS] == table[1, : signatures.BINS]).mean())


def test_the_same_words_have_the_same_signature_wherever_they_stand() -> None:
    one, other = text(1), text(2)
    table = signed([one, other, one])
    assert table.shape == (3, signatures.WIDTH)
    assert np.array_equal(table[0], table[2])
    assert np.array_equal(table[0], signed([other, one])[1])
    assert agreement(table) == 0


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_agreement_estimates_the_similarity_of_the_shingles(share: float) -> None:
    estimates = []
    truths = []
    for seed in range(60):
        one = text(seed, 400)
        other = one[: int(400 * share)] + text(seed + 1000, 400 - int(400 * share))
        table = signed([one, other])
        estimates.append(agreement(table))
        first, second = (
            {tuple(a[i : i + signatures.SHINGLE]) for i in range(len(a) - signatures.SHINGLE + 1)} for a in (one, other)
        )
        truths.append(len(first & second) / len(first | second))
    assert np.mean(estimates) == pytest.approx(np.mean(truths), abs=0.03)


def test_a_shingle_does_not_run_from_one_article_into_the_next() -> None:
    one, other = text(1, 40), text(2, 40)
    assert np.array_equal(signed([one, other])[0], signed([one])[0])


def test_what_is_kept_beside_the_shingles() -> None:
    body = text(1, 30)
    table = signed([[*body[:10], "81", *body[10:], "81"], body], ["the floods of 2024", ""])
    assert table[:, signatures.COUNT].tolist() == [29, 27]
    assert (table[:, signatures.TITLE] != signatures.EMPTY).sum(axis=1).tolist() == [2, 0]  # function words say nothing
    assert (table[:, signatures.NUMBER] != signatures.EMPTY).sum(axis=1).tolist() == [2, 0]  # each with the word before
    bits = np.unpackbits(table[:, signatures.WORDS].astype("<u2").view(np.uint8), axis=1)
    assert bits.sum(axis=1).tolist()[0] == bits.sum(axis=1).tolist()[1] + 1


def test_long_titles_and_many_numbers_keep_the_same_ones_in_any_order() -> None:
    many = [f"{number}" for number in range(40)]
    title = text(3, 20)
    table = signed([text(1) + many, text(1) + many], [" ".join(title), " ".join(reversed(title))])
    assert np.array_equal(table[0], table[1])
    assert (table[0, signatures.NUMBER] != signatures.EMPTY).all()
