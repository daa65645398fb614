"""Dates that are counted rather than written: since 1970, in the ticks of .NET, as `/Date(1717686300000)/`.

Pure functions, called by `dates`.
"""

import re
from datetime import UTC, datetime, timedelta

from indexer.article import Published, offset_text
from indexer.ingest.moments import assembled, of_moment

# Since 1970 as (lowest, highest, units a second): 1973 to 2100 in seconds, milliseconds and microseconds, 2001 to 2100
# in nanoseconds.
_AFTER = (
    (10**8, 4_133_980_800, 1),
    (10**11, 4_133_980_800_000, 10**3),
    (10**14, 4_133_980_800_000_000, 10**6),
    (10**18, 4_133_980_800_000_000_000, 10**9),
)
# Before 1970 nothing else is meant by a number. Less than a day is a program's "no date" in some zone.
_BEFORE = ((86_400, 10**10, 1), (10**10, 10**13, 10**3), (10**13, 10**16, 10**6))
# The beginning of the year 1, which programs write that have no date.
_YEAR_ONE = frozenset(-62_135_596_800 * units for units in (1, 10**3, 10**6))
# Of 100 nanoseconds since the year 1: 1901 to 2100.
_TICKS = (599_000_000_000_000_000, 662_700_000_000_000_000)
_TICKS_TO_1970 = 621_355_968_000_000_000
_START = datetime(1970, 1, 1, tzinfo=UTC)

_CALLED = re.compile(r"\\?/?(?:new\s+)?Date\(\s*(-?\d{1,17})\s*([+-]\d{4})?\s*\)\\?/?", re.ASCII | re.IGNORECASE)


def counted(value: float) -> Published | None:
    """A number: an instant, or a day as 20211014, a month as 202110, a year as 2021."""
    if value != value or value in (float("inf"), float("-inf")):
        return None
    whole = int(value)
    if whole in _YEAR_ONE:
        return None
    for lowest, highest, units in _BEFORE if whole < 0 else _AFTER:
        if lowest <= abs(whole) <= highest:
            return _since_1970(whole, units)
    if _TICKS[0] <= whole <= _TICKS[1]:
        return _since_1970(whole - _TICKS_TO_1970, 10**7)
    text = str(whole)
    if len(text) == 8:
        return assembled(text[:4], text[4:6], text[6:])
    if len(text) == 6:
        return assembled(text[:4], text[4:])
    return assembled(text) if len(text) == 4 else None


def called(text: str) -> tuple[bool, Published | None]:
    """Whether a text is milliseconds in the form in which .NET and JavaScript pass dates, and the date.

    The offset after them says where the writer was; they count from 1970 in UTC all the same.
    """
    found = _CALLED.fullmatch(text)
    if found is None:
        return False, None
    published = _since_1970(int(found[1]), 1000)
    if published is None or not found[2]:
        return True, published
    hours, minutes = int(found[2][1:3]), int(found[2][3:])
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if found[2][0] == "-" else 1)
    zone = offset_text(offset) if hours <= 15 and minutes < 60 else None
    return True, Published(published.instant, published.precision, zone)


def _since_1970(count: int, units: int) -> Published | None:
    try:
        return of_moment(_START + timedelta(seconds=count // units), states_zone=False)
    except OverflowError:
        return None
