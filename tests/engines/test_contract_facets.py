"""Filters and facets: exact counts, each facet blind to its own selection."""

from typing import Any

import pytest

from indexer.article import Article, Entity, Mention
from indexer.engines.base import Engine
from indexer.errors import UsageError
from indexer.fields import FACET_FIELDS
from indexer.rejection import Origin
from indexer.search.options import SearchOptions
from indexer.search.request import MISSING, Filter, SearchRequest
from indexer.search.results import Bucket, JoinedName
from tests.engines.asking import ask, counts, found, order, search
from tests.engines.conftest import fill
from tests.engines.corpus import article, prepare

FACETS = tuple(field.name for field in FACET_FIELDS)

FILTERED = [
    ({"source": "SANA"}, "a1"),
    ({"source": "sana"}, "a1"),  # no label is spelt so: the one that is, but for case and accents
    ({"source": "AL JAZEERA"}, "a4 k1 k2"),  # two labels are
    ({"source": "al jazeera"}, "k2"),  # a label as it stands means itself alone
    ({"source": "Al  Jazeera"}, ""),
    ({"source": ["tass", "TASS"]}, "a2 a3"),
    ({"category": "NEWS/world"}, "k2 k4"),
    ({"category": "news/"}, "a1 a2 a3 a4 a5 k1 k2 k4 l6 w1 w2 w3 w4 w5 w6"),
    ({"place": "geneve"}, "l1"),
    ({"person": "joe BIDEN"}, "a3"),
    ({"category": "Sport", "exclude": {"source": ["order", "RANK"]}}, "t1 t2 t3 t4 t5"),
    ({"language": "EN-gb"}, "l6"),
    ({"source": ["SANA", "TASS"]}, "a1 a2 a3"),
    ({"source": ["TASS", "nowhere"]}, "a2 a3"),
    ({"source": "TASS", "person": "Joe Biden"}, "a3"),
    ({"person": ["Joe Biden", "Vladimir Putin"]}, "a3 k4"),
    ({"person": "Sergey Lavrov"}, "a1 a2 a3 a4 a6"),  # a5 names him once, in passing
    ({"person": "Sergey Lavrov", "all_mentions": True}, "a1 a2 a3 a4 a5 a6"),
    ({"person": "Joe Biden", "all_mentions": True}, "a3 a5"),
    ({"category": "News/World"}, "k2 k4"),
    ({"category": "News/World/"}, "k2 k4"),
    ({"category": "News"}, "a1 a2 a3 a4 a5 k1 k2 k4 l6 w1 w2 w3 w4 w5 w6"),
    ({"category": "New"}, ""),
    ({"missing": "source"}, "a6 d4 k4"),
    ({"missing": "source", "source": "SANA"}, "a1 a6 d4 k4"),
    ({"missing": "published"}, "a6 t4 t5"),
    ({"missing": "published", "published": "2021-11"}, "a4 a6 t4 t5"),
    ({"missing": ["source", "published"]}, "a6"),
    ({"published": "2021-10"}, "a1 a2 a3"),
    ({"published": ["2021-10", "2022"]}, "a1 a2 a3 l1 l2 l3 l4 l5 l6"),
    ({"published": "2021-12-31"}, "a5"),
    ({"from_": "2021-11", "to": "2022-06-01"}, "a4 a5 l1"),
    ({"to": "1999"}, "d1"),
    ({"from_": "2022-06-06"}, "l6"),
    ({"from_": "2021", "to": "2021", "published": "2021-10-14"}, "a1 a2"),
    ({"source": "Rank", "exclude": {"published": "2018-01-02"}}, "r1 r3 r4"),
    ({"category": "News", "exclude": {"category": "News/World"}}, "a1 a2 a3 a4 a5 k1 l6 w1 w2 w3 w4 w5 w6"),
    ({"category": "Sport", "exclude": {"source": ["Order", "Rank"]}}, "t1 t2 t3 t4 t5"),
    ({"category": "Sport/Chess", "exclude": {"published": MISSING}}, "t1 t2 t3"),
    ({"language": "en"}, "a1 a2 a3 a4 a5 a6 p1 p2 p3 p4 p5 p6 r1 r2 r3 r4 t1 t2 t3 t4 t5 w1 w2 w3 w4 w5 w6 d1 d2 d3"),
    ({"translated_from": "fr-CH"}, "l6"),
    ({"author": "Hala Zain"}, "a1 a2"),
    ({"topic": "Normandy Format"}, "a1"),
    ({"collection": "Wire Agencies"}, "a1 a2"),
    ({"collection": "wire agencies", "exclude": {"collection": "Levant"}}, "a2"),
    ({"missing": "collection", "source": ["SANA", "TASS"]}, "a3"),
    ({"topic": ["Diplomacy", "diplomacy"]}, "a1 a2"),
]


