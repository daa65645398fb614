"""A query of plain words: articles with all of them, or those with some, best first; decided by the words alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.config import SearchConfig
from indexer.engines.base import Engine
from indexer.errors import UsageError
from indexer.search.request import Match, SearchRequest
from indexer.search.results import Matching
from tests.engines.asking import ask, counts, found, order, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

PAGE = SearchConfig().page_size
MANY, FEW = PAGE + 4, 3


def _articles() -> Iterator[Article]:
    """`harbour`: MANY + FEW + 2, with `ferry` MANY, with `pilot` FEW; `ferry` alone 5; `strike` once, by itself."""
    for number in range(MANY):
        yield article(
            f"hf{number:02}", "Notes", f"The harbour and a ferry, day {number}.", f"2020-01-{number + 1:02}",
            "Tide" if number % 2 else "Wave",
        )  # fmt: skip
    for number in range(FEW):
        yield article(f"hp{number}", "Notes", "A pilot left the harbour.", f"2021-01-0{number + 1}", "Tide")
    yield article("h1", "Notes", "It was quiet at the harbour.", "2022-01-01", "Tide")
    yield article("h2", "Quay", "harbour harbour harbour", "2022-01-02", "Wave")
    for number in range(5):
        yield article(f"f{number}", "Notes", "The ferry was late.", f"2023-01-0{number + 1}", "Wave")
    yield article("s1", "Notes", "A strike.", "2023-02-01", "Wave")
    yield article("w1", "WHO speaks", "The WHO spoke of the pilot.", "2023-02-02", "Wave")
    yield article("q1", "To be or not to be", "That is it.", "2023-02-03", "Wave")


HARBOUR, FERRY, PILOT = MANY + FEW + 2, MANY + 5, FEW + 1


@pytest.fixture(scope="module")
def port(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that holds them."""
    opened = opener(tmp_path_factory.mktemp("port"))
    fill(opened, _articles(), commits=2)
    yield opened
    opened.close()


def matched(engine: Engine, query: str, match: str = "auto") -> tuple[str, Matching | None]:
    results = search(engine, query, match=match, size=0)
    return results.understood, results.matching


def test_where_a_page_has_all_words_those_are_found(port: Engine) -> None:
    results = search(port, "harbour ferry", match="auto")
    assert results.matching == Matching(Match.ALL, MANY, HARBOUR + 5)
    assert (results.understood, results.total) == ("harbour AND ferry", MANY)


def test_where_fewer_have_all_words_those_with_some_are_found_best_first(port: Engine) -> None:
    results = search(port, "harbour pilot", match="auto")
    assert results.matching == Matching(Match.BEST, FEW, HARBOUR + 1)
    assert (results.understood, results.total) == ("harbour OR pilot", HARBOUR + 1)
    assert sorted(hit.id for hit in results.hits[:FEW]) == ["hp0", "hp1", "hp2"]


def test_a_page_is_what_the_configuration_says_and_not_the_size_asked_for(port: Engine) -> None:
    for size in (1, 2, 100):
        assert matched(port, "harbour ferry")[1] == search(port, "harbour ferry", match="auto", size=size).matching
        assert search(port, "harbour pilot", match="auto", size=size).matching == Matching(Match.BEST, FEW, HARBOUR + 1)


def test_either_may_be_asked_for(port: Engine) -> None:
    assert matched(port, "harbour ferry", "best") == ("harbour OR ferry", Matching(Match.BEST, MANY, HARBOUR + 5))
    assert matched(port, "harbour pilot", "all") == ("harbour AND pilot", Matching(Match.ALL, FEW, HARBOUR + 1))
    for query in ("harbour ferry", "harbour pilot"):
        for match, total in (("all", "all"), ("best", "best")):
            results = search(port, query, match=match)
            assert results.matching is not None
            assert results.total == getattr(results.matching, total) == len(results.hits)


