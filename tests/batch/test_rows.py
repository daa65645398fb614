"""Many searches at once: exactly what each of them says by itself."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.archive import Archive
from indexer.batch.lines import lines_of
from indexer.batch.rows import NOTHING, TOO_LATE, BatchRow, batch_request, search_batch
from indexer.batch.table import COLUMNS, as_csv, cells
from indexer.search.options import SearchOptions
from indexer.search.request import Match
from tests.engines.corpus import ARTICLES, article
from tests.engines.memory import make_archive

PEOPLE = (
    article("a", "John Smith spoke", "In Minsk.", "2021-10-14", "SANA"),
    article("b", "Smith rests", "John slept. O'Brien woke.", "2021-09-20", "TASS"),
    article("c", "Smith", "He is alone.", None, "TASS"),
    *(article(f"f{at:02}", "Rain", "It rained.", f"2020-01-{at + 1:02}", "Tern") for at in range(15)),
)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(PEOPLE)


def test_a_row_has_total_days_and_sources(archive: Archive) -> None:
    (row,) = archive.search_batch(["smith"])
    assert (row.line, row.query, row.total, row.first, row.last) == (
        1, "smith", 3, date(2021, 9, 20), date(2021, 10, 14),
    )  # fmt: skip
    assert [(each.value, each.count) for each in row.sources] == [("TASS", 2), ("SANA", 1)]
    assert (row.distinct_sources, row.matching, row.error) == (2, None, None)


def test_the_newest_is_found_behind_many(archive: Archive) -> None:
    (row,) = archive.search_batch("rain")
    assert (row.total, row.first, row.last) == (15, date(2020, 1, 1), date(2020, 1, 15))


def test_a_name_means_what_a_person_means(archive: Archive) -> None:
    rows = list(archive.search_batch('John Smith\nSmith, John\n"John Smith"\nO\'Brien\n"John Smith\nO’Brien'))
    assert [row.total for row in rows] == [2, 2, 1, 1, 1, 1]
    assert [row.understood for row in rows[:2]] == ["John AND Smith", "Smith AND John"]
    assert [warning.code for warning in rows[4].warnings] == ["unclosed-quote"]


def test_all_words_are_required_unless_somebody_says_otherwise(archive: Archive) -> None:
    (strict,) = archive.search_batch(["smith slept"])
    (loose,) = archive.search_batch(["smith slept"], match="best")
    assert (strict.total, loose.total) == (1, 3)
    assert strict.matching is not None
    assert strict.matching.mode is Match.ALL


def test_no_line_is_searched_as_another_spelling() -> None:
    (row,) = make_archive(ARTICLES).search_batch(["lavrvo"])
    assert row.total == 0
    assert row.did_you_mean is not None
    assert row.did_you_mean.query == "lavrov"


@pytest.mark.parametrize(
    ("options", "sources", "distinct"),
    [
        ({"source": "SANA"}, [("SANA", 1)], 1),
        ({"source": ["SANA", "Tern"]}, [("SANA", 1)], 1),
        ({"exclude": {"source": "TASS"}}, [("SANA", 1)], 1),
        ({"exclude": {"source": "Tern"}}, [("TASS", 2), ("SANA", 1)], 2),
    ],
)
def test_sources_are_those_of_what_was_found(
    archive: Archive, options: SearchOptions, sources: list[tuple[str, int]], distinct: int
) -> None:
    (row,) = archive.search_batch(["smith"], **options)
    assert [(each.value, each.count) for each in row.sources] == sources
    assert row.distinct_sources == distinct


def test_filters_hold_for_each_line(archive: Archive) -> None:
    assert [row.total for row in archive.search_batch(["smith", "rain"], source="TASS")] == [2, 0]


def test_a_line_that_was_there_is_not_asked_again(archive: Archive) -> None:
    rows = list(archive.search_batch(["smith", "rain", "smith"]))
    assert [(row.line, row.total, row.same_as) for row in rows] == [(1, 3, None), (2, 15, None), (3, 3, 1)]


@pytest.mark.parametrize("line", ["***", "*", "(((", "?", "-", "NOT", "source:", "-*"])
def test_a_line_that_names_nothing_is_told_and_counts_nothing(archive: Archive, line: str) -> None:
    (row,) = archive.search_batch([line])
    assert (row.total, row.error) == (None, NOTHING)


def test_a_line_that_is_refused_is_told_and_the_others_go_on(archive: Archive) -> None:
    rows = list(archive.search_batch(["x" * 2_000, "smith"]))
    assert rows[0].total is None
    assert rows[0].error is not None
    assert "2,000 characters" in rows[0].error.replace("2000", "2,000")
    assert rows[1].total == 3


def test_when_the_time_is_up_the_rest_is_told(archive: Archive) -> None:
    rows = search_batch(archive, ["smith", "rain"], batch_request(archive), seconds=-1)
    assert [row.error for row in rows] == [TOO_LATE, TOO_LATE]


def test_each_row_may_have_a_receipt(archive: Archive) -> None:
    (row,) = archive.search_batch(["john smith"], receipts=True)
    assert row.receipt is not None
    found = archive.check_receipt(row.receipt)
    assert (found.receipt.total, found.changed) == (2, False)


def test_cells_stand_under_their_columns_and_are_no_formulas(archive: Archive) -> None:
    rows = list(archive.search_batch(["smith", "=rain"]))
    assert [len(cells(row)) for row in rows] == [len(COLUMNS)] * 2
    header, first, second = as_csv(rows)
    assert header.startswith("line,query,understood,total,first,last,sources,")
    assert first.startswith("1,smith,smith,3,2021-09-20,2021-10-14,TASS (2); SANA (1),2,")
    assert second.startswith("2,'=rain,'=rain,15,")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_gives_a_row_for_each_line_that_says_something(archive: Archive, text: str) -> None:
    lines = list(lines_of(text))
    rows = list(archive.search_batch(text))
    assert [(row.line, row.query) for row in rows] == [(line.number, line.text) for line in lines]
    for row in rows:
        assert isinstance(row, BatchRow)
        assert (row.total is None) == (row.error is not None)
        "".join(as_csv([row]))
        row.to_dict()