@pytest.mark.parametrize(("filters", "ids"), FILTERED)
def test_filters_let_exactly_these_through(engine: Engine, filters: SearchOptions, ids: str) -> None:
    assert found(engine, **filters) == " ".join(sorted(ids.split()))


def test_the_answer_has_the_labels_that_a_filter_means(engine: Engine) -> None:
    results = search(engine, source=["sana", "AL JAZEERA"], exclude={"person": "JOE biden"}, facets="source")
    assert results.request.filter("source").values == ("SANA", "Al Jazeera", "al jazeera")
    assert results.request.filter("person").excluded == ("Joe Biden",)
    assert [b.value for b in results.facets["source"].buckets if b.selected] == ["Al Jazeera", "SANA", "al jazeera"]
    assert results.warnings == ()
    page = engine.facet_values(ask("lavrov", source="sana"), "source")
    assert page.request.filter("source").values == ("SANA",)
    assert Bucket("SANA", 1, selected=True) in page.buckets
    assert [article.id for article in engine.scan(ask(source="sana"))] == ["a1"]


NEAREST: list[tuple[SearchOptions, str | None]] = [
    ({"source": "sanna"}, "SANA"),
    ({"source": "Gazete"}, "Gazette"),
    ({"source": "jazeera english"}, "Al Jazeera English"),  # no spelling is near, but a label has these words
    ({"person": "Sergei Lavrof"}, "Sergey Lavrov"),
    ({"person": "lavrov"}, "Sergey Lavrov"),
    ({"exclude": {"source": "Gazete"}}, "Gazette"),
    ({"category": "News/Wold"}, "News/World"),
    ({"source": "nowhere"}, None),
    ({"source": "!!!"}, None),
    ({"source": "x" * 200}, None),
    ({"missing": "source"}, None),
    ({"published": "1066"}, None),
]


@pytest.mark.parametrize(("filters", "label"), NEAREST)
def test_the_label_nearest_to_what_is_none_is_named(engine: Engine, filters: SearchOptions, label: str | None) -> None:
    results = search(engine, **filters)
    assert [(each.code, each.values[-1]) for each in results.warnings] == ([("perhaps-value", label)] if label else [])
    assert (results.total == 0) is not bool(filters.keys() & {"exclude", "missing"})
    assert engine.facet_values(ask(**filters), "place").warnings == results.warnings


def test_filters_narrow_what_the_query_found(engine: Engine) -> None:
    assert found(engine, "lavrov", source=["TASS", "SANA"]) == "a1 a2 a3"
    assert found(engine, "lavrov", exclude={"person": "Joe Biden"}) == "a1 a2 a4 a5 a6"
    assert found(engine, "lavrov", missing="category") == "a6"


