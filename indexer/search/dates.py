"""Dates of the query language: `2021-10`, `2021..2022`, `>=2021-10-14`, `10-14` -> `Range` and `OnDay`, and back;
of `added:` moments too: `>=2026-11-03T14:00` -> `Added`. `read_written` reads the boxes of forms."""

import calendar
import re
import unicodedata
from datetime import date, timedelta
from typing import TypeVar

from indexer.errors import UsageError
from indexer.search.moments import Moment
from indexer.search.months import read_words
from indexer.search.query import Added, OnDay, Range
from indexer.search.request import Arrival, DateRange, Period

# Query prefixes that take a date but are no fields, and the comparison each stands for.
COMPARISONS = {"after": ">=", "since": ">=", "before": "<", "until": "<="}
ON_DAY = "on"
ADDED = "added"
DATE_WORDS = (*COMPARISONS, ON_DAY, ADDED)

_COMPARED = re.compile(r"(>=|<=|=>|=<|>|<|=)?(.*)\Z", re.DOTALL)
_MONTH_DAY = re.compile(r"-{0,2}(\d{1,2})-(\d{1,2})\Z")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.(?:(\d{1,2})\.)?(\d{4})(?!\d)")  # with dots the day is always first
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)")
_LONG_DASH = re.compile("[\u2012-\u2015]")
_QUARTER = re.compile(r"(?:q([1-4])[\s/-]*(\d{4})|(\d{4})[\s/-]*q([1-4]))\Z", re.IGNORECASE)
_LAST_DOT = re.compile(r"(?<!\.)\.\Z")
_When = TypeVar("_When", date, Moment, date | Moment)
_ONE_DAY = timedelta(days=1)
_LEAP_YEAR = 2000  # February has its 29th


def read_dates(word: str, text: str) -> tuple[Range, bool] | None:
    """What `word:text` means, and whether its two ends had to be exchanged; None where it is no date.

    `word` is `published` or one of `COMPARISONS`.
    """
    plain = _plain(text)
    if ".." in plain:
        return _read_range(*plain.split("..", 1))
    found = _COMPARED.match(plain)
    assert found is not None
    period = _period(found[2])
    if period is None:
        return None
    ends = _compare(found[1] or COMPARISONS.get(word, "="), period.first, period.last)
    return (Range(*ends), False) if ends else None


def read_added(text: str) -> tuple[Added, bool] | None:
    """What `added:text` means, and whether its two ends had to be exchanged; None where it is no date or moment."""
    plain = _plain(text)
    if ".." in plain:
        ends = [part.strip(" .") for part in plain.split("..", 1)]
        read = [_end_of_arrival(part) if part else None for part in ends]
        if not any(ends) or any(part and end is None for part, end in zip(ends, read, strict=True)):
            return None
        arrival = Arrival(*read)
        if exchanged := arrival.backwards:
            arrival = Arrival(*reversed(read))
        return Added(arrival.first, arrival.last), exchanged
    found = _COMPARED.match(plain)
    assert found is not None
    end = _end_of_arrival(found[2])
    if end is None:
        return None
    first, last = (end.first, end.last) if isinstance(end, Period) else (end, end)
    compared = _compare(found[1] or "=", first, last)
    return (Added(*compared), False) if compared else None


def read_written(text: str) -> DateRange | None:
    """What a person wrote in a box for a date: `2021-10`, `14.10.2021`, `March 2007`, `2021 Q3`.

    A period is a range that starts and ends with it. None where it is no date.
    """
    plain = _plain(text)
    if found := _QUARTER.match(plain):
        year, quarter = int(found[2] or found[3]), int(found[1] or found[4])
        return DateRange(_period(f"{year:04}-{3 * quarter - 2}"), _period(f"{year:04}-{3 * quarter}")) or None
    period = _period(plain)
    return DateRange(period, period) if period else None


