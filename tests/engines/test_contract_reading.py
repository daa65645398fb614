"""Everything else a reader asks: snippets, advice, explanations, whole articles, suggestions."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Unpack

import pytest

from indexer.analysis import tokens
from indexer.engines.base import Engine
from indexer.errors import NotFound
from indexer.search.options import SearchOptions
from indexer.search.parser import MAX_CHARACTERS, parse
from indexer.search.printer import to_text
from indexer.search.results import Hit, Snippet, Suggestion
from tests.engines.asking import ask, found, search
from tests.engines.conftest import fill
from tests.engines.corpus import ARTICLES, article

BY_ID = {article.id: article for article in ARTICLES}


def hit(engine: Engine, query: str, id: str, **options: Unpack[SearchOptions]) -> Hit:
    return next(each for each in search(engine, query, **options).hits if each.id == id)


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


HIGHLIGHTS = [
    ("lavrov", "a3", "body", ["Lavrov"]),
    ("biden", "a3", "body", ["Biden", "Biden"]),
    ("lavrov biden", "a3", "body", ["Biden", "Lavrov", "Biden"]),
    ("lavrov -biden", "a4", "body", ["Lavrov"]),
    ("minister", "a1", "body", ["ministers"]),
    ('"normandy group"', "a1", "body", ["Normandy group"]),
    ("foreign", "a1", "body", ["foreign"]),
    ("summary:foreign", "a1", "summary", ["Foreign"]),
    ("minist*", "w3", "body", ["ministry"]),
    ("k?ev", "w6", "body", ["Kiev"]),
    ("lavrof~", "a4", "body", ["Lavrov"]),
    ("=ministers", "w2", "body", ["ministers"]),
    ("o'brien", "w4", "body", ["O'Brien"]),
    ("g-20", "w4", "body", ["g-20"]),
    ("U.S.", "w4", "body", ["U.S."]),
    ("strasse", "l5", "body", ["Straße"]),
    ("cafe", "l6", "body", ["café"]),
    ("министр", "l2", "body", ["Министры"]),
    ("احمد", "l3", "body", ["أحمد"]),
    ("北京大学", "l4", "body", ["北京大学"]),
    ("学", "l4", "body", ["学", "学", "学"]),
]


@pytest.mark.parametrize(("query", "id", "field", "words"), HIGHLIGHTS)
def test_a_short_text_is_shown_whole_with_its_matches(
    engine: Engine, query: str, id: str, field: str, words: list[str]
) -> None:
    (snippet,) = hit(engine, query, id).snippets
    assert (snippet.field, snippet.text) == (field, getattr(BY_ID[id], field))
    assert marked(snippet) == words
    assert (snippet.leading, snippet.trailing) == (False, False)


TITLES = [
    ("lavrov", "a1", ["Lavrov"]),
    ("lavrov", "a3", ["Lavrov's"]),
    ("title:biden lavrov", "a3", ["Biden", "Lavrov's"]),
    ("body:biden", "a3", []),
    ('"meets ministers"', "a1", ["meets ministers"]),
    ("ministers", "w1", ["Minister"]),
    ("北京", "l4", ["北京"]),
    ("source:SANA", "a1", []),
]


@pytest.mark.parametrize(("query", "id", "words"), TITLES)
def test_the_matches_in_the_title_are_marked(engine: Engine, query: str, id: str, words: list[str]) -> None:
    shown = hit(engine, query, id)
    # Whether the possessive belongs to the word is the engine's affair.
    assert [shown.article.title[a:z].removesuffix("'s") for a, z in shown.title_spans] == [
        word.removesuffix("'s") for word in words
    ]


def test_without_a_match_in_the_body_the_summary_or_the_beginning_is_shown(engine: Engine) -> None:
    (snippet,) = hit(engine, "title:damascus", "a1").snippets
    assert (snippet.field, snippet.text, snippet.spans) == ("summary", "Foreign ministers meet.", ())
    (snippet,) = hit(engine, "source:TASS", "a2").snippets
    assert (snippet.field, snippet.text, snippet.spans) == ("body", "There was no progress, he said.", ())
    assert hit(engine, "", "d4").snippets == ()


def test_scripts_may_touch(empty: Engine) -> None:
    fill(empty, [article("m", "使用Linux的lsblk命令列出", "用lsblk命令OK。", "2020-01-01", language="zh")])
    for query, title, body in [
        ("命令", ["命令"], ["命令"]),
        ('"lsblk命令"', ["lsblk命令"], ["lsblk命令"]),
        ("lsblk", ["lsblk"], ["lsblk"]),
        ("=命令", ["命令"], ["命令"]),
        ("令", ["令"], ["令"]),
        ("ok", [], ["OK"]),
        ("linux", ["Linux"], []),
    ]:
        (shown,) = search(empty, query).hits
        assert [shown.article.title[a:z] for a, z in shown.title_spans] == title
        assert [words for snippet in shown.snippets for words in marked(snippet)] == body


def test_snippets_can_be_left_out(engine: Engine) -> None:
    shown = hit(engine, "lavrov", "a1", snippets=False)
    assert (shown.snippets, shown.title_spans) == ((), ())


@pytest.mark.parametrize("query", ["lavrov OR tulip OR note", "minist* OR here", '"of note"', "-lavrov", "北 OR 学生"])
def test_every_span_lies_in_its_text_and_every_text_in_its_article(engine: Engine, query: str) -> None:
    for shown in search(engine, query).hits:
        assert len(shown.snippets) <= 2
        for snippet in shown.snippets:
            assert snippet.text in getattr(BY_ID[shown.id], snippet.field)
            assert len(snippet.text) <= 300
            check_spans(snippet.spans, snippet.text)
        check_spans(shown.title_spans, shown.article.title)


def check_spans(spans: Iterable[tuple[int, int]], text: str) -> None:
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert tokens(text[start:end])
        last = end


def test_a_hit_has_everything_but_the_body(engine: Engine) -> None:
    shown = hit(engine, "lavrov", "a1")
    article = shown.article
    expected = BY_ID["a1"]
    assert article.body == ""
    for name in ("title", "summary", "published", "source", "category", "language", "author", "url", "entities"):
        assert getattr(article, name) == getattr(expected, name)


# Advice


def test_a_misspelt_word_is_corrected_if_the_correction_has_hits(engine: Engine) -> None:
    results = search(engine, "lavrow")
    assert results.total == 0
    assert results.did_you_mean is not None
    assert parse(results.did_you_mean.query).tree == parse("lavrov").tree
    assert results.did_you_mean.total == 6


def test_a_correction_keeps_the_rest_of_the_query_and_the_filters(engine: Engine) -> None:
    results = search(engine, "lavrow -biden", source="TASS")
    assert results.did_you_mean is not None
    assert found(engine, results.did_you_mean.query, source="TASS") == "a2"
    assert results.did_you_mean.total == 1
    phrase = search(engine, '"normendy group"').did_you_mean
    assert phrase is not None
    assert found(engine, phrase.query) == "a1"


# Words of an archive with their numbers of articles, what is typed, and what was meant.
MEANT = [
    ({"twitter": 1, "tester": 6}, "twiter", "twitter"),  # the nearer, not the more frequent
    ({"congress": 1, "cores": 6}, "congres", "congress"),
    ({"reform": 1, "deform": 6}, "reforn", "reform"),
    (
        {"table": 1, "cable": 6, "tale": 3},
        "tble",
        "tale",
    ),  # equally near: the first letter kept
    ({"senate": 6, "estate": 1}, "zsenate", "senate"),  # one edit at the beginning before two elsewhere
    ({"washington": 60, "washingtons": 1}, "washingtns", "washington"),  # inflections are one word
]


@pytest.mark.parametrize(("words", "typed", "meant"), MEANT)
def test_the_nearest_spelling_is_meant(empty: Engine, words: dict[str, int], typed: str, meant: str) -> None:
    listed = [word for word, count in words.items() for _ in range(count)]
    languages = ("en", "de", "fr", "es", None)
    fill(
        empty,
        [
            article(f"m{n}", f"Number {n}", f"About {word}.", None, language=languages[n % 5])
            for n, word in enumerate(listed)
        ],
    )
    found = search(empty, typed).did_you_mean
    assert found is not None
    assert (found.query, found.sure) == (meant, True)


def test_where_the_nearest_has_no_hits_under_the_filters_the_next_is_meant(empty: Engine) -> None:
    fill(empty, [article("n1", "One", "minister", None, "A"), article("n2", "Two", "monastery", None, "B"),
                 article("n3", "Three", "ministry", None, "B")])  # fmt: skip
    for source, meant in {"A": "minister", "B": "ministry"}.items():
        found = search(empty, "ministerr", source=source).did_you_mean
        assert found is not None
        assert found.query == meant


def test_a_correction_is_sure_where_the_word_stands_nowhere(engine: Engine) -> None:
    for query, sure in {"lavrow": True, '"normendy group"': True, "=lavrow": False}.items():
        found = search(engine, query).did_you_mean
        assert found is not None
        assert found.sure is sure


def test_of_a_question_each_word_is_corrected_that_the_archive_has_not(empty: Engine) -> None:
    fill(empty, [article("q1", "One", "A government in crisis.", None), article("q2", "Two", "Rain in Britain.", None)])
    for typed, meant in {
        "goverment rain": "government rain",
        "crisis goverment britan": "crisis government britain",
    }.items():
        suggested = search(empty, typed, match="best").did_you_mean
        assert suggested is not None
        assert (suggested.query, suggested.total, suggested.sure) == (meant, 2, False)
        assert search(empty, typed, match="all").did_you_mean is None
    assert search(empty, "crisis zzzzz britain", match="best").did_you_mean is None
    assert search(empty, "crisis gvoernmnt rain", match="best").did_you_mean is None  # two edits


def test_no_correction_is_offered_that_finds_nothing_or_changes_nothing(engine: Engine) -> None:
    assert search(engine, "lavrow", source="Rank").did_you_mean is None
    assert search(engine, "qqqqqqqqqq").did_you_mean is None
    assert search(engine, "lavrov tulip").did_you_mean is None
    assert search(engine, "lavrov").did_you_mean is None


def test_a_search_without_hits_says_what_each_part_would_find(engine: Engine) -> None:
    diagnosis = search(engine, "lavrov tulip -biden").diagnosis
    assert diagnosis is not None
    assert [(part.label, part.count) for part in diagnosis.clauses] == [("lavrov", 6), ("tulip", 4), ("-biden", 39)]
    assert diagnosis.filters == ()


def test_a_search_without_hits_says_what_dropping_each_filter_would_give(engine: Engine) -> None:
    diagnosis = search(engine, "lavrov", source=["SANA", "TASS"], language="fr", to="2020").diagnosis
    assert diagnosis is not None
    assert [(part.label, part.count) for part in diagnosis.clauses] == [("lavrov", 6)]
    dropped = {(part.field, part.value): part.count for part in diagnosis.filters if part.field != "published"}
    assert dropped == {("source", "SANA"): 0, ("source", "TASS"): 0, ("language", "fr"): 0}
    assert [part.count for part in diagnosis.filters if part.field == "published"] == [0]
    diagnosis = search(engine, "lavrov", source="TASS", language="fr").diagnosis
    assert diagnosis is not None
    dropped = {(part.field, part.value): part.count for part in diagnosis.filters}
    assert dropped == {("source", "TASS"): 0, ("language", "fr"): 2}
    diagnosis = search(engine, "lavrov", to="2020").diagnosis
    assert diagnosis is not None
    assert [(part.field, part.count) for part in diagnosis.filters] == [("published", 6)]
    diagnosis = search(engine, "tulip", exclude={"source": "Rank"}).diagnosis
    assert diagnosis is not None
    assert [(part.field, part.value, part.count) for part in diagnosis.filters] == [("source", "Rank", 4)]


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("lavrov biden", {}),
        ("lavrov tulip -biden", {}),  # each clause is counted
        ("lavrov", {"source": ["SANA", "TASS"], "language": "fr", "to": "2020"}),  # each filter is dropped
    ],
)
def test_a_query_is_parsed_once_and_the_answer_carries_its_tree(
    engine: Engine, parsed: list[str], query: str, options: SearchOptions
) -> None:
    results = search(engine, query, **options)
    assert parsed == [query]
    assert to_text(results.tree) == to_text(parse(query).tree) == results.understood


def test_a_page_of_a_facet_carries_the_tree_of_its_search(engine: Engine, parsed: list[str]) -> None:
    page = engine.facet_values(ask("lavrov biden"), "source")
    assert parsed == ["lavrov biden"]
    assert to_text(page.tree) == to_text(parse("lavrov biden").tree)


def test_a_correction_that_would_be_too_long_is_not_offered(engine: Engine) -> None:
    query = "lavro -beta".ljust(MAX_CHARACTERS)
    results = engine.search(replace(ask(), query=query))
    assert results.total == 0
    assert results.did_you_mean is None or len(results.did_you_mean.query) <= MAX_CHARACTERS


def test_a_search_with_hits_needs_no_diagnosis(engine: Engine) -> None:
    assert search(engine, "lavrov").diagnosis is None


EXPLAINED = ["lavrov", "lavrov biden", '"normandy group" OR minister', "title:tulip OR body:tulip", "minist* lavrov",
             "alpha NEAR/3 beta", "=ministers", "lavrov source:TASS -biden"]  # fmt: skip


@pytest.mark.parametrize("query", EXPLAINED)
def test_the_shares_of_an_explanation_sum_to_the_score(engine: Engine, query: str) -> None:
    for shown in search(engine, query, explain=True).hits:
        assert sum(share.score for share in shown.explanation) == pytest.approx(shown.score)
        assert {share.field for share in shown.explanation if share.score} <= {"title", "summary", "body"}


def test_an_explanation_names_clause_and_field(engine: Engine) -> None:
    shown = hit(engine, "lavrov biden", "a3", explain=True)
    assert {(share.clause, share.field) for share in shown.explanation if share.score} == {
        ("lavrov", "title"),
        ("lavrov", "body"),
        ("biden", "title"),
        ("biden", "body"),
    }
    assert hit(engine, "lavrov", "a3").explanation == ()


# Whole articles, and lists of them


def test_get_returns_whole_articles_in_the_order_asked_for(engine: Engine) -> None:
    assert engine.get(["w3", "nowhere", "a1", "l4"]) == [BY_ID["w3"], None, BY_ID["a1"], BY_ID["l4"]]
    assert engine.get([]) == []


def test_every_article_comes_back_as_it_went_in(engine: Engine) -> None:
    assert engine.get([article.id for article in ARTICLES]) == list(ARTICLES)


def test_scan_gives_every_match_whole(engine: Engine) -> None:
    scanned = list(engine.scan(ask("lavrov", source=["TASS", "SANA"], size=1, sort="newest")))
    assert sorted(scanned, key=lambda article: article.id) == [BY_ID["a1"], BY_ID["a2"], BY_ID["a3"]]
    assert {article.id for article in engine.scan(ask())} == set(BY_ID)


def test_suggestions_are_names_sources_and_titles(engine: Engine) -> None:
    assert Suggestion("person", "Sergey Lavrov", 5) in engine.suggest("lav")
    assert Suggestion("person", "Sergey Lavrov", 5) in engine.suggest("SERGEY la")
    assert Suggestion("source", "Gazette", 6) in engine.suggest("gaz")
    assert Suggestion("place", "Genève", 1) in engine.suggest("genev")
    assert ("title", "Ministry of health closes") in {(s.kind, s.text) for s in engine.suggest("ministry of h")}
    assert len(engine.suggest("a", size=2)) <= 2
    assert engine.suggest("qqqqqq") == []
    assert engine.suggest("") == []
    assert engine.suggest("!!!") == []


def test_related_articles_are_like_it_and_never_it(engine: Engine) -> None:
    for id in ("w1", "w2"):
        related = [hit.id for hit in engine.related(id)]
        assert related[0] == {"w1": "w2", "w2": "w1"}[id]
        assert id not in related
    assert len(engine.related("t1", size=2)) == 2
    assert {hit.id for hit in engine.related("t1", size=4)} == {"t2", "t3", "t4", "t5"}
    assert all(hit.article.body == "" for hit in engine.related("w1"))
    assert engine.related("d4") == []
    with pytest.raises(NotFound):
        engine.related("nowhere")


def test_stats_tell_what_the_archive_holds(engine: Engine) -> None:
    stats = engine.stats()
    assert (stats.articles, stats.undated) == (len(ARTICLES), 3)
    assert (stats.first_day, stats.last_day) == ("1999-10-14", "2022-06-06")
    assert stats.generation == engine.generation
    assert stats.languages == {"en": 30, "fr": 1, "ru": 1, "ar": 1, "zh": 1, "de": 1, "en-GB": 1}
    assert stats.distinct["source"] == 16
    assert stats.distinct["author"] == 2


def test_a_sound_index_has_no_problems(engine: Engine) -> None:
    report = engine.check()
    assert list(report.problems) == []
    assert report.articles == len(ARTICLES)


def test_threads_share_an_engine(engine: Engine) -> None:
    queries = ["lavrov", "minister*", '"alpha beta"~3', "", "-saffron", "学", "source:jazeera", "lavrow"] * 6

    def ids(query: str) -> list[str]:
        return [hit.id for hit in search(engine, query, facets="all").hits]

    expected = [ids(query) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ids, queries)) == expected