def test_a_facet_counts_all_matches_of_the_query(engine: Engine) -> None:
    results = search(engine, "lavrov", size=1, facets="source,person,place,category,language")
    assert counts(results.facets["source"]) == {"TASS": 2, "Al Jazeera": 1, "Al Jazeera English": 1, "SANA": 1}
    assert results.facets["source"].missing == 1
    assert results.facets["source"].distinct == 4
    assert counts(results.facets["person"]) == {"Sergey Lavrov": 5, "Joe Biden": 1}
    assert results.facets["person"].missing == 1
    assert counts(results.facets["place"]) == {"Damascus": 1, "Minsk": 1}
    assert counts(results.facets["category"]) == {"News": 5, "News/Politics": 4, "News/Economy": 1}
    assert counts(results.facets["language"]) == {"en": 6}
    assert results.facets["language"].missing == 0


def test_equal_counts_are_in_order_of_the_value(engine: Engine) -> None:
    facet = search(engine, "quince", facets="source,category").facets
    assert list(counts(facet["source"])) == ["Al Jazeera", "Jazeera", "al jazeera"]
    assert counts(facet["category"]) == {"News": 3, "News/World": 2, "News/World/Asia": 1, "Newsroom": 1}


def test_only_the_largest_buckets_are_returned_and_the_number_of_all(engine: Engine) -> None:
    facet = search(engine, "", facets="source", facet_size=2).facets["source"]
    assert counts(facet) == {"Gazette": 6, "Order": 6}
    assert facet.distinct == 16
    assert facet.missing == 3


def test_a_facet_ignores_its_own_selection_and_no_other(engine: Engine) -> None:
    facets = search(engine, "lavrov", source="TASS", facets="source,person").facets
    assert facets["source"].buckets == (
        Bucket("TASS", 2, selected=True),
        Bucket("Al Jazeera", 1),
        Bucket("Al Jazeera English", 1),
        Bucket("SANA", 1),
    )
    assert counts(facets["person"]) == {"Sergey Lavrov": 2, "Joe Biden": 1}
    both = search(engine, "lavrov", source="TASS", person="Joe Biden", facets="source,person").facets
    assert both["source"].buckets == (Bucket("TASS", 1, selected=True),)
    assert both["person"].buckets == (Bucket("Sergey Lavrov", 2), Bucket("Joe Biden", 1, selected=True))


def test_chosen_and_excluded_values_stay_listed_at_zero(engine: Engine) -> None:
    facet = search(engine, "lavrov", source=["Rank", "SANA"], facets="source", facet_size=1).facets["source"]
    assert facet.buckets == (Bucket("TASS", 2), Bucket("SANA", 1, selected=True), Bucket("Rank", 0, selected=True))
    facet = search(engine, "ministry", exclude={"source": ["TASS", "Gazette"]}, facets="source").facets["source"]
    assert facet.buckets == (Bucket("Gazette", 1, excluded=True), Bucket("TASS", 0, excluded=True))
    assert facet.distinct == 1


def test_missing_can_be_selected_and_excluded_and_says_so(engine: Engine) -> None:
    facet = search(engine, "lavrov", missing="source", facets="source").facets["source"]
    assert (facet.missing, facet.missing_selected, facet.missing_excluded) == (1, True, False)
    assert sum(counts(facet).values()) == 5
    facet = search(engine, "lavrov", exclude={"source": MISSING}, facets="source").facets["source"]
    assert (facet.missing, facet.missing_selected, facet.missing_excluded) == (1, False, True)


@pytest.mark.parametrize("query", ["", "lavrov", "quince OR saffron", "-lavrov", "date:2021"])
@pytest.mark.parametrize("field", FACETS)
@pytest.mark.parametrize("other", [{}, {"category": "News"}, {"exclude": {"language": "en"}}, {"from_": "2016-05"}])
def test_a_value_with_a_count_gives_as_many_hits(engine: Engine, query: str, field: str, other: dict[str, Any]) -> None:
    if field in other or (field in other.get("exclude", {})) or (field == "published" and "from_" in other):
        return
    facet = search(engine, query, facets=field, **other).facets[field]
    for bucket in facet.buckets:
        assert search(engine, query, **{field: bucket.value, **other}).total == bucket.count
    assert search(engine, query, missing=field, **other).total == facet.missing
    assert facet.distinct == sum(bucket.count > 0 for bucket in facet.buckets)