def read_both(text: str) -> DateRange | None:
    """A range with both of its ends, as `2005..2008` and `March 2007–May 2007`; None where it is none."""
    start, dots, end = _plain(text).partition("..")
    ends = DateRange(_period(start.strip()), _period(end.strip(" ."))) if dots else DateRange()
    return ends if ends.start and ends.end else None


def read_day(text: str) -> OnDay | None:
    """`10-14` as a day of any year."""
    found = _MONTH_DAY.match(_plain(text))
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]:
        return None
    return OnDay(month, day)


def print_range(dates: Range) -> str:
    """The shortest text that `read_dates` reads as this range: `2021`, `2021-10..2022-03`, `..2021-10-13`."""
    return _print_ends(dates.start, dates.end)


def print_added(arrival: Added) -> str:
    """The shortest text that `read_added` reads as this range; `*` where it leaves nothing out."""
    return _print_ends(arrival.start, arrival.end) if arrival.start or arrival.end else "*"


def _print_ends(first: date | Moment | None, last: date | Moment | None) -> str:
    if isinstance(first, date) and isinstance(last, date):
        for start, end in zip(_coarser(first), _coarser(last), strict=True):
            if start.first == first and end.last == last:
                return str(start) if start == end else f"{start}..{end}"
    if isinstance(first, Moment) and first == last:
        return str(first)
    start_text = next(str(p) for p in _coarser(first) if p.first == first) if isinstance(first, date) else first
    end_text = next(str(p) for p in _coarser(last) if p.last == last) if isinstance(last, date) else last
    return f"{start_text or ''}..{end_text or ''}"


def _coarser(day: date) -> tuple[Period, Period, Period]:
    return Period(day.year), Period(day.year, day.month), Period(day.year, day.month, day.day)


def _plain(text: str) -> str:
    """Digits of any script as 0-9, full-width signs as ASCII, slashes and single dots between numbers as hyphens."""
    plain = "".join(str(unicodedata.digit(c, c)) for c in unicodedata.normalize("NFKC", text))
    plain = _LONG_DASH.sub("..", plain)
    plain = _LAST_DOT.sub("", plain.strip().strip(",;!?'\""))
    plain = _DAY_FIRST.sub(lambda found: "-".join(part for part in found.group(3, 2, 1) if part), plain)
    plain = _YEAR_LAST.sub(_unless_ambiguous, plain)
    return re.sub(r"(?<=\d)[/.](?=\d)", "-", plain)


def _unless_ambiguous(found: re.Match[str]) -> str:
    """`10/14/2021` and `14/10/2021` as ISO; `05/07/2020` could be either day, and stays what it is: no date."""
    first, second = int(found[1]), int(found[3])
    if (first > 12) == (second > 12) and first != second:
        return found[0]
    month, day = (second, first) if first > 12 else (first, second)
    return f"{found[4]}-{month}-{day}"


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except UsageError:
        return read_words(text)


def _read_range(start: str, end: str) -> tuple[Range, bool] | None:
    start, end = start.strip(), end.strip(" .")
    first, last = _period(start), _period(end)
    if (start and first is None) or (end and last is None) or not (start or end):
        return None
    if first and last and first.first > last.last:
        return Range(last.first, first.last), True
    return Range(first.first if first else None, last.last if last else None), False


def _end_of_arrival(text: str) -> Period | Moment | None:
    try:
        return Arrival.parse_end(text)
    except UsageError:
        return read_words(text)


def _compare(sign: str, first: _When, last: _When) -> tuple[_When | None, _When | None] | None:
    """The ends of what is so compared with a time that begins and ends with these; None beyond the calendar."""
    try:
        match sign:
            case ">=" | "=>":
                return first, None
            case "<=" | "=<":
                return None, last
            case ">":
                return _moved(last, 1), None
            case "<":
                return None, _moved(first, -1)
            case _:
                return first, last
    except OverflowError:
        return None


def _moved(when: _When, steps: int) -> _When:
    return when.moved(steps) if isinstance(when, Moment) else when + steps * _ONE_DAY
