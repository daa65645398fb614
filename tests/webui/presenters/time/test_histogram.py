"""The chart over time: which bars, how tall, with what names, and what stands around them."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from flask import Flask

from indexer.search.request import MISSING, DateRange, Period, SearchRequest
from indexer.search.results import Bucket, Facet
from webui.addresses.neighbours import Nearby
from webui.holdings import Around
from webui.presenters.time.histogram import Histogram, histogram
from webui.presenters.time.labels import Mark, marks
from webui.presenters.time.scale import bar_height, ceiling

BASE = SearchRequest()
SPAN = DateRange(Period(2004, 5, 1), Period(2008, 4, 24))


@pytest.fixture(autouse=True, params=["en"])
def in_language(app: Flask, request: pytest.FixtureRequest) -> Iterator[None]:
    with app.test_request_context(f"/?ui={request.param}"):
        yield


def facet(counts: Mapping[str, int], interval: str | None = None, missing: int = 0) -> Facet:
    buckets = tuple(Bucket(value, count) for value, count in counts.items())
    return Facet("published", buckets, len(buckets), missing, interval)


def chart(
    counts: Mapping[str, int],
    dates: DateRange | None = None,
    around: Around | None = None,
    gaps: Sequence[str] = (),
    *,
    missing: int = 0,
) -> Histogram:
    near = Nearby(BASE.with_dates(dates or DateRange()), BASE)
    empty = {Period.parse(gap) for gap in gaps}
    found = histogram(
        facet(counts, missing=missing), near, lambda shown: [each for each in shown if each not in empty], around, SPAN
    )
    assert found is not None
    return found


def period(start: str, end: str | None = None) -> DateRange:
    return DateRange(Period.parse(start), Period.parse(end or start))


YEARS = {"2004": 17, "2005": 300, "2006": 350, "2007": 684, "2008": 11}
MONTHS = {f"2007-{month:02}": month for month in range(1, 13)}


def test_years_have_a_bar_each_below_a_round_number() -> None:
    found = chart(YEARS)
    assert [(bar.label, bar.amount, bar.height, bar.url) for bar in found.bars] == [
        ("2004", "17", 3, "/search?from=2004&to=2004"),
        ("2005", "300", 38, "/search?from=2005&to=2005"),
        ("2006", "350", 44, "/search?from=2006&to=2006"),
        ("2007", "684", 86, "/search?from=2007&to=2007"),
        ("2008", "11", 3, "/search?from=2008&to=2008"),
    ]
    assert (found.scale, found.title, found.interval, found.numbered, found.dense, found.grouped) == (
        "800", "Over time", "year", True, False, False,
    )  # fmt: skip
    assert (found.steps, found.strip, found.up_url) == (None, None, None)


def test_one_article_does_not_fill_the_height() -> None:
    assert [bar.height for bar in chart({"2004": 1, "2005": 1}).bars] == [20, 20]


@pytest.mark.parametrize(
    ("most", "top"),
    [
        (0, 5),
        (1, 5),
        (5, 5),
        (6, 6),
        (7, 8),
        (9, 10),
        (11, 15),
        (16, 20),
        (21, 25),
        (84, 100),
        (312, 400),
        (4850, 5000),
    ],
)
def test_a_scale_ends_with_a_round_number(most: int, top: int) -> None:
    assert ceiling(most) == top


def test_what_is_not_nothing_can_be_seen() -> None:
    assert [bar_height(count, 1000) for count in (0, 1, 40, 1000)] == [0, 3, 4, 100]


def test_months_stand_below_their_years() -> None:
    found = chart({"2006-11": 4, "2006-12": 5, "2007-01": 6, "2007-02": 0})
    assert [(bar.label, bar.above, bar.last, bar.narrow) for bar in found.bars] == [
        ("Nov", "2006", False, ""),
        ("Dec", "", False, ""),
        ("Jan", "2007", False, ""),
        ("Feb", "", False, ""),
    ]
    assert found.grouped


def test_days_stand_below_their_months_and_never_alone() -> None:
    days = {f"2007-10-{day}": 1 for day in range(26, 32)} | {"2007-11-01": 1}
    assert [(bar.label, bar.above, bar.last) for bar in chart(days).bars] == [
        ("26", "October 2007", False),
        *((str(day), "", False) for day in range(27, 32)),
        ("1", "Nov", True),
    ]


def test_a_bar_by_itself_has_its_whole_name() -> None:
    assert [bar.label for bar in chart({"2007-10-26": 1}, missing=2).bars] == ["Oct 26, 2007"]


def test_what_the_title_says_is_not_said_below() -> None:
    found = chart(MONTHS, period("2007"))
    assert found.title == "2007"
    assert not found.grouped
    assert [bar.above for bar in found.bars] == [""] * 12


@pytest.mark.parametrize("in_language", ["ar"], indirect=True)
def test_long_names_of_months_have_numbers_where_bars_are_narrow() -> None:
    bars = chart({"2006-09": 1, "2006-10": 2}).bars
    assert [(bar.label, bar.narrow) for bar in bars] == [("سبتمبر", "9"), ("أكتوبر", "10")]


def test_many_years_have_a_label_now_and_then() -> None:
    bars = chart({str(year): 1 for year in range(1898, 1961)}).bars
    assert [bar.label for bar in bars if bar.label] == [str(year) for year in range(1900, 1961, 5)]
    assert len(bars) == 63


@pytest.mark.parametrize("many", [1, 2, 31, 32, 99, 400, 3000])
def test_labels_of_years_are_never_too_many(many: int) -> None:
    shown = [Period(year) for year in range(1000, 1000 + many)]
    assert len([mark for mark in marks(shown, None) if mark.label]) <= 31


def test_marks_of_nothing_are_none() -> None:
    assert marks([], None) == ()
    assert marks([Period(2004), Period(2005)], None) == (Mark("2004"), Mark("2005"))


def test_a_chosen_month_is_drawn_whole() -> None:
    found = chart({"2007-10-26": 2}, period("2007-10"), gaps=["2007-10-27"])
    assert len(found.bars) == 31
    assert [bar.label for bar in found.bars][-6:] == ["26", "27", "28", "29", "30", "31"]
    assert [(bar.amount, bar.gap, bar.url) for bar in found.bars[24:28]] == [
        ("0", False, None),
        ("2", False, "/search?from=2007-10-26&to=2007-10-26"),
        ("–", True, None),
        ("0", False, None),
    ]


@pytest.mark.parametrize(
    ("dates", "counts", "interval", "first", "last", "bars"),
    [
        (period("2007"), {"2007-03-03": 1, "2007-03-09": 1}, "month", "2007-01", "2007-12", 12),
        (period("2006", "2007"), {"2007-03-03": 1}, "month", "2006-01", "2007-12", 24),
        (period("2005", "2007"), {"2007-03": 1}, "year", "2005", "2007", 3),
        (period("2007-10-20", "2007-11-03"), {"2007-10-21": 1}, "day", "2007-10-20", "2007-11-03", 15),
        (period("2007-10-20", "2007-11-20"), {"2007-10-21": 1}, "month", "2007-10", "2007-11", 2),
        # No further than the years of the archive, unless something is found there.
        (period("1800", "2100"), {"2007-03": 1}, "year", "2004", "2008", 5),
        (DateRange(Period(2007)), {"2007-03": 1}, "month", "2007-01", "2008-04", 16),
        (DateRange(None, Period(2005)), {"2005-03": 1}, "month", "2004-05", "2005-12", 20),
        (period("2029", "2031"), {"2030": 1}, "year", "2029", "2030", 2),
    ],
)
def test_a_range_is_drawn_by_the_finest_interval_that_fits(
    dates: DateRange, counts: dict[str, int], interval: str, first: str, last: str, bars: int
) -> None:
    found = chart(counts, dates)
    values = [bar.value for bar in found.bars]
    assert (found.interval, values[0], values[-1], len(values)) == (interval, first, last, bars)
    assert sum(int(bar.count) for bar in found.bars) == sum(counts.values())


def test_a_chosen_range_is_marked_on_all_the_time() -> None:
    around = Around(facet(YEARS, "year"), Period(2005, 12, 30), Period(2008, 1, 2))
    strip = chart({"2006": 350, "2007": 684}, period("2006", "2007"), around).strip
    assert strip is not None
    assert (strip.first, strip.last) == ("2004", "2008")
    assert [(part.title, part.chosen, part.height, part.url) for part in strip.parts] == [
        ("2004: 17 articles", False, 3, "/search?from=2004&to=2004"),
        ("2005: 300 articles", False, 44, "/search?from=2005&to=2005"),
        ("2006: 350 articles", True, 51, "/search?from=2006&to=2006"),
        ("2007: 684 articles", True, 100, "/search?from=2007&to=2007"),
        ("2008: 11 articles", False, 3, "/search?from=2008&to=2008"),
    ]


def test_a_range_that_is_everything_has_no_strip() -> None:
    assert chart(YEARS, period("2004", "2008"), Around(facet(YEARS, "year"), None, None)).strip is None


def test_a_single_day_is_a_place_on_the_strip_and_no_bar() -> None:
    found = chart({"2007-10-18": 2}, period("2007-10-18"), Around(facet(YEARS, "year"), None, None))
    assert found.bars == ()
    assert found.strip is not None
    assert [part.name for part in found.strip.parts if part.chosen] == ["2007"]
    assert (found.title, found.up_text) == ("October 18, 2007", "October 2007")


@pytest.mark.parametrize(
    ("dates", "before", "after", "steps"),
    [
        (period("2007"), "2006-02-01", "2008-01-02", [("2006", "from=2006&to=2006"), ("2008", "from=2008&to=2008")]),
        (period("2007-01", "2007-12"), "2004-02-01", None, [("2004", "from=2004&to=2004"), None]),
        (period("2007-01"), "2006-12-31", "2007-03-01",
         [("December 2006", "from=2006-12&to=2006-12"), ("March 2007", "from=2007-03&to=2007-03")]),
        (period("2006", "2007"), "2003-02-01", "2008-02-01",
         [("2002 to 2003", "from=2002&to=2003"), ("2008 to 2009", "from=2008&to=2009")]),
        (period("2007-10-20", "2007-10-26"), "2007-10-12", None,
         [("Oct 6, 2007 to Oct 12, 2007", "from=2007-10-06&to=2007-10-12"), None]),
        (period("0001", "0004"), None, "9998-01-01", [None, None]),
    ],
)  # fmt: skip
def test_the_neighbours_are_of_the_same_length_and_hold_something(
    dates: DateRange, before: str | None, after: str | None, steps: list[tuple[str, str] | None]
) -> None:
    around = Around(facet({}, "year"), Period.parse(before) if before else None, Period.parse(after) if after else None)
    found = chart({}, dates, around)
    assert found.steps is not None
    assert [step and (step.text, step.url.partition("?")[2]) for step in found.steps] == steps


def test_a_range_without_an_end_has_no_neighbours() -> None:
    assert chart({"2007": 1}, DateRange(Period(2007)), Around(facet(YEARS, "year"), None, None)).steps is None


@pytest.mark.parametrize(
    ("dates", "title", "up"),
    [
        (period("2007-10-18"), "October 18, 2007", "October 2007"),
        (period("2007-10"), "October 2007", "2007"),
        (period("2007"), "2007", "All years"),
        (period("2007-01", "2007-12"), "January 2007 to December 2007", "All years"),
        (period("2007-03", "2007-05"), "March 2007 to May 2007", "2007"),
        (period("2006", "2007"), "2006 to 2007", "All years"),
        (DateRange(None, Period(2007)), "Up to 2007", "All years"),
    ],
)
def test_the_way_up_leads_to_the_nearest_period_around(dates: DateRange, title: str, up: str) -> None:
    found = chart({}, dates)
    assert (found.title, found.up_text) == (title, up)


def test_a_chart_is_described_in_a_sentence() -> None:
    counts = {"2004": 17, "2005": 0, "2006": 0, "2007": 1684, "2008": 11}
    assert chart(counts).description == ("From 2004 to 2008; most in 2007: 1,684 articles; fewest in 2005: 0 articles.")
    assert chart(counts, gaps=["2005", "2006"]).description == (
        "From 2004 to 2008; most in 2007: 1,684 articles; fewest in 2008: 11 articles. "
        "Nothing archived from: 2005 to 2006."
    )
    assert chart({"2004": 3}, missing=1).description == ""
    assert chart({"2004": 1, "2005": 1}).description == "From 2004 to 2005; 1 article in each."


def test_many_gaps_are_not_all_named() -> None:
    counts = {str(year): year % 2 for year in range(2000, 2013)}
    gaps = [year for year, count in counts.items() if not count]
    assert chart(counts, gaps=gaps).description.endswith("Nothing archived from: 2000, 2002, 2004, 2006, and ….")


@pytest.mark.parametrize("in_language", ["ar", "zh-Hans", "fr", "de", "ru", "es"], indirect=True)
def test_the_sentence_is_in_every_language(in_language: None) -> None:
    said = chart({"2004": 17, "2005": 0, "2006": 684}, gaps=["2005"]).description
    assert all(part in said for part in ("2004", "2005", "2006", "17", "684"))
    assert "From" not in said


def test_chosen_periods_of_another_interval_are_no_bars() -> None:
    near = Nearby(BASE, BASE)
    found = histogram(facet({"2006": 1, "2007": 2, "2007-10": 1}, "year"), near, lambda shown: shown)
    assert found is not None
    assert [bar.label for bar in found.bars] == ["2006", "2007"]


def test_there_is_no_chart_of_one_period() -> None:
    near = Nearby(BASE, BASE)
    assert histogram(None, near, lambda shown: shown) is None
    assert histogram(facet({"2007": 2}), near, lambda shown: shown) is None


def test_the_undated_stand_beside_the_chart() -> None:
    found = chart({"2007": 2}, missing=3)
    assert (found.undated_text, found.undated_url) == ("3 undated", f"/search?published={MISSING}")


def test_a_script_has_what_makes_the_address_of_a_range() -> None:
    near = Nearby(SearchRequest("oil").with_dates(period("2007")), BASE)
    found = histogram(facet(MONTHS), near, lambda shown: shown)
    assert found is not None
    assert (found.any_dates, found.ends, found.spoken) == ("/search?q=oil", "from to", "{0} to {1}")