def test_the_date_facet_lists_every_period_from_first_to_last(engine: Engine) -> None:
    facet = search(engine, "lavrov", facets="published").facets["published"]
    assert facet.interval == "month"
    # 13 October to 31 December are 80 days: too many for days.
    assert counts(facet) == {"2021-10": 3, "2021-11": 1, "2021-12": 1}
    assert (facet.distinct, facet.missing) == (3, 1)


def test_the_date_facet_takes_days_months_or_years_by_the_span(engine: Engine) -> None:
    days = search(engine, "lavrov date:2021-10-13..2021-11-02", facets="published").facets["published"]
    assert days.interval == "day"
    assert len(days.buckets) == 21
    assert [b for b in days.buckets if b.count] == [
        Bucket("2021-10-13", 1),
        Bucket("2021-10-14", 2),
        Bucket("2021-11-02", 1),
    ]
    assert days.buckets[5] == Bucket("2021-10-18", 0)
    assert days.distinct == 3
    years = search(engine, "fig", facets="published").facets["published"]
    assert years.interval == "year"
    assert counts(years) == {str(year): {1999: 1, 2009: 2}.get(year, 0) for year in range(1999, 2010)}
    assert years.distinct == 2
    whole = search(engine, "", facets="published").facets["published"]
    assert (whole.interval, list(counts(whole))) == ("year", [str(year) for year in range(1999, 2023)])


def test_the_date_facet_shows_the_range_that_was_asked_for(engine: Engine) -> None:
    """A chosen year is shown by months, as far as there are any matches before, in or after them."""
    facet = search(engine, "", from_="2021", to="2021", facets="published").facets["published"]
    assert facet.interval == "month"
    assert counts(facet) == {f"2021-{m:02d}": {10: 3, 11: 1, 12: 1}.get(m, 0) for m in range(1, 13)}
    facet = search(engine, "lavrov", from_="2021-10", to="2021-10", facets="published").facets["published"]
    assert facet.interval == "day"
    assert facet.buckets[:3] == (Bucket("2021-10-13", 1), Bucket("2021-10-14", 2), Bucket("2021-10-15", 0))
    assert (len(facet.buckets), facet.buckets[-1].value) == (19, "2021-10-31")
    facet = search(engine, "lavrov", from_="1990", to="1991", facets="published").facets["published"]
    assert (facet.interval, facet.buckets, facet.distinct) == ("year", (), 0)


def test_chosen_periods_are_marked_among_all(engine: Engine) -> None:
    facet = search(engine, "lavrov", published="2021-11", facets="published").facets["published"]
    assert facet.buckets == (Bucket("2021-10", 3), Bucket("2021-11", 1, selected=True), Bucket("2021-12", 1))
    facet = search(engine, "lavrov", published="2021-10-14", facets="published").facets["published"]
    assert [b for b in facet.buckets if b.selected] == [Bucket("2021-10-14", 2, selected=True)]
    facet = search(engine, "lavrov", missing="published", facets="published").facets["published"]
    assert (facet.missing, facet.missing_selected, sum(counts(facet).values())) == (1, True, 5)


def test_undated_matches_alone_give_no_periods(engine: Engine) -> None:
    facet = search(engine, "undated", facets="published").facets["published"]
    assert (facet.buckets, facet.missing, facet.distinct) == ((), 1, 0)


def test_a_search_without_matches_has_empty_facets(engine: Engine) -> None:
    for name, facet in search(engine, "nowhere", facets="all").facets.items():
        assert (facet.field, facet.buckets, facet.distinct, facet.missing) == (name, (), 0, 0)


