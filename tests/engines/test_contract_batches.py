"""Counts of many searches, and of what would narrow one, are the same on every engine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from indexer.archive import Archive
from indexer.browsing import narrowing as module
from indexer.config import Config
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

RAIN = [
    *(article(f"a{at}", "Heavy rain", "Rain fell.", f"2021-0{at + 1}-03", "SANA") for at in range(6)),
    *(article(f"b{at}", "Rain", "Heavy it was.", "2020-05-03", "TASS", places=("Minsk",)) for at in range(4)),
    *(article(f"c{at}", "Rain", "It was light.", "2020-06-03", "TASS", places=("Minsk",)) for at in range(3)),
    article("slip", "Light", "A slip.", "2093-05-01", "Tern"),
    article("none", "Light", "No date.", None, "Tern"),
]


@pytest.fixture(scope="module")
def archive(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The articles on an engine."""
    engine = opener(tmp_path_factory.mktemp("batches"))
    fill(engine, RAIN, commits=2)
    with Archive(Config(), engine) as opened:
        yield opened


def test_rows_of_a_batch(archive: Archive) -> None:
    rows = archive.search_batch("rain\nheavy rain\nlight\nslip\nsnow\n***")
    assert [(row.total, row.first, row.last, [each.value for each in row.sources]) for row in rows] == [
        (13, date(2020, 5, 3), date(2021, 6, 3), ["TASS", "SANA"]),
        (10, date(2020, 5, 3), date(2021, 6, 3), ["SANA", "TASS"]),
        (5, date(2020, 6, 3), date(2020, 6, 3), ["TASS", "Tern"]),
        (1, date(2093, 5, 1), date(2093, 5, 1), ["Tern"]),
        (0, None, None, []),
        (None, None, None, []),
    ]


def test_sources_under_a_filter(archive: Archive) -> None:
    for options in ({"source": "TASS"}, {"exclude": {"source": "SANA"}}):
        (row,) = archive.search_batch("rain", **options)
        assert ([(each.value, each.count) for each in row.sources], row.distinct_sources) == ([("TASS", 7)], 1)


@pytest.mark.parametrize("query", ["rain", "heavy rain", "rain -light"])
def test_each_number_is_what_the_narrower_search_finds(
    archive: Archive, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOO_MANY", 5)
    found = archive.narrowing(query, match="all")
    assert found is not None
    assert len(found.choices) > 2
    for choice in found.choices:
        assert archive.search(replace(choice.request, facets=(), spellcheck=False)).total == choice.total, choice
    for part in found.without:
        assert part.count >= archive.search(query, match="all").total