@pytest.mark.parametrize(
    "options",
    [{"source": "Tide"}, {"from_": "2021"}, {"source": "Nobody"}, {"exclude": {"source": "Wave"}, "to": "2020"}],
)
@pytest.mark.parametrize("query", ["harbour ferry", "harbour pilot", "strike ferry", "the harbour and the pilot"])
def test_narrowing_never_turns_one_answer_into_the_other(port: Engine, query: str, options: dict[str, str]) -> None:
    whole = search(port, query, match="auto")
    narrow = search(port, query, match="auto", **options)  # type: ignore[arg-type]  # options by their names
    assert narrow.matching == whole.matching
    assert narrow.understood == whole.understood
    assert {hit.id for hit in narrow.hits} <= {hit.id for hit in whole.hits}


@pytest.mark.parametrize("query", ["harbour ferry", "harbour pilot"])
def test_a_count_is_the_number_of_hits_and_all_of_them_are_listed(port: Engine, query: str) -> None:
    whole = search(port, query, match="auto", facets=("source", "published"))
    assert whole.total == len(whole.hits)
    for source, count in counts(whole.facets["source"]).items():
        assert search(port, query, match="auto", source=source).total == count
    page = port.facet_values(ask(query, match="auto"), "source")
    assert {bucket.value: bucket.count for bucket in page.buckets} == counts(whole.facets["source"])
    assert (page.tree, page.matching) == (whole.tree, whole.matching)
    assert {each.id for each in port.scan(ask(query, match="auto"))} == {hit.id for hit in whole.hits}


@pytest.mark.parametrize("query", ["harbour ferry", "harbour pilot"])
def test_pages_and_cursors_reach_every_hit_whichever_way_they_are_asked_for(port: Engine, query: str) -> None:
    whole = search(port, query, match="auto")
    assert whole.matching is not None
    seen: list[str] = []
    cursor = None
    for turn in range(len(whole.hits)):
        # As the page says it: first nothing, then what was decided.
        match = whole.matching.mode if turn % 2 else Match.AUTO
        part = search(port, query, match=match, size=7, cursor=cursor)
        seen += [hit.id for hit in part.hits]
        cursor = part.next_cursor
        if cursor is None:
            break
    assert seen == [hit.id for hit in whole.hits]
    by_page = [hit.id for page in range(1, 9) for hit in search(port, query, match="auto", size=7, page=page).hits]
    assert by_page == seen


def test_a_cursor_is_of_one_way_of_matching(port: Engine) -> None:
    cursor = search(port, "harbour ferry", match="all", size=2).next_cursor
    with pytest.raises(UsageError):
        search(port, "harbour ferry", match="best", size=2, cursor=cursor)
    cursor = search(port, "harbour", match="all", size=2).next_cursor
    assert search(port, "harbour", match="best", size=2, cursor=cursor).hits  # with one word there is but one way


@pytest.mark.parametrize(
    "query",
    ["harbour", "the harbour", "harbour AND pilot", "harbour OR pilot", '"harbour pilot"', 'harbour "pilot"',
     "harbour -pilot", "title:harbour pilot", "harbour pil*", "harbour =pilot", "harbour source:Tide",
     "harbour date:2021", "", "*", "harbour harbour"],
)  # fmt: skip
def test_with_one_word_or_more_than_words_there_is_nothing_to_decide(port: Engine, query: str) -> None:
    answers = [search(port, query, match=match) for match in ("auto", "all", "best")]
    assert [each.matching for each in answers] == [None] * 3
    assert len({each.understood for each in answers}) == 1
    assert len({tuple(hit.id for hit in each.hits) for each in answers}) == 1


def test_operators_quotes_and_fields_keep_their_meaning(port: Engine) -> None:
    assert search(port, "harbour AND pilot", match="auto").total == FEW
    assert search(port, '"the harbour" AND pilot', match="auto").total == FEW
    assert search(port, "harbour AND strike", match="auto").total == 0
    assert search(port, "title:notes quiet", match="best").total == 1


def test_function_words_need_not_match_and_weigh_nothing(port: Engine) -> None:
    plain = search(port, "harbour ferry", match="auto")
    asked = search(port, "what about the harbour, and is there a ferry?", match="auto")
    assert asked.understood == "harbour AND ferry"
    assert asked.matching == plain.matching
    assert [(hit.id, hit.score) for hit in asked.hits] == [(hit.id, hit.score) for hit in plain.hits]
    assert search(port, "where is the pilot?", match="auto").understood == "pilot"