def test_the_facets_asked_for_are_returned_and_no_others(engine: Engine) -> None:
    assert tuple(search(engine, "lavrov", facets="place,source").facets) == ("place", "source")
    assert search(engine, "lavrov", facets="none").facets == {}


def test_an_unknown_facet_or_filter_is_refused(engine: Engine) -> None:
    for request in (
        SearchRequest(facets=("nosuch",)),
        SearchRequest(facets=("title",)),
        SearchRequest(filters=(Filter("nosuch", ("x",)),)),
        SearchRequest(filters=(Filter("body", ("x",)),)),
    ):
        with pytest.raises(UsageError):
            engine.search(request)
    with pytest.raises(UsageError):
        engine.facet_values(SearchRequest(), "nosuch")


# All values of a facet


def test_all_values_of_a_facet_are_paged(engine: Engine) -> None:
    first = engine.facet_values(ask("lavrov"), "source", limit=2)
    assert first.field == "source"
    assert first.buckets == (Bucket("TASS", 2), Bucket("Al Jazeera", 1))
    assert (first.total, first.missing) == (4, 1)
    second = engine.facet_values(ask("lavrov"), "source", offset=2, limit=2)
    assert second.buckets == (Bucket("Al Jazeera English", 1), Bucket("SANA", 1))
    assert engine.facet_values(ask("lavrov"), "source", offset=4).buckets == ()


def test_values_are_ordered_by_count_or_name(engine: Engine) -> None:
    page = engine.facet_values(ask("lavrov"), "source", order="name")
    assert [bucket.value for bucket in page.buckets] == ["Al Jazeera", "Al Jazeera English", "SANA", "TASS"]


def test_values_are_searched_without_regard_to_case_and_accents(engine: Engine) -> None:
    page = engine.facet_values(ask(), "source", contains="AL JAZ")
    assert page.buckets == (Bucket("Al Jazeera", 2), Bucket("Al Jazeera English", 1), Bucket("al jazeera", 1))
    assert page.total == 3
    assert engine.facet_values(ask(), "place", contains="geneve").buckets == (Bucket("Genève", 1),)
    assert engine.facet_values(ask(), "source", contains="nowhere").total == 0


def test_values_ignore_the_selection_of_their_own_field(engine: Engine) -> None:
    page = engine.facet_values(ask("lavrov", source="TASS", person="Joe Biden"), "source")
    assert page.buckets == (Bucket("TASS", 1, selected=True),)
    page = engine.facet_values(ask("lavrov", source="SANA"), "source")
    assert page.total == 4
    assert Bucket("SANA", 1, selected=True) in page.buckets


def test_values_of_a_path_count_for_what_lies_above(engine: Engine) -> None:
    page = engine.facet_values(ask("quince"), "category", order="name")
    assert {b.value: b.count for b in page.buckets} == {"News": 3, "News/World": 2, "News/World/Asia": 1, "Newsroom": 1}


def test_slashes_at_the_ends_of_a_path_and_in_a_row_make_no_steps(empty: Engine) -> None:
    given = ("/News", "a//b", "News/", "a", "/", "a/b/")
    fill(empty, [article(f"p{n}", "t", "b", "2020-01-01", category=path) for n, path in enumerate(given)])
    facet = search(empty, facets="category").facets["category"]
    assert counts(facet) == {"a": 3, "/": 1, "/News": 1, "News": 1, "a/b": 1, "a//b": 1}
    for value, chosen in {
        "/News": "p0", "News": "p2", "News/": "p2", "a": "p1 p3 p5", "a/": "p1 p3 p5",
        "a/b": "p5", "a//b": "p1", "/": "p4",
    }.items():  # fmt: skip
        assert found(empty, category=value) == chosen, value
        assert search(empty, exclude={"category": value}).total == len(given) - len(chosen.split()), value


AWKWARD = ("-dash", "two\nlines", " spaced ", "é", "É", "e", "x" * 300, "a,b", "missing", "*", "日本", "\u202bمصر")


