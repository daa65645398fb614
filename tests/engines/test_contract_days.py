"""An article is found under the day of the zone in which the archive reads its time, wherever a day is asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.engines.base import Engine
from indexer.zones import STATED, filed
from tests.engines.asking import counts, found, order, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article, on

# id, the time in UTC, the zone that the source stated
TIMES = (
    ("east", "2021-10-14T16:00:00", "+09:00"),  # the 15th in Tokyo
    ("west", "2021-10-15T03:30:00", "-04:00"),  # the 14th in New York
    ("utc", "2021-10-15T03:00:00", "Z"),
    ("bare", "2021-10-15T02:00:00", None),
    ("eve", "2022-01-01T01:00:00", "EST"),  # the last day of 2021
    ("day", "2021-10-14", None),
)


def _fill(engine: Engine, time_zone: str) -> None:
    articles = []
    for id, text, zone in TIMES:
        published = on(text)
        assert published is not None
        here = filed(replace(published, zone=zone), time_zone)
        articles.append(replace(article(id, "Fig", "Of figs.", text), published=here).with_hash())
    fill(engine, articles)


@pytest.fixture(scope="module")
def stated(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = opener(tmp_path_factory.mktemp("days"))
    _fill(opened, STATED)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("date:2021-10-14", "day west"),
        ("date:2021-10-15", "bare east utc"),
        ("on:10-14", "day west"),
        ("on:12-31", "eve"),
        ("on:01-01", ""),
        ("date:2021", "bare day east eve utc west"),
        ("date:2022", ""),
        ("date:>2021-10-14", "bare east eve utc"),
        ("until:2021-10-14", "day west"),
        ("fig date:2021-12", "eve"),
    ],
)
def test_a_query_for_a_day(stated: Engine, query: str, ids: str) -> None:
    assert found(stated, query) == ids


def test_filters_and_facets_agree_with_it(stated: Engine) -> None:
    assert found(stated, "", from_="2021-10-14", to="2021-10-14") == "day west"
    assert found(stated, "", published="2021-10-15") == "bare east utc"
    assert found(stated, "", published="2022") == ""
    months = search(stated, "", from_="2021", to="2021", facets="published").facets["published"]
    assert counts(months) == {"2021-10": 5, "2021-11": 0, "2021-12": 1}
    days = search(stated, "date:2021-10", facets="published").facets["published"]
    assert counts(days) == {"2021-10-14": 2, "2021-10-15": 3}


def test_instants_are_ordered_whatever_their_days(stated: Engine) -> None:
    assert order(stated, "date:2021-10", sort="oldest") == ["day", "east", "bare", "utc", "west"]


def test_the_article_is_read_back_with_its_day(stated: Engine) -> None:
    hits = {hit.id: hit for hit in search(stated, "date:2021-10-14").hits}
    assert {hit.article.published.day for hit in hits.values() if hit.article.published} == {date(2021, 10, 14)}
    assert hits["west"].to_dict()["day"] == "2021-10-14"
    assert "day" not in hits["day"].to_dict()
    assert stated.stats().last_day == "2021-12-31"


def test_one_zone_for_all(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    _fill(engine, "America/New_York")
    assert found(engine, "date:2021-10-14") == "day east utc west"
    assert found(engine, "date:2021-10-15") == "bare"
    engine.close()
