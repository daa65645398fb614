"""Moments of arrival: `2026-11-03T14:00`, `2026-11-03 14:00:05+01:00`, and the seconds between two days or moments."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Self

from indexer.errors import UsageError

MINUTE = 60
_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# In an address the plus sign of an offset is a space.
_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T| +)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(Z|UTC)|([+ -])(\d{2}):?(\d{2}))?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute or a second. `at` is when it begins, on the archive's clocks where it states no offset from UTC;
    `lasts` is `MINUTE` or 1."""

    at: datetime
    lasts: int = 1

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ISO text; fractions of a second are cut off.

        Raises:
            UsageError: not a minute or second that exists.
        """
        found = _MOMENT.fullmatch(text.strip())
        at = _beginning(found) if found else None
        if found is None or at is None:
            raise UsageError(
                f"{text!r} is not a moment. Write 2026-11-03T14:00, or with seconds and zone 2026-11-03T14:00:00Z."
            )
        return cls(at, 1 if found[6] else MINUTE)

    def moved(self, steps: int) -> Self:
        """So many minutes or seconds later.

        Raises:
            OverflowError: beyond the calendar.
        """
        return type(self)(self.at + timedelta(seconds=steps * self.lasts), self.lasts)

    def __str__(self) -> str:
        return self.at.isoformat(timespec="minutes" if self.lasts == MINUTE else "seconds").replace("+00:00", "Z")


def seconds_between(
    start: date | Moment | None, end: date | Moment | None, zone: tzinfo
) -> tuple[int | None, int | None]:
    """The first and the last second, since 1970 UTC, of a range both ends of which are included; None is open.

    Args:
        start: the day or moment that it begins with.
        end: the day or moment that it ends with.
        zone: where days begin and clocks stand that state no offset.
    """
    first = None if start is None else _begins(start, zone)
    last = None if end is None else _begins(end, zone) + _length(end, zone) - 1
    return first, last


def _beginning(found: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=_offset(found))
        return at if at.tzinfo is None or at.astimezone(UTC) else None
    except (ValueError, OverflowError):
        return None


def _offset(found: re.Match[str]) -> tzinfo | None:
    if found[7]:
        return UTC
    if not found[8]:
        return None
    offset = timedelta(hours=int(found[9]), minutes=int(found[10]))
    return timezone(-offset if found[8] == "-" else offset)


def _begins(when: date | Moment, zone: tzinfo) -> int:
    at = when.at if isinstance(when, Moment) else datetime.combine(when, time.min)
    since = (at if at.tzinfo else at.replace(tzinfo=zone)) - _EPOCH
    return since // timedelta(seconds=1)


def _length(when: date | Moment, zone: tzinfo) -> int:
    """In seconds; a day on which clocks are changed has 23 or 25 hours."""
    if isinstance(when, Moment):
        return when.lasts
    return _begins(when + timedelta(1), zone) - _begins(when, zone) if when < date.max else _DAY