def test_any_text_can_be_a_value(empty: Engine) -> None:
    fill(empty, [article(f"v{n:02d}", "t", "b", "2020-01-01", value) for n, value in enumerate(AWKWARD)])
    facet = search(empty, facets="source").facets["source"]
    assert counts(facet) == dict.fromkeys(sorted(AWKWARD), 1)
    for number, value in enumerate(AWKWARD):
        assert found(empty, source=value) == f"v{number:02d}"
        assert search(empty, exclude={"source": value}).total == len(AWKWARD) - 1


def test_a_value_given_twice_counts_once(empty: Engine) -> None:
    twice = article("v1", "t", "b", None, people=("A", "B", "A"), author=("X", "X"))
    fill(empty, [twice])
    facets = search(empty, facets="person,author").facets
    assert counts(facets["person"]) == {"A": 1, "B": 1}
    assert counts(facets["author"]) == {"X": 1}


def test_dates_from_the_first_to_the_last_day_of_the_calendar(empty: Engine) -> None:
    ends = ("0001-01-01", "1969-12-31T23:59:59", "1970-01-01", "9999-12-31T23:59:59")
    fill(empty, [article(f"e{n}", "t", "b", day) for n, day in enumerate(ends)])
    assert order(empty, sort="oldest") == ["e0", "e1", "e2", "e3"]
    assert order(empty, sort="newest") == ["e2", "e1", "e0", "e3"]
    assert found(empty, "before:1970") == "e0 e1"
    assert found(empty, "date:9999-12-31") == "e3"
    facet = search(empty, facets="published", to="9999").facets["published"]
    assert (facet.interval, len(facet.buckets), facet.distinct) == ("year", 9999, 4)
    assert [bucket for bucket in facet.buckets if bucket.count] == [
        Bucket("0001", 1),
        Bucket("1969", 1),
        Bucket("1970", 1),
        Bucket("9999", 1),
    ]


def test_names_in_passing_count_where_they_are_wanted(engine: Engine) -> None:
    assert counts(search(engine, "gas", facets="person").facets["person"]) == {}
    facet = search(engine, "gas", facets="person", all_mentions=True).facets["person"]
    assert counts(facet) == {"Joe Biden": 1, "Sergey Lavrov": 1}
    assert (facet.distinct, facet.missing) == (2, 0)
    assert engine.facet_values(ask(all_mentions=True), "person", contains="biden").buckets == (Bucket("Joe Biden", 2),)
    assert found(engine, "gas", missing="person", all_mentions=True) == ""
    assert found(engine, "gas", missing="person") == "a5"


SPELLINGS = [
    ("s1", "Sergei Lavrov"),
    ("s2", "Sergey Lavrov"),
    ("s3", "Sergey Lavrov"),
    ("s4", "SERGEY LAVROV"),
    ("s5", "Ali Khamenei"),
    ("s6", "Ali Khomeini"),
]


def test_spellings_that_surely_mean_one_are_one_value(empty: Engine) -> None:
    fill(empty, [article(id, id, "Talks.", "2021", people=(name,)) for id, name in SPELLINGS], commits=3)
    facet = search(empty, facets="person").facets["person"]
    assert counts(facet) == {"Sergey Lavrov": 4, "Ali Khamenei": 1, "Ali Khomeini": 1}
    assert facet.distinct == 3
    for spelling in ("Sergei Lavrov", "Sergey Lavrov", "SERGEY LAVROV"):
        assert found(empty, person=spelling) == "s1 s2 s3 s4"
    assert found(empty, exclude={"person": "Sergei Lavrov"}) == "s5 s6"
    assert found(empty, "person:sergei") == "s1 s2 s3 s4"
    assert found(empty, 'person:"sergei lavrov"') == "s1 s2 s3 s4"
    assert found(empty, "person:khomeini") == "s6"
    [one] = empty.get(["s1"])
    assert one is not None
    assert [(entity.name, entity.variants) for entity in one.entities] == [("Sergey Lavrov", ("Sergei Lavrov",))]


