"""Which articles each kind of query finds."""

import pytest

from indexer.engines.base import Engine
from indexer.errors import QueryTooExpensive
from indexer.search.parser import MAX_CHARACTERS
from tests.engines.asking import found, search
from tests.engines.corpus import IDS

EVERYTHING = " ".join(IDS)


def but(*ids: str) -> str:
    return " ".join(id for id in IDS if id not in ids)


MATCHES = {
    "words": [
        ("lavrov", "a1 a2 a3 a4 a5 a6"),
        ("LAVROV", "a1 a2 a3 a4 a5 a6"),
        ("lavrov biden", "a3 a5"),
        ("biden lavrov", "a3 a5"),
        ("lavrov progress", "a2"),
        ("lavrov nowhere", ""),
        ("nowhere", ""),
        ("alpha beta", "p1 p2 p3 p4 p5"),  # in any fields together
        ("", EVERYTHING),
        ("*", EVERYTHING),
    ],
    "stems": [
        ("minister", "a1 a4 w1 w2"),
        ("ministers", "a1 a4 w1 w2"),
        ("ministry", "w3"),
        ("resigning", "w1 w2"),
        ("=ministers", "a1 w2"),
        ("=minister", "a4 w1"),
        ("=Ministers", "a1 w2"),
        ('="ministers of"', "w2"),
        ('="minister of"', "w1"),
        ("tulip", "r1 r2 r3 r4"),
    ],
    "operators": [
        ("lavrov OR kiev", "a1 a2 a3 a4 a5 a6 w6"),
        ("ministry|kiev", "w3 w6"),
        ("lavrov -biden", "a1 a2 a4 a6"),
        ("lavrov NOT biden", "a1 a2 a4 a6"),
        ("lavrov -(biden OR minister)", "a2 a6"),
        ("minister (normandy OR health)", "a1 a4 w1 w2"),
        ("-lavrov -minister -alpha -tulip -saffron -quince -fig", "d4 l1 l2 l3 l4 l5 l6 w3 w4 w5 w6"),
        ("-lavrov", but("a1", "a2", "a3", "a4", "a5", "a6")),
        ("lavrov OR -saffron", but("t1", "t2", "t3", "t4", "t5")),
        ("-*", ""),
        ("lavrov -*", ""),
        ("lavrov *", "a1 a2 a3 a4 a5 a6"),
    ],
    "phrases": [
        ('"alpha beta"', "p1"),
        ('"beta alpha"', "p3"),
        ('"alpha beta"~1', "p1 p2"),
        ('"alpha beta"~2', "p1 p2"),
        ('"alpha beta"~3', "p1 p2 p4"),
        ('"alpha gamma"~1', "p1 p3"),
        ('"alpha beta gamma"', "p1"),
        ('"alpha beta gamma"~1', "p1 p2"),
        ('"alpha alpha"', "p6"),
        ('"normandy group"', "a1"),
        ('"group normandy"~1', "a4"),
        ('"minister resigned"', "w1 w2"),
        ('"lavrov"', "a1 a2 a3 a4 a5 a6"),
        ("g-20", "w4"),  # two words in one are a phrase
        ("G20", "w4"),
        ('"g 20"', "w4"),
        ("20", "w4 w5"),
        ("U.S.", "w4 w5"),
        ("obrien", "w4"),
        ("O'Brien's", "w4"),
    ],
    "nearness": [
        ("alpha NEAR/0 beta", "p1 p3"),
        ("alpha NEAR/1 beta", "p1 p2 p3"),
        ("beta NEAR/1 alpha", "p1 p2 p3"),
        ("alpha NEAR/3 beta", "p1 p2 p3 p4"),
        ("alpha NEAR/0 alpha", "p6"),
        ("alpha NEAR/9 gamma", "p1 p2 p3"),
        ('"beta gamma" NEAR/1 alpha', "p1 p2"),
        ('"beta gamma" NEAR/0 alpha', "p1"),
        ("lavrov NEAR/20 biden", "a3 a5"),
        ("lavrov NEAR/7 biden", "a3"),
        ("lavrov NEAR/8 biden", "a3 a5"),
        ("title:biden NEAR/3 lavrov", "a3"),
        ("=ministers NEAR/5 normandy", "a1"),
        ("=minister NEAR/4 normandy", ""),
        ("=minister NEAR/5 normandy", "a4"),
    ],
    "patterns": [
        ("minist*", "a1 a4 l1 w1 w2 w3"),
        ("ministr*", "l1 w3"),
        ("title:minist*", "a1 l1 w1 w2 w3"),
        ("k?ev", "w6"),
        ("k*v", "w6"),
        ("t?lip*", "r1 r2 r3 r4"),
        ("t?lip", "r2 r3 r4"),
        ("resign*d", "w1 w2"),
        ("lavrof~", "a1 a2 a3 a4 a5 a6"),
        ("lavrof~1", "a1 a2 a3 a4 a5 a6"),
        ("larvov~1", "a1 a2 a3 a4 a5 a6"),
        ("lavrf~1", ""),
        ("lavrf~2", "a1 a2 a3 a4 a5 a6"),
        ("kivy~1", ""),
        ("kivy~2", "k1 k2 k3 k4 w6"),
        ("genev*", "l1 l6"),
        ("$minist.*", "a1 a4 l1 w1 w2 w3"),
    ],
    "fields": [
        ("title:lavrov", "a1 a2 a3"),
        ("body:lavrov", "a3 a4 a5 a6"),
        ("title:lavrov body:biden", "a3"),
        ("title:(lavrov minister)", "a1"),
        ('title:"meets ministers"', "a1"),
        ("summary:foreign", "a1"),
        ("title:=ministers", "a1 w2"),
        ("url:sana.sy", "a1"),
        ("url:lavrov-meets", "a1"),
        ("url:https://sana.sy/en/lavrov-meets-ministers", "a1"),
        ("url:ministers", "a1"),
        ("url:minister", ""),
    ],
    "keywords": [
        ("source:SANA", "a1"),
        ("source:sana", "a1"),
        ("source:jazeera", "a4 a5 k1 k2 k3"),
        ('source:"al jazeera"', "a4 a5 k1 k2"),
        ('source:="Al Jazeera"', "a4 k1 k2"),
        ("source:=jazeera", "k3"),
        ("source:jazee", ""),
        ("source:jaz*", "a4 a5 k1 k2 k3"),
        ("source:jazerra~2", "a4 a5 k1 k2 k3"),
        ("source:g?zette", "w1 w2 w3 w4 w5 w6"),
        ("person:lavrov", "a1 a2 a3 a4 a5 a6"),
        ('person:"lavrov sergey"', ""),
        ("person:(putin OR biden)", "a3 a5 k4"),
        ("person:lavrov person:biden", "a3 a5"),
        ('org:"european union"', "k1 k3"),
        ("org:union", "k1 k2 k3"),
        ("place:geneve", "l1"),
        ("by:zain", "a1 a2"),
        ("category:News", "a5 k1 k2 k4 l6 w1 w2 w3 w4 w5 w6 " + "a1 a2 a3 a4"),
        ("category:News/World", "k2 k4"),
        ("category:=News", "a1 a2 a3 a4 a5 k1 k2 k4 l6 w1 w2 w3 w4 w5 w6"),
        ("category:=News/World", "k2 k4"),
        ("category:=world", ""),
        ("category:newsroom", "k3"),
        ("lang:fr", "l1"),
        ("lang:en-GB", "l6"),
        ("translated_from:fr", "l6"),
        ("lavrov -source:TASS", "a1 a4 a5 a6"),
        ("topic:diplomacy", "a1 a2"),
        ('collection:"wire agencies"', "a1 a2"),
        ("collection:levant OR collection:agencies", "a1 a2"),
        ('tag:"normandy format"', "a1"),
        ("-topic:* lavrov", "a3 a4 a5 a6"),
    ],
    "extra": [
        ("extra.print_edition:late", "a1"),
        ("extra.PrintEdition:EARLY", "a2"),
        ("extra.print-edition:edition", "a1"),  # as it is written: not its stem
        ('extra.printedition:"late edition"', "a1"),
        ("extra.printedition:(late OR early)", "a1 a2"),
        ("extra.printedition:*", "a1 a2"),
        ("lavrov -extra.printedition:late -extra.live:true", "a3 a4 a5 a6"),
        ("extra.page:12", "a1"),
        ("extra.page:a12", "a2"),
        ("extra.geo:geneve extra.geo:annecy", "a1"),
        ("extra.geo:lyon extra.page:a12", ""),
        ("extra.nothing:late", ""),
        ("extra.nothing:*", ""),
        ("late", ""),
    ],
    "missing": [
        ("source:*", but("a6", "k4", "d4")),
        ("-source:*", "a6 d4 k4"),
        ("-date:*", "a6 t4 t5"),
        ("category:* lavrov", "a1 a2 a3 a4 a5"),
        ("-category:*", "a6 d1 d2 d3 d4"),
        ("-lang:*", "d4 k1 k2 k3 k4"),
        ("-title:*", "d4"),
        ("-body:*", "d4"),
        ("summary:*", "a1"),
        ("url:*", "a1"),
        ("-org:* quince", "k4"),
        ("-person:* lavrov", ""),
    ],
    "dates": [
        ("date:2021", "a1 a2 a3 a4 a5"),
        ("date:2021-10", "a1 a2 a3"),
        ("date:2021-10-14", "a1 a2"),
        ("date:2021-10-13..2021-11", "a1 a2 a3 a4"),
        ("after:2021-10-14", "a1 a2 a4 a5 " + "l1 l2 l3 l4 l5 l6"),
        ("date:>2021-10-14", "a4 a5 l1 l2 l3 l4 l5 l6"),
        ("lavrov before:2021-10-14", "a3"),
        ("lavrov until:2021-10-14", "a1 a2 a3"),
        ("date:2021-12-31", "a5"),  # to its last second
        ("date:2016", "k1 k2 k3 k4"),
        ("date:2016-05", "k2 k3"),
        ("date:2016-01-01", "k1"),  # a year alone is filed under its first day
        ("quince date:<2016-05", "k1"),
        ("lavrov -date:2021", "a6"),
        ("on:10-14", "a1 a2 d1 d2"),
        ("on:02-29", "d4 w6"),
        ("on:10-14 fig", "d1 d2"),
        ("saffron date:1000..3000", "t1 t2 t3"),
    ],
    "languages": [
        ("ministre", "l1"),
        ("negociation", "l1"),
        ("NÉGOCIATIONS", "l1"),
        ("hotel", "l1 l6"),
        ("genève", "l1 l6"),
        ("cafe", "l6"),
        ("министр", "l2"),
        ("переговорами", "l2"),
        ("дмск", ""),
        ("دمشق", "l3"),
        ("احمد", "l3"),
        ("الوزير", "l3"),
        ("北京", "l4"),
        ("北京大学", "l4"),
        ("大学", "l4"),
        ("京北", ""),
        ("学", "l4"),
        ("学生", "l4"),
        ('"今天开学"', "l4"),
        ("strasse", "l5"),
        ("Straße", "l5"),
        ("koln", "l5"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("query", "ids"), [case for cases in MATCHES.values() for case in cases])
def test_a_query_finds_exactly(engine: Engine, query: str, ids: str) -> None:
    assert found(engine, query) == " ".join(sorted(ids.split()))


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["lavrov", "lavrov -biden", "alpha NEAR/3 beta", "date:2021"])
def test_a_sort_changes_the_order_and_not_the_matches(engine: Engine, query: str, sort: str) -> None:
    assert found(engine, query, sort=sort) == found(engine, query)


def test_the_answer_says_how_the_query_was_understood(engine: Engine) -> None:
    results = search(engine, "Lavrov AND (biden")
    assert results.query == "Lavrov AND (biden"
    assert results.understood == "Lavrov AND biden"
    assert [(w.code, w.start, w.end) for w in results.warnings] == [("unclosed-parenthesis", 11, 17)]
    assert results.took_ms >= 0
    assert results.generation == engine.generation


@pytest.mark.parametrize("query", ["x" * (MAX_CHARACTERS + 1), "*lavrov", " OR ".join("abcdefghij" * 7)])
def test_a_query_over_the_limits_is_refused(engine: Engine, query: str) -> None:
    with pytest.raises(QueryTooExpensive):
        search(engine, query)


def test_a_leading_wildcard_beside_words_is_left_out(engine: Engine) -> None:
    results = search(engine, "*rov ministry")
    assert [hit.id for hit in results.hits] == ["w3"]
    assert [warning.code for warning in results.warnings] == ["leading-wildcard"]


@pytest.mark.parametrize("query", ["!!!", "🎉", '""'])
def test_nothing_to_search_for_finds_nothing(engine: Engine, query: str) -> None:
    results = search(engine, query)
    assert (results.total, results.hits) == (0, ())
    assert [warning.code for warning in results.warnings] == ["nothing-to-search"]
