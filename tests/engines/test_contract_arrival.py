"""Articles are found by when the archive first held them, whatever their dates and whatever became of them since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from indexer.engines.base import Engine
from indexer.errors import UsageError
from indexer.search.options import SearchOptions
from indexer.search.request import Arrival
from tests.engines.asking import ask, counts, found, order, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

# id, when it was published, when it came
TIMES = (
    ("a", "2020-05-01", "2026-10-31T23:30:00Z"),
    ("b", "2019-05-01", "2026-11-01T00:00:00.900000Z"),
    ("c", None, "2026-11-01T15:00:00Z"),
    ("d", "2026-11-02", "2026-11-03T14:00:30Z"),
    ("e", "2021-05-01", "2026-11-03T14:01:00Z"),
)
ARTICLES = [
    replace(article(id, f"Plum {id}", "Of plums.", published, source=id), added=datetime.fromisoformat(came))
    for id, published, came in TIMES
]


@pytest.fixture(scope="module")
def dated(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An archive that leaves days to the zone each article states, so that those of arrival are of UTC."""
    opened = opener(tmp_path_factory.mktemp("arrival"))
    fill(opened, ARTICLES, commits=2)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def in_tokyo(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An archive whose days are those of Tokyo, nine hours east."""
    opened = opener(tmp_path_factory.mktemp("tokyo"), time_zone="Asia/Tokyo")
    fill(opened, ARTICLES)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("added:2026", "a b c d e"),
        ("added:2026-10", "a"),
        ("added:2026-11-01", "b c"),
        ("added:2026-11-01..", "b c d e"),
        ("added:..2026-11-01", "a b c"),
        ("added:>2026-11-01", "d e"),
        ("added:<2026-11", "a"),
        ("added:2026-11-01T00:00:00", "b"),
        ("added:2026-11-03T14:00", "d"),
        ("added:>2026-11-03T14:00", "e"),
        ("added:>=2026-11-03T14:00:30Z", "d e"),
        ("added:>=2026-11-03T15:00:31+01:00", "e"),
        ("added:2026-11-02..2026-11-03T14:00", "d"),
        ("added:*", "a b c d e"),
        ("-added:2026-11", "a"),
        ("plum added:2026-10 OR added:2026-11-03", "a d e"),
        ("title:c added:2026-11", "c"),
        ("added:2025", ""),
        ("added:0001..9999", "a b c d e"),
    ],
)
def test_a_query_by_arrival(dated: Engine, query: str, ids: str) -> None:
    assert found(dated, query) == ids


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({"added_from": "2026-11"}, "b c d e"),
        ({"added_to": "2026-11-01"}, "a b c"),
        ({"added_from": "2026-11-01", "added_to": "2026-11-03T14:00"}, "b c d"),
        ({"added_from": "2026-11-03T14:00:31Z"}, "e"),
        ({"added_from": "2026-11", "from_": "2020"}, "d e"),
        ({"added_from": "2026-11", "source": ["a", "b"]}, "b"),
        ({"added_from": "2026-11", "missing": "published"}, "c"),
        ({"added_to": "2000"}, ""),
    ],
    ids=str,
)
def test_a_filter_by_arrival(dated: Engine, options: SearchOptions, ids: str) -> None:
    assert found(dated, "", **options) == ids
    assert found(dated, "plum", **options) == ids
    assert " ".join(sorted(each.id for each in dated.scan(ask("plum", **options)))) == ids


def test_facets_count_what_came_then(dated: Engine) -> None:
    facets = search(dated, "", added_from="2026-11", facets=["source", "published"]).facets
    assert counts(facets["source"]) == {"b": 1, "c": 1, "d": 1, "e": 1}
    assert {year: n for year, n in counts(facets["published"]).items() if n} == {"2019": 1, "2021": 1, "2026": 1}
    assert facets["published"].missing == 1
    page = dated.facet_values(ask("", added_to="2026-11-01"), "source")
    assert [bucket.value for bucket in page.buckets] == ["a", "b", "c"]


def test_without_hits_the_filter_says_what_it_keeps_out(dated: Engine) -> None:
    nothing = search(dated, "plum", added_from="2027")
    assert nothing.diagnosis is not None
    assert [each.to_dict() for each in nothing.diagnosis.filters] == [
        {"label": "added: 2027..", "count": 5, "field": "added", "value": "2027.."}
    ]
    assert [each.count for each in nothing.diagnosis.clauses] == [5]


def test_days_and_clocks_are_those_of_the_archive(in_tokyo: Engine) -> None:
    assert found(in_tokyo, "added:2026-10") == ""
    assert found(in_tokyo, "added:2026-11-01") == "a b"
    assert found(in_tokyo, "", added_from="2026-11-02") == "c d e"
    assert found(in_tokyo, "added:2026-11-03T23:00") == "d"
    assert found(in_tokyo, "", added_from="2026-11-03T23:01") == "e"
    assert found(in_tokyo, "", added_from="2026-11-03T14:01:00Z") == "e"


def test_an_article_that_changes_keeps_when_it_came(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path / "index")
    fill(engine, [replace(each, url=f"https://plums.example/{each.id}").with_hash() for each in ARTICLES])
    changed = replace(
        ARTICLES[0], url="https://plums.example/a", title="Plum anew", added=None, published=None
    ).with_hash()
    fill(engine, [changed])
    engine.optimize()
    engine.refresh()
    assert found(engine, "added:2026-10") == "a"
    assert [hit.article.title for hit in search(engine, "", added_to="2026-10").hits] == ["Plum anew"]
    engine.close()


def test_a_cursor_belongs_to_its_range(dated: Engine) -> None:
    options: SearchOptions = {"added_from": "2026-11", "sort": "added", "size": 3}
    page = search(dated, "plum", **options)
    assert [hit.id for hit in page.hits] == ["e", "d", "c"]
    rest = replace(ask("plum", **options), cursor=page.next_cursor)
    assert [hit.id for hit in dated.search(rest).hits] == ["b"]
    with pytest.raises(UsageError, match="belongs to another search"):
        dated.search(replace(rest, added=Arrival()))


def test_words_are_matched_as_in_the_whole_archive(dated: Engine) -> None:
    """Narrowing never turns "all of the words" into "some of them"."""
    whole = search(dated, "plum anew", match="auto")
    narrowed = search(dated, "plum anew", match="auto", added_from="2026-11-03")
    assert narrowed.matching == whole.matching
    assert order(dated, "plum anew", match="best", added_from="2026-11-03T14:01") == ["e"]
