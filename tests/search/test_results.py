"""The JSON of a search, key by key: the API and `indexer search --json` promise it."""

from datetime import UTC, datetime

from indexer.article import Article, Entity, Published
from indexer.search.query import QueryWarning, Term
from indexer.search.results import (
    ArchiveStats,
    Bucket,
    ClauseCount,
    Diagnosis,
    Facet,
    Hit,
    SearchResults,
    Share,
    Snippet,
    Suggested,
)

ARTICLE = Article(
    id="a1",
    title="Lavrov meets Biden",
    summary="In Geneva.",
    published=Published(datetime(2021, 10, 14, 11, 15, 48, tzinfo=UTC)),
    source="SANA",
    category="News/Politics",
    language="en",
    entities=(Entity("person", "Sergey Lavrov"), Entity("place", "Geneva")),
)


def test_a_hit() -> None:
    hit = Hit(ARTICLE, 9.1312345678, (Snippet("body", "met Lavrov", ((4, 10),), leading=True),), ((0, 6),))
    assert hit.id == "a1"
    assert hit.to_dict() == {
        "id": "a1",
        "title": "Lavrov meets Biden",
        "summary": "In Geneva.",
        "published": "2021-10-14T11:15:48Z",
        "precision": "second",
        "added": None,
        "source": "SANA",
        "url": None,
        "category": "News/Politics",
        "language": "en",
        "translated_from": None,
        "author": [],
        "topic": [],
        "collection": [],
        "score": 9.131235,
        "snippets": [{"field": "body", "text": "met Lavrov", "spans": [[4, 10]]}],
        "title_spans": [[0, 6]],
        "person": ["Sergey Lavrov"],
        "organisation": [],
        "place": ["Geneva"],
    }


def test_an_undated_hit_with_copies_and_an_explanation() -> None:
    came = datetime(2026, 11, 3, 14, 0, 5, 999_999, tzinfo=UTC)
    hit = Hit(Article("x", added=came), 1.0, explanation=(Share("lavrov", "body", 1.0, 2),), copies=3, copy_sources=2)
    record = hit.to_dict()
    assert (record["published"], record["precision"]) == (None, None)
    assert record["added"] == "2026-11-03T14:00:05Z"
    assert (record["copies"], record["copy_sources"]) == (3, 2)
    assert record["explanation"] == [{"clause": "lavrov", "field": "body", "score": 1.0, "frequency": 2}]


def test_facets_say_their_interval_only_when_they_have_one() -> None:
    values = Facet("source", (Bucket("SANA", 2, selected=True), Bucket("TASS", 0, excluded=True)), 2, 1)
    assert values.to_dict() == {
        "buckets": [
            {"value": "SANA", "count": 2, "selected": True},
            {"value": "TASS", "count": 0, "selected": False, "excluded": True},
        ],
        "distinct": 2,
        "missing": 1,
    }
    assert Facet("published", (), 0, 0, "month").to_dict() == {
        "buckets": [],
        "distinct": 0,
        "missing": 0,
        "interval": "month",
    }


def test_an_estimated_number_says_within_what_it_is_right() -> None:
    record = Facet("person", (), 12_000, margin=12).to_dict()
    assert (record["distinct"], record["estimated"], record["margin"]) == (12_000, True, 12)
    record = SearchResults("a", "a", 90_000, stories=50_000, stories_margin=525).to_dict()
    assert (record["stories"], record["stories_margin"]) == (50_000, 525)
    assert "stories_margin" not in SearchResults("a", "a", 9, stories=5).to_dict()


def test_results() -> None:
    results = SearchResults(
        query="lavrof",
        understood="lavrof",
        total=0,
        warnings=(QueryWarning("unknown_field", "message", 1, 3),),
        generation=7,
        took_ms=1.23456,
        facets={"source": Facet("source", (), 0)},
        did_you_mean=Suggested("lavrov", 3),
        diagnosis=Diagnosis((ClauseCount("lavrof", 0),), (ClauseCount("source SANA", 4, "source", "SANA"),)),
        next_cursor="c",
    )
    assert results.to_dict() == {
        "query": "lavrof",
        "understood": "lavrof",
        "warnings": [{"code": "unknown_field", "message": "message", "span": [1, 3]}],
        "total": 0,
        "stories": None,
        "matching": None,
        "generation": 7,
        "took_ms": 1.235,
        "hits": [],
        "facets": {"source": {"buckets": [], "distinct": 0, "missing": 0}},
        "did_you_mean": {"query": "lavrov", "total": 3},
        "corrected": None,
        "diagnosis": {
            "clauses": [{"label": "lavrof", "count": 0, "field": None, "value": None}],
            "filters": [{"label": "source SANA", "count": 4, "field": "source", "value": "SANA"}],
            "together": [],
            "some": None,
        },
        "next_cursor": "c",
    }


def test_a_plain_answer_has_no_suggestion_and_no_diagnosis() -> None:
    record = SearchResults("a", "a", 1).to_dict()
    assert (record["did_you_mean"], record["diagnosis"], record["next_cursor"]) == (None, None, None)


def test_the_tree_of_a_query_is_no_part_of_what_an_answer_is() -> None:
    plain, parsed = SearchResults("a", "a", 1), SearchResults("a", "a", 1, tree=Term("a"))
    assert (parsed, repr(parsed), parsed.to_dict()) == (plain, repr(plain), plain.to_dict())


def test_stats() -> None:
    stats = ArchiveStats(2, 1, "2021-01-01", "2021-01-02", 3, 1, 1000, {"source": 1}, {"en": 2}, "whoosh")
    assert stats.to_dict() == {
        "articles": 2,
        "undated": 1,
        "first_day": "2021-01-01",
        "last_day": "2021-01-02",
        "generation": 3,
        "segments": 1,
        "bytes": 1000,
        "distinct": {"source": 1},
        "languages": {"en": 2},
        "engine": "whoosh",
        "future": 0,
        "taggers": {},
    }
