"""What a stated zone means, and the day under which a time is filed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from indexer.article import Precision, Published
from indexer.zones import STATED, as_stated, filed, named, zone_of

LATE = datetime(2021, 10, 15, 3, 30, tzinfo=UTC)  # 23:30 of the 14th in New York


@pytest.mark.parametrize(
    ("stated", "hours"),
    [
        ("+03:00", 3), ("-0430", -4.5), ("Z", 0), ("UTC", 0), ("EST", -5), ("est", -5), ("ET", -4), ("IST", 5.5),
        ("America/New_York", -4), ("america/new_york", -4), ("Asia/Kolkata", 5.5),
    ],
)  # fmt: skip
def test_a_stated_zone_has_an_offset(stated: str, hours: float) -> None:
    zone = zone_of(stated)
    assert zone is not None
    assert LATE.astimezone(zone).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "stated", [None, "", "Mars", "Mars/Olympus", "+99:00", "../etc/passwd", "America", "\0", "\ud800/x"]
)
def test_what_is_no_zone_is_none(stated: str | None) -> None:
    assert zone_of(stated) is None


@pytest.mark.parametrize("name", ["Mars", "", "America", "stated"])
def test_no_name_of_a_zone(name: str) -> None:
    assert named(name) is None


@pytest.mark.parametrize(
    ("zone", "time_zone", "day"),
    [
        ("-04:00", STATED, 14),
        ("EDT", STATED, 14),
        ("ET", STATED, 14),
        ("America/New_York", STATED, 14),
        ("+09:00", STATED, 15),
        ("Z", STATED, 15),
        (None, STATED, 15),
        ("XYZT", STATED, 15),
        ("-04:00", "America/New_York", 14),
        ("Z", "America/New_York", 14),
        ("+09:00", "America/New_York", 14),
        ("-04:00", "Asia/Tokyo", 15),
        ("-04:00", "UTC", 15),
        (None, "America/New_York", 15),  # printed without a zone: the day as printed
    ],
)
def test_the_zone_decides_the_day(zone: str | None, time_zone: str, day: int) -> None:
    assert filed(Published(LATE, zone=zone), time_zone).day == date(2021, 10, day)


def test_seconds_counted_from_1970_are_an_instant() -> None:
    assert filed(Published(LATE), "America/New_York", counted=True).day == date(2021, 10, 14)
    assert filed(Published(LATE), STATED, counted=True).day == date(2021, 10, 15)


@pytest.mark.parametrize("precision", [Precision.DAY, Precision.MONTH, Precision.YEAR])
def test_a_day_without_a_time_is_the_day_it_is(precision: Precision) -> None:
    midnight = Published(datetime(2021, 1, 1, tzinfo=UTC), precision, "-04:00")
    assert filed(midnight, STATED).day == filed(midnight, "America/New_York").day == date(2021, 1, 1)


def test_filing_anew_forgets_where_it_was_filed() -> None:
    there = filed(Published(LATE, zone="-04:00"), "Asia/Tokyo")
    assert (there.offset, filed(there, STATED).offset, filed(there, "UTC").offset) == (540, -240, 0)


def test_where_a_time_is_filed_is_no_part_of_what_the_source_said() -> None:
    published = Published(LATE, zone="-04:00")
    assert filed(published, STATED) == published
    assert filed(published, STATED).isoformat() == "2021-10-15T03:30:00Z"


def test_at_the_ends_of_the_calendar_there_is_no_other_day() -> None:
    last = Published(datetime(9999, 12, 31, 23, tzinfo=UTC), zone="+03:00")
    first = Published(datetime(1, 1, 1, tzinfo=UTC), zone="-03:00")
    assert filed(last, STATED).day == date(9999, 12, 31)
    assert filed(first, STATED).day == date(1, 1, 1)
    assert (as_stated(first), as_stated(last)) == ("0001-01-01T00:00:00Z", "9999-12-31T23:00:00Z")


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("-04:00", "2021-10-14T23:30:00-04:00"),
        ("ET", "2021-10-14T23:30:00-04:00"),
        ("Z", "2021-10-15T03:30:00Z"),
        (None, "2021-10-15T03:30:00Z"),
        ("XYZT", "2021-10-15T03:30:00Z"),
    ],
)
def test_a_time_is_written_as_it_was_stated(zone: str | None, text: str) -> None:
    assert as_stated(Published(LATE, zone=zone)) == text


def test_a_day_is_written_as_a_day() -> None:
    assert as_stated(Published(LATE, Precision.DAY, "-04:00")) == "2021-10-15"
