"""Wildcards against what they are defined by."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis.patterns import in_order, wildcard_pattern

PATTERNS = st.text(st.sampled_from("aab?*."), max_size=10)
WORDS = st.text(st.sampled_from("aab. "), max_size=12)


def plainly(pattern: str) -> str:
    """The expression that tries everything."""
    signs = {"?": r"\S", "*": r"\S*"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in pattern)


@given(PATTERNS, WORDS)
@example("*?a*", "aa")
@example("a*b*b", "abb")
@example("*ab", "aab")
def test_a_pattern_fits_what_it_says(pattern: str, word: str) -> None:
    assert bool(wildcard_pattern(pattern).fullmatch(word)) == bool(re.fullmatch(plainly(pattern), word))


@given(PATTERNS, WORDS)
def test_a_pattern_is_found_in_a_line_of_words_where_it_fits(pattern: str, line: str) -> None:
    found = [match.span() for match in re.finditer(f" {wildcard_pattern(pattern).pattern} ", f" {line} ")]
    assert found == [match.span() for match in re.finditer(f" {plainly(pattern)} ", f" {line} ")]


@given(PATTERNS, WORDS)
def test_signs_in_order_mean_the_same(pattern: str, word: str) -> None:
    assert bool(re.fullmatch(plainly(in_order(pattern)), word)) == bool(re.fullmatch(plainly(pattern), word))


@pytest.mark.parametrize(
    ("pattern", "ordered"), [("a?*?*b", "a??*b"), ("**", "*"), ("a*b?c", "a*b?c"), ("?*", "?*"), ("*?", "?*")]
)
def test_signs_are_put_in_order(pattern: str, ordered: str) -> None:
    assert in_order(pattern) == ordered


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("st" + "?*" * 12 + "zz", "st" + "a" * 5_000),
        ("a" + "*a" * 40 + "*b", "a" * 5_000),
        ("a" + "*a?" * 40 + "b", "a" * 5_000),
        ("*" * 40 + "b", "a" * 5_000),
    ],
)
def test_no_pattern_tries_everything(pattern: str, word: str) -> None:
    # Where the expression of `plainly` is asked this, it does not come back.
    assert wildcard_pattern(pattern).fullmatch(word) is None