def test_other_names_of_the_alias_table_find_an_entity(empty: Engine) -> None:
    fill(empty, [article("c1", "One", "Talks.", "2021", places=("Kyiv",)), article("c2", "Two", "Talks.", "2021")])
    assert found(empty, place="Kiev") == found(empty, "place:kiev") == found(empty, 'place:="KIEV"') == "c1"


def test_an_article_with_two_spellings_counts_once(empty: Engine) -> None:
    both = article("b1", "Both", "Talks.", "2021", people=("Sergei Lavrov", "Sergey Lavrov"))
    fill(empty, [both, article("b2", "One", "Talks.", "2021", people=("Sergey Lavrov",))])
    assert counts(search(empty, facets="person").facets["person"]) == {"Sergey Lavrov": 2}
    assert found(empty, person="Sergei Lavrov") == "b1 b2"


def test_an_entity_named_once_in_each_of_two_spellings_is_named_twice(empty: Engine) -> None:
    sergei, sergey = (
        Entity("person", "Sergei Lavrov", (Mention(0, 13),)),
        Entity("person", "Sergey Lavrov", (Mention(20, 33),)),
    )
    other = Entity("person", "Ali Khamenei", (Mention(40, 52),))
    fill(
        empty,
        [
            article("m1", "Both", "Talks.", "2021", entities=(sergei, sergey, other)),
            article("m2", "Both, and one more", "Talks.", "2021", entities=(other, sergei, sergey)),
            article("m3", "Once", "Talks.", "2021", entities=(sergey,)),
            article("m4", "Given", "Talks.", "2021", people=("Sergey Lavrov",), entities=(sergei,)),
        ],
    )
    assert counts(search(empty, facets="person").facets["person"]) == {"Sergey Lavrov": 3}
    assert found(empty, person="Sergei Lavrov") == "m1 m2 m4"
    assert found(empty, person="Ali Khamenei") == ""
    everything = search(empty, facets="person", all_mentions=True)
    assert counts(everything.facets["person"]) == {"Sergey Lavrov": 4, "Ali Khamenei": 2}
    assert found(empty, person="Sergey Lavrov", all_mentions=True) == "m1 m2 m3 m4"
    assert found(empty, "person:sergei") == "m1 m2 m3 m4"
    assert search(empty, facets="person").facets["person"].missing == 1


def test_the_spelling_shown_is_the_most_frequent_of_what_is_there(empty: Engine) -> None:
    fill(empty, [article(id, id, "Talks.", "2021", people=(name,)) for id, name in SPELLINGS])
    with empty.writer(prepare) as writer:
        writer.remove(["s2", "s3"])
        writer.commit()
    empty.refresh()
    assert counts(search(empty, facets="person").facets["person"])["Sergei Lavrov"] == 2


def named(id: str, *people: str, organisations: tuple[str, ...] = ()) -> Article:
    return article(id, id, "Talks.", "2021", people=people, organisations=organisations)


OBAMA = [
    *(named(f"o{number}", "Barack Obama") for number in range(9)),
    named("o9", "Michelle Obama"),
    named("b1", "Obama"),
    named("b2", "OBAMA"),
    named("b3", "Obama", "Michelle Obama"),
    named("z1", "Zelensky"),
    *(named(f"z{number}", "Volodymyr Zelenskyy") for number in range(2, 6)),  # four are too few
]
MEN = " ".join(f"o{number}" for number in range(9))