def test_function_words_are_found_in_phrases_and_alone(port: Engine) -> None:
    assert found(port, '"to be or not"') == "q1"
    assert found(port, "not", match="auto") == "q1"
    assert matched(port, "to be or not to be")[0].count("be") == 2
    assert order(port, "to be or not to be", match="auto")[0] == "q1"


def test_a_sentence_without_spaces_is_matched_by_its_pairs_of_characters(engine: Engine) -> None:
    """`l4` says 北京大学今天开学，学生很多。"""
    assert matched(engine, "北京大学") == ("北京大学", None)  # as long as a word
    assert matched(engine, "北京大学什么时候开学") == (
        "北京 OR 京大 OR 大学 OR 学什 OR 什么 OR 么时 OR 时候 OR 候开 OR 开学", Matching(Match.BEST, 0, 1)
    )  # fmt: skip
    assert found(engine, "北京大学什么时候开学", match="auto") == "l4"
    assert found(engine, "北京大学什么时候开学", match="all") == ""
    assert matched(engine, "北京大学今天开学")[0] == "北京大学今天开学"


def test_a_word_in_capitals_is_a_name(port: Engine) -> None:
    assert matched(port, "WHO pilot") == ("WHO OR pilot", Matching(Match.BEST, 1, PILOT))
    assert matched(port, "who is the pilot")[0] == "pilot"


def test_a_repeated_word_counts_twice(port: Engine) -> None:
    once = search(port, "harbour pilot", match="best")
    twice = search(port, "harbour pilot pilot", match="best")
    assert twice.understood == "harbour OR pilot OR pilot"
    assert twice.matching == once.matching
    first = {hit.id: hit.score for hit in once.hits}
    second = {hit.id: hit.score for hit in twice.hits}
    assert second["h2"] == pytest.approx(first["h2"])
    alone = {hit.id: hit.score for hit in search(port, "pilot").hits}
    assert second["hp0"] == pytest.approx(first["hp0"] + alone["hp0"])


def test_where_some_are_all_the_answer_is_called_so(port: Engine) -> None:
    assert matched(port, "pilots pilot") == ("pilots AND pilot", Matching(Match.ALL, PILOT, PILOT))
    assert matched(port, "nowhere zeppelin") == ("nowhere AND zeppelin", Matching(Match.ALL, 0, 0))


def test_a_search_without_hits_is_explained_word_by_word(port: Engine) -> None:
    for match in ("all", "best"):
        diagnosis = search(port, "the harbour strike", match=match, source="Nobody").diagnosis
        assert diagnosis is not None
        assert [(each.label, each.count) for each in diagnosis.clauses] == [("harbour", HARBOUR), ("strike", 1)]
        # Without the filter the hits are those of the search as it was run.
        assert [each.count for each in diagnosis.filters] == [search(port, "harbour strike", match=match).total]


def test_sorts_group_and_recency_keep_to_what_was_decided(port: Engine) -> None:
    for options in ({"sort": "newest"}, {"sort": "oldest"}, {"recency": True}):
        results = search(port, "harbour pilot", match="auto", **options)
        assert (results.matching, results.total) == (Matching(Match.BEST, FEW, HARBOUR + 1), HARBOUR + 1)
    grouped = search(port, "harbour pilot", match="auto", group=True)
    assert grouped.matching == Matching(Match.BEST, FEW, HARBOUR + 1)
    assert grouped.total == HARBOUR + 1


def test_a_long_question_is_cut_and_not_refused(port: Engine) -> None:
    results = search(port, "harbour pilot " + "and then " * 200, match="auto")
    assert [warning.code for warning in results.warnings] == ["cut-query"]
    assert results.understood == "harbour OR pilot"


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(UsageError, match=r"match 'al'.*Perhaps you meant 'all'"):
        ask("a", match="al")
    assert SearchRequest().match is Match.AUTO


def test_articles_that_were_removed_are_not_counted(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path / "port")
    fill(engine, _articles())
    with engine.writer(lambda item: item) as writer:
        writer.remove([f"hf{number:02}" for number in range(5)])
        writer.commit()
    engine.refresh()
    results = search(engine, "harbour ferry", match="auto")
    assert results.matching == Matching(Match.BEST, MANY - 5, HARBOUR)
    assert results.total == HARBOUR
    engine.close()
