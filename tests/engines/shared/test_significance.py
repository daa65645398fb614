"""The log-likelihood ratio, and what a sample makes of texts."""

import pytest

from indexer.engines.shared.significance.own_words import OwnWords
from indexer.engines.shared.significance.sample import SAMPLE, Candidate, Sample, sampled
from indexer.engines.shared.significance.statistics import Counted, Sizes
from indexer.search.parser import parse
from indexer.search.request import SearchRequest
from indexer.surprise import surprise


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "expected"),
    [
        # From the table of bigrams in Dunning 1993: "the swiss", "can be", "previous year", "mineral water".
        (110, 2442, 111, 29114, 270.72),
        (29, 13, 123, 31612, 263.90),
        (31, 23, 139, 31584, 256.84),
        (10, 0, 3, 31764, 167.23),
    ],
)
def test_the_log_likelihood_ratio_is_that_of_the_paper(
    both: int, first: int, second: int, neither: int, expected: float
) -> None:
    assert surprise(both, both + second, first, first + neither) == pytest.approx(expected, abs=0.01)


def test_equal_shares_are_no_surprise() -> None:
    assert surprise(5, 50, 10, 100) == pytest.approx(0, abs=1e-9)
    assert surprise(0, 50, 0, 100) == 0
    assert surprise(50, 50, 100, 100) == 0


def counted(here: int, hits: int, rest: int, others: int) -> float:
    return Counted("word", "strike", here, here, here + rest, Sizes(hits, hits + others)).score


def test_only_what_is_said_much_more_in_the_hits_counts() -> None:
    assert counted(4, 20, 0, 180) > 10.83
    assert counted(2, 20, 0, 1_980) == 0, "too few of many hits"
    assert counted(2, 19, 0, 1_981) > 0
    assert counted(60, 100, 5_000, 10_000) == 0, "surprising, but hardly more"
    assert counted(2, 10, 5, 100) == 0, "chance"
    assert counted(20, 20, 0, 0) == 0, "nothing to compare with"


def candidates(query: str, *texts: str, language: str = "en") -> list[Candidate]:
    sample = Sample([[(text, language)] for text in texts])
    own = OwnWords(SearchRequest(query), parse(query).tree, [language])
    return sample.candidates(own, {language: Sizes(len(texts), 1_000)}, lambda _: {}, 20)


def test_a_word_is_shown_as_it_is_written_most_often() -> None:
    texts = "Strikes in Hamburg", "The strike of HAMBURG", "Strikes: Hamburg, strikes", "No strikes"
    found = candidates("x", *texts)
    assert [(each.text, each.term) for each in found] == [("strikes", "strike\x1fen"), ("Hamburg", "hamburg\x1fen")]


def test_what_tells_nothing_is_no_word() -> None:
    text = "the 2021 a 北京大学 someone@strike.example https://strike.example www.strike.example re-elected U.S."
    assert [each.text for each in candidates("x", text, text)] == ["elected", "U.S"]


@pytest.mark.parametrize(
    "query", ["harbours", "harb*", "harbor~", '"the harbour"', "har?our", "port NEAR/2 harbour", "place:harbour"]
)
def test_the_words_of_the_query_are_left_out(query: str) -> None:
    text = "the harbour closed"
    assert "closed" in [each.text for each in candidates(query, text, text)]
    assert "harbour" not in [each.text for each in candidates(query, text, text)]


def test_many_hits_are_read_from_all_over_them() -> None:
    assert sampled(3) == [0, 1, 2]
    assert len(sampled(SAMPLE + 1)) == SAMPLE
    assert sampled(10_000)[:3] == [0, 100, 200]
    assert sampled(10_000)[-1] == 9900
