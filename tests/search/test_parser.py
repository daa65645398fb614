"""The query language by example: text -> tree, and text -> warnings."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexer.fields import QUERY_FIELDS
from indexer.search.dates import DATE_WORDS
from indexer.search.moments import MINUTE, Moment
from indexer.search.notices import NOTICES
from indexer.search.parser import MAX_CHARACTERS, MAX_CLAUSES, MAX_READ, parse
from indexer.search.printer import clauses, to_text, without_clause
from indexer.search.query import (
    NOTHING,
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
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)

SYNTAX = Path(__file__).resolve().parents[2] / "docs" / "query-syntax.md"
A, B, C, D = Term("a"), Term("b"), Term("c"), Term("d")


def span(start: str | None, end: str | None = None) -> Range:
    return Range(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


# Nothing here warrants a warning.
TREES = {
    "words": [
        ("", MatchAll()),
        ("  \t\u3000", MatchAll()),
        ("*", MatchAll()),
        ("**", MatchAll()),
        ("* a", A),
        ("-*", NOTHING),
        ("lavrov", Term("lavrov")),
        ("Lavrov", Term("Lavrov")),
        ("a b", And((A, B))),
        ("a, b; c.", And((A, B, C))),
        ("a and b or c not d", And((A, Term("and"), B, Term("or"), C, Term("not"), D))),
        ("g-20", Term("g-20")),
        ("O'Brien's", Term("O'Brien's")),
        ("O’Brien", Term("O'Brien")),
        ("U.S.", Term("U.S.")),
        ("C++", Term("C++")),
        ("AT&T", Term("AT&T")),
        ("$5", Term("$5")),
        ("50%", Term("50%")),
        ("#tag", Term("#tag")),
        ("@user", Term("@user")),
        ("12:30", Term("12:30")),
        ("John 3:16", And((Term("John"), Term("3:16")))),
        ("localhost:8080", Term("localhost:8080")),
        ("http://x.y/z", Term("http://x.y/z")),
        ("(http://x.y/z)", Term("http://x.y/z")),
        ("a 🎉 b", And((A, B))),
        ("a & b", And((A, B))),
        ("a - b", And((A, B))),
        ("a — b", And((A, B))),
        ("a—b", And((A, B))),
        ("2019–2021", And((Term("2019"), Term("2021")))),
        ("–a", A),
        ("a--b", Term("a--b")),
        ("--a", A),
        ("who won?", And((Term("who"), Term("won")))),
        ("¿qué?", Term("qué")),
        ("foo~bar", Term("foo~bar")),
        ("+a +b", And((A, B))),
        ("+OR", Term("OR")),
        ("OR,", Term("OR")),
        ("[a]", A),
        ("cafe\u0301", Term("café")),
        ("a\x00b", And((A, B))),
        ("a\ud800b", And((A, B))),
    ],
    "languages": [
        ("北京", Term("北京")),
        ("中国，美国。", And((Term("中国"), Term("美国")))),
        ("什么？", Term("什么")),
        ("روسيا، أمريكا؟", And((Term("روسيا"), Term("أمريكا")))),
        ("（a｜b） －c", And((Or((A, B)), Not(C)))),
        ("source：SANA", Term("SANA", "source")),
        ("＂a b＂～3", Phrase("a b", 3)),
        ("“a b”", Phrase("a b")),
        ("„a b“", Phrase("a b")),
        ("« a b »", Phrase("a b")),
        ("「北京」", Phrase("北京")),
        ("\u200ea\u200f", A),
        ("中国*", Term("中国")),
        ("中国~", Term("中国")),
    ],
    "operators": [
        ("a OR b", Or((A, B))),
        ("a|b", Or((A, B))),
        ("a || b", Or((A, B))),
        ("a AND b", And((A, B))),
        ("a b OR c d", And((A, Or((B, C)), D))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a OR b OR c", Or((A, B, C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("a (b (c d))", And((A, B, C, D))),
        ("(a)", A),
        ("((a))", A),
        ("foo(b)", And((Term("foo"), B))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("NOT -a", A),
        ("-(-a)", A),
        ("a -b", And((A, Not(B)))),
        ("a OR -b", Or((A, Not(B)))),
        ("-(a b)", Not(And((A, B)))),
        ("NOT (a OR b) c", And((Not(Or((A, B))), C))),
        ("-5", Not(Term("5"))),
    ],
    "phrases": [
        ('"normandy group"', Phrase("normandy group")),
        ('"lavrov"', Phrase("lavrov")),
        ('" a   b "', Phrase("a b")),
        ('"a b"~5', Phrase("a b", 5)),
        ('"a b"~', Phrase("a b")),
        ('"a b"~0', Phrase("a b")),
        ('"a OR (b) title:c -d"', Phrase("a OR (b) title:c -d")),
        ('צה"ל ארה"ב', And((Term("צה״ל"), Term("ארה״ב")))),
        ('"צה"ל תקף"', Phrase("צה״ל תקף")),
        ("C++ -C# .NET .Net.", And((Term("C++"), Not(Term("C#")), Term(".NET"), Term(".Net")))),
        ('a"b c"d', And((A, Phrase("b c"), D))),
        ('-"a b"', Not(Phrase("a b"))),
    ],
    "nearness": [
        ("a NEAR/5 b", Near(A, B, 5)),
        ("a NEAR b", Near(A, B, 10)),
        ("a NEAR/0 b", Near(A, B, 0)),
        ('"a b" NEAR/5 =c', Near(Phrase("a b"), Exact("c"), 5)),
        ("a NEAR/2 b NEAR/3 c", And((Near(A, B, 2), Near(B, C, 3)))),
        ("a b NEAR/3 c d", And((A, Near(B, C, 3), D))),
        ("a OR b NEAR/3 c", Or((A, Near(B, C, 3)))),
        ("-a NEAR/3 b", Not(Near(A, B, 3))),
        ("a NEAR/3 (b)", Near(A, B, 3)),
        ("title:a NEAR/3 title:b", Near(Term("a", "title"), Term("b", "title"), 3, "title")),
        ("title:a NEAR/3 b", Near(Term("a", "title"), Term("b", "title"), 3, "title")),
        ("title:(a NEAR/3 b)", Near(Term("a", "title"), Term("b", "title"), 3, "title")),
    ],
    "patterns": [
        ("minist*", Prefix("minist")),
        ("min*", Prefix("min")),
        ("minist***", Prefix("minist")),
        ("k?ev", Wildcard("k?ev")),
        ("k?ev?", Wildcard("k?ev?")),
        ("m*st?r", Wildcard("m*st?r")),
        ("k*v", Wildcard("k*v")),
        ("lavrof~", Fuzzy("lavrof", 2)),
        ("lavrof~1", Fuzzy("lavrof", 1)),
        ("lavrof~2", Fuzzy("lavrof", 2)),
        ("lavrof~0", Term("lavrof")),
        ("=ministers", Exact("ministers")),
        ('="prime ministers"', Exact("prime ministers")),
        ("-minist*", Not(Prefix("minist"))),
        ("O'Bri*", Prefix("obri")),  # the apostrophe is in no word of the index
        ("$min*", Prefix("min")),
        ("minist.*", Prefix("minist")),
        ("O'B?ien", Wildcard("ob?ien")),
        ("(minist*)", Prefix("minist")),
    ],
    "fields": [
        ("title:a", Term("a", "title")),
        ("intitle:a", Term("a", "title")),
        ("TITLE:a", Term("a", "title")),
        ("title: a", Term("a", "title")),
        ("title:OR", Term("OR", "title")),
        ("title:b:c", Term("b:c", "title")),
        ("title:a*b", Wildcard("a*b", "title")),
        ("site:SANA", Term("SANA", "source")),
        ('source:"Al Jazeera"', Phrase("Al Jazeera", 0, "source")),
        ('source:="Al Jazeera"', Exact("Al Jazeera", "source")),
        ("source:=SANA", Exact("SANA", "source")),
        ("source:(SANA OR TASS)", Or((Term("SANA", "source"), Term("TASS", "source")))),
        ("title:(a source:b c)", And((Term("a", "title"), Term("b", "source"), Term("c", "title")))),
        ("title:(a (b OR c)) d", And((Term("a", "title"), Or((Term("b", "title"), Term("c", "title"))), D))),
        ("-source:SANA", Not(Term("SANA", "source"))),
        ("source:-SANA", Not(Term("SANA", "source"))),
        ("org:un", Term("un", "organisation")),
        ("by:smith", Term("smith", "author")),
        ("category:News/Politics", Term("News/Politics", "category")),
        ("lang:en", Term("en", "language")),
        ("url:http://x.y/a", Term("http://x.y/a", "url")),
        ("url:sana.sy/*", Term("sana.sy", "url")),
        ("person:putin*", Prefix("putin", "person")),
        ("source:*", Not(Missing("source"))),
        ("-source:*", Missing("source")),
        ("NOT site:*", Missing("source")),
        ("date:*", Not(Missing("published"))),
        ("-published:*", Missing("published")),
        ("title:*", Not(Missing("title"))),
    ],
    "dates": [
        ("date:2021", span("2021-01-01", "2021-12-31")),
        ("published:2021-02", span("2021-02-01", "2021-02-28")),
        ("date:2021-10-14", span("2021-10-14", "2021-10-14")),
        ("date:=2021", span("2021-01-01", "2021-12-31")),
        ('date:"2021-10-14"', span("2021-10-14", "2021-10-14")),
        ("date:2021/10/14", span("2021-10-14", "2021-10-14")),
        ("date:2021.10.14", span("2021-10-14", "2021-10-14")),
        ("date:14.10.2021", span("2021-10-14", "2021-10-14")),
        ("date:10.2021", span("2021-10-01", "2021-10-31")),
        ("date:1.10.2021..14.10.2021", span("2021-10-01", "2021-10-14")),
        ("date:10/14/2021", span("2021-10-14", "2021-10-14")),
        ("date:14/10/2021", span("2021-10-14", "2021-10-14")),
        ("date:5/5/2021", span("2021-05-05", "2021-05-05")),
        ("date:2021-1-4", span("2021-01-04", "2021-01-04")),
        ("date:２０２１", span("2021-01-01", "2021-12-31")),
        ("date:2021-10-01..2021-10-14", span("2021-10-01", "2021-10-14")),
        ("date:2020..2021-02", span("2020-01-01", "2021-02-28")),
        ("date:2021..", span("2021-01-01")),
        ("date:2019–2021", span("2019-01-01", "2021-12-31")),
        ("date:2021-10-01—2021-10-14", span("2021-10-01", "2021-10-14")),
        ("date:..2021", span(None, "2021-12-31")),
        ("date:>=2021-10-01", span("2021-10-01")),
        ("date:>2021-10", span("2021-11-01")),
        ("date:<=2021-10", span(None, "2021-10-31")),
        ("date:<2021-10-14", span(None, "2021-10-13")),
        ("after:2021", span("2021-01-01")),
        ("since:2021-10", span("2021-10-01")),
        ("before:2021-10-14", span(None, "2021-10-13")),
        ("until:2021-10-14", span(None, "2021-10-14")),
        ("after:2020 before:2021", And((span("2020-01-01"), span(None, "2020-12-31")))),
        ("added:2026-11", Added(date(2026, 11, 1), date(2026, 11, 30))),
        ("added:2026-11-01..2026-11-14", Added(date(2026, 11, 1), date(2026, 11, 14))),
        ("added:>=2026-11-03", Added(date(2026, 11, 3))),
        ("added:<2026-11-03", Added(None, date(2026, 11, 2))),
        ("added:2026-11-03T14:00..", Added(Moment(datetime(2026, 11, 3, 14), MINUTE))),
        ("added:>2026-11-03T14:00", Added(Moment(datetime(2026, 11, 3, 14, 1), MINUTE))),
        ("added:<=2026-11-03T14:00:05Z", Added(None, Moment(datetime(2026, 11, 3, 14, 0, 5, tzinfo=UTC)))),
        ('added:"2026-11-03 14:00"', Added(*[Moment(datetime(2026, 11, 3, 14), MINUTE)] * 2)),
        ("added:*", Added()),
        ("-added:2026", Not(Added(date(2026, 1, 1), date(2026, 12, 31)))),
        # Which zone the day is of is not known here, so the range may not be empty.
        (
            "added:2026-11-03..2026-11-02T20:00Z",
            Added(date(2026, 11, 3), Moment(datetime(2026, 11, 2, 20, tzinfo=UTC), MINUTE)),
        ),
        ("date:(2020 OR 2022)", Or((span("2020-01-01", "2020-12-31"), span("2022-01-01", "2022-12-31")))),
        ("-date:2021", Not(span("2021-01-01", "2021-12-31"))),
        ("on:10-14", OnDay(10, 14)),
        ("on:2-29", OnDay(2, 29)),
        ("on:10/14", OnDay(10, 14)),
        ("on:2021-10-14", span("2021-10-14", "2021-10-14")),
    ],
    "what no field holds": [
        ("extra.edition:late", Extra("edition", "late")),
        ("Extra.Print-Edition:Late", Extra("printedition", "Late")),
        ('extra.edition:"late  city"', Extra("edition", "late city")),
        ("extra.a.b:=12?", Extra("ab", "12")),
        ("extra.edition:*", Extra("edition")),
        ("-extra.edition:*", Not(Extra("edition"))),
        ("extra.edition:(late OR early)", Or((Extra("edition", "late"), Extra("edition", "early")))),
        ("extra.edition:12:30", Extra("edition", "12:30")),
        ("example.org:8080", Term("example.org:8080")),
    ],
}


@pytest.mark.parametrize(("text", "tree"), [case for cases in TREES.values() for case in cases])
def test_a_query_is_read_without_a_warning(text: str, tree: Node) -> None:
    parsed = parse(text)
    assert (parsed.tree, parsed.warnings, parsed.refused) == (tree, (), False)


# Text, what is searched, and the warnings with the parts of the text they speak of.
WARNED = [
    ("Reuters: oil", And((Term("Reuters"), Term("oil"))), [("unknown-field", "Reuters:")]),
    ("extra.edition:lat*", Extra("edition", "lat"), [("pattern-of-words", "lat*")]),
    ("a extra.edition:", A, [("empty-field", "extra.edition:")]),
    ("a date:05/07/2020", A, [("bad-date", "05/07/2020")]),
    ("路透社：石油", And((Term("路透社"), Term("石油"))), [("unknown-field", "路透社：")]),
    ('Reuters:"oil price"', And((Term("Reuters"), Phrase("oil price"))), [("unknown-field", "Reuters:")]),
    ("titel:oil", And((Term("titel"), Term("oil"))), [("perhaps-field", "titel:")]),
    ("id:7", Term("id:7"), []),
    ("title:", NOTHING, [("empty-field", "title:")]),
    ("title: source:a", Term("a", "source"), [("empty-field", "title:")]),
    ("*foo a", A, [("leading-wildcard", "*foo")]),
    ("?foo OR a", A, [("leading-wildcard", "?foo")]),
    ("a *foo OR b", And((A, B)), [("leading-wildcard", "*foo")]),
    ("a OR *foo", A, [("leading-wildcard", "*foo")]),
    ("a -*foo", A, [("leading-wildcard", "*foo")]),
    ("mi*", Term("mi"), [("short-pattern", "mi*")]),
    ("k?*", Term("k"), [("short-pattern", "k?*")]),
    ("ab~", Term("ab"), [("short-pattern", "ab~")]),
    ("g-20*", Term("g-20"), [("pattern-of-words", "g-20*")]),
    ('"prime minist* b"~2', Phrase("prime minist b", 2), [("pattern-of-words", '"prime minist* b"~2')]),
    ("minist*~1", Term("minist"), [("pattern-of-words", "minist*~1")]),
    ("lavrof~3", Fuzzy("lavrof", 2), [("edits-capped", "lavrof~3")]),
    ('"a b"~5000', Phrase("a b", 1000), [("distance-capped", '"a b"~5000')]),
    ("a NEAR/99999999999 b", Near(A, B, 1000), [("distance-capped", "NEAR/99999999999")]),
    ('a "b c', And((A, Phrase("b c"))), [("unclosed-quote", '"b c')]),
    ('a "', A, [("unclosed-quote", '"')]),
    ("(a b", And((A, B)), [("unclosed-parenthesis", "(a b")]),
    ("a) b", And((A, B)), [("stray-parenthesis", ")")]),
    (":)", NOTHING, [("stray-parenthesis", ")")]),
    ("OR a", A, [("stray-operator", "OR")]),
    ("a AND", A, [("stray-operator", "AND")]),
    ("a AND OR b", Or((A, B)), [("stray-operator", "AND")]),
    ("(OR a) b", And((A, B)), [("stray-operator", "OR")]),
    ("a NOT", A, [("stray-operator", "NOT")]),
    ("a NOT OR b", Or((A, B)), [("stray-operator", "NOT")]),
    ("NEAR/3 a", A, [("stray-operator", "NEAR/3")]),
    ("AND", NOTHING, [("stray-operator", "AND")]),
    ("a NEAR/3 (b OR c)", And((A, Or((B, C)))), [("near-operands", "NEAR/3")]),
    ("a NEAR/3 minist*", And((A, Prefix("minist"))), [("near-operands", "NEAR/3")]),
    ("a NEAR/3 -b", And((A, Not(B))), [("near-operands", "NEAR/3")]),
    ("title:a NEAR/3 body:b", And((Term("a", "title"), Term("b", "body"))), [("near-operands", "NEAR/3")]),
    ("source:a NEAR/3 b", And((Term("a", "source"), B)), [("near-operands", "NEAR/3")]),
    ("added:yesterday a", A, [("bad-date", "yesterday")]),
    ("added:2026-11-03T25:00 a", A, [("bad-date", "2026-11-03T25:00")]),
    ("added:.. a", A, [("bad-date", "..")]),
    ("added:>9999-12-31T23:59 a", A, [("bad-date", ">9999-12-31T23:59")]),
    ("date:yesterday a", A, [("bad-date", "yesterday")]),
    ("date:2021-13 a", A, [("bad-date", "2021-13")]),
    ("date:2021-02-30 a", A, [("bad-date", "2021-02-30")]),
    ("date:.. a", A, [("bad-date", "..")]),
    ("before:0001 a", A, [("bad-date", "0001")]),
    ("date:>9999 a", A, [("bad-date", ">9999")]),
    ("on:10-32 a", A, [("bad-day", "10-32")]),
    ("on:02-30 a", A, [("bad-day", "02-30")]),
    ("after: the war", And((Term("after"), Term("the"), Term("war"))), [("word-not-date", "after:")]),
    ("added:2027..2026", Added(date(2026, 1, 1), date(2027, 12, 31)), [("reversed-dates", "2027..2026")]),
    ("date:2022..2021", span("2021-01-01", "2022-12-31"), [("reversed-dates", "2022..2021")]),
    ("!!!", NOTHING, [("nothing-to-search", "!!!")]),
    (" 🎉 ", NOTHING, [("nothing-to-search", " 🎉 ")]),
    ('""', NOTHING, [("nothing-to-search", '""')]),
    ("()", NOTHING, [("nothing-to-search", "()")]),
]


@pytest.mark.parametrize(("text", "tree", "warnings"), WARNED)
def test_what_is_read_differently_is_said(text: str, tree: Node, warnings: list[tuple[str, str]]) -> None:
    parsed = parse(text)
    assert parsed.tree == tree
    assert [(w.code, text[w.start : w.end]) for w in parsed.warnings] == warnings
    assert not parsed.refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "x" * (MAX_CHARACTERS + 1),
            "The query has 1001 characters; at most 1000 are allowed. Leave some words out.",
        ),
        (
            " OR ".join(["x"] * (MAX_CLAUSES + 1)),
            "The query has 65 words and phrases; at most 64 are allowed. Leave some out.",
        ),
        (
            "*foo )",
            '"*foo" begins with a wildcard and was left out. Put at least its first letter before * or ?.',
        ),
    ],
)
def test_a_query_over_the_limits_is_refused_with_the_reason(text: str, message: str) -> None:
    parsed = parse(text)
    assert parsed.refused
    assert parsed.tree == NOTHING
    assert parsed.warnings[-1].message == message


def test_a_long_query_of_plain_words_is_cut_and_says_so() -> None:
    parsed = parse("a " * MAX_CLAUSES + "b")
    assert parsed.tree == And((A,) * MAX_CLAUSES)
    assert (parsed.plain, parsed.refused) == (True, False)
    assert [w.message for w in parsed.warnings] == [
        "The query is very long: of its 65 words the first 64 were searched."
    ]
    long = parse("(what happened in Minsk)? " + "and then, " * 200)
    assert long.warnings[0].values == ("404", "64")
    few = parse("x" * 400 + " " + "y" * 400 + " " + "z" * 400)
    assert few.tree == And((Term("x" * 400), Term("y" * 400)))
    assert few.warnings[0].values == ("3", "2")


@pytest.mark.parametrize("last", ["-b", "OR b", '"b c"', "title:b", "b*", "b~", "AND b"])
def test_a_long_query_is_not_cut_where_the_rest_is_more_than_words(last: str) -> None:
    parsed = parse("a " * MAX_CLAUSES + last + " c")
    assert parsed.refused
    assert parsed.warnings[-1].code == "too-many-clauses"


def test_what_nobody_types_is_refused_unread() -> None:
    assert parse("word " * MAX_READ).refused


@pytest.mark.parametrize(
    "text", ["a", "a b", "who won?", "(a b)", "g-20 U.S.", "a, b; or c", "+a", "Reuters: oil", "* a"]
)
def test_words_alone_are_plain(text: str) -> None:
    assert parse(text).plain


@pytest.mark.parametrize(
    "text", ["", "*", "a AND b", "a OR b", "a|b", "-a b", "a NOT b", '"a b"', "a*b c", "mi?i", "abcd~", "=a b",
             "title:a b", "on:10-14", "a NEAR b", "OR a", "!!!", "*foo abc*"],
)  # fmt: skip
def test_what_is_more_than_words_is_not_plain(text: str) -> None:
    assert not parse(text).plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("DISPUTE BETWEEN BULGARIA AND GREECE OVER THE RIVER .", True),
        ("NEW TALKS WITH FRANCE OR A MEETING OF FOUR POWERS", True),
        ("dispute between Bulgaria AND Greece over the river", False),
        ("NATO AND UN AND EU AND WTO AND IMF AND WHO", False),
        ("NATO NOT EU", False),
        ("中国 美国 日本 韩国 印度 法国 NOT 德国", False),
    ],
)
def test_operators_are_words_in_a_sentence_all_in_capitals(text: str, plain: bool) -> None:
    parsed = parse(text)
    assert parsed.plain is plain
    assert not parsed.warnings
    assert parse(to_text(parsed.tree)).tree == parsed.tree


def test_a_query_at_the_limits_is_not_refused() -> None:
    assert parse("x" * MAX_CHARACTERS).tree == Term("x" * MAX_CHARACTERS)
    assert parse(" ".join(["x"] * MAX_CLAUSES)).tree == And((Term("x"),) * MAX_CLAUSES)


def test_warnings_come_in_the_order_of_the_text_and_not_without_end() -> None:
    codes = [warning.code for warning in parse('OR mi* nosuch:a "b').warnings]
    assert codes == ["stray-operator", "short-pattern", "unknown-field", "unclosed-quote"]
    assert len(parse(")" * 1000).warnings) == 20


def test_a_long_word_is_cut_in_a_message() -> None:
    warning = parse("*" + "x" * 100).warnings[0]
    assert warning.values == ("*" + "x" * 38 + "…",)


PRINTED = [
    ("lavrov biden", "lavrov AND biden"),
    ("a b OR c d", "a AND (b OR c) AND d"),
    ("(a AND b) OR c", "a AND b OR c"),
    ("NOT (a b)", "-(a AND b)"),
    ("NOT a NEAR/3 b", "-(a NEAR/3 b)"),
    ("intitle:(a b)", "title:a AND title:b"),
    ("site:*", "source:*"),
    ("NOT site:*", "-source:*"),
    ("title:(a NEAR b)", "title:a NEAR/10 title:b"),
    ("„a  b“~3 =C", '"a b"~3 AND =C'),
    ("lavrof~", "lavrof~2"),
    ("after:2021", "published:2021.."),
    ("before:2021-10-14", "published:..2021-10-13"),
    ("date:2021-10-01..2021-10-31", "published:2021-10"),
    ("date:2020-01-01..2021-12-31", "published:2020..2021"),
    ("date:2020-01-01..2021-12-30", "published:2020-01-01..2021-12-30"),
    ("on:2-9", "on:02-09"),
    ("+AND", "+AND"),
    ("", "*"),
    ("!!!", "-*"),
]


@pytest.mark.parametrize(("text", "printed"), PRINTED)
def test_a_tree_prints_as_canonical_text(text: str, printed: str) -> None:
    tree = parse(text).tree
    assert to_text(tree) == printed
    assert parse(printed).tree == tree


def test_a_word_that_no_query_can_hold_is_printed_in_quotation_marks() -> None:
    assert to_text(Term("two words")) == '"two words"'
    assert to_text(Phrase('a "b" c')) == '"a b c"'


def test_clauses_are_what_is_joined_by_and() -> None:
    tree = parse('a -b (c OR d) source:"Al Jazeera"').tree
    assert [text for text, _ in clauses(tree)] == ["a", "-b", "c OR d", 'source:"Al Jazeera"']
    assert to_text(without_clause(tree, 2)) == 'a AND -b AND source:"Al Jazeera"'
    assert clauses(parse("a OR b").tree) == [("a OR b", Or((A, B)))]
    assert without_clause(A, 0) == MatchAll()
    assert clauses(MatchAll()) == []


def test_the_page_on_query_syntax_names_every_warning_and_every_field() -> None:
    page = SYNTAX.read_text(encoding="utf-8")
    codes = re.findall(r"^\| `([a-z-]+)` \|", page.partition("## Warnings")[2], re.MULTILINE)
    assert codes == list(NOTICES)
    for name in (*QUERY_FIELDS, *DATE_WORDS):
        assert f"`{name}:`" in page, f"docs/query-syntax.md does not mention {name}:"


def test_every_example_of_the_page_on_query_syntax_is_read_without_a_warning() -> None:
    page = SYNTAX.read_text(encoding="utf-8").partition("## Warnings")[0]
    examples = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)
    assert len(examples) > 30
    for example in examples:
        if example.endswith(":"):
            continue  # the table of fields
        assert parse(example.replace("\\|", "|")).warnings == (), example
