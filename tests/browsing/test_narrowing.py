"""What narrows a search with too many hits: each number is what the narrower search finds."""

from dataclasses import replace

import pytest

from indexer.archive import Archive
from indexer.browsing import narrowing as module
from indexer.browsing.narrowing import Narrowing, NarrowingWay
from indexer.search.request import DateRange, Period
from tests.engines.corpus import article
from tests.engines.memory import make_archive

RAIN = [
    *(article(f"a{at}", "Heavy rain", "Rain fell.", f"2021-0{at + 1}-03", "SANA", "Weather") for at in range(6)),
    *(article(f"b{at}", "Rain", "Heavy it was.", "2020-05-03", "TASS", places=("Minsk",)) for at in range(4)),
    *(article(f"c{at}", "Rain", "It was light.", "2020-06-03", "TASS", places=("Minsk",)) for at in range(3)),
]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of thirteen articles has too many."""
    monkeypatch.setattr(module, "TOO_MANY", 5)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(RAIN)


def _found(archive: Archive, query: str, **options: object) -> Narrowing:
    found = archive.narrowing(query, **options)  # type: ignore[arg-type]  # as tests write them
    assert found is not None
    return found


@pytest.mark.parametrize("query", ["rain", "heavy rain", "rain -light", "light heavy"])
@pytest.mark.parametrize("source", [(), ("TASS",), ("SANA", "TASS")])
def test_each_number_is_what_the_narrower_search_finds(archive: Archive, query: str, source: tuple[str, ...]) -> None:
    found = archive.narrowing(query, source=source)
    if found is None:
        return
    for choice in found.choices:
        plain = replace(choice.request, facets=(), snippets=False, spellcheck=False)
        assert archive.search(plain).total == choice.total, choice
        assert choice.total > 0
    assert [each.total for each in found.choices] == sorted(each.total for each in found.choices)


def test_a_phrase_and_a_value_of_each_facet_are_named(archive: Archive) -> None:
    found = _found(archive, "heavy rain", match="all")
    assert [(each.way, each.label, each.total) for each in found.choices] == [
        (NarrowingWay.FILTER, "published: 2020-05", 4),
        (NarrowingWay.FILTER, "source: TASS", 4),
        (NarrowingWay.FILTER, "category: News", 4),
        (NarrowingWay.FILTER, "place: Minsk", 4),
        (NarrowingWay.PHRASE, '"heavy rain"', 6),
    ]
    assert [each.way for each in found.named(2)] == [NarrowingWay.PHRASE, NarrowingWay.FILTER]


def test_the_word_and_the_filter_that_hold_back_most_come_first(archive: Archive) -> None:
    found = _found(archive, "rain -light", source="SANA")
    assert [(each.label, each.count) for each in found.without] == [
        ("source: SANA", 10),
        ("rain", 6),
        ("-light", 6),
    ]


def test_all_words_are_offered_where_some_sufficed(archive: Archive) -> None:
    found = _found(archive, "heavy light", match="best")
    assert [each.way for each in found.choices if each.way is NarrowingWay.ALL] == []
    found = _found(archive, "heavy rain", match="best")
    (strict,) = [each for each in found.choices if each.way is NarrowingWay.ALL]
    assert (strict.label, strict.total) == ("heavy AND rain", 10)


def test_what_is_chosen_already_is_not_offered(archive: Archive) -> None:
    found = _found(archive, "rain", source="TASS", from_="2020")
    assert {each.field for each in found.choices} & {"source", "published"} == set()


def test_no_number_is_wrong_by_what_is_left_out() -> None:
    both = [article(f"d{at}", "Hail", "b", "2020", places=("Minsk", "Paris")) for at in range(3)]
    one = [article(f"e{at}", "Hail", "b", "2020", "TASS", places=("Paris",)) for at in range(6)]
    found = _found(make_archive([*both, *one]), "hail", exclude={"place": "Minsk"})
    assert "place" not in {each.field for each in found.choices}


def test_a_period_is_chosen_as_dates(archive: Archive) -> None:
    (chosen,) = [each for each in _found(archive, "rain").choices if each.field == "published"]
    assert chosen.value is not None
    period = Period.parse(chosen.value)
    assert chosen.request.dates == DateRange(period, period)


def test_nothing_is_offered_of_few_hits_or_a_later_page(archive: Archive) -> None:
    assert archive.narrowing("light") is None
    assert archive.narrowing("rain", page=2) is None


def test_a_row_of_a_batch_has_it(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.batch.rows.TOO_MANY", 5)
    (row,) = archive.search_batch(["heavy rain"])
    assert row.narrowing is not None
    assert row.narrowing.without == ()
    assert set(row.narrowing.choices) == set(_found(archive, "heavy rain", match="all").choices)
