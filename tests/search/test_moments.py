"""Moments: what is read as one, and which seconds a range of days and moments has."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from indexer.errors import UsageError
from indexer.search.moments import MINUTE, Moment, seconds_between
from indexer.search.request import Arrival, Period

NOON = datetime(2026, 11, 3, 12, 0)


@pytest.mark.parametrize(
    ("text", "moment", "written"),
    [
        ("2026-11-03T12:00", Moment(NOON, MINUTE), "2026-11-03T12:00"),
        (" 2026-11-3 12:00 ", Moment(NOON, MINUTE), "2026-11-03T12:00"),
        ("2026-11-03T12:00:00", Moment(NOON), "2026-11-03T12:00:00"),
        ("2026-11-03t12:00:00.999z", Moment(NOON.replace(tzinfo=UTC)), "2026-11-03T12:00:00Z"),
        ("2026-11-03T12:00 UTC", Moment(NOON.replace(tzinfo=UTC), MINUTE), "2026-11-03T12:00Z"),
        (
            "2026-11-03T12:00-0330",
            Moment(NOON.replace(tzinfo=timezone(-timedelta(hours=3, minutes=30))), MINUTE),
            "2026-11-03T12:00-03:30",
        ),
        (
            "2026-11-03T12:00:00 05:00",  # as an address has a plus sign
            Moment(NOON.replace(tzinfo=timezone(timedelta(hours=5)))),
            "2026-11-03T12:00:00+05:00",
        ),
    ],
)
def test_what_is_a_moment_and_how_it_is_written(text: str, moment: Moment, written: str) -> None:
    assert Moment.parse(text) == moment
    assert str(moment) == written
    assert Moment.parse(written) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-03",
        "12:00",
        "2026-11-03T24:00",
        "2026-02-30T12:00",
        "2026-11-03T12:00+24:00",
        "0001-01-01T00:00+01:00",
    ],
)
def test_what_is_none_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError, match=r"is not a moment\. Write 2026-11-03T14:00, or with seconds and zone"):
        Moment.parse(text)


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("start", "end", "zone", "first", "last"),
    [
        (date(2026, 11, 3), date(2026, 11, 3), "UTC", "2026-11-03T00:00:00Z", "2026-11-03T23:59:59Z"),
        (date(2026, 11, 3), date(2026, 11, 4), "Asia/Tokyo", "2026-11-02T15:00:00Z", "2026-11-04T14:59:59Z"),
        # Clocks are put back on the first of November: the day has 25 hours.
        (date(2026, 11, 1), date(2026, 11, 1), "America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z"),
        (Moment(NOON, MINUTE), Moment(NOON, MINUTE), "UTC", "2026-11-03T12:00:00Z", "2026-11-03T12:00:59Z"),
        (Moment(NOON), Moment(NOON), "Asia/Tokyo", "2026-11-03T03:00:00Z", "2026-11-03T03:00:00Z"),
        (
            Moment(NOON.replace(tzinfo=UTC)),
            date(2026, 11, 3),
            "Asia/Tokyo",
            "2026-11-03T12:00:00Z",
            "2026-11-03T14:59:59Z",
        ),
    ],
)
def test_the_seconds_of_a_range(start: date | Moment, end: date | Moment, zone: str, first: str, last: str) -> None:
    assert seconds_between(start, end, ZoneInfo(zone)) == (seconds(first), seconds(last))


def test_an_open_end_and_the_ends_of_the_calendar() -> None:
    assert seconds_between(None, None, UTC) == (None, None)
    assert seconds_between(date.min, date.max, timezone(timedelta(hours=9))) == (-62_135_629_200, 253_402_268_399)


@pytest.mark.parametrize(
    ("start", "end", "backwards"),
    [
        (Period(2026, 11), Period(2026), False),
        (Period(2027), Period(2026), True),
        (Period(2026, 11, 3), Moment(NOON, MINUTE), False),
        (Moment(NOON), Period(2026, 11, 2), True),
        # The third of November may have begun by then somewhere.
        (Period(2026, 11, 3), Moment(datetime(2026, 11, 2, 11, 0, tzinfo=UTC)), False),
        (Period(2026, 11, 3), Moment(datetime(2026, 11, 2, 9, 0, tzinfo=UTC)), True),
        (None, Period(2026), False),
    ],
)
def test_a_range_is_backwards_only_where_it_is_so_in_every_zone(
    start: Period | Moment | None, end: Period | Moment | None, backwards: bool
) -> None:
    assert Arrival(start, end).backwards is backwards
