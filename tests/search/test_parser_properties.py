"""What holds of every text at all: the parser answers, its spans are right, and what it prints reads back the same."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.fields import KEYWORD_FIELDS, TEXT_FIELDS
from indexer.search.lexer import MAX_DISTANCE
from indexer.search.moments import MINUTE, Moment, seconds_between
from indexer.search.notices import NOTICES
from indexer.search.parser import conjunction, disjunction, negation, parse
from indexer.search.printer import clauses, to_text, without_clause
from indexer.search.query import (
    Added,
    And,
    Exact,
    Extra,
    Fuzzy,
    MatchAll,
    Missing,
    Near,
    Node,
    Not,
    OnDay,
    Or,
    Parsed,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)

LONGEST = 2_000
ANY_TEXT = st.text(st.characters(), max_size=LONGEST)
PIECES = st.sampled_from(
    [
        *"()\"|-=*?~:+'.,<>/&!# \t\n“”«»„：（）－＂？＊～。،؟…–—²ªß́",
        *"AND OR NOT NEAR NEAR/3 NEAR/0 NEAR/99999 and or not".split(),
        *"title: source: person: org: lang: date: published: after: before: since: until: on: url:".split(),
        *"Title: SOURCE： titel: Reuters: http://a.b/c 12:30 nosuch:".split(),
        *"lavrov minist* mi* O'Bri* $min*t a*:$ k?ev k?*v lavrof~ lavrof~1 ~9 =ministers *foo ?foo".split(),
        *"g-20 g-20* U.S. C++ AT&T o'brien".split(),
        *"2021 2021-10 2021-10-14 ..2021 2021.. 2021..2020 >=2021 <2021-10 0001 9999 10-14 02-29 02-30".split(),
        *"北京 中国* محمد привет हिन्दी ğ İ ﬁ Ω \u200f\u202b \ud800 \x00".split(" "),
    ]
)
QUERY_LIKE = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=60).map(
    lambda pairs: "".join(piece + space for piece, space in pairs)
)


def parse_again(tree: Node) -> Node:
    # The canonical text of the longest queries is longer than what may be typed: `by:x` prints as `author:x`.
    return parse(to_text(tree), max_characters=20 * LONGEST).tree


def check(text: str) -> Parsed:
    parsed = parse(text, max_characters=LONGEST)
    assert parse_again(parsed.tree) == parsed.tree
    printed = to_text(parsed.tree)
    assert to_text(parse_again(parsed.tree)) == printed
    for warning in parsed.warnings:
        assert 0 <= warning.start <= warning.end <= len(text)
        assert warning.message == NOTICES[warning.code].format(*warning.values)
    if parsed.refused:
        assert parsed.warnings
    for index, (clause, node) in enumerate(clauses(parsed.tree)):
        assert parse(clause, max_characters=20 * LONGEST).tree == node
        without_clause(parsed.tree, index)
    return parsed


@given(ANY_TEXT)
@example("\ud800")
@example("=\u0338")
@example("x\u037e")
def test_any_text_parses_and_reads_back(text: str) -> None:
    check(text)


@settings(max_examples=600)
@given(QUERY_LIKE)
@example("minist*：ª")
@example("a*:$")
@example("00?\U00040000")
@example("O'B?*'")
def test_anything_like_a_query_parses_and_reads_back(text: str) -> None:
    check(text)


WORDS = st.sampled_from(
    "lavrov Biden g-20 U.S. C++ AT&T $5 #tag @user 12:30 http://x.y/z O'Brien 北京 محمد OR AND NOT NEAR/3 5".split()
)
PLAIN = st.sampled_from("minist Ukrain moscow 2021 россия".split())
PHRASES = st.sampled_from(["normandy group", "g-20", "北京 上海", "a OR b", "title:x (y)"])
NAMES = st.sampled_from([None, *(f.name for f in TEXT_FIELDS)])
ANY_NAME = st.one_of(NAMES, st.sampled_from([*(f.name for f in KEYWORD_FIELDS), "url"]))
DAYS = st.dates(date(1800, 1, 1), date(2100, 12, 31))


@st.composite
def near(draw: st.DrawFn) -> Near:
    name = draw(NAMES)
    left, right = (
        draw(
            st.one_of(
                st.builds(Term, WORDS, st.just(name)),
                st.builds(Phrase, PHRASES, st.integers(0, 9), st.just(name)),
                st.builds(Exact, WORDS, st.just(name)),
            )
        )
        for _ in range(2)
    )
    return Near(left, right, draw(st.integers(0, MAX_DISTANCE)), name)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return draw(st.sampled_from([Range(first, last), Range(first, None), Range(None, last), Range(first, first)]))


MOMENTS = st.builds(
    lambda at, lasts: Moment(at.replace(microsecond=0, second=0 if lasts == MINUTE else at.second), lasts),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([None, UTC])),
    st.sampled_from([1, MINUTE]),
)


@st.composite
def arrivals(draw: st.DrawFn) -> Added:
    ends = draw(st.lists(DAYS | MOMENTS, min_size=2, max_size=2))
    first, last = seconds_between(ends[0], ends[1], UTC)
    if first is not None and last is not None and first > last:
        ends.reverse()
    return draw(st.sampled_from([Added(*ends), Added(ends[0]), Added(None, ends[1]), Added(ends[0], ends[0]), Added()]))


LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, WORDS, ANY_NAME),
    st.builds(Phrase, PHRASES, st.integers(0, MAX_DISTANCE), ANY_NAME),
    near(),
    st.builds(Prefix, PLAIN, ANY_NAME),
    st.builds(Wildcard, st.sampled_from(["k?ev", "m*ster", "ab?*", "k?ev?"]), ANY_NAME),
    st.builds(Fuzzy, PLAIN, st.integers(1, 2), ANY_NAME),
    st.builds(Exact, st.one_of(WORDS, PHRASES), ANY_NAME),
    st.builds(Missing, st.sampled_from(["source", "published", "title", "url"])),
    st.builds(Extra, st.sampled_from(["edition", "a1", "版"]), st.one_of(st.just(""), WORDS, PHRASES)),
    ranges(),
    arrivals(),
    st.builds(lambda day: OnDay(day.month, day.day), DAYS),
    st.just(MatchAll()),
)
TREES = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        st.lists(nodes, min_size=2, max_size=4).map(lambda found: conjunction(*found)),
        st.lists(nodes, min_size=2, max_size=4).map(lambda found: disjunction(*found)),
        nodes.map(negation),
    ),
    max_leaves=20,
)


@settings(max_examples=300)
@given(TREES)
def test_every_tree_prints_and_reads_back(tree: Node) -> None:
    parsed = parse(to_text(tree), max_characters=20 * LONGEST)
    assert parsed.tree == tree
    assert to_text(parsed.tree) == to_text(tree)


@given(st.lists(LEAVES.filter(lambda leaf: leaf != MatchAll()), min_size=2, max_size=6), st.data())
def test_a_clause_can_be_taken_out(leaves: list[Node], data: st.DataObject) -> None:
    tree = conjunction(*leaves)
    assert isinstance(tree, And)
    index = data.draw(st.integers(0, len(leaves) - 1))
    assert without_clause(tree, index) == conjunction(*leaves[:index], *leaves[index + 1 :])


WORST = "( ) - NOT_ OR_ a: title: ~ * ? = | a_OR_( -( ' . a. title:( NEAR/3_ 北 \u0301 a- 12: \"".split(" ")


@pytest.mark.parametrize("piece", [piece.replace("_", " ") for piece in WORST])
def test_the_worst_texts_take_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 10.0
        for _ in range(3):
            started = time.process_time()  # whatever else the machine does
            parsed = parse(text, max_characters=size)
            to_text(parsed.tree)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(40_000) < max(0.1, 40 * seconds(4_000))


def test_ten_thousand_parentheses_are_no_deeper_than_one() -> None:
    text = "(" * 10_000 + "a" + ")" * 10_000
    assert parse(text, max_characters=len(text)).tree == Term("a")
    text = "-(" * 10_000 + "a" + ")" * 10_000
    assert parse(text, max_characters=len(text)).tree == Term("a")


def test_or_and_not_nest_as_deep_as_the_clauses_allow() -> None:
    text = "a"
    for number in range(60):
        text = f"-({text} b{number})" if number % 2 else f"({text} OR b{number})"
    tree = check(text).tree
    assert isinstance(tree, Not)
    assert isinstance(tree.child, And)
    assert isinstance(tree.child.children[0], Or)
