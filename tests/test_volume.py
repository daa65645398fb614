import csv
import io
from dataclasses import replace

import pytest

from indexer.archive import Archive
from indexer.article import Entity, Mention
from indexer.errors import QueryTooExpensive, UsageError
from indexer.search.request import DateRange, Filter, Match, Period, SearchRequest
from indexer.volume import MOST_PERIODS, Series, to_csv, volume
from tests.engines.corpus import article
from tests.engines.memory import make_archive

TABLE = [  # month, of Lavrov, of Biden, of neither
    ("2020-01", 2, 1, 1),
    ("2020-02", 0, 2, 0),
    ("2020-03", 0, 0, 0),
    ("2020-04", 1, 0, 3),
    ("2020-09", 0, 1, 0),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    made = []
    for month, *numbers in TABLE:
        for title, number in zip(("Lavrov", "Biden", "Rain"), numbers, strict=True):
            for each in range(number):
                source = "TASS" if each else "SANA"
                made.append(article(f"{month}-{title}-{each}", title, "Text.", f"{month}-{each + 1:02d}", source))
    return make_archive([*made, article("undated", "Lavrov", "Text.", None)])


def test_words_are_matched_as_the_request_says(archive: Archive) -> None:
    assert [volume(archive, ["lavrov biden"], SearchRequest(match=each)).series[0].total for each in Match] == [8, 0, 8]


def test_counts_and_shares_with_gaps_that_are_no_zeros(archive: Archive) -> None:
    found = volume(archive, ["lavrov", "biden"], interval="month")
    assert (found.interval, found.generation) == ("month", 1)
    assert [str(period) for period in found.periods] == [f"2020-{month:02d}" for month in range(1, 10)]
    assert found.published == (4, 2, 0, 4, 0, 0, 0, 0, 1)
    lavrov, biden = found.series
    assert lavrov == Series(
        query="lavrov",
        understood="lavrov",
        counts=(2, 0, None, 1, None, None, None, None, 0),
        shares=(0.5, 0.0, None, 0.25, None, None, None, None, 0.0),
        total=4,
        undated=1,
    )
    assert lavrov.dated == 3
    assert biden.counts == (1, 2, None, 0, None, None, None, None, 1)
    assert (biden.total, biden.undated) == (4, 0)


def test_shares_are_of_what_fits_the_filters(archive: Archive) -> None:
    filters = SearchRequest("ignored", filters=(Filter("source", ("TASS",)),), page=3, size=7)
    found = volume(archive, ["lavrov", ""], filters, "month")
    assert [str(period) for period in found.periods] == ["2020-01", "2020-02", "2020-03", "2020-04"]
    assert found.published == (1, 1, 0, 2)
    assert [each.counts for each in found.series] == [(1, 0, None, 0), (1, 1, None, 2)]
    assert found.series[1].shares == (1.0, 1.0, None, 1.0)


def test_a_range_is_covered_whole(archive: Archive) -> None:
    dates = DateRange(Period(2019, 12), Period(2020, 2))
    found = volume(archive, ["biden"], SearchRequest(dates=dates), "month")
    assert ([str(each) for each in found.periods], found.series[0].counts) == (
        ["2019-12", "2020-01", "2020-02"],
        (None, 1, 2),
    )
    opened = volume(archive, ["biden"], SearchRequest(dates=DateRange(Period(2020, 4))), "month")
    assert (str(opened.periods[0]), str(opened.periods[-1])) == ("2020-04", "2020-09")


@pytest.mark.parametrize(
    ("start", "end", "wanted", "interval", "number"),
    [
        ("2020-01", "2020-02", None, "day", 60),
        ("2020", "2020", None, "month", 12),
        ("2000", "2020", None, "year", 21),
        ("2000", "2020", "day", "month", 252),
        ("1000", "2020", "day", "year", 1021),
        ("2000", "2001", "day", "day", 731),
    ],
)
def test_the_interval(archive: Archive, start: str, end: str, wanted: str | None, interval: str, number: int) -> None:
    dates = DateRange(Period.parse(start), Period.parse(end))
    found = volume(archive, ["biden"], SearchRequest(dates=dates), wanted)  # type: ignore[arg-type]
    assert (found.interval, len(found.periods)) == (interval, number)
    assert number <= MOST_PERIODS or interval == "year"


def test_without_any_dated_article() -> None:
    found = volume(make_archive([article("a", "Lavrov", "b", None)]), ["lavrov"])
    assert (found.periods, found.published) == ((), ())
    assert (found.series[0].counts, found.series[0].total, found.series[0].undated) == ((), 1, 1)
    assert to_csv(found) == "period,published,lavrov count,lavrov share\r\n"


def test_what_cannot_be_compared(archive: Archive) -> None:
    for queries in ([], ["a"] * 7):
        with pytest.raises(UsageError, match="Give 1 to 6"):
            volume(archive, queries)
    with pytest.raises(QueryTooExpensive):
        volume(archive, ["lavrov", "*inisters"])


def test_csv_leaves_the_cells_of_a_gap_empty(archive: Archive) -> None:
    found = volume(
        archive, ["lavrov", "=1+1"], SearchRequest(dates=DateRange(Period(2020, 1), Period(2020, 4))), "month"
    )
    assert list(csv.reader(io.StringIO(to_csv(found)))) == [
        ["period", "published", "lavrov count", "lavrov share", "'=1+1 count", "'=1+1 share"],
        ["2020-01", "4", "2", "0.500000", "0", "0.000000"],
        ["2020-02", "2", "0", "0.000000", "0", "0.000000"],
        ["2020-03", "0", "", "", "", ""],
        ["2020-04", "4", "1", "0.250000", "0", "0.000000"],
    ]


def test_a_filter_by_date_of_publication_holds(archive: Archive) -> None:
    chosen = replace(SearchRequest(), filters=(Filter("published", ("2020-04",)),))
    found = volume(archive, ["lavrov"], chosen, "month")
    assert ([str(each) for each in found.periods], found.published, found.series[0].counts) == (["2020-04"], (4,), (1,))


def test_a_misspelt_query_is_counted_as_a_search_answers_it(archive: Archive) -> None:
    found = archive.compare(["lavrow", "lavrov"], interval="year")
    corrected, right = found.series
    assert (corrected.query, corrected.counted, corrected.understood) == ("lavrow", "lavrov", "lavrov")
    assert corrected.corrected is not None
    assert (corrected.counts, corrected.total, corrected.undated) == (right.counts, right.total, right.undated)
    assert (right.corrected, right.counted, right.counts) == (None, "lavrov", (3,))
    assert to_csv(found).startswith("period,published,lavrov count,lavrov share,lavrov count,lavrov share\r\n")
    as_typed = archive.compare(["lavrow"], spellcheck=False)
    assert (as_typed.series[0].total, as_typed.series[0].corrected) == (0, None)


def test_who_is_named_in_passing_counts_where_that_is_asked() -> None:
    passing = Entity("place", "Minsk", (Mention(14, 19),))
    archive = make_archive([article("a", "Rain", "Lavrov was in Minsk.", "2021-10-14", entities=(passing,))])
    assert [archive.compare([""], place="Minsk", all_mentions=each).series[0].total for each in (False, True)] == [0, 1]
