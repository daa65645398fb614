"""The order of hits: BM25F, then newer, then id; by date; page by page and by cursor."""

from typing import Any

import pytest

from indexer.engines.base import Engine
from indexer.errors import UsageError
from indexer.fields import BY_NAME
from indexer.search.request import SearchRequest
from tests.engines.asking import ask, order, search
from tests.engines.corpus import IDS


def test_more_often_in_a_shorter_text_and_in_the_title_is_better(engine: Engine) -> None:
    assert order(engine, "tulip") == ["r1", "r2", "r3", "r4"]


def test_a_rarer_word_weighs_more(engine: Engine) -> None:
    # "lavrov" is in six articles, "progress" in one.
    assert order(engine, "progress OR lavrov")[0] == "a2"
    both = [hit.score for hit in search(engine, "lavrov OR biden").hits]
    assert both == sorted(both, reverse=True)


def test_ties_go_to_the_newer_then_to_the_smaller_id_and_the_undated_come_last(engine: Engine) -> None:
    assert order(engine, "saffron") == ["t2", "t3", "t1", "t4", "t5"]
    assert len({hit.score for hit in search(engine, "saffron").hits}) == 1


def test_what_gives_no_score_is_ordered_by_date(engine: Engine) -> None:
    for query in ("category:sport/chess", "-lavrov category:chess", "on:03-01", "source:ties -market"):
        assert {hit.score for hit in search(engine, query).hits} <= {0.0}
    assert order(engine, "category:chess") == ["t2", "t3", "t1", "t4", "t5"]
    assert order(engine, "")[:3] == ["l6", "l5", "l4"]
    assert order(engine, "")[-3:] == ["a6", "t4", "t5"]


def test_newest_and_oldest_leave_the_undated_to_the_end(engine: Engine) -> None:
    assert order(engine, "saffron", sort="newest") == ["t2", "t3", "t1", "t4", "t5"]
    assert order(engine, "saffron", sort="oldest") == ["t1", "t2", "t3", "t4", "t5"]
    assert order(engine, "lavrov", sort="newest") == ["a5", "a4", "a1", "a2", "a3", "a6"]
    assert order(engine, "lavrov", sort="oldest") == ["a3", "a2", "a1", "a4", "a5", "a6"]


def test_filters_and_exclusions_do_not_change_a_score(engine: Engine) -> None:
    plain = {hit.id: hit.score for hit in search(engine, "lavrov").hits}
    for query in ("lavrov -biden", "lavrov date:2021", "lavrov source:*", "lavrov AND person:lavrov"):
        for hit in search(engine, query).hits:
            assert hit.score == pytest.approx(plain[hit.id])
    for hit in search(engine, "lavrov", source="TASS").hits:
        assert hit.score == pytest.approx(plain[hit.id])


def test_clauses_add_up(engine: Engine) -> None:
    one, other, both = (
        {hit.id: hit.score for hit in search(engine, query).hits} for query in ("lavrov", "biden", "lavrov biden")
    )
    assert both == {id: pytest.approx(one[id] + other[id]) for id in ("a3", "a5")}


def test_fields_are_one_text_before_they_count(engine: Engine) -> None:
    whole = {hit.id: hit.score for hit in search(engine, "lavrov").hits}
    title, body = ({hit.id: hit.score for hit in search(engine, f"{name}:lavrov").hits} for name in ("title", "body"))
    both = title.keys() & body.keys()
    assert both
    for id in both:
        assert whole[id] < title[id] + body[id]


def test_a_word_said_twice_counts_twice(engine: Engine) -> None:
    once = {hit.id: hit.score for hit in search(engine, "lavrov").hits}
    twice = {hit.id: hit.score for hit in search(engine, "lavrov lavrov").hits}
    assert twice == {id: pytest.approx(2 * score) for id, score in once.items()}


def test_a_phrase_scores_as_its_words_wherever_it_stands(engine: Engine) -> None:
    words = {hit.id: hit.score for hit in search(engine, "foreign minister").hits}
    for query in ('"foreign minister"', "foreign NEAR/1 minister"):
        found = search(engine, query).hits
        assert found
        assert {hit.id: hit.score for hit in found} == {hit.id: pytest.approx(words[hit.id]) for hit in found}


def test_a_pattern_scores_the_weight_of_its_best_field_whatever_the_words(engine: Engine) -> None:
    scores = {hit.id: hit.score for hit in search(engine, "tulip*").hits}
    title, body = BY_NAME["title"].weight, BY_NAME["body"].weight
    assert scores == {"r1": pytest.approx(title)} | dict.fromkeys(("r2", "r3", "r4"), pytest.approx(body))
    assert {hit.score for hit in search(engine, "lavr*").hits} == {title, body}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["", "lavrov OR saffron OR tulip", "saffron", "-lavrov", "the"])
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_and_cursors_visit_every_hit_once_in_order(engine: Engine, query: str, sort: str, size: int) -> None:
    everything = order(engine, query, sort=sort)
    by_page, page = [], 1
    while hits := search(engine, query, sort=sort, size=size, page=page).hits:
        by_page += [hit.id for hit in hits]
        page += 1
    assert by_page == everything
    by_cursor, cursor = [], None
    while True:
        results = search(engine, query, sort=sort, size=size, cursor=cursor)
        assert results.total == len(everything)
        by_cursor += [hit.id for hit in results.hits]
        cursor = results.next_cursor
        if cursor is None:
            break
    assert by_cursor == everything


def test_a_page_tells_where_it_is(engine: Engine) -> None:
    results = search(engine, "lavrov", size=4, page=2)
    assert (results.total, results.page, results.size, len(results.hits)) == (6, 2, 4, 2)
    assert results.next_cursor is None
    assert search(engine, "lavrov", size=3).next_cursor is not None
    beyond = search(engine, "lavrov", size=4, page=3)
    assert (beyond.total, beyond.hits, beyond.next_cursor) == (6, (), None)
    assert search(engine, "lavrov", page=1_000_000).hits == ()


def test_a_page_of_no_hits_still_counts(engine: Engine) -> None:
    results = search(engine, "lavrov", size=0, facets="source")
    assert (results.total, results.hits, results.next_cursor) == (6, (), None)
    assert results.facets["source"].distinct == 4


def test_a_cursor_goes_on_from_any_page_and_with_another_size(engine: Engine) -> None:
    cursor = search(engine, "", size=10, page=2).next_cursor
    assert [hit.id for hit in search(engine, "", size=5, cursor=cursor).hits] == order(engine, "")[20:25]


@pytest.mark.parametrize("cursor", ["nonsense", "bm9uc2Vuc2U=", "ä", "AAAA", "[]", "x" * 5000])
def test_what_is_no_cursor_is_refused(engine: Engine, cursor: str) -> None:
    with pytest.raises(UsageError):
        search(engine, "lavrov", cursor=cursor)


def test_the_cursor_of_another_search_is_refused(engine: Engine) -> None:
    cursor = search(engine, "lavrov", size=2).next_cursor
    for other in (ask("biden"), ask("lavrov", sort="newest"), ask("lavrov", source="TASS"), ask("lavrov", to="2021")):
        with pytest.raises(UsageError):
            engine.search(
                ask(other.query, cursor=cursor, sort=other.sort)
                if not other.filters and not other.dates
                else other.__class__(**{**_plain(other), "cursor": cursor})
            )


def _plain(request: SearchRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in request.__slots__}


def test_everything_is_found_once(engine: Engine) -> None:
    assert tuple(sorted(order(engine, ""))) == IDS
