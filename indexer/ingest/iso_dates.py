"""Dates in the forms of ISO 8601: days, times, months, weeks, days of a year. Pure functions, called by `dates`."""

import re
from datetime import date

from indexer.article import Published
from indexer.ingest.moments import FIRST_YEAR, LAST_YEAR, assembled

ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt _]\s?(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
COMPACT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?([Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?(?:T(.+))?", re.ASCII)
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})(?:T(.+))?", re.ASCII)


def exact(text: str, last_year: int = LAST_YEAR) -> tuple[Published | None] | None:
    """What a text in one of the forms states, which may be no date that there is; None for any other text.

    Args:
        text: the whole text.
        last_year: of our calendar that may be meant.
    """
    if found := ISO.fullmatch(text) or COMPACT.fullmatch(text):
        return (assembled(*found.groups()),) if FIRST_YEAR <= int(found[1]) <= last_year else None
    if found := _YEAR_MONTH.fullmatch(text):
        return (assembled(found[1], found[2]),) if FIRST_YEAR <= int(found[1]) <= last_year else None
    if found := _WEEK.fullmatch(text):
        return (_of_week(int(found[1]), int(found[2]), int(found[3] or 0), found[4]),)
    if found := _DAY_OF_YEAR.fullmatch(text):
        return (_on_day(_day_of_year(int(found[1]), int(found[2])), found[3]),)
    return None


def _of_week(year: int, week: int, day: int, clock: str | None) -> Published | None:
    """A day of a week; of a week without a day, the month or year that it lies in whole."""
    try:
        first, last = date.fromisocalendar(year, week, day or 1), date.fromisocalendar(year, week, day or 7)
    except ValueError:
        return None
    if first == last:
        return _on_day(first, clock)
    if first.year != last.year:
        return None
    return assembled(first.year, first.month if first.month == last.month else None)


def _day_of_year(year: int, number: int) -> date | None:
    try:
        day = date.fromordinal(date(year, 1, 1).toordinal() + number - 1)
    except (ValueError, OverflowError):
        return None
    return day if number and day.year == year else None


def _on_day(day: date | None, clock: str | None) -> Published | None:
    if day is None:
        return None
    found = ISO.fullmatch(f"{day.isoformat()}T{clock}" if clock else day.isoformat())
    return assembled(*found.groups()) if found else None
