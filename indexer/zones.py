"""Time zones: what a stated zone means, and the offset in which an archive reads an instant. Pure functions.

In: the zone as a source stated it ("+03:00", "EST", "ET", "Europe/Paris"), the archive's `time_zone`. Out: a `tzinfo`,
or `Published` with its offset, which decides the day an article is filed under. Called by the ingest, the configuration
and the pages.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from indexer.article import Precision, Published

# The value of `[archive] time_zone` by which each article's own zone decides.
STATED = "stated"

# Hours from UTC. Letters that several places share mean the one that the world's English-language wires mean.
HOURS: Mapping[str, float] = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "WAT": 1, "WEST": 1, "CEST": 2, "MESZ": 2,
    "MEZ": 1, "EET": 2, "SAST": 2, "CAT": 2, "EEST": 3, "MSK": 3, "EAT": 3, "TRT": 3, "IRST": 3.5, "GST": 4,
    "PKT": 5, "IST": 5.5, "NPT": 5.75, "WIB": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "AST": -4, "ADT": -3, "NST": -3.5,
    "BRT": -3, "ART": -3,
}  # fmt: skip
# "ET" is either of two offsets; the date tells which.
SEASONAL: Mapping[str, str] = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)


@lru_cache(maxsize=1024)
def zone_of(stated: str | None) -> tzinfo | None:
    """The zone that a source states; None where it states none, or one that we do not know."""
    if not stated:
        return None
    if found := _OFFSET.fullmatch(stated):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-offset if found[1] == "-" else offset) if offset < timedelta(days=1) else None
    name = stated.upper()
    if name in HOURS:
        return timezone(timedelta(hours=HOURS[name]))
    return named(SEASONAL.get(name, stated))


@lru_cache(maxsize=1024)
def named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, "europe/paris" too; None when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # no name, an unknown one, a folder of names
        known = _names().get(name.casefold()) if "/" in name else None
        return ZoneInfo(known) if known else None


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def clocks(time_zone: str) -> tzinfo:
    """The zone in which an archive tells when articles came: its own, or UTC where each article's own zone decides."""
    return named(time_zone) or UTC if time_zone != STATED else UTC


def latest_day() -> date:
    """The last day that is believed of a publication: tomorrow, which somewhere has begun.

    A later date is a slip of the pen. It is kept and found, but is neither the newest nor the end of anything.
    """
    return datetime.now(UTC).date() + timedelta(days=1)


def filed(published: Published, time_zone: str, *, counted: bool = False) -> Published:
    """A time with the offset that decides its day.

    A time without a zone stays as it was printed: nothing says that it is another day elsewhere.

    Args:
        published: when an article was published.
        time_zone: `STATED`, or the IANA name of the archive's zone.
        counted: a time without a zone was counted from 1970 and is an instant all the same.
    """
    exact = published.precision is Precision.SECOND and (published.zone is not None or counted)
    zone = (zone_of(published.zone) if time_zone == STATED else named(time_zone)) if exact else None
    offset = _minutes(zone, published.instant) if zone else 0
    return published if offset == published.offset else replace(published, offset=offset)


def as_stated(published: Published) -> str:
    """A time on the clocks of the zone that its source stated: `2021-10-14T23:30:00-04:00`; else as `isoformat` has it.

    Read back it is the same instant, and of the same day in an archive that files by stated zones.
    """
    if published.precision is not Precision.SECOND:
        return published.isoformat()
    zone = zone_of(published.zone)
    offset = _minutes(zone, published.instant) if zone else published.offset
    if not offset:
        return published.isoformat()
    local = published.instant.astimezone(timezone(timedelta(minutes=offset)))
    return local.isoformat(timespec="seconds")


def _minutes(zone: tzinfo, instant: datetime) -> int:
    """Minutes east of UTC at an instant."""
    try:
        local = instant.astimezone(zone)
        local.astimezone(UTC)
    except OverflowError:  # at the ends of the calendar there is no other day
        return 0
    return round((local.utcoffset() or timedelta()).total_seconds() / 60)
