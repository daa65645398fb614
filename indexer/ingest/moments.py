"""Year, month, day, clock and zone as stated -> `Published`. Pure functions, called by `dates` and its neighbours.

What the calendar or our range does not have is None, never an error.
"""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from indexer.article import Precision, Published, offset_text
from indexer.zones import HOURS, SEASONAL, named

# No newspaper is older; years before belong to other calendars (1403 is a year of Iran, 1445 one of Mecca). A later
# year is a slip of the pen, an expiry date or of another calendar.
FIRST_YEAR = 1500
LAST_YEAR = 2100
CENTURY_PIVOT = 69  # as POSIX strptime has it

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def assembled(
    year: Any,
    month: Any = None,
    day: Any = None,
    hour: Any = None,
    minute: Any = None,
    second: Any = None,
    zone: str | None = None,
) -> Published | None:
    """Assemble what was stated; None for a date that the calendar or our range does not have."""
    try:
        midnight = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
        if not FIRST_YEAR <= midnight.year <= LAST_YEAR:
            return None
        if hour is None or not day:
            return Published(midnight, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR)
        # A leap second has no place in a datetime; 24:00 is the next midnight.
        seconds = int(hour) * 3600 + int(minute or 0) * 60 + min(int(second or 0), 59)
        if seconds > 86_400 or int(minute or 0) > 59:
            return None
        if seconds == 0 and zone is None:
            # A database's way of writing a day: midnight in no zone.
            return Published(midnight, Precision.DAY) if midnight != _ZERO else None
        return meant(_in_zone(midnight + timedelta(seconds=seconds), zone))
    except (ValueError, OverflowError):
        return None


def century(year: str) -> int:
    """A year of two digits in full."""
    return int(year) + (2000 if int(year) < CENTURY_PIVOT else 1900)


def of_moment(moment: datetime, *, states_zone: bool = True) -> Published | None:
    """A `datetime` as a date; without a zone it is taken as UTC."""
    zone = offset_text(moment.utcoffset()) if states_zone else None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        instant = moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None
    return meant(Published(instant, Precision.SECOND, zone)) if FIRST_YEAR <= instant.year <= LAST_YEAR else None


def meant(published: Published | None) -> Published | None:
    """None for the very moment from which programs count: they write it where there is no date."""
    return None if published and published.instant == _ZERO and published.precision is Precision.SECOND else published


def _in_zone(local: datetime, zone: str | None) -> Published | None:
    """A local time and its zone as stated -> the instant. Without a zone the time is taken as UTC."""
    if zone is None or zone in ("Z", "z"):
        return Published(local, Precision.SECOND, "Z" if zone else None)
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if offset > timedelta(hours=15):
            return None
        stated = f"{zone[0]}{digits[:2]}:{digits[2:]}"
        return Published(local - offset if zone[0] == "+" else local + offset, Precision.SECOND, stated)
    where = timezone(timedelta(hours=HOURS[zone])) if zone in HOURS else named(SEASONAL.get(zone, zone))
    return Published(local.replace(tzinfo=where).astimezone(UTC), Precision.SECOND, zone) if where else None
