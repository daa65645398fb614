"""Snippets: what is marked, where passages are cut, and that the quick way finds what the slow one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import analysis
from indexer.article import Article
from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.search.passages.match_finder import Finder
from indexer.highlight.matches import Mark, Word, matchers, merged, text_clauses, whole_text
from indexer.highlight.passages import WIDTH, lead, snippets
from indexer.highlight.whole_article import highlight
from indexer.search.parser import parse
from indexer.search.results import Snippet
from tests.engines.whoosh.archives import WORDS

LANGUAGES = ("en", None)
PIECES = [
    *WORDS,
    "turmoil",
    "warlike",
    "l'Iraq",
    "iraq's",
    "u.s",
    "U.S.A.",
    "G20",
    "x" * 100,
    "日本",
    "and/or",
    "ﬁn",
    "İraq",
    "cease-fire",
    "ceasefires",
    "covid",
    "19",
    "covid19",
    "C++",
    "C#",
    ".NET",
    "AT",
    "T",
    "Müller",
    "Mu\u0308ller",
    "mueller",
    'צה"ל',
    "צהל",
    "ﾃﾚﾋﾞ",
    "مُحَمَّدٌ",
    "ရွေးကောက်ပွဲ",
    "हिन्दी",
]
JOINTS = (
    " ",
    " ",
    " ",
    "-",
    ". ",
    ", ",
    "\n\n",
    "’",
    "'",
    ".",
    "",
    "—",
    "\u200b",
    "@",
    "_",
    "-\n",
    "&",
    " & ",
    "+",
    "#",
    '"',
    "\u2010",
)
QUERIES = (
    "iraq", "war", "minister", "=ministers", "min*", "w?r*", "iraq~1", "us", "obrien", "g-20", '"iraq war"', "京",
    '"the war"~2', '"oil summit wars"~3', "iraq NEAR/2 war", "iraq war summit", "title:iraq OR body:war", "lavrov -oil",
    "東京", "العراق", "россия", "strasse", "homme", '"u.s. oil"', '"g 20"', "cafe", "北京大学", "body:sa*", '"war war"',
    "ceasefire", "cease-fire", "covid-19", "covid19", '"cease-fire covid19"', '"covid-19 ceasefire"~2', "AT&T", "C++",
    "C", "C#", ".net", "net", "müller", "muller", "mueller", 'צה"ל', "テレビ", "محمد", "ရွေးကောက်ပွဲ", "ရ", "हिंदी",
    '"c++ war"',
    "ceasefire NEAR/1 covid-19", "at", "cease", "=cease-fire", "iraqwar", "iraq-war", "t&at",
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINTS)), max_size=30))
    return "".join(piece + joint for piece, joint in parts)


def marked(text: str, query: str) -> list[str]:
    found = highlight(Article("a", body=text, language="en"), parse(query).tree, LANGUAGES)["body"]
    return [text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("minister", "The ministers met a Minister.", ["ministers", "Minister"]),
        ("=minister", "The ministers met a Minister.", ["Minister"]),
        ('"normandy group"', "The group of Normandy; the Normandy Group", ["Normandy Group"]),
        ('"g20 summit"~2', "a G20 leaders' summit, a summit of the G20", ["G20 leaders' summit"]),
        ("lavrov NEAR/1 biden", "Biden met Lavrov. Much later Lavrov left.", ["Biden", "Lavrov"]),
        ("minist* -talks", "ministry talks", ["ministry"]),
        ("lavrof~1", "Lavrov and Lavrova", ["Lavrov"]),
        ("k?ev", "Kiev, Kyiv", ["Kiev"]),
        ("title:kiev", "Kiev", []),
        ("u.s.", "The U.S. and the US", ["U.S.", "US"]),
        ("o'brien", "O'Brien’s", ["O'Brien"]),
        ("京", "東京都", ["京"]),
        ("北京大学", "在北京大学里", ["北京大学"]),
        ("straße", "Strasse, Straße", ["Strasse", "Straße"]),
        ("ﬁn", "a ﬁn", ["ﬁn"]),
        ("source:kiev", "Kiev", []),
        ("", "Kiev", []),
    ],
)
def test_marks(query: str, text: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


def both_ways(text: str, query: str, language: str | None) -> tuple[set[Mark], Finder]:
    """The marks found by cutting all of a text, and what finds them the quick way."""
    tokens = analysis.cut(text)
    terms = [{term.text for term in found} for found in analysis.index_terms(tokens, language)]
    matcher = matchers(text_clauses(parse(query).tree, LANGUAGES), language)["body"]

    def forms(word: Word) -> list[str] | None:
        if word.asked is None:
            return None
        wanted = {*word.terms, *(word.asked.parts[0] if word.asked.parts else ())}
        return list({token.text for token, found in zip(tokens, terms, strict=True) if found & wanted})

    return set(whole_text(matcher, text)), Finder(matcher, forms)


@given(text=texts(), query=st.sampled_from(QUERIES), language=st.sampled_from(LANGUAGES))
def test_the_quick_way_finds_the_same(text: str, query: str, language: str | None) -> None:
    slow, finder = both_ways(text, query, language)
    assert set(finder.marks(text)) == slow
    assert finder.passages("body", text) == snippets("body", text, sorted(slow))


PLAIN = st.lists(
    st.sampled_from(["iraq", "Iraq", "iraqi", "war", "wars", "minister", "of", "tale", "x" * 50]), max_size=200
)
GAPS = st.lists(
    st.sampled_from([" ", " ", " ", ", ", ". ", "! ", '." ', "\n\n", "\n \n\n", "; ", " - ", "? "]), min_size=1
)
PLAIN_QUERIES = ("iraq", "iraq war", '"iraq war"', "min*", "iraq OR war OR minister", '"war of war"', "=wars iraq")


@given(words=PLAIN, gaps=GAPS, query=st.sampled_from(PLAIN_QUERIES), accents=st.sampled_from(["", " “é”. "]))
def test_passages_of_plain_texts_are_chosen_as_those_of_any(
    words: list[str], gaps: list[str], query: str, accents: str
) -> None:
    text = accents + "".join(word + gaps[at % len(gaps)] for at, word in enumerate(words))
    slow, finder = both_ways(text, query, "en")
    assert finder.passages("body", text) == snippets("body", text, sorted(slow))


def test_what_leaves_no_doubt_is_found_by_the_compiled_kernels() -> None:
    _, finder = both_ways("The war for oil went on. A war's end", "war", "en")
    if native.library is None:
        pytest.skip("the kernels are not compiled here")
    assert finder._plain is not None
    plain = finder._plain.passages("body", "the war for oil went on. a war.")
    assert plain == (Snippet("body", "the war for oil went on. a war.", ((4, 7), (27, 30))),)
    assert finder._plain.passages("body", "the war's end") is None
    assert finder._plain.passages("body", "the end") == ()
    assert finder._plain.passages("body", "war " + "a." * 81) is None, "no longer run of signs is gone through"
    assert finder._plain.passages("body", "war " + "a.b " * 81) is not None


def test_a_phrase_is_found_behind_any_number_of_words_that_hold_its_first() -> None:
    text = "raining inside " * 3_000 + "in response to it"
    slow, finder = both_ways(text, '"in response to"', "en")
    assert set(finder.marks(text)) == slow == {Mark(len(text) - 17, len(text) - 3, 0)}


@given(text=texts(), query=st.sampled_from(QUERIES))
def test_passages_are_cut_out_of_the_text_and_hold_whole_marks(text: str, query: str) -> None:
    marks = whole_text(matchers(text_clauses(parse(query).tree, LANGUAGES), "en")["body"], text)
    shown = snippets("body", text, marks)
    assert bool(shown) == bool(marks)
    assert len(shown) <= 2
    at = 0
    for snippet in shown:
        start = text.index(snippet.text, at)
        at = start + len(snippet.text)
        assert snippet.spans
        assert snippet.text == snippet.text.strip()
        assert snippet.leading == bool(text[:start].strip())
        assert snippet.trailing == bool(text[at:].strip())
        for first, last in snippet.spans:
            assert 0 <= first < last <= len(snippet.text)
        longest = max(last - first for first, last in snippet.spans)
        assert len(snippet.text) <= WIDTH + longest
    every = {text[a:z] for a, z in merged(marks)}
    assert all(any(snippet.text[a:z] in whole for whole in every) for snippet in shown for a, z in snippet.spans)


def test_a_passage_prefers_to_cover_all_clauses() -> None:
    text = "oil oil oil oil. " + "x y z. " * 60 + "The war for oil went on. " + "x y z. " * 60 + "A war."
    marks = whole_text(matchers(text_clauses(parse("oil war").tree, LANGUAGES), "en")["body"], text)
    first, second = snippets("body", text, marks)
    assert [first.text[a:z] for a, z in first.spans] == ["oil"] * 4
    assert [second.text[a:z] for a, z in second.spans] == ["war", "oil"]


def test_passages_begin_and_end_with_sentences_where_they_can() -> None:
    text = "First sentence here. " * 20 + "Then the war began. " + "Last sentence here. " * 20
    (snippet,) = snippets("body", text, [Mark(text.index("war"), text.index("war") + 3, 0)])
    assert snippet.text.startswith("First sentence")
    assert snippet.text.endswith("here.")
    assert snippet.leading
    assert snippet.trailing
    assert snippet.spans == ((snippet.text.index("war"), snippet.text.index("war") + 3),)


def test_a_lead_is_the_beginning_of_a_text() -> None:
    (short,) = lead("summary", "  All of it.  ")
    assert (short.text, short.spans, short.leading, short.trailing) == ("All of it.", (), False, False)
    (long,) = lead("body", "One sentence of words. " * 40)
    assert long.text.endswith("words.")
    assert 140 < len(long.text) <= WIDTH
    assert long.trailing
    assert lead("body", " \n ") == ()


@given(
    text=st.text(alphabet=st.sampled_from("ရွေးကောက်ပဲ်ာ၏ည။ a"), min_size=1, max_size=900),
    query=st.sampled_from(["ရွေး", "ကော", "a"]),
)
def test_no_passage_and_no_mark_cuts_a_combined_character(text: str, query: str) -> None:
    marks = whole_text(matchers(text_clauses(parse(query).tree, LANGUAGES), "my")["body"], text)
    for start, end in merged(marks):
        assert start == 0 or not analysis.is_combining(text[start])
        assert end == len(text) or not analysis.is_combining(text[end])
    for snippet in snippets("body", text, marks):
        at = text.index(snippet.text)
        assert at == 0 or not analysis.is_combining(snippet.text[0])
