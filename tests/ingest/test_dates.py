"""Stated dates -> instant, precision and zone."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Precision, Published
from indexer.ingest.dates import parse_date
from indexer.ingest.moments import FIRST_YEAR, LAST_YEAR

# stated, as ISO text cut to its precision, zone
CASES = [
    ("2021-10-14T11:15:48.000Z", "2021-10-14T11:15:48Z", "Z"),
    ("2021-10-14T11:15:48.123456789+02", "2021-10-14T09:15:48Z", "+02:00"),
    ("2017-01-20T21:43:00+01:00", "2017-01-20T20:43:00Z", "+01:00"),
    ("2010-10-22 11:33:15 -0400", "2010-10-22T15:33:15Z", "-04:00"),
    ("2017-01-22T185600", "2017-01-22T18:56:00Z", None),
    ("2021-10-14 11:15", "2021-10-14T11:15:00Z", None),
    ("2021-12-31T24:00:00Z", "2022-01-01T00:00:00Z", "Z"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "Z"),
    ("2021-10-14", "2021-10-14", None),
    ("2021-10-14 00:00:00", "2021-10-14", None),
    ("2021-10-14T00:00:00Z", "2021-10-14T00:00:00Z", "Z"),
    ("2021-10", "2021-10", None),
    ("2021", "2021", None),
    ("20211014", "2021-10-14", None),
    ("20211014T111548Z", "2021-10-14T11:15:48Z", "Z"),
    ("20211014111548", "2021-10-14T11:15:48Z", None),
    (20211014, "2021-10-14", None),
    ("Thu, 14 Oct 2021 23:30:00 America/New_York", "2021-10-15T03:30:00Z", "America/New_York"),
    ("14 octobre 2021 12:30 Europe/Paris", "2021-10-14T10:30:00Z", "Europe/Paris"),
    ("2021-10-14 12:30 (europe/paris)", "2021-10-14T10:30:00Z", "Europe/Paris"),
    ("2021-10-14T15:05:00+03:00[Europe/Moscow]", "2021-10-14T12:05:00Z", "+03:00"),
    ("14 Oct 2021 Europe/Paris", "2021-10-14", None),
    (1634210148, "2021-10-14T11:15:48Z", None),
    (1634210148000, "2021-10-14T11:15:48Z", None),
    ("1634210148.5", "2021-10-14T11:15:48Z", None),
    ("Thu, 14 Oct 2021 11:15:48 +0300", "2021-10-14T08:15:48Z", "+03:00"),
    ("Thu, 14 Oct 2021 11:15:48 +0300 (MSK)", "2021-10-14T08:15:48Z", "+03:00"),
    ("Thu, 14 Oct 2021 11:15:48 EST", "2021-10-14T16:15:48Z", "EST"),
    ("Thu, 14 Oct 2021 11:15 GMT", "2021-10-14T11:15:00Z", "GMT"),
    ("Tue Oct 12 14:30:00 +0000 2021", "2021-10-12T14:30:00Z", "+00:00"),
    ("June 5, 2019 3 pm ET", "2019-06-05T19:00:00Z", "ET"),
    ("January 5, 2019 3 pm ET", "2019-01-05T20:00:00Z", "ET"),
    ("Jan. 4, 2019 at 5:06 p.m. EST", "2019-01-04T22:06:00Z", "EST"),
    ("12:00 AM, March 3, 2020", "2020-03-03", None),
    ("7/25/2020, 2:34:23 PM", "2020-07-25T14:34:23Z", None),
    ("25.7.2020", "2020-07-25", None),
    ("25/07/2020 18:30", "2020-07-25T18:30:00Z", None),
    ("4-Jan-19", "2019-01-04", None),
    ("Friday, January 4, 2019", "2019-01-04", None),
    ("Sept. 3rd, 2019", "2019-09-03", None),
    ("1st of May 2020", "2020-05-01", None),
    ("October 2021", "2021-10", None),
    ("18 جانفي 2017", "2017-01-18", None),
    ("14 تشرين الأول 2021", "2021-10-14", None),
    ("14 تشرين الأول/أكتوبر 2021 - 14:30", "2021-10-14T14:30:00Z", None),
    ("الخميس 14 أكتوبر 2021", "2021-10-14", None),
    ("٢٥ يوليو ٢٠٢٠", "2020-07-25", None),
    ("5 آذار 2019", "2019-03-05", None),
    ("12 أوت 2015", "2015-08-12", None),
    ("2021年10月14日", "2021-10-14", None),
    ("2021年10月14日 星期四 下午3:20", "2021-10-14T15:20:00Z", None),
    ("2021年10月", "2021-10", None),
    ("4 janvier 2019 à 18h30", "2019-01-04T18:30:00Z", None),
    ("1er août 2014", "2014-08-01", None),
    ("4. März 2019, 18.30 Uhr", "2019-03-04T18:30:00Z", None),
    ("14 октября 2021 г., 15:30", "2021-10-14T15:30:00Z", None),
    ("14 de octubre de 2021", "2021-10-14", None),
    ("14 Ιουνίου 2021", "2021-06-14", None),
    ({"$date": {"$numberLong": "1634210148000"}}, "2021-10-14T11:15:48Z", None),
    (["", "2021-10-14"], "2021-10-14", None),
    (date(2021, 10, 14), "2021-10-14", None),
    (datetime(2021, 10, 14, 11, 15, 48, tzinfo=UTC), "2021-10-14T11:15:48Z", "+00:00"),
]


@pytest.mark.parametrize(("stated", "expected", "zone"), CASES, ids=[str(case[0]) for case in CASES])
def test_a_stated_date_is_read_with_its_precision_and_zone(stated: object, expected: str, zone: str | None) -> None:
    published = parse_date(stated, "en" if isinstance(stated, str) and "PM" in stated else None)
    assert published is not None
    assert (published.isoformat(), published.zone) == (expected, zone)


@pytest.mark.parametrize(
    "stated",
    [
        "2021-02-30", "31/02/2021", "2021-13-01", "25:61 4 May 2019", "yesterday", "2 days ago", "today at 5 pm",
        "Monday",
        "9999-01-01", "0001-01-01", "0", "", "   ", "n/a", "Spring", "May", "12", "4 May", "the year of the ox",
        "x" * 500, "1970-01-01 00:00:00", "Wed, 31 Dec 1969 17:00:00 MST", "/Date(0)/", "/Date(-62135596800000)/",
        "2023-W53-1", "2023-366", "2023-000", "Week 40, 2021", "Thu, 14 Oct 121 11:15:00 GMT", "Oct 14, 20211",
        "14 October 0021", "14 Oct 1", "Thu, 30 Nov -0001 00:00:00 +0000", "1492-10-12", "1400-07-22", "1443/03/07",
        "113/10/14", "R3.10.14", "-62135596800", "-3600", "2021 KW 41",
        None, True, -1, 3.5, float("nan"), float("inf"), [], {}, {"$date": {}}, "1/2", "2021-10-14T11:15:48+99:00",
    ],
)  # fmt: skip
def test_what_states_no_possible_date_is_undated(stated: object) -> None:
    assert parse_date(stated) is None


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "2020-05-07"),
        ("en-US", "2020-05-07"),
        ("en-GB", "2020-07-05"),
        ("fr", "2020-07-05"),
        (None, "2020-07-05"),
    ],
)
def test_the_language_decides_which_number_is_the_month(language: str | None, expected: str) -> None:
    assert parse_date("05/07/2020", language) == Published(
        datetime.fromisoformat(expected).replace(tzinfo=UTC), Precision.DAY
    )


@pytest.mark.parametrize(
    ("stated", "language", "expected"),
    [
        ("21. 10. 14.", "ko", "2021-10-14"),
        ("14. listopada 2021.", "hr", "2021-10-14"),
        ("14 listopada 2021", "pl", "2021-11-14"),
        ("2021, ഒക്‌ടോബർ 14", "ml", "2021-10-14"),
        ("21/10/14", "ja", None),
        ("14/10/64", "th", None),
    ],
)
def test_the_language_decides_what_else_is_meant(stated: str, language: str, expected: str | None) -> None:
    published = parse_date(stated, language)
    assert (published.isoformat() if published else None) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2021-W41-4", "2021-10-14"),
        ("2021W414T11:15:00Z", "2021-10-14T11:15:00Z"),
        ("2020-W53-5", "2021-01-01"),
        ("2021-W41", "2021-10"),
        ("2021-W39", "2021"),
        ("2021-287", "2021-10-14"),
        ("2020-366", "2020-12-31"),
        ("/Date(1634210148000)/", "2021-10-14T11:15:48Z"),
        ("\\/Date(1634210148000)\\/", "2021-10-14T11:15:48Z"),
        ("/Date(-1577923200000)/", "1920-01-01T00:00:00Z"),
        ("new Date(1634210148000)", "2021-10-14T11:15:48Z"),
        ("637698069480000000", "2021-10-14T11:15:48Z"),
        ("1634210148000000000", "2021-10-14T11:15:48Z"),
        (-1577923200, "1920-01-01T00:00:00Z"),
        ("-14182940", "1969-07-20T20:17:40Z"),
        ({"$date": {"$numberLong": "-1577923200000"}}, "1920-01-01T00:00:00Z"),
        ("1970-01-01", "1970-01-01"),
        ("1970-01-01T06:30:00Z", "1970-01-01T06:30:00Z"),
        ("2021-10-14 11:15:48.000 +0000 UTC", "2021-10-14T11:15:48Z"),
    ],
)
def test_what_programs_write(stated: object, expected: str) -> None:
    published = parse_date(stated)
    assert published is not None
    assert published.isoformat() == expected


def test_an_offset_after_milliseconds_says_where_the_writer_was() -> None:
    published = parse_date("/Date(1634210148000+0300)/")
    assert published is not None
    assert (published.isoformat(), published.zone) == ("2021-10-14T11:15:48Z", "+03:00")


def test_dots_mean_day_first_and_pm_means_month_first() -> None:
    dots, pm = parse_date("05.07.2020", "en"), parse_date("05/07/2020 2:34 PM", "fr")
    assert dots is not None
    assert pm is not None
    assert (dots.isoformat(), pm.isoformat()) == ("2020-07-05", "2020-05-07T14:34:00Z")


@given(st.text(max_size=90))
def test_no_text_raises(text: str) -> None:
    published = parse_date(text)
    assert published is None or FIRST_YEAR <= published.instant.year <= LAST_YEAR


@given(st.datetimes(datetime(1501, 1, 1), datetime(2099, 12, 31)), st.integers(-14 * 60, 14 * 60))
def test_an_iso_date_in_any_zone_keeps_its_instant_and_zone(moment: datetime, minutes: int) -> None:
    sign, offset = "-" if minutes < 0 else "+", abs(minutes)
    zone = f"{sign}{offset // 60:02d}:{offset % 60:02d}"
    published = parse_date(moment.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + zone)
    assert published is not None
    expected = moment.replace(microsecond=0, tzinfo=UTC).timestamp() - minutes * 60
    assert (published.instant.timestamp(), published.zone, published.precision) == (expected, zone, Precision.SECOND)
