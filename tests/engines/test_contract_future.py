"""A date in the future is kept and found, and believed by nothing that asks for the newest or the last."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from indexer.engines.base import Engine
from indexer.search.results import Bucket
from indexer.zones import latest_day
from tests.engines.asking import counts, found, order, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

FAR = "2093-05-01"


@pytest.fixture(scope="module")
def mixed(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that holds three days of news, one undated article and two slips of the pen."""
    opened = opener(tmp_path_factory.mktemp("future"))
    days = {"old": "2019-03-01", "mid": "2019-03-02", "new": "2019-03-04T10:00:00", "none": None}
    slips = {"slip": FAR, "expiry": "2097-12-31T23:59:59"}
    fill(opened, [article(id, "Quince", f"Of quinces and {id}.", day) for id, day in (days | slips).items()], commits=2)
    yield opened
    opened.close()


def test_the_newest_is_not_of_the_future(mixed: Engine) -> None:
    assert order(mixed, sort="newest") == ["new", "mid", "old", "expiry", "slip", "none"]
    assert order(mixed, sort="oldest") == ["old", "mid", "new", "slip", "expiry", "none"]
    assert order(mixed, sort="newest", from_="2090") == ["expiry", "slip"]


def test_pages_of_the_newest_go_on_where_the_last_ended(mixed: Engine) -> None:
    seen: list[str] = []
    cursor = None
    for _ in range(6):
        page = search(mixed, sort="newest", size=1, cursor=cursor)
        seen += [hit.id for hit in page.hits]
        cursor = page.next_cursor
    assert (seen, cursor) == (["new", "mid", "old", "expiry", "slip", "none"], None)


def test_it_is_found_where_it_is_asked_for(mixed: Engine) -> None:
    assert found(mixed, "quince") == "expiry mid new none old slip"
    assert found(mixed, "date:2093") == "slip"
    assert found(mixed, "", published="2097") == "expiry"


def test_the_histogram_ends_with_what_is_believed(mixed: Engine) -> None:
    facet = search(mixed, facets="published").facets["published"]
    assert (facet.interval, facet.distinct, facet.missing) == ("day", 3, 1)
    assert counts(facet) == {"2019-03-01": 1, "2019-03-02": 1, "2019-03-03": 0, "2019-03-04": 1}
    page = mixed.facet_values(search(mixed).request, "published")
    assert [bucket.value for bucket in page.buckets] == ["2019-03-01", "2019-03-02", "2019-03-04"]


def test_the_histogram_shows_the_future_that_is_asked_for(mixed: Engine) -> None:
    assert counts(search(mixed, facets="published", from_="2093").facets["published"])["2097-12"] == 1
    until = search(mixed, facets="published", to="2093").facets["published"]
    assert [bucket for bucket in until.buckets if bucket.count] == [Bucket("2019", 3), Bucket("2093", 1)]
    assert counts(search(mixed, "date:2093", facets="published").facets["published"]) == {FAR: 1}
    chosen = search(mixed, facets="published", published="2093").facets["published"]
    assert chosen.buckets[-1] == Bucket("2093", 1, selected=True)


def test_a_score_fades_with_the_age_against_what_is_believed(mixed: Engine) -> None:
    hits = {hit.id: hit.score for hit in search(mixed, "quince", recency=True).hits}
    assert hits["new"] > hits["mid"] > hits["old"] > hits["slip"] == hits["expiry"] == hits["none"]


def test_tomorrow_is_believed(empty: Engine) -> None:
    tomorrow, later = latest_day(), latest_day() + timedelta(days=1)
    fill(empty, [article(day.isoformat(), "t", "b", day.isoformat()) for day in (date(2019, 1, 1), tomorrow, later)])
    assert order(empty, sort="newest") == [tomorrow.isoformat(), "2019-01-01", later.isoformat()]
    assert (empty.stats().future, empty.stats().last_day) == (1, tomorrow.isoformat())


def test_stats_count_it(mixed: Engine, engine: Engine) -> None:
    stats = mixed.stats()
    assert (stats.articles, stats.undated, stats.future) == (6, 1, 2)
    assert (stats.first_day, stats.last_day) == ("2019-03-01", "2019-03-04")
    assert engine.stats().future == 0


def test_an_archive_of_the_future_alone_has_an_order_too(empty: Engine) -> None:
    fill(empty, [article("a", "t", "b", FAR), article("b", "t", "b", "2094-01-01")])
    assert order(empty, sort="newest") == ["b", "a"]
    assert (empty.stats().future, empty.stats().last_day) == (2, "2094-01-01")
    assert counts(search(empty, facets="published").facets["published"])["2093-05"] == 1