@pytest.mark.parametrize("commits", [1, 3])
def test_a_family_name_alone_goes_to_whom_nearly_all_articles_mean(empty: Engine, commits: int) -> None:
    """Nine of ten articles that give the name in full do; b3 names his wife too, who so has two of eleven."""
    fill(empty, [each for each in OBAMA if each.id != "b3"], commits=commits)
    facet = search(empty, facets="person").facets["person"]
    assert counts(facet) == {"Barack Obama": 11, "Volodymyr Zelenskyy": 4, "Michelle Obama": 1, "Zelensky": 1}
    for name in ("Obama", "OBAMA", "Barack Obama"):
        assert found(empty, person=name) == f"b1 b2 {MEN}"
    assert found(empty, "person:barack") == f"b1 b2 {MEN}"
    assert found(empty, 'person:="obama"') == f"b1 b2 {MEN}"
    assert found(empty, "person:obama") == f"b1 b2 {MEN} o9"
    assert [each.text for each in empty.suggest("barack")] == ["Barack Obama"]
    one, other = empty.get(["b1", "o1"])
    assert one is not None
    assert other is not None
    assert [(e.name, e.variants, e.short) for e in one.entities] == [("Barack Obama", ("Obama",), "Obama")]
    assert [(e.name, e.variants, e.short) for e in other.entities] == [("Barack Obama", (), "")]
    expected = (JoinedName("OBAMA", 1, short=True), JoinedName("Obama", 1, short=True))
    assert empty.joined_names("person", "Barack Obama") == empty.joined_names("person", "Obama") == expected
    assert empty.joined_names("person", "Michelle Obama") == empty.joined_names("person", "Nobody") == ()


def test_who_holds_fewer_does_not_get_it(empty: Engine) -> None:
    fill(empty, OBAMA)
    facet = search(empty, facets="person").facets["person"]
    assert counts(facet)["Barack Obama"] == 9
    assert counts(facet)["Obama"] == 3
    with empty.writer(prepare) as writer:
        writer.remove(["b3"])
        writer.commit()
    empty.refresh()
    assert counts(search(empty, facets="person").facets["person"])["Barack Obama"] == 11
    with empty.writer(prepare) as writer:
        writer.add(named("o10", "Michelle Obama"), Origin("tests", 1))
        writer.commit()
    empty.refresh()
    assert counts(search(empty, facets="person").facets["person"])["Barack Obama"] == 9


def test_names_that_differ_by_an_initial_are_one(empty: Engine) -> None:
    """Unless there are two initials: then nobody knows whom the name without one means."""
    people = ("Donald J. Trump", "Donald Trump", "George W. Bush", "George H. W. Bush", "George Bush", "Donald Trump")
    fill(empty, [named(f"t{number}", name) for number, name in enumerate(people, 1)], commits=2)
    assert counts(search(empty, facets="person").facets["person"]) == {
        "Donald Trump": 3,
        "George Bush": 1,
        "George H. W. Bush": 1,
        "George W. Bush": 1,
    }
    assert found(empty, person="Donald J. Trump") == "t1 t2 t6"
    assert found(empty, "person:j") == "t1 t2 t6"
    assert empty.joined_names("person", "Donald Trump") == (JoinedName("Donald J. Trump", 1, short=False),)


def test_organisations_in_short_go_to_what_articles_spell_out(empty: Engine) -> None:
    house, daca = "House of Representatives", "Deferred Action for Childhood Arrivals"
    bodies = [
        *[house] * 9,
        "House of Representatives (Australia)",
        "House",
        *[daca] * 5,
        "DACA",
        "Senate",
        "Daca",
        "HOUSE",
    ]
    fill(empty, [named(f"h{number}", organisations=(name,)) for number, name in enumerate(bodies)], commits=2)
    assert counts(search(empty, facets="organisation").facets["organisation"]) == {
        house: 11,
        daca: 7,
        "House of Representatives (Australia)": 1,
        "Senate": 1,
    }
    assert found(empty, organisation="DACA") == "h11 h12 h13 h14 h15 h16 h18"
    assert found(empty, "org:house") == "h0 h1 h10 h19 h2 h3 h4 h5 h6 h7 h8 h9"
